package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) adviseCommand() *cobra.Command {
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
			doctor, err := d.doctor(name, hosts)
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
			ctx, cancel := d.context()
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
func (d *door) doctor(name string, hosts []string) (*advice.Diagnosis, error) {
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
			return nil, fmt.Errorf("--host %s: use NAME or PRODUCT=NAME with %s", h, vos.ProductList())
		}
		doctor.Hosts = append(doctor.Hosts, vos.Node{FQDN: host, Product: p})
	}
	if name == "" {
		return doctor, nil
	}
	_, plan, err := sessionPlan(name)
	doctor.Plan = plan
	return doctor, err
}

// advised is one advice as JSON.
type advised struct {
	ID      string         `json:"id"`
	Exact   bool           `json:"exact"`
	Symptom string         `json:"symptom"`
	Cause   string         `json:"cause"`
	Cure    string         `json:"cure"`
	Rules   []string       `json:"rules,omitempty"`
	Source  string         `json:"source"`
	Link    string         `json:"link,omitempty"`
	Row     string         `json:"row,omitempty"`
	Signs   []advice.Check `json:"signs,omitempty"`
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
	var b bytes.Buffer
	switch {
	case asJSON:
		adviseJSON(ctx, &b, found, exact, doctor)
	case strings.TrimSpace(text) == "":
		adviseList(&b, found)
	default:
		if !exact {
			b.WriteString("No exact match. Closest:\n\n")
		}
		for _, a := range found {
			adviseOne(ctx, &b, a, doctor)
		}
	}
	_, err := out.Write(b.Bytes())
	return err
}

func adviseJSON(ctx context.Context, b *bytes.Buffer, found []advice.Advice, exact bool, doctor *advice.Diagnosis) {
	for _, a := range found {
		one := advised{ID: a.ID, Exact: exact, Symptom: a.Symptom, Cause: a.Cause, Cure: a.Cure, Rules: a.Rules, Source: a.Source, Link: a.Link, Row: a.Step}
		if doctor != nil {
			one.Signs = a.Look(ctx, doctor)
		}
		if data, err := json.Marshal(one); err == nil { // nothing in it can fail
			b.Write(append(data, '\n'))
		}
	}
}

func adviseList(b *bytes.Buffer, all []advice.Advice) {
	group := ""
	for _, a := range all {
		if a.Group != group {
			group = a.Group
			fmt.Fprintf(b, "%s\n", group)
		}
		fmt.Fprintf(b, "  %s\n", a.Symptom)
	}
}

// adviceWidth is where the texts of an advice are broken, in columns.
const adviceWidth = 78

func adviseOne(ctx context.Context, b *bytes.Buffer, a advice.Advice, doctor *advice.Diagnosis) {
	fmt.Fprintf(b, "%s\n", a.Symptom)
	part(b, "cause", a.Cause)
	part(b, "fix", a.Cure)
	if len(a.Rules) > 0 {
		part(b, "rules", strings.Join(a.Rules, " "))
	}
	part(b, "source", a.Source)
	if a.Link != "" {
		fmt.Fprintf(b, "  %-6s %s\n", "", a.Link) // a link is never wrapped
	}
	if a.Step != "" {
		part(b, "step", steps.RowTitle(a.Step))
	}
	if doctor != nil {
		for _, s := range a.Look(ctx, doctor) {
			part(b, "seen", s.State+": "+s.What)
		}
	}
	b.WriteByte('\n')
}

// part is a labelled text, wrapped beside its label.
func part(b *bytes.Buffer, label, text string) {
	for _, line := range strings.Split(ansi.Wrap(cert.Printable(text), adviceWidth-9, ""), "\n") {
		fmt.Fprintf(b, "  %-6s %s\n", label, line)
		label = ""
	}
}
