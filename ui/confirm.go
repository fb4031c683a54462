package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// confirmView asks before a key changes a node or writes a file. No is the answer until another is chosen.
type confirmView struct {
	page
	question, means string
	field           *ask.YesNo
	do              func() tea.Cmd
}

func newConfirm(m *Model, question, means string, do func() tea.Cmd) *confirmView {
	return &confirmView{question: question, means: means, do: do, field: ask.NewYesNo(m.Theme, question, m.Say("Yes"), m.Say("No"), false)}
}

func (s *confirmView) title(*env) string { return "Question" }

func (s *confirmView) actions(m *Model) []action {
	choose := on("y n left right up down h l j k", "select", "y, n and the arrows choose; Enter confirms the choice.", nil).Shown("y/n")
	choose.Do = func(k tea.KeyPressMsg) tea.Cmd {
		s.field.Update(k)
		return nil
	}
	return []action{on("enter", "answer", "Confirms the selected answer.", func() tea.Cmd {
		if m.quiet() {
			return nil
		}
		m.pop()
		if s.field.Yes() {
			return s.do()
		}
		return nil
	}), choose}
}

func (s *confirmView) body(f *env, w, _ int) string {
	lines := append(s.field.View(w, 4), "")
	for _, l := range layout.Wrap(s.means, w) {
		lines = append(lines, f.Dim.Render(l))
	}
	return strings.Join(lines, "\n")
}
