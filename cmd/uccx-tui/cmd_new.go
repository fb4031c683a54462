package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/discover"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func newCommand(a *wiring.App) *cobra.Command {
	var file string
	var hosts []string
	x := &discover.Discovery{D: a}
	c := &cobra.Command{
		Use:   "new (--solution FILE | --discover HOST,...)",
		Short: "Start a new change from a solution file or from discovered nodes",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if (file == "") == (len(hosts) == 0) {
				return usage(c, errors.New("new needs --solution or --discover. For a form, run: uccx-tui"))
			}
			if len(hosts) > 0 {
				if file, err = x.Run(hosts); err != nil {
					return err
				}
			}
			f, err := input.Solution(file)
			if err != nil {
				return err
			}
			a.Known.Add(f)
			w, err := a.BeginOn(f)
			if err != nil {
				return err
			}
			return a.Interactive(w)
		},
	}
	input.SolutionFlag(c, &file)
	c.Flags().StringSliceVar(&hosts, "discover", nil, "HOST,...: one node per cluster; the others are found as with discover")
	x.AddFlags(c)
	return c
}
