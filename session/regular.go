package session

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Limits of what is read at once: a file of a session is never larger.
const (
	maxFile   = MaxBundle // bytes
	maxHolder = 64 << 10
)

// errSpecial: a link may lead anywhere, and a pipe or a device may never end.
var errSpecial = errors.New("it is a link, a pipe or a device, not a file: it is not opened")

// readRegular reads a file of a session. What is no regular file, or larger than limit, is refused at once: nothing here waits
// for a pipe, and no link is followed.
func readRegular(path string, limit int64) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	at, err := f.Stat() // what was opened, not what was there a moment ago
	if err != nil {
		return nil, err
	}
	if !at.Mode().IsRegular() {
		return nil, &os.PathError{Op: "open", Path: path, Err: errSpecial}
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &os.PathError{Op: "read", Path: path, Err: msg.Errorf("it is larger than %d MB", max(limit>>20, 1))}
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

// lockable refuses a lock that is there and is no regular file: to open it could take for ever.
func lockable(path string) error {
	if err := regular(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// inside refuses a path below a session folder that leads through a link: what is written there would land elsewhere.
func inside(dir, rel string) error {
	at := dir
	parts := strings.Split(filepath.Clean(rel), string(filepath.Separator))
	for _, part := range parts[:len(parts)-1] {
		at = filepath.Join(at, part)
		info, err := os.Lstat(at)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err == nil && !info.IsDir() {
			err = &os.PathError{Op: "open", Path: at, Err: errors.New("it is a link or a file, not a folder of the session")}
		}
		if err != nil {
			return said("cannot write the file", at, err)
		}
	}
	return nil
}
