package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// trustView is the table of who must trust whom, and what the selected one needs.
type trustView struct {
	page
	widget.List
	edges []trust.State
}

func newTrust(p *plan.Plan) *trustView { return &trustView{edges: trust.StatesOf(p)} }

func (s *trustView) title(*env) string { return "Trust relations" }

func (s *trustView) rules(*env) []string {
	if i := s.Clamp(len(s.edges)); i >= 0 {
		return s.edges[i].Rules
	}
	return nil
}

func (s *trustView) list(f *env) (*widget.List, widget.Rows) { return &s.List, s.cells(f).Rows() }

func (s *trustView) cells(f *env) widget.Cells {
	return widget.Cells{N: len(s.edges), Row: func(i int) []string { return f.trustCells(s.edges[i]) }}
}

func (s *trustView) actions(m *Model) []action {
	all := []action{on("enter esc", "back", "Goes back.", m.back)}
	if i := s.Clamp(len(s.edges)); i >= 0 {
		all = append(all, on("d", "details", "Shows all that there is to say about the selected trust.", func() tea.Cmd {
			return m.push(&textView{name: "Trust relations", lines: func(f *env, w int) []string { return f.trustAbout(s.edges[i], w, 1<<10) }})
		}))
	}
	return all
}

func (s *trustView) body(f *env, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("Trust relations")), ""}
	at := s.Clamp(len(s.edges))
	if at < 0 {
		return strings.Join(append(lines, layout.Wrap(f.Say("No trust is needed: this solution is one product alone, without Unified CM, a CUIC of its own or script targets."), w)...), "\n")
	}
	from, into := f.Say("certificate of"), f.Say("tomcat-trust of")
	if w < 70 {
		from, into = f.Say("from"), f.Say("into")
	}
	names := min((w-2-2*17)/2, 36) // a wide window leaves room at the right, not between the columns
	columns := []widget.Column{{Title: from, Width: names}, {Title: into, Width: names}, {Title: f.Say("now"), Width: 17}, {Title: f.Say("after"), Width: 17}}
	about := f.trustAbout(s.edges[at], w, h-len(lines)-5)
	lines = append(lines, widget.Table(f.Theme, &s.List, columns, s.cells(f), w, max(h-len(lines)-len(about)-1, 4))...)
	return strings.Join(append(append(lines, ""), about...), "\n")
}

// trustCells is a trust as a row of the table.
func (f *env) trustCells(e trust.State) []string {
	then := f.holdWord(e.Then, e.Wrong())
	if e.Breaks() {
		then = f.Red.Render(f.Failed + " " + f.Say("breaks: upload"))
	}
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return []string{cert.Printable(from), cert.Printable(e.Into.Short()), f.holdWord(e.Now, e.Wrong()), then}
}

func (f *env) holdWord(h trust.Holding, bad bool) string {
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
func (f *env) trustAbout(e trust.State, w, h int) []string {
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
func (f *env) trustActs(e trust.State, w int) (lines []string) {
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
