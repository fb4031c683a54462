package main

import (
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func reportCommand(a *wiring.App) *cobra.Command {
	var format string
	var redact, pseudonyms bool
	var watch string
	c := &cobra.Command{
		Use:   "report NAME",
		Short: "Print the report of a session: before and after, actions, pending items, expiry",
		Long: "Prints the report of a session from its journal. --redact removes names of people, accounts and addresses, " +
			"and of hosts that are not part\nof the change. Serials and fingerprints stay: with the serial of a public " +
			"CA's certificate, anyone finds its names in public logs.\n--pseudonyms also replaces names of nodes and " +
			"certificates, serials, fingerprints and host keys, and shortens expiry times to days. The\nchecksums of the " +
			"journal stay. --watch FILE writes the report to a file after each entry until you press Ctrl+C.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("report needs one session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(wiring.ReportForms(), format) {
				return usage(c, msg.Errorf("unknown format %q: use md, html, json or ics", format))
			}
			shown := func(p *plan.Plan) report.Report {
				r := report.Of(p)
				if redact || pseudonyms {
					r = r.Redacted(pseudonyms)
				}
				return r.Said(a.Say)
			}
			if watch != "" {
				return wiring.Watch(a, args[0], watch, func(p *plan.Plan) []byte { return wiring.ReportIn(shown(p).Reloading(), format) })
			}
			_, p, err := input.Session(args[0])
			if err != nil {
				return err
			}
			text := string(wiring.ReportIn(shown(p), format))
			if !c.Flags().Changed("format") { // for a person to read
				text = print.Paper(c.OutOrStdout(), text)
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "md", "md (Markdown), html (one file), json, or ics (expiry calendar)")
	c.Flags().StringVar(&watch, "watch", "", "FILE: write the report there, and again after each entry, until Ctrl+C")
	c.Flags().BoolVar(&redact, "redact", false, "remove names of people, accounts and addresses")
	c.Flags().BoolVar(&pseudonyms, "pseudonyms", false, "like --redact, and replace names of nodes and certificates")
	return c
}
