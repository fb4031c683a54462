package print

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

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

// Advice is what was found for a text.
type Advice struct {
	Text   string // empty: all that is known
	Found  []advice.Advice
	Exact  bool              // the text names it; else it is the closest
	Doctor *advice.Diagnosis // looks at nodes and sessions; nil: does not
	Say    lang.Localizer
}

// Write prints it: as JSON lines, as a list where there is no text, or in full.
func (x Advice) Write(ctx context.Context, out io.Writer, asJSON bool) error {
	text, found, exact, doctor := x.Text, x.Found, x.Exact, x.Doctor
	var b bytes.Buffer
	switch {
	case asJSON:
		adviseJSON(ctx, &b, found, exact, doctor)
	case strings.TrimSpace(text) == "":
		adviseList(&b, x.Say, found)
	default:
		if !exact {
			b.WriteString(x.Say.Say("No exact match. Closest:") + "\n\n")
		}
		for _, a := range found {
			x.one(ctx, &b, a)
		}
	}
	_, err := out.Write(b.Bytes())
	return err
}

func adviseJSON(ctx context.Context, b *bytes.Buffer, found []advice.Advice, exact bool, doctor *advice.Diagnosis) {
	for _, a := range found {
		one := advised{ID: a.ID, Exact: exact, Symptom: a.Symptom.String(), Cause: a.Cause.String(), Cure: a.Cure.String(), Rules: a.Rules, Source: a.Source, Link: a.Link, Row: a.Step}
		if doctor != nil {
			one.Signs = a.Look(ctx, doctor)
		}
		if data, err := json.Marshal(one); err == nil { // nothing in it can fail
			b.Write(append(data, '\n'))
		}
	}
}

func adviseList(b *bytes.Buffer, say lang.Localizer, all []advice.Advice) {
	group := ""
	for _, a := range all {
		if a.Group != group {
			group = a.Group
			fmt.Fprintf(b, "%s\n", say.Say(group))
		}
		fmt.Fprintf(b, "  %s\n", say.T(a.Symptom))
	}
}

// adviceWidth is where the texts of an advice are broken, in columns.
const adviceWidth = 78

func (x Advice) one(ctx context.Context, b *bytes.Buffer, a advice.Advice) {
	fmt.Fprintf(b, "%s\n", x.Say.T(a.Symptom))
	x.part(b, x.Say.Say("cause"), x.Say.T(a.Cause))
	x.part(b, x.Say.Say("fix"), x.Say.T(a.Cure))
	if len(a.Rules) > 0 {
		x.part(b, x.Say.Say("rules"), strings.Join(a.Rules, " "))
	}
	x.part(b, x.Say.Say("source"), a.Source)
	if a.Link != "" {
		fmt.Fprintf(b, "  %s %s\n", Column("", x.label()), a.Link) // a link is never wrapped
	}
	if a.Step != "" {
		x.part(b, x.Say.Say("step"), x.Say.Say(steps.RowTitle(a.Step)))
	}
	if x.Doctor != nil {
		for _, s := range a.Look(ctx, x.Doctor) {
			x.part(b, x.Say.Say("seen"), x.Say.T(s.Says()))
		}
	}
	b.WriteByte('\n')
}

// label is how many cells the labels take.
func (x Advice) label() int {
	n := 6
	for _, l := range []string{x.Say.Say("cause"), x.Say.Say("fix"), x.Say.Say("rules"), x.Say.Say("source"), x.Say.Say("step"), x.Say.Say("seen")} {
		n = max(n, ansi.StringWidth(l))
	}
	return n
}

// part is a labelled text, wrapped beside its label.
func (x Advice) part(b *bytes.Buffer, label, text string) {
	for _, line := range layout.Wrap(cert.Printable(text), adviceWidth-x.label()-3) {
		fmt.Fprintf(b, "  %s %s\n", Column(label, x.label()), line)
		label = ""
	}
}
