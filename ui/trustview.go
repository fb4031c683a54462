package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
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
	return widget.Cells{N: len(s.edges), Row: func(i int) []string { return f.TrustCells(s.edges[i]) }}
}

func (s *trustView) actions(m *Model) []action {
	all := []action{on("esc enter", "back", "Goes back.", m.back)}
	if i := s.Clamp(len(s.edges)); i >= 0 {
		all = append(all, on("d", "details", "Shows the details of the selected trust relation.", func() tea.Cmd {
			return m.push(&textView{name: "Trust relations", lines: func(f *env, w int) []string { return f.TrustAbout(s.edges[i], w, 1<<10) }})
		}))
	}
	return all
}

func (s *trustView) body(f *env, w, h int) string {
	about := func(h int) []string { return f.TrustAbout(s.edges[s.Clamp(len(s.edges))], w, h) }
	return draw.Trust(&f.View, &s.List, s.edges, s.cells(f), about, w, h)
}
