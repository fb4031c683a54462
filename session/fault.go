package session

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// StorageError is an error of the disk, for a person.
type StorageError struct {
	What string // what could not be done
	Path string
	Err  error
}

// Error says what happened, what it means and what to do next.
func (f *StorageError) Error() string { return f.Text().String() }

// Text is what Error says, as a sentence.
func (f *StorageError) Text() msg.Text {
	cause, next := msg.Of(f.Err), msg.T("Check the disk, then try again.")
	switch {
	case errno.Is(f.Err, syscall.ENOSPC):
		cause, next = msg.T("no space left on the disk"), msg.T("Free disk space, then try again.")
	case errno.Is(f.Err, syscall.EDQUOT):
		cause, next = msg.T("disk quota exceeded"), msg.T("Free disk space, then try again.")
	case errno.Is(f.Err, syscall.EROFS):
		cause, next = msg.T("the file system is read-only"), msg.T("Mount it read-write, or set XDG_STATE_HOME to another folder.")
	case errors.Is(f.Err, fs.ErrPermission):
		cause, next = msg.T("permission denied"), msg.T("Restore write permission, or set XDG_STATE_HOME to another folder.")
	}
	return msg.T("%s: %s: %s. Earlier entries are intact. %s", f.Path, msg.English(f.What), cause, next)
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
