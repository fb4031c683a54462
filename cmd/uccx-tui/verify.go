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
		Short: "Compare every file of a session with what its journal says: any byte changed, lost or added is named",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("verify takes the name of one session; uccx-tui sessions lists them"))
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
		fmt.Fprintln(w, cert.Printable(name)+": no entry of the journal names this file: it is not compared")
	}
	if len(got.Bad) > 0 {
		return &exit{exitDamaged, fmt.Errorf("%d places are not as they were written; nothing was touched: the journal itself is whole, and resume goes on", len(got.Bad))}
	}
	_, err := fmt.Fprintf(w, "whole: %d journal entries, %d files, %d lines of transcripts\n", got.Entries, got.Files, got.Lines)
	return err
}
