package sim

import (
	"errors"
	"io"
	"os"
)

// maxFile is the largest file of a lab that is read, in bytes.
const maxFile = 64 << 20

var (
	errSpecial = errors.New("it is a link, a folder, a pipe or a device, not a file: it is not opened")
	errLarge   = errors.New("it is larger than 64 MB")
)

// ReadFile reads a file of a lab. What is no regular file, or too large, is refused at once: a pipe or a device may never end.
func ReadFile(path string) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = &os.PathError{Op: "read", Path: path, Err: errLarge}
	}
	return data, err
}

// regular refuses what is there and is no regular file. What is not there is os.ErrNotExist.
func regular(path string) error {
	at, err := os.Lstat(path)
	if err == nil && !at.Mode().IsRegular() {
		err = &os.PathError{Op: "open", Path: path, Err: errSpecial}
	}
	return err
}
