package session

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Session is an open session; it holds the lock until Close. Its methods may be called side by side.
type Session struct {
	name    string
	dir     string
	who     string
	torn    int
	lock    *flock.Flock
	entries []Entry // as read at opening

	disk disk

	mu      sync.Mutex
	journal *journal
	taken   error             // not nil: entries were written, and the session had been taken over by then
	kept    map[string]string // files that the next entry names: path below the folder -> SHA-256
	named   map[string]string // files that entries name

	logMu sync.Mutex
	logs  map[string]string // how far logs were written since the entry before
}

// openSession takes the lock first: nothing is read or cut while another program writes.
func openSession(d disk, name, dir string) (*Session, error) {
	lock, err := hold(d, name, dir)
	if err != nil {
		return nil, err
	}
	s, err := openLocked(d, name, dir, lock)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

// openLocked reads a session whose lock is held.
func openLocked(d disk, name, dir string, lock *flock.Flock) (*Session, error) {
	sweep(dir)
	j, entries, torn, err := openJournal(d, dir)
	if err != nil {
		return nil, err
	}
	m := me()
	return &Session{name: name, dir: dir, who: m.Owner + "@" + m.Host, torn: torn, lock: lock, disk: d, journal: j, entries: entries,
		kept: map[string]string{}, named: namedIn(entries), logs: map[string]string{}}, nil
}

// Name is the name by which the session is opened again.
func (s *Session) Name() string { return s.name }

// Dir is the session's folder.
func (s *Session) Dir() string { return s.dir }

// Entries returns what the journal held when the session was opened.
func (s *Session) Entries() []Entry { return slices.Clone(s.entries) }

// Torn returns how many bytes of an unfinished last line were cut at opening.
func (s *Session) Torn() int { return s.torn }

// Record is what an entry says: its kind, the row and the node that it is about, where there is one, and its data, which is
// marshalled as JSON.
type Record struct {
	Kind, Step, Node string
	Data             any
}

// Append writes one entry and returns after the disk has it. After an error the journal is as it was before, and Append may be
// tried again.
func (s *Session) Append(kind, step, node string, data any) (Entry, error) {
	written, err := s.AppendAll([]Record{{kind, step, node, data}})
	if err != nil {
		return Entry{}, err
	}
	return written[0], nil
}

// AppendAll is Append for several entries, which follow each other and reach the disk together: one write and one sync.
// After an error none of them is in the journal, or the error is *TakenOver and nothing is appended any more.
func (s *Session) AppendAll(records []Record) ([]Entry, error) {
	if len(records) == 0 {
		return nil, nil
	}
	entries := make([]Entry, len(records))
	for i, r := range records {
		raw, err := json.Marshal(r.Data)
		if err != nil {
			return nil, msg.Errorf("journal: the data of %s cannot be written as JSON: %w", r.Kind, err)
		}
		entries[i] = Entry{Who: s.who, Kind: r.Kind, Step: r.Step, Node: r.Node, Data: raw, Texts: msg.Origins(r.Data), memo: &memo{}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(); err != nil {
		return nil, err
	}
	logs := s.grown()
	for i := range entries {
		entries[i].Time = time.Now().UTC()
	}
	entries[0].Logs, entries[0].Kept = logs, s.kept
	err := s.journal.append(entries)
	if err == nil {
		s.taken = s.fenced() // taken over while it was written: it must not be acted on, nor written once more
		err = s.taken
	}
	if err != nil {
		return nil, err
	}
	maps.Copy(s.named, s.kept)
	s.kept = map[string]string{}
	s.told(logs)
	return entries, nil
}

// open returns an error where the session is closed, or was taken over. Its lock is held.
func (s *Session) open() error {
	if s.journal == nil {
		return msg.Errorf("journal: session %s is closed. Nothing was written.", s.name)
	}
	return s.fenced()
}

// grown returns how far the logs were written since the entry before.
func (s *Session) grown() map[string]string {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	return maps.Clone(s.logs)
}

// told forgets what an entry says by now.
func (s *Session) told(logs map[string]string) {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	maps.DeleteFunc(s.logs, func(rel, mark string) bool { return logs[rel] == mark })
}

// Discard closes a session in which nothing was ever written down, and removes its folder: it was begun, and could not be. One
// that has entries is only closed.
func (s *Session) Discard() error {
	empty := len(s.entries) == 0 && s.journal != nil && s.journal.size == 0
	err := s.Close()
	if empty {
		err = errors.Join(err, regular.RemoveAll(s.dir))
	}
	return err
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

// Log opens a file below the session folder for appending, such as a transcript. Each Write must be whole lines; each
// line is given a checksum that is chained to the line before.
func (s *Session) Log(rel string) (io.WriteCloser, error) {
	rel = portablePath(rel)
	if !filepath.IsLocal(rel) {
		return nil, msg.Errorf("%q points outside the session folder. Nothing was written.", rel)
	}
	s.mu.Lock()
	err := s.open()
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if err := inside(s.dir, rel); err != nil {
		return nil, err
	}
	path := filepath.Join(s.dir, rel)
	if err := makeDir(s.disk, filepath.Dir(path)); err != nil {
		return nil, err
	}
	return openLog(s.disk, path, func(lines int, last string) {
		s.logMu.Lock()
		defer s.logMu.Unlock()
		s.logs[filepath.ToSlash(filepath.Clean(rel))] = strconv.Itoa(lines) + " " + last
	})
}
