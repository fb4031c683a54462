package main

import (
	"errors"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/transfer"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func exportCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use:   "export NAME [FILE]",
		Short: "Export a session to one file (journal, CSRs, certificates, transcripts, host keys; no passwords)",
		Long: "Exports a session to one file (default: NAME.uccx.tar) for uccx-tui import on another machine; - writes it " +
			"to standard\noutput, unless that is a terminal. The session here is then marked as handed over and continues " +
			"only with\nresume --take-over. The export of a lab session includes the simulated nodes.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage(c, errors.New("export needs a session name and accepts a file. List sessions with: uccx-tui sessions"))
			}
			if len(args) == 2 && args[1] == "-" && term.IsTerminal(a.Screen.Fd()) {
				return usage(c, errors.New("standard output is a terminal. Nothing was exported. Name a file, or redirect the output (> FILE)."))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return transfer.Export(a, args) },
	}
}
