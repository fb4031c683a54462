package errno

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
)

// TestWindows: the numbers of Windows are those of Unix, inside of what net and os put around them, and on Windows alone: 109 is another
// error elsewhere.
func TestWindows(t *testing.T) {
	for want, numbers := range map[syscall.Errno][]syscall.Errno{
		syscall.ECONNREFUSED: {10061}, syscall.ECONNRESET: {10054, 10053}, syscall.ETIMEDOUT: {10060}, syscall.EHOSTUNREACH: {10065},
		syscall.ENETUNREACH: {10051}, syscall.EPIPE: {109, 232}, syscall.ENOSPC: {112}, syscall.EDQUOT: {1295}, syscall.EROFS: {19}, syscall.EMFILE: {4},
	} {
		for _, n := range numbers {
			for _, err := range []error{n, &net.OpError{Op: "dial", Err: os.NewSyscallError("connectex", n)}, fmt.Errorf("%w", &os.PathError{Op: "write", Err: n})} {
				if !on("windows", err, want) {
					t.Errorf("%d is not %v there", n, want)
				}
				if on("linux", err, want) != (n == want) || on("windows", err, syscall.EXDEV) {
					t.Errorf("%d elsewhere", n)
				}
			}
		}
		if !on("windows", fmt.Errorf("the jump host says: %w", want), want) || !on("darwin", want, want) || on("windows", nil, want) {
			t.Errorf("%v is not itself", want)
		}
	}
}

// TestRefused: this system's own refusal is one.
func TestRefused(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = at.Close()
	if _, err := net.Dial("tcp", at.Addr().String()); !Is(err, syscall.ECONNREFUSED) {
		t.Errorf("on %s: %v", runtime.GOOS, err)
	}
}

// TestCompared: no other place compares an error with a number of Unix.
func TestCompared(t *testing.T) {
	compared, read := regexp.MustCompile(`errors\.Is\([^()]*, (?:syscall|unix)\.E[A-Z]+\)`), 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		if read++; compared.Match(data) {
			t.Errorf("%s: %s; errno.Is knows those of Windows too", path, compared.Find(data))
		}
		return err
	})
	if err != nil || read < 300 || !compared.MatchString("errors.Is(err, syscall."+"EPIPE)") {
		t.Fatalf("%d files: %v", read, err)
	}
}
