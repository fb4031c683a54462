package msg

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestFilesWithoutCalls: what the operating system says of a file reaches a person without the name of a call, and with its path once; the
// error that it is can still be told.
func TestFilesWithoutCalls(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	_, err := os.Stat(path)
	for want, one := range map[string]error{
		path + ": no such file or directory":                                   err,
		path + " cannot be read: no such file or directory. Nothing was done.": Errorf("%s cannot be read: %w. Nothing was done.", path, err),
		"the list cannot be read: " + path + ": no such file or directory":     Errorf("the list cannot be read: %w", err),
	} {
		if got := Of(one).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		var pe *fs.PathError
		if !errors.Is(one, fs.ErrNotExist) || !errors.As(one, &pe) || pe.Op != "stat" {
			t.Errorf("%v is no longer what it was", one)
		}
	}
}
