package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/health"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
)

func doctorCommand(a *wiring.App) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "doctor [SOLUTION]",
		Short: "Check this machine, and the network path to every port of a solution, without a login",
		Long: "Checks the state folder, clock, terminal, locale and proxy of this machine, and with a solution file whether every name resolves\n" +
			"and every port answers. Nothing is changed, and no password is sent to a node. A problem exits with 5.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(c, errors.New("doctor accepts one solution file"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			all := health.Local(machine(a))
			if len(args) == 1 {
				f, err := input.Solution(args[0])
				if err != nil {
					return err
				}
				ctx, cancel := a.Context()
				defer cancel()
				path, _, err := accounts.Path(ctx, a, f.Solution.Route, f.JumpKeys)
				if err != nil {
					all = append(all, health.Shut(f.Solution.Route.Host(), err))
				} else {
					defer path.Close()
					all = append(all, health.Nodes(ctx, f, path, net.DefaultResolver)...)
				}
			}
			if err := health.Print(c.OutOrStdout(), a.Say, all, asJSON); err != nil {
				return err
			}
			if !health.Sound(all) {
				return exitcode.Only(exitcode.Refused)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object: {\"format\": 1, \"findings\": [...]}")
	return c
}

// machine is this machine.
func machine(a *wiring.App) health.Machine {
	of, _ := time.Parse(time.RFC3339, built().Time)
	return health.Machine{Env: os.Getenv, Now: time.Now(), Built: of, Terminal: term.IsTerminal(a.Screen.Fd()), State: stateFolder,
		Size: func() (int, int, bool) {
			w, h, err := term.GetSize(a.Screen.Fd())
			return w, h, err == nil
		}}
}

// stateFolder is where sessions lie; that it can be written to is tried with a file that is removed again.
func stateFolder() (string, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", err
	}
	if err := home.Owned(); err != nil {
		return home.Dir, err
	}
	dir := home.Dir
	for { // the folder may not be there yet: the nearest one above it counts
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return home.Dir, err
	}
	return home.Dir, errors.Join(f.Close(), os.Remove(f.Name()))
}
