package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) resumeCommand() *cobra.Command {
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
			return d.resume(name, auto)
		},
	}
	d.takeOverFlag(c)
	c.Flags().BoolVar(&auto, "auto", false, "run the remaining steps unattended (lab sessions only)")
	return c
}

// resume goes on with a session.
func (d *door) resume(name string, auto bool) error {
	w, err := d.open(name)
	if err != nil {
		return err
	}
	if !auto {
		return d.interactive(w)
	}
	if w.Lab == nil {
		err := exitcode.With(exitcode.Usage, errors.New("--auto works only in lab sessions. On real nodes use run."))
		return errors.Join(err, w.Close())
	}
	return d.auto(w, false)
}

// elsewhere refuses a session that was handed over: two people who both go on would make two CSRs.
func elsewhere(name string, p *plan.Plan) error {
	who, when, away := p.HandedOver()
	if !away {
		return nil
	}
	return exitcode.With(exitcode.Held, fmt.Errorf("Session %s was handed over by %s at %s. Nothing was changed. Import their export to get it back, "+
		"or, if no one continues it, use --take-over.",
		name, cert.Printable(who), when.Local().Format(time.DateTime)))

}

// taken opens a session that another program holds, on purpose.
func taken(home session.Home, name string, err error) (*session.Session, *session.Holder, error) {
	var held *session.Held
	if !errors.As(err, &held) {
		return nil, nil, err
	}
	s, err := home.TakeOver(name, held.Holder)
	return s, &held.Holder, err
}

func (d *door) takeOverFlag(c *cobra.Command) {
	c.Flags().BoolVar(&d.force, "take-over", false, "take over a session that another program has open, or that was handed over")
}
