package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) gradeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "grade [NAME]", Short: "Grade a lab session and write the trainer's report", Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name, err := d.lesson(args)
			if err != nil {
				return err
			}
			text, passed, err := graded(dir, name)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprint(d.out, text); err != nil {
				return err
			}
			if !passed {
				return exitcode.Only(exitcode.Owed)
			}
			return nil
		},
	}
}

// lesson finds the lab folder of a session: the one named, or the newest.
func (d *door) lesson(args []string) (dir, name string, err error) {
	if len(args) > 0 {
		name = args[0]
	} else if name, err = d.newest(); err != nil {
		return "", "", err
	}
	home, plan, err := sessionPlan(name)
	if err != nil {
		return "", "", err
	}
	if plan.Change().Lab == nil {
		return "", "", exitcode.With(exitcode.Usage, fmt.Errorf("%s is not a lab session", cert.Printable(name)))
	}
	return home.LabDir(plan.Change().Lab.Folder), name, nil
}

// graded is the grade of a session; one without a scenario is a slip of the command line.
func graded(dir, name string) (text string, passed bool, err error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", false, err
	}
	text, passed, err = lab.Grade(home, dir, name)
	if errors.Is(err, lab.ErrNoScenario) {
		err = exitcode.With(exitcode.Usage, err)
	}
	return text, passed, err
}
