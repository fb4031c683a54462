package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func resumeCommand(a *wiring.App) *cobra.Command {
	var auto bool
	c := &cobra.Command{
		Use:   "resume [NAME]",
		Short: "Resume a change (default: the newest)",
		Args:  atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			name := ""
			if len(args) == 1 {
				name = args[0]
			}
			return resume(a, name, auto)
		},
	}
	takeOverFlag(a, c)
	c.Flags().BoolVar(&auto, "auto", false, "run the remaining steps unattended (lab sessions only)")
	return c
}

// resume goes on with a session.
func resume(a *wiring.App, name string, auto bool) error {
	w, err := a.Open(name)
	if err != nil {
		return err
	}
	if !auto {
		return a.Interactive(w)
	}
	if w.Lab == nil {
		err := exitcode.With(exitcode.Usage, errors.New("--auto works only in lab sessions. On real nodes use run."))
		return errors.Join(err, w.Close())
	}
	return a.Auto(w, false)
}

func takeOverFlag(a *wiring.App, c *cobra.Command) {
	c.Flags().BoolVar(&a.Force, "take-over", false, "take over a session that another program has open, or that was handed over")
}
