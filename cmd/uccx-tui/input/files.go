package input

import (
	"errors"
	"os"
	"strings"
)

// ErrSpecialFile: to open a pipe, or to read a device, may take for ever.
var ErrSpecialFile = errors.New("it is a folder, a pipe or a device, not a file")

// OpenFile opens a file that a person named. What is no regular file is refused at once, but for a descriptor that the shell has
// opened, such as <(...). A file of the system that has no length, such as /proc/kmsg, may wait for words that never come.
func OpenFile(path string) (*os.File, error) {
	at, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	ofShell := strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
	if !ofShell && (!at.Mode().IsRegular() || at.Size() == 0 && (strings.HasPrefix(path, "/proc/") || strings.HasPrefix(path, "/sys/"))) {
		return nil, &os.PathError{Op: "open", Path: path, Err: ErrSpecialFile}
	}
	return os.Open(path)
}
