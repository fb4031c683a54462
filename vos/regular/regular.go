// Package regular opens and reads files in folders that others may have written to: regular files alone. No link is followed, no
// pipe or device is waited for, and no file is read without a bound.
package regular

import (
	"errors"
	"io"
	"os"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ErrSpecial: a link may lead anywhere, and a pipe or a device may never end.
var ErrSpecial = errors.New("it is a link, a pipe or a device, not a regular file")

// Check refuses what is there and is no regular file, with ErrSpecial. What is not there is os.ErrNotExist.
func Check(path string) error {
	at, err := os.Lstat(path)
	if err == nil && !at.Mode().IsRegular() {
		err = special(path)
	}
	return err
}

// Free is Check for a path that need not be there yet.
func Free(path string) error {
	if err := Check(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// Open opens a regular file, as os.OpenFile does with these flags; a new file gets mode 0600.
func Open(path string, flag int) (*os.File, error) {
	if err := Free(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, flag|noFollow, 0o600)
	if err != nil {
		return nil, err
	}
	if at, err := f.Stat(); err != nil || !at.Mode().IsRegular() { // what was opened, not what was there a moment ago
		return nil, errors.Join(err, special(path), f.Close())
	}
	return f, nil
}

// Read reads a regular file of at most limit bytes; a larger one is an error, and is not read whole.
func Read(path string, limit int64) ([]byte, error) {
	f, err := Open(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &os.PathError{Op: "read", Path: path, Err: msg.Errorf("it is larger than %d MB", max(limit>>20, 1))}
	}
	return data, err
}

func special(path string) error { return &os.PathError{Op: "open", Path: path, Err: ErrSpecial} }
