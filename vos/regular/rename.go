package regular

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"
)

// Rename gives a file or a folder another name; a file that has that name is replaced. Windows refuses this while any program has one of the
// two open, as a virus scanner or a browser has for a moment: there it is tried again for two seconds.
func Rename(from, to string) error {
	return again(runtime.GOOS, time.Sleep, func() error { return os.Rename(from, to) })
}

// RemoveAll removes a folder with all that is in it. What is open is tried again, as by Rename.
func RemoveAll(path string) error {
	return again(runtime.GOOS, time.Sleep, func() error { return os.RemoveAll(path) })
}

// again does something to files until it succeeds, fails for good, or has been refused for two seconds.
func again(system string, wait func(time.Duration), do func() error) error {
	const tries, pause = 40, 50 * time.Millisecond
	err := do()
	for n := 1; n < tries && system == "windows" && isOpen(err); n++ {
		wait(pause)
		err = do()
	}
	return err
}

// isOpen reports whether an error of Windows may be that of a file that another program has open: access denied, a sharing violation or a
// locked part.
func isOpen(err error) bool {
	const sharing, locked = syscall.Errno(32), syscall.Errno(33)
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, sharing) || errors.Is(err, locked)
}
