package session

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

const journalName = "journal.jsonl"

// Damaged tells which line of a journal is not what was written. Nothing was touched.
type Damaged struct {
	File string
	Line int
	Err  error
}

// Text names file and line, and what to do.
func (d *Damaged) Text() msg.Text {
	return msg.T("%s, line %d: %v. Nothing was changed. Restore the file from a copy, or start a new change.", d.File, d.Line, d.Err)
}

// Error is the same in English.
func (d *Damaged) Error() string { return d.Text().String() }

// Unwrap gives the cause.
func (d *Damaged) Unwrap() error { return d.Err }

// journal is the open file. Its length is always that of the sound part.
type journal struct {
	file file
	path string
	size int64
	last *Entry
	bad  bool // a write failed: the sound part must be restored before the next
}

// openJournal reads the journal, cuts a torn tail, and makes it ready for appending.
func openJournal(d disk, dir string) (*journal, []Entry, int, error) {
	path := filepath.Join(dir, journalName)
	data, err := regular.Read(path, maxFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, 0, said("the journal cannot be read", path, err)
	}
	entries, whole, err := scan(path, data)
	if err != nil {
		return nil, nil, 0, err
	}
	f, err := d.open(path, os.O_RDWR|os.O_CREATE)
	if err == nil && len(data) == 0 {
		err = d.syncDir(dir) // the name of a new journal must last as its lines do
	}
	if err != nil {
		return nil, nil, 0, said("the journal cannot be written", path, err)
	}
	j := &journal{file: f, path: path, size: int64(whole), bad: whole != len(data)}
	if len(entries) > 0 {
		j.last = &entries[len(entries)-1]
	}
	if err := j.restore(); err != nil {
		return nil, nil, 0, errors.Join(err, f.Close())
	}
	return j, entries, len(data) - whole, nil
}

// restore cuts whatever a failed write left behind the sound part.
func (j *journal) restore() error {
	if !j.bad {
		return nil
	}
	if err := errors.Join(j.file.Truncate(j.size), j.file.Sync()); err != nil {
		return said("cannot remove the incomplete last line of the journal", j.path, err)
	}
	j.bad = false
	return nil
}

// append numbers and chains entries, writes them together, and returns when they are on the disk. After an error the sound
// part is as before.
func (j *journal) append(entries []Entry) error {
	if err := j.restore(); err != nil {
		return err
	}
	var lines []byte
	last := j.last
	for i := range entries {
		e := &entries[i]
		e.Seq, e.V = 1, Format
		if last != nil {
			e.Seq, e.V, e.Prev = last.Seq+1, 0, last.Sum
		}
		line, err := e.line()
		if err != nil {
			return msg.Errorf("journal: the entry cannot be written as JSON: %w", err)
		}
		lines, last = append(lines, line...), e
	}
	j.bad = true
	_, err := j.file.WriteAt(lines, j.size)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		_ = j.restore() // if this fails too, the next append tries again
		return said("the journal cannot be written", j.path, err)
	}
	j.bad = false
	j.size += int64(len(lines))
	j.last = new(*last)
	return nil
}
