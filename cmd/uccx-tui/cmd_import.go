package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/transfer"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func importCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Import an exported session",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("import needs one file created by export"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			name, err := transfer.Import(args[0], a.Version)
			if err != nil {
				var refused *session.BadBundle
				if errors.As(err, &refused) {
					return exitcode.With(exitcode.Damaged, msg.Errorf("%s: %w", cert.Printable(args[0]), err))
				}
				return err
			}
			listed, err := named(a, name)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), print.Session(a.Say, listed))
			if err := transfer.Proposals(c.OutOrStdout(), a.Say, name); err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), a.Say.Say("Continue with: uccx-tui resume %s", name))
			return nil
		},
	}
}

// named returns one session of the list.
func named(a *wiring.App, name string) (app.Listed, error) {
	all, err := a.Sessions()
	for _, l := range all {
		if l.Name == name {
			return l, nil
		}
	}
	return app.Listed{}, err
}
