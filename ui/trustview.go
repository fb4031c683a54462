package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
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
	all := []action{on("esc enter", "back", "Goes back.", m.back)}
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
		then = f.Red.Render(f.Failed + " " + f.pages().Breaks())
	}
	from := e.From.Short()
	if e.Unit != "" {
		from += " " + e.Unit
	}
	return []string{cert.Printable(from), cert.Printable(e.Into.Short()), f.holdWord(e.Now, e.Wrong()), then}
}

func (f *env) holdWord(h trust.Holding, bad bool) string {
	text := f.pages().Holds(h)
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
	why, needs := f.pages().Trust(e)
	lines, acts := f.facts(why, w), f.facts(needs, w)
	if len(lines)+len(acts) <= h {
		return append(lines, acts...)
	}
	return acts[:max(min(len(acts), h), 0)]
}
