package session

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// StorageError is an error of the disk, for a person.
type StorageError struct {
	What string // what could not be done
	Path string
	Err  error
}

// Error says what happened, what it means and what to do next.
func (f *StorageError) Error() string {
	cause, next := f.Err.Error(), "Check the disk, then try again."
	switch {
	case errors.Is(f.Err, syscall.ENOSPC):
		cause, next = "no space left on the disk", "Free disk space, then try again."
	case errors.Is(f.Err, errQuota):
		cause, next = "disk quota exceeded", "Free disk space, then try again."
	case errors.Is(f.Err, syscall.EROFS):
		cause, next = "the file system is read-only", "Mount it read-write, or set XDG_STATE_HOME to another folder."
	case errors.Is(f.Err, fs.ErrPermission):
		cause, next = "permission denied", "Restore write permission, or set XDG_STATE_HOME to another folder."
	}
	return fmt.Sprintf("%s: %s: %s. Earlier entries are intact. %s", f.Path, f.What, cause, next)
}

// Unwrap gives the cause.
func (f *StorageError) Unwrap() error { return f.Err }

func said(what, path string, err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &StorageError{what, path, err}
}
