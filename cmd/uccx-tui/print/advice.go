package print

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

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

// part is a labelled text of an advice.
type part struct {
	label, text string
	link        bool // it is never wrapped
}

// one prints an advice, its texts beside their labels; labels without a text take their room, so that all advices look alike.
func (x Advice) one(ctx context.Context, b *bytes.Buffer, a advice.Advice) {
	step := ""
	if a.Step != "" {
		step = x.Say.Say(steps.RowTitle(a.Step))
	}
	parts := []part{{label: x.Say.Say("cause"), text: x.Say.T(a.Cause)}, {label: x.Say.Say("fix"), text: x.Say.T(a.Cure)}, {label: x.Say.Say("rules"), text: strings.Join(a.Rules, " ")},
		{label: x.Say.Say("source"), text: a.Source}, {text: a.Link, link: true}, {label: x.Say.Say("step"), text: step}}
	seen := part{label: x.Say.Say("seen")}
	width := Widest(6, seen.label)
	for _, p := range parts {
		width = Widest(width, p.label)
	}
	if x.Doctor != nil {
		for _, s := range a.Look(ctx, x.Doctor) {
			parts = append(parts, part{label: seen.label, text: x.Say.T(s.Says())})
		}
	}
	fmt.Fprintf(b, "%s\n", x.Say.T(a.Symptom))
	for _, p := range parts {
		p.write(b, width)
	}
	b.WriteByte('\n')
}

// write prints the text beside its label, which takes so many cells; nothing where there is no text.
func (p part) write(b *bytes.Buffer, width int) {
	lines := []string{p.text}
	if !p.link {
		lines = layout.Wrap(cert.Printable(p.text), adviceWidth-width-3)
	}
	for i, line := range lines {
		switch {
		case p.text == "":
		case i == 0:
			fmt.Fprintf(b, "  %s %s\n", Column(p.label, width), line)
		default:
			fmt.Fprintf(b, "  %s %s\n", Column("", width), line)
		}
	}
}
