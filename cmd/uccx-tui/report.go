package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/steps/report"
)

// reportForms are the forms of a report.
func reportForms() []string { return []string{"md", "html", "json", "ics"} }

func (d *door) reportCommand() *cobra.Command {
	var format string
	var redact, pseudonyms bool
	c := &cobra.Command{
		Use:   "report NAME",
		Short: "Print the report of a session: before and after, actions, pending items, expiry",
		Long: "Prints the report of a session from its journal. --redact removes names of people, accounts and " +
			"addresses.\n--pseudonyms also replaces names of nodes and certificates.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("report needs one session name. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(reportForms(), format) {
				return usage(c, fmt.Errorf("unknown format %q: use md, html, json or ics", format))
			}
			_, plan, err := sessionPlan(args[0])
			if err != nil {
				return err
			}
			r := report.Of(plan)
			if redact || pseudonyms {
				r = r.Redacted(pseudonyms)
			}
			_, err = c.OutOrStdout().Write(reportIn(r, format))
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "md", "md (Markdown), html (one file), json, or ics (expiry calendar)")
	c.Flags().BoolVar(&redact, "redact", false, "remove names of people, accounts and addresses")
	c.Flags().BoolVar(&pseudonyms, "pseudonyms", false, "like --redact, and replace names of nodes and certificates")
	return c
}

// report is what the faces ask for.
func (d *door) report(name, format string) ([]byte, error) {
	_, plan, err := sessionPlan(name)
	if err != nil {
		return nil, err
	}
	return reportIn(report.Of(plan), format), nil
}

func reportIn(r report.Report, format string) []byte {
	switch format {
	case "html":
		return r.HTML()
	case "json":
		return r.JSON()
	case "ics":
		return r.Calendar()
	}
	return r.Markdown()
}
