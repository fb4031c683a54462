package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

func learnCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use:   "learn SESSION [FILE]",
		Short: "Create a lab scenario from the problems of a session, with anonymous names",
		Long: "Writes a scenario file (default: SESSION.toml) for uccx-tui lab FILE with the products, releases, " +
			"task and problems of a session.\nNames of nodes, people, servers and CAs are replaced. It contains " +
			"no certificates and no keys.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage(c, errors.New("learn needs a session name and accepts a file. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			to := filepath.Base(args[0]) + ".toml"
			if len(args) == 2 {
				to = args[1]
			}
			troubles, err := learnFrom(args[0], to)
			if err != nil {
				return err
			}
			for _, t := range troubles {
				fmt.Fprintln(a.Out, t)
			}
			if len(troubles) == 0 {
				fmt.Fprintln(a.Out, a.Say.Say("The journal has no problem that the lab can simulate. Only nodes and releases were written."))
			}
			_, err = fmt.Fprintln(a.Out, a.Say.Say("Written to %s. Start it with: uccx-tui lab %s", cert.Printable(to), cert.Printable(to)))
			return err
		},
	}
}

// learnFrom writes the lesson of a session into a file that is not there yet, and returns what it is about.
func learnFrom(name, to string) (troubles []string, err error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	entries, err := home.Read(name)
	if err != nil {
		return nil, err
	}
	p, err := steps.Fold(entries)
	if err != nil {
		return nil, err
	}
	lesson, troubles, err := lab.Learn(p, entries, home.SessionDir(name))
	if err != nil {
		return nil, err
	}
	text, err := lesson.TOML()
	if err == nil {
		_, err = sim.ReadScenario(to, "x", text, lab.RowIDs)
	}
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	return troubles, errors.Join(err, f.Close())
}
