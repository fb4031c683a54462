package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// showTrust is the wish to see who must trust whom.
type showTrust struct{}

// trustView is the table of who must trust whom, and what the one at the mark needs.
type trustView struct {
	list
	edges []trust.State
}

func newTrust(p *plan.Plan) *trustView { return &trustView{edges: trust.StatesOf(p)} }

func (s *trustView) keys(*face) []binding {
	return []binding{{"enter", "back", "Goes back.", ""}, {"esc", "back", "Goes back.", ""}, {"up/down", "look", "Moves the selection. Details of the trust relation are shown below the table.", ""}, {"?", "help", "Explains this screen.", ""}}
}

func (s *trustView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	if k == "enter" {
		return back{}, nil
	}
	s.move(k, len(s.edges), 8)
	return nil, nil
}

func (s *trustView) view(f *face, w, h int) string {
	title := f.Say("Trust relations")
	lines := []string{f.Bold.Render(title), ""}
	if len(s.edges) == 0 {
		return strings.Join(append(lines, layout.Wrap(f.Say("None: this solution has one product and no Unified CM, separate CUIC or script server."), w)...), "\n")
	}
	from, into := f.Say("certificate of"), f.Say("tomcat-trust of")
	if w < 70 {
		from, into = f.Say("from"), f.Say("into")
	}
	lines = append(lines, "  "+f.Bold.Render(f.trustColumns(from, into, f.Say("now"), f.Say("after"), w-2)))
	about := f.trustAbout(s.edges[s.at], w, h-len(lines)-4)
	var table []string
	for i, e := range s.edges {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		table = append(table, mark+f.trustLine(e, w-2))
	}
	room := max(h-len(lines)-len(about)-1, 3)
	if len(table) > room {
		lines[0] = f.placed(title, s.at, len(table), w)
	}
	table = window(table, s.at, room)
	return strings.Join(append(append(append(lines, table...), ""), about...), "\n")
}

func (f *face) trustColumns(from, into, now, then string, w int) string {
	names := (w - 2*17) / 2
	return f.Pad(from, names-1) + " " + f.Pad(into, names-1) + " " + f.Pad(now, 17) + f.Fit(then, 17)
}

func (f *face) trustLine(e trust.State, w int) string {
	then := f.holdWord(e.Then, e.Wrong())
	if e.Breaks() {
		then = f.Red.Render(f.Failed + " " + f.Say("breaks: upload"))
	}
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return f.trustColumns(cert.Printable(from), cert.Printable(e.Into.Short()), f.holdWord(e.Now, e.Wrong()), then, w)
}

func (f *face) holdWord(h trust.Holding, bad bool) string {
	text := f.Say(string(h))
	switch {
	case h == trust.HoldYes:
		return f.Green.Render(f.Done + " " + text)
	case bad:
		return f.Red.Render(f.Failed + " " + text)
	}
	return "  " + text
}

// trustAbout is what there is to say about one trust: what is to be done, and before it what it is for, where there is room.
func (f *face) trustAbout(e trust.State, w, h int) []string {
	acts := f.trustActs(e, w)
	lines := f.Labelled(f.Say("Why"), f.Say(e.Why), 10, w)
	lines = append(lines, f.Labelled(f.Say("From"), cert.Printable(fmt.Sprintf("%s, port %d", e.Name(), e.Port)), 10, w)...)
	lines = append(lines, f.Labelled(f.Say("Into"), cert.Printable(e.Into.FQDN), 10, w)...)
	if len(lines)+len(acts) <= h {
		return append(lines, acts...)
	}
	return acts[:max(min(len(acts), h), 0)]
}

// trustActs is what a trust needs.
func (f *face) trustActs(e trust.State, w int) (lines []string) {
	if e.Breaks() {
		lines = append(lines, f.Labelled(f.Say("Change"), f.Say("This change replaces the certificate. The two cannot connect until the new one is trusted."), 10, w)...)
	}
	if e.Needs != "" {
		lines = append(lines, f.Labelled(f.Say("Upload"), f.Say(cert.Printable(e.Needs)), 10, w)...)
		lines = append(lines, f.Labelled(f.Say("Who"), f.Say(cert.Printable(e.Act)), 10, w)...)
	}
	lines = append(lines, f.Labelled(f.Say("Restart"), restart.TypedOn(e.Relation)+f.Say("after the trust store has changed"), 10, w)...)
	return append(lines, f.Labelled(f.Say("Rules"), strings.TrimSpace(strings.Join(e.Rules, " ")+"  "+e.Source), 10, w)...)
}
