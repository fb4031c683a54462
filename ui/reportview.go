package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// reportView is the report as it stands now.
type reportView struct {
	page
	view  widget.Page
	text  string // Markdown
	lines []string
	wide  int // the width for which lines were laid out
}

func newReport(p *plan.Plan, by msg.Localizer) *reportView {
	return &reportView{text: string(report.Of(p).Said(by).Markdown())}
}

// layOut fits the text to a width.
func (s *reportView) layOut(f *env, w int) {
	if s.wide != w {
		s.lines, s.wide = f.Markdown(s.text, w), w
	}
}

func (s *reportView) title(*env) string    { return "Report" }
func (s *reportView) scroll() *widget.Page { return &s.view }

func (s *reportView) actions(m *Model) []action {
	enter := on("esc enter", "back", "Goes back.", m.back)
	if m.Plan.Next().Finished {
		enter = on("enter", "home", "Goes to the home screen.", m.home)
	}
	all := []action{enter}
	if owed := m.Standing().Answers; len(owed) > 0 {
		all = append(all, on("Q", "answer a question", "Asks the first question again that was not answered with yes.", func() tea.Cmd { return askPerson(m, owed[0].Asked) }))
	}
	return append(all, on("K", "client kit", "Writes the client kit for the PC administrators into the session folder; it asks first.", func() tea.Cmd {
		return m.push(newConfirm(m, m.Say("Write the client kit?"), m.Say("For the PC administrators. It is written to %s", cert.Printable(m.Work.Dir)), func() tea.Cmd { return writeKit(m) }))
	}))
}

func (s *reportView) body(f *env, w, h int) string {
	var head []string
	if f.Plan.Next().Finished {
		text := f.Green.Render(f.Say("All ports are verified. Nothing is pending."))
		switch s := f.Standing(); {
		case s.Failed():
			text = f.Red.Render(f.Say("A check failed: see below."))
		case !s.Clear():
			text = f.Yellow.Render(f.Say("Done. Some items are pending: see below."))
		}
		head = []string{text, f.Dim.Render(f.Middle(f.Say("Files: %s", cert.Printable(f.Work.Dir)), w)), ""}
	}
	s.layOut(f, w)
	return strings.Join(append(head, s.view.View(f.Theme, s.lines, w, h-len(head))...), "\n")
}
