package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func (d *door) newCommand() *cobra.Command {
	var file string
	var hosts []string
	x := &discovery{d: d}
	c := &cobra.Command{
		Use:   "new (--solution FILE | --discover HOST,...)",
		Short: "Start a new change from a solution file or from discovered nodes",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if (file == "") == (len(hosts) == 0) {
				return usage(c, errors.New("new needs --solution or --discover. For a form, run: uccx-tui"))
			}
			if len(hosts) > 0 {
				if file, err = x.discover(hosts); err != nil {
					return err
				}
			}
			f, err := loadSolution(file)
			if err != nil {
				return err
			}
			d.known.add(f)
			w, err := d.begin(changeOf(f))
			if err != nil {
				return err
			}
			return d.interactive(w)
		},
	}
	solutionFlag(c, &file)
	c.Flags().StringSliceVar(&hosts, "discover", nil, "HOST,...: one node per cluster; the others are found as with discover")
	x.flags(c)
	return c
}
