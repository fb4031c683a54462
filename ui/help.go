package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/rules"
)

// helpText explains a screen from its own actions.
func (m *Model) helpText(s screen, w int) []string {
	lines := []string{m.Bold.Render(m.Say("Keys")), ""}
	for _, a := range m.screenKeys() {
		text := m.Say(a.Explain)
		if a.Off != "" {
			text = m.Say("not available: %s", a.Off)
		}
		name := a.Help().Key
		if len(a.Keys()) > 0 && a.Help().Key == a.Keys()[0] && len(a.Keys()) > 1 {
			name = strings.Join(a.Keys(), ", ")
		}
		lines = append(lines, m.Labelled(name, text, 12, w)...)
	}
	if ids := s.rules(&m.env); len(ids) > 0 {
		lines = append(lines, "", m.Bold.Render(m.Say("Rules behind this step")), "")
		for _, id := range ids {
			lines = append(lines, m.Labelled(id, m.Say(rules.Text(id)), 12, w)...)
		}
	}
	return append(lines, m.Signs()...)
}
