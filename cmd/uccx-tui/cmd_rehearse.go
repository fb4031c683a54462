package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

func (d *door) rehearseCommand() *cobra.Command {
	var files []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "rehearse SESSION",
		Short: "Dry-run the plan on simulated copies of the nodes",
		Long: "Copies what was read from the nodes to simulated nodes, runs the whole plan on them, and shows how " +
			"long the steps take, what will be\nasked and what would fail. Before the first change, the real " +
			"nodes are read again and differences are reported (docs/rehearsal.md).",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("rehearse needs a session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			w, err := d.open(args[0])
			if err != nil {
				return err
			}
			r, err := d.rehearse(w, files)
			switch {
			case err != nil:
			case asJSON:
				err = print.RehearsalJSON(c.OutOrStdout(), r)
			default:
				_, err = io.WriteString(c.OutOrStdout(), print.Rehearsal(w.Runner.Plan(), r))
			}
			if err == nil && r.Fails() {
				err = exitcode.Only(exitcode.Refused)
			}
			return errors.Join(err, w.Close())
		},
	}
	c.Flags().StringArrayVar(&files, "reply", nil, "file or folder of the CA's reply; it is checked, and the simulated CA replies in the same way")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	d.takeOverFlag(c)
	return c
}

// rehearse plays the plan of an open session on simulated nodes, and writes down what came of it.
func (d *door) rehearse(w *app.Work, paths []string) (plan.Rehearsal, error) {
	ctx, cancel := d.context()
	defer cancel()
	p := w.Runner.Plan()
	files, err := rehearsable(p, w.Name, paths)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	home, err := session.DefaultHome()
	if err != nil {
		return plan.Rehearsal{}, err
	}
	r, err := lab.Rehearsal{Home: home, Session: w.Name, Program: d.version, Files: files, Learnt: d.learn(),
		Open: func(home session.Home, s *session.Session, c *lab.Cluster) (lab.Opened, error) {
			w, err := openEngine(home, s, plan.World{Program: d.version}, c)
			if err != nil {
				return lab.Opened{}, err
			}
			return lab.Opened{Runner: w.Runner, Events: w.Events, Services: w.Lab, Close: w.Close}, nil
		}}.Rehearse(ctx, p)
	if err != nil {
		return plan.Rehearsal{}, err
	}
	return r, w.Runner.Rehearsed(r)
}

// rehearsable refuses what cannot be rehearsed, and reads the CA's files.
func rehearsable(p *plan.Plan, name string, paths []string) ([]cert.File, error) {
	unread := rehearsal.Unread(p)
	switch {
	case len(unread) > 0:
		return nil, exitcode.With(exitcode.Open, fmt.Errorf("%s: not read yet. Nothing was done. Run the first two steps of the plan; they log in, read, and "+
			"change nothing.", strings.Join(unread, ", ")))

	case p.Next().Finished:
		return nil, exitcode.With(exitcode.Usage, fmt.Errorf("Session %s is finished. There is nothing to rehearse.", name))
	case len(paths) == 0:
		return nil, nil
	case len(reply.Requests(p)) == 0:
		return nil, exitcode.With(exitcode.Usage, errors.New("--reply: no CSR of this session is waiting for the CA. Nothing was done."))
	}
	files, err := read.Files(paths)
	if err != nil {
		return nil, exitcode.With(exitcode.Usage, err)
	}
	return files, nil
}
