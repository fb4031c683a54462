package session

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Checked is what Verify found in a session folder.
type Checked struct {
	Entries int      // of the journal, all sound
	Files   int      // that the journal names, with their checksum
	Lines   int      // of transcripts
	Unnamed []string // files that no entry names yet: the program ended between file and entry, or they are not ours
	Bad     []Bad
}

// Bad is a place that is not as it was written.
type Bad struct {
	File string // below the session folder, with slashes
	Line int    // of a transcript; of the journal's entry that names a kept file
	What string
}

// String names file and line.
func (b Bad) String() string { return b.File + ": " + b.What }

// Verify compares all files of a session with what the journal says of them: nothing is touched, no lock is taken. Its
// error is that the journal itself is damaged (*Damaged) or cannot be read.
func (h Home) Verify(name string) (Checked, error) {
	var c Checked
	entries, err := h.Read(name)
	if err != nil {
		return c, err
	}
	c.Entries = len(entries)
	dir := h.dir(name)
	named := namedIn(entries)
	for i, e := range entries {
		for rel, sum := range e.Kept {
			if named[rel] == sum { // the last word about a file that was lost and written again
				c.kept(dir, rel, sum, i+1)
			}
		}
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case named[rel] != "", rel == journalName, rel == lockName, rel == holderName, rel == takingName:
			return nil
		case strings.HasSuffix(rel, ".log"):
			return c.log(path, rel)
		}
		c.Unnamed = append(c.Unnamed, rel)
		return nil
	})
	if err != nil {
		return c, said("cannot read the session", dir, err)
	}
	return c, nil
}

// kept checks one file that an entry names.
func (c *Checked) kept(dir, rel, sum string, line int) {
	c.Files++
	var data []byte
	err := errors.New("points outside the session folder")
	if filepath.IsLocal(filepath.FromSlash(rel)) {
		data, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(rel)))
	}
	what := ""
	switch {
	case errors.Is(err, os.ErrNotExist):
		what = "is missing"
	case err != nil:
		what = fmt.Sprintf("cannot be read: %s", err.Error())
	case sumOf(data) != sum:
		what = "content was changed"
	default:
		return
	}
	c.Bad = append(c.Bad, Bad{rel, line, fmt.Sprintf("%s (journal line %s)", what, strconv.Itoa(line))})
}

// log checks the lines of a transcript.
func (c *Checked) log(path, rel string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	c.Lines += strings.Count(string(data), "\n")
	for _, n := range badLines(data) {
		c.Bad = append(c.Bad, Bad{rel, n, fmt.Sprintf("line %d: changed, missing, duplicated or out of order", n)})
	}
	return nil
}
