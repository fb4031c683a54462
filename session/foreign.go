package session

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Foreign tells that a folder of the state cannot be relied on: its owner, and all who may write to it, can change journals, and
// with them where nodes are dialled and which host keys they have. Nothing was read or written.
type Foreign struct {
	Dir string
	Why msg.Text
}

// Text says what to do.
func (f *Foreign) Text() msg.Text {
	return msg.T("%s %s. Others could change the sessions there, so nothing was read or written. Make it accessible only to you (chown, chmod 0700), or set XDG_STATE_HOME to a folder that you own; --trust-state-folder uses it as it is", f.Dir, f.Why)
}

// Error is the same in English.
func (f *Foreign) Error() string { return f.Text().String() }

// Owned sees that the folders of the state are this user's alone. Those that are not there yet are made so. Errors: *Foreign, or
// that a folder cannot be looked at.
func (h Home) Owned() error {
	parent, err := os.Stat(filepath.Dir(h.Dir))
	if err == nil && replaceable(parent) {
		return &Foreign{filepath.Dir(h.Dir), msg.T("can be written to by everyone, who could replace the folder in it")}
	}
	for _, dir := range []string{h.Dir, h.sessions(), filepath.Join(h.Dir, "labs"), filepath.Join(h.Dir, "archive")} {
		at, err := os.Lstat(dir)
		switch {
		case errors.Is(err, os.ErrNotExist):
			continue
		case err != nil:
			return said("cannot read the folder", dir, err)
		case at.Mode()&os.ModeSymlink != 0:
			if at, err = os.Stat(dir); err != nil {
				return said("cannot read the folder", dir, err)
			}
		}
		if why := suspicious(at); !why.IsZero() {
			return &Foreign{dir, why}
		}
	}
	return nil
}
