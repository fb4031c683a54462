package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/probe"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

func probeCommand(a *wiring.App) *cobra.Command {
	o := probe.Options{Say: a.Say}
	c := &cobra.Command{
		Use:   "probe HOST... | --solution FILE",
		Short: "Show the certificate on every client port of a node. HOST is NAME, or NAME:PORT for one port",
		RunE: func(c *cobra.Command, args []string) error {
			if (len(args) == 0) == (o.Solution == "") {
				return usage(c, errors.New("probe needs the names of nodes, or --solution"))
			}
			p, ok := vos.ParseProduct(o.Product)
			if !ok {
				return usage(c, msg.Errorf("%q is not a product. Use one of: %s", cert.Printable(o.Product), vos.ProductList()))
			}
			all, err := probe.Hosts(args, p, o.Release)
			if o.Solution != "" {
				var f solution.File
				f, err = input.Solution(o.Solution) // empty where it fails
				if o.Route.Direct() {
					o.Route = f.Solution.Route
				}
				o.Keys = append(o.Keys, f.JumpKeys...)
				for _, at := range f.Addresses(vos.Release(o.Release)) {
					all = append(all, probe.Address(at))
				}
			}
			if err != nil {
				return err
			}
			ctx, cancel := a.Context()
			defer cancel()
			if o.Path, _, err = accounts.Path(ctx, a, o.Route, o.Keys); err != nil {
				return err
			}
			defer o.Path.Close()
			return probe.Run(ctx, c.OutOrStdout(), all, o)
		},
	}
	c.Flags().StringVar(&o.Product, "product", string(vos.Products()[0]), a.Say.Say("product, sets the ports to check: %s", vos.ProductList()))
	c.Flags().StringVar(&o.Release, "release", "", "release of the nodes, if ports or field notices differ by release")
	input.SolutionFlag(c, &o.Solution)
	c.Flags().StringArrayVar(&o.Expect, "expect", nil, "expected certificates, or a folder; each is matched to the node by name")
	c.Flags().StringArrayVar(&o.CAs, "ca", nil, "CAs that clients trust, or a folder; every chain must end in one of them")
	accounts.RouteFlags(c, &o.Route)
	c.Flags().StringArrayVar(&o.Keys, "host-key", nil, "HOST=FINGERPRINT: SSH host key of the jump host that you compared")
	c.Flags().BoolVar(&o.JSON, "json", false, "print one JSON object per line and port")
	return c
}
