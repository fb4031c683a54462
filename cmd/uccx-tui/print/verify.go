package print

import (
	"fmt"
	"io"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

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
func (c Checked) Text(w io.Writer, say lang.Localizer) error {
	for _, b := range c.Bad {
		fmt.Fprintln(w, cert.Printable(say.T(b.Text())))
	}
	for _, name := range c.Unnamed {
		fmt.Fprintln(w, say.Say("%s: not in the journal, not checked", cert.Printable(name)))
	}
	if c.Behind > 0 {
		fmt.Fprintln(w, say.T(msg.N("1 transcript line was written after the last entry: its checksum is correct, the number of lines is not checked",
			"%d transcript lines were written after the last entry: their checksums are correct, their number is not checked", c.Behind)))
	}
	if !c.Known {
		fmt.Fprintln(w, say.Say("the journal does not contain the expected head: it was rewritten, was cut, or belongs to another session"))
	}
	if c.Places() > 0 {
		return nil
	}
	if c.Expected != "" {
		fmt.Fprintln(w, say.T(msg.N("The expected head was found, 1 entry before the end.", "The expected head was found, %d entries before the end.", c.Since)))
	}
	_, err := fmt.Fprintf(w, "%s\n%s\n", say.Say("OK: %s, %s, %s", msg.N("1 journal entry", "%d journal entries", c.Entries), msg.N("1 file", "%d files", c.Files),
		msg.N("1 transcript line", "%d transcript lines", c.Lines)), say.Say("head: %s", c.Head))
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
		doc.Bad = append(doc.Bad, badJSON{b.File, b.Line, b.What.String()})
	}
	if c.Expected != "" {
		doc.Expected, doc.Since = &c.Known, c.Since
	}
	return Document(w, doc)
}
