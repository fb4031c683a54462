package route

import (
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"context"

	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// badProxy is a SOCKS5 proxy that says what it likes.
func badProxy(t *testing.T, speak func(net.Conn)) string {
	t.Helper()
	return "socks5://" + loopback.Listen(t, speak)
}

// TestHostileProxies: whatever a proxy says, a connection through it ends in the limit of its caller, with an error that has an end, of
// the proxy or of what it says about the node; it is never taken for the node.
func TestHostileProxies(t *testing.T) {
	says := func(parts ...string) func(net.Conn) {
		return func(c net.Conn) {
			buf := make([]byte, 512)
			for _, p := range parts {
				if _, err := c.Read(buf); err != nil {
					return
				}
				_, _ = io.WriteString(c, p)
			}
		}
	}
	hold := func(f func(net.Conn)) func(net.Conn) { return func(c net.Conn) { f(c); _, _ = io.Copy(io.Discard, c) } }
	endless := func(text string) func(net.Conn) {
		return func(c net.Conn) {
			for block := strings.Repeat(text, 4096); ; {
				if _, err := io.WriteString(c, block); err != nil {
					return
				}
			}
		}
	}
	for name, speak := range map[string]func(net.Conn){
		"closed":                         func(net.Conn) {},
		"silent":                         hold(func(net.Conn) {}),
		"silent after the greeting":      hold(says("\x05\x00")),
		"half a greeting":                hold(says("\x05")),
		"another version":                says("\x04\x00"),
		"HTTP":                           says("HTTP/1.1 400 Bad Request\r\n\r\n"),
		"wants a password":               says("\x05\x02", "\x01\x01"),
		"takes nothing":                  says("\x05\xff"),
		"a method that was not offered":  says("\x05\x80"),
		"general failure":                says("\x05\x00", "\x05\x01\x00\x01\x00\x00\x00\x00\x00\x00"),
		"a reason that is none":          says("\x05\x00", "\x05\xee\x00\x01\x00\x00\x00\x00\x00\x00"),
		"a kind of address that is none": says("\x05\x00", "\x05\x00\x00\x09\x00\x00\x00\x00\x00\x00"),
		"half an answer":                 hold(says("\x05\x00", "\x05\x00\x00\x01\x00")),
		"half a name":                    hold(says("\x05\x00", "\x05\x00\x00\x03\xffevil")),
		"a reserved byte":                says("\x05\x00", "\x05\x00\x77\x01\x00\x00\x00\x00\x00\x00"),
		"escapes without end":            endless("\x1b]52;c;SE9T\x07"),
		"zeros without end":              endless("\x00"),
		"fives without end":              endless("\x05"),
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Proxied(badProxy(t, speak), &net.Dialer{})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			c, err := d.DialContext(ctx, "tcp", "uccx1.example.com:8443")
			runtime.ReadMemStats(&after)
			if err == nil {
				_ = c.Close()
				t.Fatal("it is taken for a connection to the node")
			}
			var hop *Unreached
			if !errors.As(err, &hop) && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, syscall.ECONNREFUSED) || len(err.Error()) > 500 {
				t.Errorf("%T %.500v", err, err)
			}
			if cost := after.TotalAlloc - before.TotalAlloc; cost > 64<<20 {
				t.Errorf("it cost %d MiB", cost>>20)
			}
		})
	}
}
