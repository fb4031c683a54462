package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func gradeCommand(a *wiring.App) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use: "grade [NAME...]", Short: "Grade a lab session and write the trainer's report",
		Long: "Compares how a lab session was done with what its scenario asks for, and writes grade.md into the session's " +
			"folder.\nExit code 0: passed. 3: not passed, or not finished.\nWith several names, it prints a table, a line for each session; with --json, one object after the other.",
		RunE: func(_ *cobra.Command, args []string) error {
			all, passed, err := a.GradedAll(args)
			switch {
			case err != nil:
				return err
			case asJSON:
				for _, g := range all {
					if err := print.Document(a.Out, print.Grade(g)); err != nil {
						return err
					}
				}
			case len(all) == 1:
				_, err = fmt.Fprint(a.Out, print.Paper(a.Out, all[0].Text))
			default:
				_, err = fmt.Fprint(a.Out, print.Paper(a.Out, print.Grades(a.Say, all)))
			}
			if err == nil && !passed {
				return exitcode.Only(exitcode.Owed)
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object (uccx-tui help json)")
	return c
}
