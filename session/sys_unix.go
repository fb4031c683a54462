//go:build unix

package session

import (
	"os"
	"syscall"
)

// noFollow opens no link, and does not wait for the other end of a pipe.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

var errQuota error = syscall.EDQUOT

// syncDir makes the names in a folder as durable as the files.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
