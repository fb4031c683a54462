package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// stepView is one row: why, what it does, the way back, what is typed, and how each node gets on.
type stepView struct {
	page
	id       string
	commands bool // what is typed, instead of the texts
	text     widget.Page
}

func (s *stepView) title(f *env) string { return f.Plan.Step(s.id).Title }

func (s *stepView) rules(f *env) []string { return f.RulesOf(s.id) }
func (s *stepView) scroll() *widget.Page  { return &s.text }

func (s *stepView) actions(m *Model) []action {
	row, _ := m.Plan.Row(s.id)
	all := []action{s.enter(m, row)}
	if refused := row.RefusedOn(); m.Running == "" && refused != "" {
		all = append(all, askAgain(m, "n", "new CSR", "Starts over on the node that failed: CSR, CA and uploads; it asks first. This does not touch the node.",
			m.Say("Start over with a new CSR on %s?", cert.Printable(layout.Short(refused))), "The certificate for the CSR at the CA can then no longer be installed on this node. The node is not touched before its step is started.",
			func(r *engine.Runner) error { return r.NewCSRIn(row.Step, refused) }))
	}
	if old := row.Unverified(); m.Running == "" && old != "" {
		all = append(all, askAgain(m, "x", "restart again", "Restarts a node again whose ports are not all verified; it asks first, and then for the node's name.",
			m.Say("Restart %s again?", cert.Printable(layout.Short(old))), "Nothing is restarted before you type the node's name.", func(r *engine.Runner) error { return r.RestartAgain(old) }))
	}
	if said := pages.Wrong(row); said != "" {
		all = append(all, adviserKey(m, said))
	}
	if m.Running == "" && row.OtherFiles() {
		all = append(all, askAgain(m, "F", "other files", "Loads the CA's reply again, with other files; it asks first. This does not touch a node.",
			m.Say("Load the CA's reply again, with other files?"), "This does not touch a node.", (*engine.Runner).OtherReply))
	}
	if row.Step.Commands != nil {
		all = append(all, on("c", "commands", "Shows the commands for the node.", func() tea.Cmd {
			s.commands = !s.commands
			s.text.Top()
			return nil
		}))
	}
	all = append(all, opens(m, atStep, row.Step)...)
	return append(all, on("d", "details", "Shows why, effect, way back and rules in full.", func() tea.Cmd {
		return m.push(&textView{name: row.Step.Title, lines: func(f *env, w int) []string {
			return slices.Concat(f.Texts(f.Pages().NextLoss(row), w), f.Checklist(row, w), draw.Troubles(&f.View, row, w))
		}})
	}))
}

// enter is what comes next, seen from a row.
func (s *stepView) enter(m *Model, row plan.Row) action {
	next := m.Plan.Next()
	switch {
	case m.Running == s.id && len(m.Tasks) > 0:
		return on("enter", "manual task", "Shows what you must do on the node.", func() tea.Cmd { return m.push(newErrand(m, m.Tasks[0].ID)) })
	case m.Running != "":
		return on("enter", "", "", nil).Unless(m.Busy())
	case row.Whole():
		return on("enter", "next", "Opens the next step.", m.next)
	case next.Row.Step.ID != s.id:
		return on("enter", m.Say("go to step %d", next.Row.Number), "Goes to what is next; this step waits for it.", m.next)
	case next.Question != nil:
		return on("enter", "answer", "Opens the question.", m.next)
	}
	label, explain := "start", "Does this step on all its nodes."
	if row.Step.On == nil {
		explain = "Does this step."
	}
	switch {
	case row.Count(plan.Unsure) > 0:
		label, explain = "check", "Checks the node. Nothing is repeated unchecked."
	case row.Count(plan.Failed) > 0:
		label, explain = "try again", "Runs what is not done yet."
	}
	return on("enter", label, explain, func() tea.Cmd {
		s.commands = false
		return m.run(s.id)
	})
}

// besidePlan: in a wide window the plan stands at the left.
func (s *stepView) besidePlan() {}

func (s *stepView) body(f *env, w, h int) string {
	row, _ := f.Plan.Row(s.id)
	if mw := draw.PortsWidth(&f.View, row, w); mw > 0 && !s.commands {
		lw := w - mw - 3
		return draw.Beside(&f.View, draw.Step(&f.View, row, s.commands, &s.text, lw, h), strings.Join(draw.PortsBeside(&f.View, mw, h), "\n"), lw, h)
	}
	return draw.Step(&f.View, row, s.commands, &s.text, w, h)
}
