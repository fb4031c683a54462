package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func resetCommand(a *wiring.App) *cobra.Command {
	var yes, auto bool
	c := &cobra.Command{
		Use:   "reset [NAME]",
		Short: "Reset a lab session to its start; the old session is archived",
		Long: "Resets a lab: same scenario, nodes and seed, and a new session with the same name, which opens. The " +
			"old session and its nodes move to\nthe archive folder; nothing is deleted. Confirm by typing the " +
			"name, or use --yes.",
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name, err := a.Lesson(args)
			if err != nil {
				return err
			}
			if err := confirmReset(a, name, yes); err != nil {
				return err
			}
			o, to, err := Archived(name, dir)
			if err != nil {
				return err
			}
			fmt.Fprintln(a.Out, a.Say.Say("Archived to %s", cert.Printable(to)))
			w, err := a.BeginLab(o)
			if err != nil {
				return err
			}
			if auto {
				return a.Auto(w, false)
			}
			return a.Interactive(w)
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "do not ask for confirmation")
	c.Flags().BoolVar(&auto, "auto", false, "run it unattended, like lab --auto")
	return c
}

// confirmReset asks for the name, because a session is put away.
func confirmReset(a *wiring.App, name string, yes bool) error {
	if yes {
		return nil
	}
	fmt.Fprint(a.Out, a.Say.Say("The current state of %s will be archived. Type its name to start again:", cert.Printable(name))+" ")
	typed, err := bufio.NewReader(io.LimitReader(a.In, 1000)).ReadString('\n')
	if strings.TrimSpace(typed) == name {
		return nil
	}
	if err != nil {
		fmt.Fprintln(a.Out)
	}
	return exitcode.With(exitcode.Confirm, errors.New("Name not confirmed. Nothing was done. Use --yes to skip the question."))
}

// Archived moves a lab and its session into the archive.
func Archived(name, dir string) (o lab.Options, to string, err error) {
	home, err := session.DefaultHome()
	if err != nil {
		return o, "", err
	}
	o, to, err = lab.Archive(home, dir, name)
	if errors.Is(err, lab.ErrServed) {
		err = exitcode.With(exitcode.Held, err)
	}
	return o, to, err
}
