package route

import (
	"os"
	"strings"
	"syscall"
)

// Meaning is the error of this machine that the words of a proxy or jump host about a node stand for, or nil. The words come
// from RFC 1928, 6 and from the operating systems on which SSH servers run.
func Meaning(words string) error {
	words = strings.ToLower(words)
	for _, known := range []struct {
		words string
		err   error
	}{
		{"connection refused", syscall.ECONNREFUSED},
		{"name or service not known", ErrName},
		{"name does not resolve", ErrName},
		{"temporary failure in name resolution", ErrName},
		{"no address associated with", ErrName},
		{"nodename nor servname provided", ErrName},
		{"no such host", ErrName},
		{"unknown host", ErrName},
		{"timed out", os.ErrDeadlineExceeded},
		{"ttl expired", os.ErrDeadlineExceeded},
		{"host unreachable", syscall.EHOSTUNREACH},
		{"no route to host", syscall.EHOSTUNREACH},
		{"network unreachable", syscall.ENETUNREACH},
		{"network is unreachable", syscall.ENETUNREACH},
	} {
		if strings.Contains(words, known.words) {
			return known.err
		}
	}
	return nil
}
