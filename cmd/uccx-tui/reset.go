package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// archiveDir is where sessions and labs go that were reset, beside sessions and labs.
const archiveDir = "archive"

func (d *door) resetCommand() *cobra.Command {
	var yes, auto bool
	c := &cobra.Command{
		Use:   "reset [NAME]",
		Short: "Reset a lab session to its start; the old session is archived",
		Long: "Resets a lab: same scenario, nodes and seed, and a new session with the same name, which opens. The " +
			"old session and its nodes move to\nthe archive folder; nothing is deleted. Confirm by typing the " +
			"name, or use --yes.",
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name, err := d.lesson(args)
			if err != nil {
				return err
			}
			if err := d.confirmReset(name, yes); err != nil {
				return err
			}
			o, err := d.reset(dir, name)
			if err != nil {
				return err
			}
			w, err := d.beginLab(o)
			if err != nil {
				return err
			}
			if auto {
				return d.auto(w, false)
			}
			return d.interactive(w)
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "do not ask for confirmation")
	c.Flags().BoolVar(&auto, "auto", false, "run it unattended, like lab --auto")
	return c
}

// confirmReset asks for the name, because a session is put away.
func (d *door) confirmReset(name string, yes bool) error {
	if yes {
		return nil
	}
	fmt.Fprintf(d.out, "What was done in %s goes into the archive. Type its name to begin it anew: ", cert.Printable(name))
	typed, err := bufio.NewReader(d.in).ReadString('\n')
	if strings.TrimSpace(typed) == name {
		return nil
	}
	if err != nil {
		fmt.Fprintln(d.out)
	}
	return &exit{exitConfirm, errors.New("Name not confirmed. Nothing was done. Use --yes to skip the question.")}
}

// reset moves a lab and its session into the archive, and returns what makes the same lab again. A session or a lab that
// another program has open is refused.
func (d *door) reset(dir, name string) (labOptions, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return labOptions{}, err
	}
	s, err := home.Open(name)
	if err != nil {
		return labOptions{}, err
	}
	plan, err := steps.Fold(s.Entries())
	if err := errors.Join(err, s.Close()); err != nil {
		return labOptions{}, err
	}
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return labOptions{}, err
	}
	if err := sim.Idle(dir); err != nil {
		return labOptions{}, &exit{exitHeld, err}
	}
	to := filepath.Join(home.Dir, archiveDir, filepath.Base(home.SessionDir(name))+"-"+time.Now().Format("20060102-150405.000"))
	if err := os.MkdirAll(to, 0o700); err != nil {
		return labOptions{}, err
	}
	if err := errors.Join(os.Rename(dir, filepath.Join(to, "lab")), os.Rename(home.SessionDir(name), filepath.Join(to, "session"))); err != nil {
		return labOptions{}, fmt.Errorf("cannot archive the lab: %w", err)
	}
	fmt.Fprintf(d.out, "Archived to %s\n", cert.Printable(to))
	l := plan.Change().Lab
	o := labOptions{name: name, seed: l.Seed, pairs: l.Pairs, rtt: l.RTT, real: l.Real, scenario: r.Scenario}
	for _, n := range plan.Change().Solution.Nodes() {
		if n.Connection == vos.ConnectionREST {
			o.api = append(o.api, n.Short())
		}
	}
	return o, nil
}
