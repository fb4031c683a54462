package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func rehearseCommand(a *wiring.App) *cobra.Command {
	var files []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "rehearse SESSION",
		Short: "Dry-run the plan on simulated copies of the nodes",
		Long: "Copies what was read from the nodes to simulated nodes, runs the whole plan on them, and shows how " +
			"long the steps take, what will be\nasked and what would fail. Before the first change, the real " +
			"nodes are read again and differences are reported (uccx-tui help rehearsal).",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("rehearse needs a session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			w, err := a.Open(args[0])
			if err != nil {
				return err
			}
			r, err := a.Rehearse(w, files)
			switch {
			case err != nil:
			case asJSON:
				err = print.RehearsalJSON(c.OutOrStdout(), r)
			default:
				_, err = io.WriteString(print.People(c.OutOrStdout()), print.Rehearsal(a.Say, w.Runner.Plan(), r))
			}
			if err == nil && r.Fails() {
				err = exitcode.Only(exitcode.Refused)
			}
			return errors.Join(err, w.Close())
		},
	}
	c.Flags().StringArrayVar(&files, "reply", nil, "file or folder of the CA's reply; it is checked, and the simulated CA replies in the same way")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	takeOverFlag(a, c)
	return c
}
