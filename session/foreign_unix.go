//go:build unix

package session

import (
	"io/fs"
	"os"
	"syscall"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// suspicious says why a folder cannot be relied on: another user owns it, or may write to it. Empty: it can.
func suspicious(at fs.FileInfo) msg.Text {
	is, ok := at.Sys().(*syscall.Stat_t)
	if !ok {
		return msg.Text{}
	}
	if int(is.Uid) != os.Geteuid() {
		return msg.T("belongs to the user with ID %d", is.Uid)
	}
	if at.Mode().Perm()&0o022 != 0 {
		return msg.T("can be written to by other users (mode %04o)", at.Mode().Perm())
	}
	return msg.Text{}
}

// replaceable reports whether anybody may put another folder in the place of one that lies in this one.
func replaceable(at fs.FileInfo) bool {
	return at.Mode().Perm()&0o002 != 0 && at.Mode()&fs.ModeSticky == 0
}
