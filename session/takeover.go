package session

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// takingName is locked for the moment of a take-over, so that two of them never meet.
const takingName = "taking"

// TakenOver tells a program that its session was taken over while it stood still. Nothing more may be done by it: the
// nodes belong to the new owner now.
type TakenOver struct {
	Name string
	By   Holder
}

// Text says who has it now.
func (t *TakenOver) Text() msg.Text {
	return msg.T("Session %s was taken over by %s on %s (PID %d) at %s. This program wrote nothing after that and "+
		"exits.",
		t.Name, t.By.Owner, t.By.Host, t.By.PID, t.By.Since.Local().Format(time.DateTime))
}

// Error is the same in English.
func (t *TakenOver) Error() string { return t.Text().String() }

// TakeOver takes a session from a program that holds it and does not let go: one that was suspended, or whose terminal
// froze. from is the holder that the person was shown; where another one holds by now, that is a *Held.
//
// The former holder cannot be stopped, so it is fenced (docs/adr/0015): first the lock gets a new file, from which each
// write of the former holder is refused; then the journal and the logs get new files, so that what it may have been
// writing in that moment goes nowhere. It is asked before and after each write, and so never acts on an entry that the
// new holder does not see.
func (h Home) TakeOver(name string, from Holder) (*Session, error) {
	if err := h.exists(name); err != nil {
		return nil, err
	}
	name = safeName(name)
	dir, d := h.dir(name), h.onDisk()
	if err := regular.Free(filepath.Join(dir, takingName)); err != nil {
		return nil, said("the session cannot be taken over", dir, err)
	}
	taking := flock.New(filepath.Join(dir, takingName), flock.SetPermissions(0o600))
	if ok, err := taking.TryLock(); err != nil || !ok {
		return nil, errors.Join(msg.Errorf("Session %s is being taken over by another program. Nothing was changed. Try again.", name), err)
	}
	defer func() { _ = taking.Close() }()
	if now := holderOf(dir); now != nil && (now.PID != from.PID || now.Host != from.Host || !now.Since.Equal(from.Since)) {
		return nil, &Held{name, *now}
	}
	lock, err := fence(d, dir, from)
	if err != nil {
		return nil, err
	}
	s, err := openLocked(d, name, dir, lock)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

// fence puts a lock of our own in the place of the former holder's, and new files in the place of those that it has open.
func fence(d disk, dir string, from Holder) (*flock.Flock, error) {
	f, err := os.CreateTemp(dir, tempMark+"*")
	if err != nil {
		return nil, said("cannot take over the lock", dir, err)
	}
	lock := flock.New(f.Name(), flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err = errors.Join(err, f.Close()); err == nil && ok {
		err = announce(d, dir, me()) // before the lock: the refused program reads by whom
	}
	if err == nil {
		if err = d.rename(f.Name(), filepath.Join(dir, lockName)); err != nil { // on Windows an open file keeps its name
			err = errors.Join(err, announce(d, dir, from))
		}
	}
	if err == nil {
		err = renew(d, dir)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return nil, errors.Join(said("The session cannot be taken over. End the other program.", dir, err), lock.Close())
	}
	return lock, nil
}

// announce writes down who holds the session.
func announce(d disk, dir string, who Holder) error {
	data, err := json.Marshal(who)
	if err != nil {
		return err
	}
	return writeWhole(d, filepath.Join(dir, holderName), data)
}

// renew gives the journal and the logs new files of the same content.
func renew(d disk, dir string) error {
	return filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() != journalName && !strings.HasSuffix(e.Name(), ".log") {
			return err
		}
		data, err := regular.Read(path, maxFile)
		if err != nil {
			return err
		}
		return writeWhole(d, path, data)
	})
}

// ours reports whether the lock that is held is still the one of the folder.
func ours(lock *flock.Flock, dir string) bool {
	held, err := lock.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(filepath.Join(dir, lockName))
	return err == nil && os.SameFile(held, there)
}

// fenced returns *TakenOver where another program has taken the session.
func (s *Session) fenced() error {
	if s.taken != nil {
		return s.taken
	}
	if ours(s.lock, s.dir) {
		return nil
	}
	return &TakenOver{s.name, readHolder(s.dir)}
}

// lockOf takes the lock of a folder, and sees that it is still the folder's when it is held. It counts tries, not time: a
// process that stood still for as long as all of them would take has tried nothing yet, and a free lock is not held.
func lockOf(dir string, wait func(time.Duration)) (*flock.Flock, bool, error) {
	if err := regular.Free(filepath.Join(dir, lockName)); err != nil {
		return nil, false, err
	}
	for try := 1; ; try++ {
		l := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
		ok, err := l.TryLock()
		if err != nil || ok && ours(l, dir) {
			return l, ok, err
		}
		_ = l.Close() // another program holds it, or it was taken over between opening and locking
		if try == tries {
			return l, false, nil
		}
		wait(retryEvery)
	}
}
