package session

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
	"github.com/uccx-tui/uccx-tui/vos/regular"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ArchiveDir is where what was put away lies: a folder for each, with the session and, of a lab, its nodes. Nothing here reads it.
func (h Home) ArchiveDir() string { return filepath.Join(h.Dir, "archive") }

// Archive moves a session that no program has open into a new folder of the archive, and returns that folder.
func (h Home) Archive(name string) (to string, err error) {
	to = filepath.Join(h.ArchiveDir(), safeName(name)+"-"+time.Now().Format("20060102-150405.000"))
	if err := makeDir(h.onDisk(), to); err != nil {
		return "", err
	}
	if err := h.move(name, filepath.Join(to, "session")); err != nil {
		return "", errors.Join(err, os.Remove(to))
	}
	return to, nil
}

// Delete removes a session that no program has open, with all its files. It cannot be brought back.
func (h Home) Delete(name string) error {
	gone, err := os.MkdirTemp(h.sessions(), arriving+"*") // by one rename, so that no half of a session is left
	if err != nil {
		return said("the session cannot be removed", h.dir(name), err)
	}
	if err := h.move(name, filepath.Join(gone, "session")); err != nil {
		return errors.Join(err, os.Remove(gone))
	}
	if err := regular.RemoveAll(gone); err != nil {
		return said("the session was deleted, but some of its files could not be removed", gone, err)
	}
	return nil
}

// NameTaken tells that a name is that of another session. Nothing was done.
type NameTaken struct{ Name string }

// Text says so.
func (t *NameTaken) Text() msg.Text {
	return msg.T("A session named %q already exists. Nothing was changed. Choose another name.", t.Name)
}

// Error is the same in English.
func (t *NameTaken) Error() string { return t.Text().String() }

// Rename gives a session that no program has open another name, and returns it as it is spelled. Errors: *Taken, *Held, *Unknown.
func (h Home) Rename(name, to string) (string, error) {
	to = Portable(safeName(to))
	if at, err := os.Lstat(h.dir(to)); err == nil {
		if from, err := os.Lstat(h.dir(name)); err != nil || to == safeName(name) || !os.SameFile(at, from) { // the same in other letters, where case is not told apart
			return "", &NameTaken{to}
		}
	}
	return to, h.move(name, h.dir(to))
}

// move puts the folder of a session elsewhere while its lock is held.
func (h Home) move(name, to string) error { return h.moveOn(runtime.GOOS, name, to) }

// moveOn moves as a system does: on Windows an open file keeps its folder, so the lock is given up just before.
func (h Home) moveOn(system, name, to string) error {
	if err := h.exists(name); err != nil {
		return err
	}
	from := h.dir(name)
	lock, err := hold(h.onDisk(), safeName(name), from)
	if err != nil {
		return err
	}
	if system == "windows" {
		err = lock.Close()
		lock = flock.New(os.DevNull)
	}
	if err == nil {
		err = regular.Rename(from, to)
	}
	if err != nil {
		return errors.Join(said("the session cannot be moved", from, err), lock.Close())
	}
	return errors.Join(lock.Close(), h.onDisk().syncDir(h.sessions()))
}
