package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func verifyCommand(a *wiring.App) *cobra.Command {
	var head, asJSON bool
	var expect string
	c := &cobra.Command{
		Use:   "verify NAME",
		Short: "Check the integrity of a session: every file is compared with the journal",
		Long: "Compares every file of a session with its journal and names what was changed, lost or added: changed bytes, files and\n" +
			"transcripts that are missing, cut or rewritten, an incomplete end. The checksums have no key: entries that are missing at\n" +
			"the end of the journal, or a journal that was rewritten completely, are detected only with a head that was kept\n" +
			"elsewhere. --head prints it, and so does the report; --expect compares with it.",
		Args: oneSession,
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
			found := print.Checked{Checked: got, Expected: expect, Since: behind, Known: known}
			switch {
			case asJSON:
				err = found.JSON(c.OutOrStdout())
			case head && found.Places() == 0:
				_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n", got.Head)
			default:
				err = found.Text(print.People(c.OutOrStdout()), a.Say)
			}
			if bad := found.Places(); err == nil && bad > 0 {
				err = exitcode.With(exitcode.Damaged, msg.Errorf("Files and entries that were changed, lost or added: %d. Nothing was touched. Restore them from a copy. The "+
					"other entries of the journal are intact", bad))
			}
			return err
		},
	}
	c.Flags().BoolVar(&head, "head", false, "print only the head: the number of the last entry and its checksum, to be kept elsewhere")
	c.Flags().StringVar(&expect, "expect", "", "HEAD: the journal must contain this head")
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
