package regular

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestAgain: on Windows what is refused while a file is open is tried again, as long as it is; nothing else is, and nothing on another system.
func TestAgain(t *testing.T) {
	sharing := &os.LinkError{Op: "rename", Err: syscall.Errno(32)}
	for _, c := range []struct {
		name, system string
		errs         []error // one after the other; the last one stays
		tries        int
		want         error
	}{
		{"open for a moment", "windows", []error{sharing, fs.ErrPermission, nil}, 3, nil},
		{"open for good", "windows", []error{sharing}, 40, syscall.Errno(32)},
		{"not there", "windows", []error{fs.ErrNotExist}, 1, fs.ErrNotExist},
		{"at once", "windows", []error{nil}, 1, nil},
		{"no permission", "linux", []error{fs.ErrPermission}, 1, fs.ErrPermission},
	} {
		tries, waited := 0, time.Duration(0)
		err := again(c.system, func(d time.Duration) { waited += d }, func() error {
			tries++
			return c.errs[min(tries, len(c.errs))-1]
		})
		if tries != c.tries || !errors.Is(err, c.want) || waited > 2*time.Second {
			t.Errorf("%s: %d tries in %v, %v", c.name, tries, waited, err)
		}
	}
}

// TestRename: a file replaces another, and a folder is removed with what is in it.
func TestRename(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a"), filepath.Join(dir, "sub", "b")
	if err := errors.Join(os.Mkdir(filepath.Dir(to), 0o700), os.WriteFile(from, []byte("new"), 0o600), os.WriteFile(to, nil, 0o600), Rename(from, to)); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(to); string(data) != "new" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	if err := RemoveAll(filepath.Dir(to)); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(to)); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
