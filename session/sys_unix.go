//go:build unix

package session

import (
	"os"
	"syscall"
)

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
