package session

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Checked is what Verify found in a session folder.
type Checked struct {
	Entries int      // of the journal, all sound
	Head    string   // number and checksum of the last entry: "16:ab12..."
	Files   int      // that the journal names, with their checksum
	Lines   int      // of transcripts
	Behind  int      // lines of transcripts that were written after the last entry: no entry says that they are there
	Unnamed []string // files that no entry names yet: the program ended between file and entry, or they are not ours
	Bad     []Bad
}

// Bad is a place that is not as it was written.
type Bad struct {
	File string // below the session folder, with slashes
	Line int    // of a transcript; of the journal's entry that names a kept file; 0: of the whole file
	What msg.Text
}

// Text names the file, and what is wrong with it.
func (b Bad) Text() msg.Text { return msg.T("%s: %s", b.File, b.What) }

// Verify compares all files of a session with what the journal says of them: nothing is touched, no lock is taken. Its
// error is that the journal itself is damaged or empty (*Damaged) or cannot be read. That whole lines are missing at the end of
// the journal, or that all of it was rewritten, it cannot see: compare the head with one that was kept elsewhere (Since).
func (h Home) Verify(name string) (Checked, error) {
	var c Checked
	if err := h.exists(name); err != nil {
		return c, err
	}
	dir := h.dir(name)
	path := filepath.Join(dir, journalName)
	data, err := regular.Read(path, maxFile)
	if err != nil {
		return c, said("cannot read the journal", path, err)
	}
	entries, whole, err := scan(path, data)
	if err != nil {
		return c, err
	}
	if len(entries) == 0 {
		return c, &Damaged{path, 1, errors.New("is missing: the journal is empty")}
	}
	c.Entries, c.Head = len(entries), headOf(entries[len(entries)-1])
	if torn := len(data) - whole; torn > 0 {
		c.Bad = append(c.Bad, Bad{journalName, len(entries) + 1, msg.T("%d bytes after the last entry are not an entry: an unfinished line, or bytes that were added", torn)})
	}
	named := namedIn(entries)
	for i, e := range entries {
		for rel, sum := range e.Kept {
			if named[rel] == sum { // the last word about a file that was lost and written again
				c.kept(dir, rel, sum, i+1)
			}
		}
	}
	marks := marksIn(entries)
	if err := c.walk(dir, named, marks); err != nil {
		return c, said("cannot read the session", dir, err)
	}
	for rel, all := range marks {
		if err := regular.Check(filepath.Join(dir, filepath.FromSlash(rel))); errors.Is(err, os.ErrNotExist) {
			c.Bad = append(c.Bad, Bad{rel, 0, msg.T("is missing; line %d of the journal says that it has %d lines", all[len(all)-1].entry, all[len(all)-1].lines)})
		}
	}
	slices.SortStableFunc(c.Bad, func(a, b Bad) int { return strings.Compare(a.File, b.File) })
	return c, nil
}

// headOf is the head of a journal after an entry, in one word.
func headOf(e Entry) string { return strconv.Itoa(e.Seq) + ":" + e.Sum }

// Since returns how many entries a session has after the one whose head was kept elsewhere: "16:ab12...", as Verify says it, or
// its checksum alone. ok is false where no entry has it: the journal was rewritten, was cut before it, or is another one.
func Since(entries []Entry, head string) (behind int, ok bool) {
	number, sum, both := strings.Cut(strings.ToLower(strings.TrimSpace(head)), ":")
	if !both {
		number, sum = "", number
	}
	for i, e := range entries {
		if e.Sum == sum && (number == "" || number == strconv.Itoa(e.Seq)) {
			return len(entries) - i - 1, true
		}
	}
	return 0, false
}

// walk looks at every file of the folder.
func (c *Checked) walk(dir string, named map[string]string, marks map[string][]mark) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case !d.Type().IsRegular():
			if named[rel] == "" {
				c.Bad = append(c.Bad, Bad{rel, 0, msg.T("is a link, a pipe or a device: it was not opened")})
			}
		case named[rel] != "", rel == journalName, rel == lockName, rel == holderName, rel == takingName:
		case strings.HasSuffix(rel, ".log"):
			return c.log(path, rel, marks[rel])
		default:
			c.Unnamed = append(c.Unnamed, rel)
		}
		return nil
	})
}

// kept checks one file that an entry names.
func (c *Checked) kept(dir, rel, sum string, line int) {
	c.Files++
	var data []byte
	err := errors.New("leads out of the session folder")
	if filepath.IsLocal(filepath.FromSlash(rel)) {
		data, err = regular.Read(filepath.Join(dir, filepath.FromSlash(rel)), maxFile)
	}
	var what msg.Text
	switch {
	case errors.Is(err, os.ErrNotExist):
		what = msg.T("is missing")
	case err != nil:
		what = msg.T("cannot be read: %s", err)
	case sumOf(data) != sum:
		what = msg.T("content was changed")
	default:
		return
	}
	c.Bad = append(c.Bad, Bad{rel, line, msg.T("%s; line %s of the journal names it", what, strconv.Itoa(line))})
}

// mark is what an entry says of a transcript.
type mark struct {
	entry int // line of the journal
	lines int
	sum   string // digits of the last of these lines
}

// marksIn collects what a journal says of transcripts, in order. What is no mark is none of ours, and is left out: the sum of
// its entry fits, so it says nothing.
func marksIn(entries []Entry) map[string][]mark {
	all := map[string][]mark{}
	for i, e := range entries {
		for rel, text := range e.Logs {
			number, sum, _ := strings.Cut(text, " ")
			if lines, err := strconv.Atoi(number); err == nil && lines > 0 {
				all[rel] = append(all[rel], mark{i + 1, lines, sum})
			}
		}
	}
	return all
}

// log checks the lines of a transcript, and how many there are.
func (c *Checked) log(path, rel string, marks []mark) error {
	data, err := regular.Read(path, maxFile)
	if err != nil {
		return err
	}
	lines := bytes.Count(data, []byte("\n"))
	c.Lines += lines
	for _, n := range badLines(data) {
		c.Bad = append(c.Bad, Bad{rel, n, msg.T("line %d was changed, or lines are missing or in the wrong order", n)})
	}
	if torn := len(data) - bytes.LastIndexByte(data, '\n') - 1; torn > 0 {
		c.Bad = append(c.Bad, Bad{rel, lines + 1, msg.T("%d bytes follow the last line: an unfinished line, or bytes that were added", torn)})
	}
	if len(marks) == 0 {
		c.Behind += lines
		return nil
	}
	last := marks[len(marks)-1]
	if lines < last.lines {
		c.Bad = append(c.Bad, Bad{rel, lines + 1, msg.T("has %d lines, and line %d of the journal says %d: the end is missing", lines, last.entry, last.lines)})
		return nil
	}
	c.Behind += lines - last.lines
	sums := strings.Split(string(data), "\n")
	for _, m := range marks {
		if _, sum, _ := cutLog([]byte(sums[m.lines-1])); sum != m.sum {
			c.Bad = append(c.Bad, Bad{rel, m.lines, msg.T("line %d differs from the one that line %d of the journal records: the transcript was rewritten", m.lines, m.entry)})
			break
		}
	}
	return nil
}
