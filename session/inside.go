package session

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Limits of what is read at once: a file of a session is never larger.
const (
	maxFile   = MaxBundle // bytes
	maxHolder = 64 << 10
)

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
