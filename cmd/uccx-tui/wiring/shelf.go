package wiring

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Archive moves a session, and the nodes of its lab, into a new folder of the archive, and returns that folder.
func Archive(name string) (to string, err error) {
	home, lab, err := shelved(name)
	if err != nil {
		return "", err
	}
	if to, err = home.Archive(name); err == nil && lab != "" {
		err = regular.Rename(lab, filepath.Join(to, "lab"))
	}
	return to, err
}

// Delete removes a session with all its files, and the nodes of its lab. The caller has had its name typed.
func Delete(name string) error {
	home, lab, err := shelved(name)
	if err != nil {
		return err
	}
	if err = home.Delete(name); err == nil && lab != "" {
		err = regular.RemoveAll(lab)
	}
	return err
}

// Shelved returns the name of a session as its folder has it, where it may be put away; else why it may not.
func Shelved(name string) (string, error) {
	home, _, err := shelved(name)
	return filepath.Base(home.SessionDir(name)), err
}

// Rename gives a session another name on this machine, and returns it as it is spelled.
func Rename(name, to string) (string, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", err
	}
	return home.Rename(name, to)
}

// shelved looks at a session that is to be put away, and returns the folder of its lab where no other session needs it. A lab
// that a program serves is refused. A session that cannot be read has no lab that is known.
func shelved(name string) (home session.Home, lab string, err error) {
	if home, err = session.DefaultHome(); err != nil {
		return home, "", err
	}
	folder, err := labOf(home, name)
	if errors.As(err, new(*session.Unknown)) {
		return home, "", err
	}
	if folder == "" {
		return home, "", nil
	}
	infos, err := home.List()
	if err != nil {
		return home, "", err
	}
	for _, info := range infos {
		if other, _ := labOf(home, info.Name); other == folder && info.Dir != home.SessionDir(name) {
			return home, "", nil
		}
	}
	dir := home.LabDir(folder)
	if _, err := os.Stat(dir); err != nil {
		return home, "", nil
	}
	if err := sim.Idle(dir); err != nil {
		return home, "", exitcode.With(exitcode.Held, err)
	}
	return home, dir, nil
}

// labOf returns the folder of the lab that a session is about, or "".
func labOf(home session.Home, name string) (string, error) {
	entries, err := home.Read(name)
	if err != nil {
		return "", err
	}
	p, err := steps.Fold(entries)
	if err != nil || p.Change().Lab == nil {
		return "", err
	}
	return p.Change().Lab.Folder, nil
}
