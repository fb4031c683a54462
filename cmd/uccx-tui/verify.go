package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) verifyCommand() *cobra.Command {
	var head, asJSON bool
	var expect string
	c := &cobra.Command{
		Use:   "verify NAME",
		Short: "Check the integrity of a session: every file is compared with the journal",
		Long: "Compares every file of a session with what its journal says, and names what was changed, lost or added: bytes of any file, files\n" +
			"and transcripts that are gone, cut or written anew, an end that was torn. The sums have no key: whole entries that are missing\n" +
			"at the end of the journal, and a journal that was written anew with everything that hangs on it, are found only by a head that\n" +
			"was kept elsewhere. --head prints it, and so does the report; --expect compares with it.",
		Example: "  uccx-tui verify HQ-renewal\n  uccx-tui verify HQ-renewal --head >> /mnt/evidence/heads\n  uccx-tui verify HQ-renewal --expect 41:9f86d0...",
		Args:    oneSession,
		RunE: func(c *cobra.Command, args []string) error {
			home, err := session.DefaultHome()
			if err != nil {
				return err
			}
			got, err := home.Verify(args[0])
			if err != nil {
				return err
			}
			behind, known, err := since(home, args[0], expect)
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				return verifiedJSON(c.OutOrStdout(), got, expect, behind, known)
			case head && len(got.Bad) == 0 && known:
				_, err := fmt.Fprintf(c.OutOrStdout(), "%s\n", got.Head)
				return err
			}
			return verified(c.OutOrStdout(), got, expect, behind, known)
		},
	}
	c.Flags().BoolVar(&head, "head", false, "print only the head: the number of the last entry and its checksum, to be kept elsewhere")
	c.Flags().StringVar(&expect, "expect", "", "HEAD: the journal must go on from this head")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// since looks for a head that was kept elsewhere; without one there is nothing to be found.
func since(home session.Home, name, expect string) (behind int, known bool, err error) {
	if expect == "" {
		return 0, true, nil
	}
	entries, err := home.Read(name)
	if err != nil {
		return 0, false, err
	}
	behind, known = session.Since(entries, expect)
	return behind, known, nil
}

// notFound is the damage that a head tells of.
const notFound = "the journal does not hold the expected head: it was written anew, was cut, or is another session's"

// verified prints what was found; damage is an error with its own exit code.
func verified(w io.Writer, got session.Checked, expect string, behind int, known bool) error {
	for _, b := range got.Bad {
		fmt.Fprintln(w, cert.Printable(b.String()))
	}
	for _, name := range got.Unnamed {
		fmt.Fprintln(w, fmt.Sprintf("%s: not in the journal, not checked", cert.Printable(name)))
	}
	if got.Behind > 0 {
		fmt.Fprintf(w, "%d transcript lines were written after the last entry: their own checksums fit, their number is not checked\n", got.Behind)
	}
	if !known {
		fmt.Fprintln(w, notFound)
	}
	if bad := len(got.Bad) + map[bool]int{false: 1}[known]; bad > 0 {
		return &exit{exitDamaged, fmt.Errorf("%d places are not as they were written. Nothing was touched. Restore what is named from a copy; the entries of the journal that are there are sound", bad)}
	}
	if expect != "" {
		fmt.Fprintf(w, "The expected head is there, %d entries before the end.\n", behind)
	}
	_, err := fmt.Fprintf(w, "OK: %d journal entries, %d files, %d transcript lines\nhead: %s\n", got.Entries, got.Files, got.Lines, got.Head)
	return err
}

// verifiedJSON prints the same for programs.
func verifiedJSON(w io.Writer, got session.Checked, expect string, behind int, known bool) error {
	type bad struct {
		File string `json:"file"`
		Line int    `json:"line,omitempty"`
		What string `json:"what"`
	}
	doc := struct {
		Format   int      `json:"format"`
		OK       bool     `json:"ok"`
		Entries  int      `json:"entries"`
		Head     string   `json:"head"`
		Files    int      `json:"files"`
		Lines    int      `json:"lines"`
		Behind   int      `json:"lines_after_last_entry"`
		Unnamed  []string `json:"unnamed"`
		Bad      []bad    `json:"bad"`
		Expected *bool    `json:"expected_head_found,omitempty"`
		Since    int      `json:"entries_since_expected_head,omitempty"`
	}{Format: 1, OK: len(got.Bad) == 0 && known, Entries: got.Entries, Head: got.Head, Files: got.Files, Lines: got.Lines, Behind: got.Behind, Unnamed: append([]string{}, got.Unnamed...), Bad: []bad{}}
	for _, b := range got.Bad {
		doc.Bad = append(doc.Bad, bad{b.File, b.Line, b.What})
	}
	if expect != "" {
		doc.Expected, doc.Since = &known, behind
	}
	enc := json.NewEncoder(harmless{w})
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	if !doc.OK {
		return &exit{code: exitDamaged}
	}
	return nil
}
