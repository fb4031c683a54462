package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// reportForms are the forms of a report.
func reportForms() []string { return []string{"md", "html", "json", "ics"} }

func (d *door) reportCommand() *cobra.Command {
	var format string
	var redact, pseudonyms bool
	var watch string
	c := &cobra.Command{
		Use:   "report NAME",
		Short: "Print the report of a session: before and after, actions, pending items, expiry",
		Long: "Prints the report of a session from its journal. --redact removes names of people, accounts and " +
			"addresses, and of hosts that are not part\nof the change. Serials and fingerprints stay: in public logs, the serial of a public CA's certificate leads to its names. " +
			"--pseudonyms\nalso replaces names of nodes and certificates, serials, fingerprints and host keys, and shortens expiry times to days. " +
			"The checksums\nof the journal stay. --watch FILE writes the report to a file after each entry until you press Ctrl+C, for those who follow along.",
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
			shown := func(p *plan.Plan) report.Report {
				r := report.Of(p)
				if redact || pseudonyms {
					r = r.Redacted(pseudonyms)
				}
				return r
			}
			if watch != "" {
				return watched(d, args[0], watch, func(p *plan.Plan) []byte { return followed(reportIn(shown(p), format)) })
			}
			_, p, err := sessionPlan(args[0])
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(reportIn(shown(p), format))
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "md", "md (Markdown), html (one file), json, or ics (expiry calendar)")
	c.Flags().StringVar(&watch, "watch", "", "FILE: write the report there, and again after each entry, until Ctrl+C")
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

// followed lets a page load itself again, so that who looks at it sees what is new.
func followed(page []byte) []byte {
	return bytes.Replace(page, []byte(`<meta charset="utf-8">`), []byte(`<meta charset="utf-8"><meta http-equiv="refresh" content="10">`), 1)
}

// watchEvery is how often a session is looked at for a new entry.
const watchEvery = time.Second

// watched writes the report of a session into a file, and again whenever its journal has grown, until the program is ended.
func watched(d *door, name, file string, draw func(*plan.Plan) []byte) error {
	ctx, cancel := d.context()
	defer cancel()
	ticks := time.NewTicker(watchEvery)
	defer ticks.Stop()
	entries := 0
	for {
		home, p, err := sessionPlan(name)
		if err != nil {
			return err
		}
		if n, _, _ := p.Entries(); n != entries {
			entries = n
			if err := replaced(file, draw(p)); err != nil {
				return fmt.Errorf("%s cannot be written: %w. Choose another file.", cert.Printable(file), err)
			}
			fmt.Fprintf(d.errout, "uccx-tui: %s: %d entries of %s\n", cert.Printable(file), n, filepath.Base(home.SessionDir(name)))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

// replaced puts a file in the place of the one that is there, completely or not at all: it may be read meanwhile.
func replaced(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".uccx-tui-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if at, there := os.Stat(file); there == nil && err == nil {
		err = f.Chmod(at.Mode().Perm()) // for its present readers
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
