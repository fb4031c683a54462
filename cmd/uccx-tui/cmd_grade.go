package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func gradeCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use: "grade [NAME]", Short: "Grade a lab session and write the trainer's report", Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name, err := a.Lesson(args)
			if err != nil {
				return err
			}
			text, passed, err := wiring.Graded(dir, name)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprint(a.Out, text); err != nil {
				return err
			}
			if !passed {
				return exitcode.Only(exitcode.Owed)
			}
			return nil
		},
	}
}
