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
		Use: "grade [NAME]", Short: "Grade a lab session and write the trainer's report", Args: atMostOne,
		Long: "Compares how a lab session was done with what its scenario asks for, and writes grade.md into the session's " +
			"folder.\nExit code 0: passed. 3: not passed, or not finished.",
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name, err := a.Lesson(args)
			if err != nil {
				return err
			}
			g, err := a.Graded(dir, name)
			switch {
			case err != nil:
				return err
			case asJSON:
				err = print.Document(a.Out, print.Grade(g))
			default:
				_, err = fmt.Fprint(a.Out, g.Text)
			}
			if err == nil && !g.Passed {
				return exitcode.Only(exitcode.Owed)
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object (uccx-tui help json)")
	return c
}
