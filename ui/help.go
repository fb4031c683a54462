package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/rules"
)

// helpText explains a screen from its own keys, and the laws of the face.
func (f *face) helpText(s screen, keys []binding, w int) string {
	lines := []string{f.Bold.Render(f.Say("Keys")), ""}
	for _, k := range keys {
		text := f.Say(k.help)
		if k.off != "" {
			text = f.Say("not available: %s", k.off)
		}
		lines = append(lines, f.Labelled(k.key, text, 12, w)...)
	}
	lines = append(lines, f.Labelled("ctrl+c", f.Say("Quits. While a node is being changed, uccx-tui first finishes that. Progress is saved; uccx-tui "+
		"resume continues."), 12, w)...)
	if ids := f.rulesOf(s); len(ids) > 0 {
		lines = append(lines, "", f.Bold.Render(f.Say("Rules behind this step")), "")
		for _, id := range ids {
			lines = append(lines, f.Labelled(id, f.Say(rules.Text(id)), 12, w)...)
		}
	}
	lines = append(lines, "", f.Bold.Render(f.Say("Signs")), "")
	lines = append(lines,
		f.Green.Render(f.Done)+" "+f.Say("verified")+"    "+f.Accent.Render(f.Next)+" "+f.Say("next")+"    "+f.Red.Render(f.Failed)+" "+f.Say("failed, node unchanged"),
		f.Red.Render(f.Unsure)+" "+f.Say("unknown: Enter checks the node"), "",
		f.Dim.Render(f.Say("Arrow keys scroll. Any other key closes this page.")))
	return strings.Join(lines, "\n")
}

// helpLines is how far the help can be scrolled.
const helpLines = 60

// helpPage is the part of the help that fits, from where it was scrolled to.
func (m *Model) helpPage(s screen, keys []binding, w, h int) string {
	lines := strings.Split(m.helpText(s, keys, w), "\n")
	from := max(0, min(m.helpList.at, len(lines)-h))
	m.helpList.at = from
	return strings.Join(lines[from:], "\n")
}

// rulesOf are the rules on which the row of a screen stands.
func (f *face) rulesOf(s screen) []string {
	id := ""
	switch s := s.(type) {
	case *stepView:
		id = s.id
	case *questionView:
		id = s.asked.Task.Step
	case *handoverView:
		id = s.asked.Task.Step
	case *chooser:
		if f.plan != nil {
			id = f.plan.Next().Row.Step.ID
		}
	case *adviceView:
		return s.advice.Rules
	case *trustView:
		if len(s.edges) > 0 {
			return s.edges[s.at].Rules
		}
	}
	if f.plan == nil || id == "" {
		return nil
	}
	row, _ := f.plan.Row(id)
	return row.Step.Rules
}
