package session

import (
	"os"

	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// disk is all that changes files here: the operating system's, or one that fails where a test wants it to.
type disk interface {
	open(path string, flag int) (file, error) // mode 0600
	temp(dir string) (file, error)            // a new file whose name begins with tempMark
	rename(from, to string) error
	mkdir(path string) error    // mode 0700; os.ErrExist where it is there
	mkdirAll(path string) error // mode 0700
	syncDir(path string) error  // makes the names in a folder as durable as its files
}

// file is an open file of a disk.
type file interface {
	Name() string
	Write([]byte) (int, error)
	WriteAt([]byte, int64) (int, error)
	Truncate(size int64) error
	Sync() error
	Close() error
}

// system is the disk of the operating system.
type system struct{}

// open opens regular files alone: no link is followed, and no pipe is waited for.
func (system) open(path string, flag int) (file, error) {
	f, err := regular.Open(path, flag)
	if err != nil { // no interface that holds a nil file
		return nil, err
	}
	return f, nil
}

func (system) temp(dir string) (file, error) { return given(os.CreateTemp(dir, tempMark+"*")) }

// given keeps a nil file from becoming an interface that is not nil.
func given(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (system) rename(from, to string) error { return regular.Rename(from, to) }

func (system) mkdir(path string) error { return os.Mkdir(path, 0o700) }

func (system) mkdirAll(path string) error { return os.MkdirAll(path, 0o700) }

func (system) syncDir(path string) error { return syncDir(path) }
