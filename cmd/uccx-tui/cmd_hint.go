package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

func hintCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use: "hint [NAME]", Short: "Show the next of three hints for a lab session; each hint is logged", Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, _, err := a.Lesson(args)
			if err != nil {
				return err
			}
			n, hint, ok, err := sim.NextHint(dir, time.Now())
			switch {
			case err != nil:
				return err
			case !ok:
				hint = a.Say.Say("No more hints.")
			default:
				hint = cert.Printable(a.Say.Say("hint %d: %s", n, msg.English(hint)))
			}
			_, err = fmt.Fprintln(print.People(a.Out), hint)
			return err
		},
	}
}
