package session

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// arriving is how the folder of a session is called until all of it is there.
const arriving = ".arriving-"

// Unpack makes a session of a bundle, except for the files below the prefixes in not. Where this machine has the same
// session already, it is brought up to date when the bundle goes on from what is here; a session that went on in both
// places is refused. It returns the session's name here.
func (h Home) Unpack(b *Bundle, not ...string) (name string, err error) {
	if err := makeDir(h.onDisk(), h.sessions()); err != nil {
		return "", err
	}
	h.sweepArrivals()
	if name, err = h.same(b); err != nil {
		return "", err
	}
	mine := func(file string) (string, bool) { return file, !below(file, not) }
	if name != "" {
		return name, h.update(name, b, mine)
	}
	dir, err := os.MkdirTemp(h.sessions(), arriving+"*")
	if err != nil {
		return "", said("the session folder cannot be created", h.sessions(), err)
	}
	if err := b.write(dir, mine); err != nil {
		return "", errors.Join(err, regular.RemoveAll(dir))
	}
	base := Portable(safeName(b.Name))
	for i := 1; ; i++ {
		if name = base; i > 1 {
			name = base + "-" + strconv.Itoa(i)
		}
		if _, err := os.Lstat(h.dir(name)); err == nil {
			continue
		}
		if err := regular.Rename(dir, h.dir(name)); err != nil {
			return "", errors.Join(said("the session folder cannot be created", h.dir(name), err), regular.RemoveAll(dir))
		}
		return name, syncDir(h.sessions())
	}
}

// sweepArrivals removes what a killed program left half unpacked.
func (h Home) sweepArrivals() {
	all, _ := filepath.Glob(filepath.Join(h.sessions(), arriving+"*"))
	for _, dir := range all {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = regular.RemoveAll(dir)
		}
	}
}

// same returns the session of this machine that a bundle goes on from, or "".
func (h Home) same(b *Bundle) (string, error) {
	infos, err := h.List()
	if err != nil {
		return "", err
	}
	for _, info := range infos {
		here, err := h.Read(info.Name)
		if err != nil || len(here) == 0 || here[0].Sum != b.Entries[0].Sum {
			continue
		}
		return info.Name, goesOn(info.Name, here, b)
	}
	return "", nil
}

// Already tells that a session here holds all that a bundle brings. Nothing was written, and nothing is lost.
type Already struct {
	Name string // of the session here
	Here int    // entries
	Sent int    // entries of the bundle
}

// Text says how to go on.
func (a *Already) Text() msg.Text {
	return msg.T("Session %s here already contains all entries (%d; the file has %d). Nothing was imported. Continue with: uccx-tui resume %s", a.Name, a.Here, a.Sent, a.Name)
}

// Error is the same in English.
func (a *Already) Error() string { return a.Text().String() }

// goesOn sees that a bundle holds all that is here, and more.
func goesOn(name string, here []Entry, b *Bundle) error {
	sent := b.Entries[:b.packed]
	n := min(len(here), len(sent))
	switch {
	case here[n-1].Sum != sent[n-1].Sum:
		for n = 1; here[n].Sum == sent[n].Sum; n++ {
		}
		return &BadBundle{"", msg.T("Session %s was continued in two places. After entry %d, %s wrote here at %s, and %s there at %s. "+
			"Only one can be kept; the other stays unchanged.",
			name, n, here[n].Who, here[n].Time.Local().Format(time.DateTime), sent[n].Who, sent[n].Time.Local().Format(time.DateTime))}
	case len(here) >= len(sent):
		return &Already{name, len(here), len(sent)}
	}
	return nil
}

// update brings a session up to date: first the files, then the journal that names them.
func (h Home) update(name string, b *Bundle, mine func(string) (string, bool)) error {
	lock, err := hold(h.onDisk(), name, h.dir(name))
	if err != nil {
		return err
	}
	here, err := h.Read(name)
	if err == nil {
		err = goesOn(name, here, b) // another program may have continued here until the lock was taken
	}
	if err != nil {
		return errors.Join(err, lock.Unlock())
	}
	err = b.write(h.dir(name), func(file string) (string, bool) {
		rel, ok := mine(file)
		return rel, ok && file != journalName
	})
	if err == nil {
		path := filepath.Join(h.dir(name), journalName)
		if err = writeWhole(h.onDisk(), path, b.files[journalName]); err != nil {
			err = said("the journal cannot be written", path, err)
		}
	}
	return errors.Join(err, lock.Unlock())
}
