package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func adviseCommand(a *wiring.App) *cobra.Command {
	var hosts []string
	var name string
	var asJSON bool
	c := &cobra.Command{
		Use:   "advise [TEXT...]",
		Short: "Explain an error: a message from a node, browser or log, or a CAA code",
		Long: "Explains an error: a message from a node, browser or log, a code (CAA1016, CSCvb58580), or some " +
			"words. Without TEXT, lists\nthe known symptoms. With -, reads from standard input. With --host or " +
			"--session, also runs checks; nothing is changed.",
		RunE: func(c *cobra.Command, args []string) error {
			doctor, err := doctor(a, name, hosts)
			if err != nil {
				return usage(c, err)
			}
			text := strings.Join(args, " ")
			if text == "-" {
				data, err := io.ReadAll(io.LimitReader(c.InOrStdin(), 1<<20))
				if err != nil {
					return err
				}
				text = string(data)
			}
			ctx, cancel := a.Context()
			defer cancel()
			return advise(ctx, c.OutOrStdout(), text, doctor, asJSON)
		},
	}
	c.Flags().StringArrayVar(&hosts, "host", nil, "also check this host: NAME or PRODUCT=NAME, for example cucm=cm1.example.com (repeatable)")
	c.Flags().StringVar(&name, "session", "", "also use the facts of this session")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per line")
	return c
}

// doctor is what an adviser looks with; nil where neither host nor session is named.
func doctor(a *wiring.App, name string, hosts []string) (*advice.Diagnosis, error) {
	if name == "" && len(hosts) == 0 {
		return nil, nil
	}
	doctor := &advice.Diagnosis{Now: time.Now()}
	for _, h := range hosts {
		product, host, ok := strings.Cut(h, "=")
		if !ok {
			product, host = string(vos.Products()[0]), h
		}
		p, known := vos.ParseProduct(product)
		if !known || host == "" {
			return nil, msg.Errorf("--host %s: use NAME or PRODUCT=NAME with %s", h, vos.ProductList())
		}
		doctor.Hosts = append(doctor.Hosts, vos.Node{FQDN: host, Product: p})
	}
	if name == "" {
		return doctor, nil
	}
	_, plan, err := input.Session(name)
	doctor.Plan = plan
	return doctor, err
}

func advise(ctx context.Context, out io.Writer, text string, doctor *advice.Diagnosis, asJSON bool) error {
	found, exact := advice.Find(text)
	if strings.TrimSpace(text) == "" {
		found = advice.All()
	}
	if len(found) == 0 {
		if u, ok := advice.UnknownIn(text); ok {
			return exitcode.With(exitcode.Refused, errors.New(cert.Printable(u.Error())))
		}
		return exitcode.With(exitcode.Refused, errors.New("No known symptom matches. List all with: uccx-tui advise"))
	}
	return print.Advice{Text: text, Found: found, Exact: exact, Doctor: doctor}.Write(ctx, out, asJSON)
}
