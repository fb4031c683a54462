package print

import (
	"fmt"
	"io"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// notFound is the damage that a head tells of.
const notFound = "the journal does not contain the expected head: it was rewritten, was cut, or belongs to another session"

// Checked is what verify found: also whether a head that was kept elsewhere is in the journal.
type Checked struct {
	session.Checked
	Expected string // head; empty: none was given
	Since    int    // entries after it
	Known    bool   // it is there, or none was given
}

// Places counts what is not as it was written.
func (c Checked) Places() int {
	if !c.Known {
		return len(c.Bad) + 1
	}
	return len(c.Bad)
}

// Text prints it for people.
func (c Checked) Text(w io.Writer) error {
	for _, b := range c.Bad {
		fmt.Fprintln(w, cert.Printable(b.String()))
	}
	for _, name := range c.Unnamed {
		fmt.Fprintf(w, "%s: not in the journal, not checked\n", cert.Printable(name))
	}
	if c.Behind > 0 {
		fmt.Fprintf(w, "%d transcript lines were written after the last entry: their checksums are correct, their number is not "+
			"checked\n", c.Behind)
	}
	if !c.Known {
		fmt.Fprintln(w, notFound)
	}
	if c.Places() > 0 {
		return nil
	}
	if c.Expected != "" {
		fmt.Fprintf(w, "The expected head was found, %d entries before the end.\n", c.Since)
	}
	_, err := fmt.Fprintf(w, "OK: %d journal entries, %d files, %d transcript lines\nhead: %s\n", c.Entries, c.Files, c.Lines, c.Head)
	return err
}

// checkedJSON is the same for programs, as one document.
type checkedJSON struct {
	Format   int       `json:"format"`
	OK       bool      `json:"ok"`
	Entries  int       `json:"entries"`
	Head     string    `json:"head"`
	Files    int       `json:"files"`
	Lines    int       `json:"lines"`
	Behind   int       `json:"lines_after_last_entry"`
	Unnamed  []string  `json:"unnamed"`
	Bad      []badJSON `json:"bad"`
	Expected *bool     `json:"expected_head_found,omitempty"`
	Since    int       `json:"entries_since_expected_head,omitempty"`
}

type badJSON struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	What string `json:"what"`
}

// JSON prints it for programs.
func (c Checked) JSON(w io.Writer) error {
	doc := checkedJSON{Format: 1, OK: c.Places() == 0, Entries: c.Entries, Head: c.Head, Files: c.Files, Lines: c.Lines, Behind: c.Behind, Unnamed: append([]string{}, c.Unnamed...), Bad: []badJSON{}}
	for _, b := range c.Bad {
		doc.Bad = append(doc.Bad, badJSON{b.File, b.Line, b.What})
	}
	if c.Expected != "" {
		doc.Expected, doc.Since = &c.Known, c.Since
	}
	return Document(w, doc)
}
