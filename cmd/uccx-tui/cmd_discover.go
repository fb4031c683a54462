package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/discover"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func discoverCommand(a *wiring.App) *cobra.Command {
	x := &discover.Discovery{D: a}
	c := &cobra.Command{
		Use: "discover HOST...",
		Short: "Find the nodes of a cluster and write a solution file. HOST is NAME or ADDRESS, optionally with " +
			":SSH-PORT",
		Long: "Logs in to one node per cluster, reads its product and cluster (show network cluster), and writes a " +
			"solution file with all nodes.\nNothing is changed. Host keys not given with --host-key must be " +
			"confirmed (uccx-tui help solutions).",
		Args: atLeastOne(msg.Errorf("discover needs one node of each cluster: a name or an address")),
		RunE: func(c *cobra.Command, args []string) error {
			path, err := x.Run(args)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n%s\n", strings.TrimSpace(x.Text()), a.Say.Say("Written to %s\nStart a change with: uccx-tui new --solution %s",
				path, strings.TrimSuffix(filepath.Base(path), ".toml")))
			return err
		},
	}
	x.AddFlags(c)
	return c
}
