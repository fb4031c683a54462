package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify NAME",
		Short: "Check the integrity of a session: every file is compared with the journal",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("verify needs one session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			home, err := session.DefaultHome()
			if err != nil {
				return err
			}
			got, err := home.Verify(args[0])
			if err != nil {
				return err
			}
			return verified(c.OutOrStdout(), got)
		},
	}
}

// verified prints what was found; damage is an error with its own exit code.
func verified(w io.Writer, got session.Checked) error {
	for _, b := range got.Bad {
		fmt.Fprintln(w, cert.Printable(b.String()))
	}
	for _, name := range got.Unnamed {
		fmt.Fprintln(w, fmt.Sprintf("%s: not in the journal, not checked", cert.Printable(name)))
	}
	if len(got.Bad) > 0 {
		return &exit{exitDamaged, fmt.Errorf("%d places are not as they were written; nothing was touched: the journal itself is whole, and resume goes on", len(got.Bad))}
	}
	_, err := fmt.Fprintf(w, "OK: %d journal entries, %d files, %d transcript lines\n", got.Entries, got.Files, got.Lines)
	return err
}
