package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func planCommand(a *wiring.App) *cobra.Command {
	var file string
	var asJSON bool
	c := &cobra.Command{
		Use:   "plan (--solution FILE | SESSION)",
		Short: "Print the plan: steps, nodes, order and hash. Nothing is changed",
		Args:  atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			if (file == "") == (len(args) == 0) {
				return usage(c, errors.New("plan needs --solution FILE or a session name"))
			}
			p, err := input.Plan(file, args)
			if err != nil {
				return err
			}
			if asJSON {
				return print.PlanJSON(c.OutOrStdout(), p)
			}
			_, err = io.WriteString(print.People(c.OutOrStdout()), print.Plan(a.Say, p))
			return err
		},
	}
	input.SolutionFlag(c, &file)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}
