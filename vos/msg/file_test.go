package msg

import (
	"errors"
	"io/fs"
	"testing"
)

// TestFilesWithoutCalls: what the operating system says of a file reaches a person without the name of a call, and with its path once; the
// error that it is can still be told.
func TestFilesWithoutCalls(t *testing.T) {
	const path = "/none/x"
	var err error = &fs.PathError{Op: "stat", Path: path, Err: fs.ErrNotExist}
	for want, one := range map[string]error{
		path + ": file does not exist":                                   err,
		path + " cannot be read: file does not exist. Nothing was done.": Errorf("%s cannot be read: %w. Nothing was done.", path, err),
		"the list cannot be read: " + path + ": file does not exist":     Errorf("the list cannot be read: %w", err),
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
