package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Session is an open session; it holds the lock until Close. Its methods may be called side by side.
type Session struct {
	name    string
	dir     string
	who     string
	torn    int
	lock    *flock.Flock
	entries []Entry // as read at opening

	mu      sync.Mutex
	journal *journal
}

// openSession takes the lock first: nothing is read or cut while another program writes.
func openSession(name, dir string) (*Session, error) {
	lock, err := hold(name, dir)
	if err != nil {
		return nil, err
	}
	sweep(dir)
	j, entries, torn, err := openJournal(dir)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	m := me()
	return &Session{name: name, dir: dir, who: m.Owner + "@" + m.Host, torn: torn, lock: lock, journal: j, entries: entries}, nil
}

// Name is the name by which the session is opened again.
func (s *Session) Name() string { return s.name }

// Dir is the session's folder.
func (s *Session) Dir() string { return s.dir }

// Entries returns what the journal held when the session was opened.
func (s *Session) Entries() []Entry { return slices.Clone(s.entries) }

// Torn returns how many bytes of an unfinished last line were cut at opening.
func (s *Session) Torn() int { return s.torn }

// Append writes one entry and returns after the disk has it. data is marshalled as JSON. After an error the journal is
// as it was before, and Append may be tried again.
func (s *Session) Append(kind, step, node string, data any) (Entry, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return Entry{}, fmt.Errorf("journal: the data of %s cannot be written as JSON: %w", kind, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return Entry{}, fmt.Errorf("journal: session %s is closed: nothing was written", s.name)
	}
	return s.journal.append(Entry{Time: time.Now().UTC(), Who: s.who, Kind: kind, Step: step, Node: node, Data: raw})
}

// Close frees the session for others.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return nil
	}
	err := errors.Join(s.journal.file.Close(), s.lock.Unlock())
	s.journal = nil
	return err
}

// Keep writes a file below the session folder and returns its path. A file is never overwritten: where the name is
// taken by other bytes, "name-2.ext" is used; where it holds the same bytes, that file is the answer.
func (s *Session) Keep(rel string, data []byte) (string, error) {
	if !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%q: leads out of the session folder: nothing was written", rel)
	}
	base := filepath.Join(s.dir, rel)
	if err := makeDir(filepath.Dir(base)); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ext := filepath.Ext(base)
	for i := 1; ; i++ {
		path := base
		if i > 1 {
			path = strings.TrimSuffix(base, ext) + "-" + strconv.Itoa(i) + ext
		}
		there, err := os.ReadFile(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			if err := writeWhole(path, data); err != nil {
				return "", said("the file cannot be written", path, err)
			}
			return path, nil
		case err != nil:
			return "", said("the file cannot be read", path, err)
		case bytes.Equal(there, data):
			return path, nil
		}
	}
}

// Log opens a file below the session folder for appending, such as a transcript.
func (s *Session) Log(rel string) (io.WriteCloser, error) {
	if !filepath.IsLocal(rel) {
		return nil, fmt.Errorf("%q: leads out of the session folder: nothing was written", rel)
	}
	path := filepath.Join(s.dir, rel)
	if err := makeDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, said("the file cannot be written", path, err)
	}
	return f, nil
}

const tempMark = ".writing-"

// writeWhole makes a file that is there whole or not at all: written beside, synced, renamed.
func writeWhole(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, tempMark+"*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	return syncDir(dir)
}

// sweep removes what a killed program left half written. The lock is held: nobody else is writing.
func sweep(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(d.Name(), tempMark) {
			_ = os.Remove(path)
		}
		return nil
	})
}
