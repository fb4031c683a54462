package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
)

// helpText explains a screen from its own keys, and the laws of the face.
func (f *face) helpText(s screen, keys []binding, w int) string {
	lines := []string{f.bold.Render(f.say("The keys that work here")), ""}
	for _, k := range keys {
		text := f.say(k.help)
		if k.off != "" {
			text = f.say("now off: %s", k.off)
		}
		lines = append(lines, f.labelled(k.key, text, 12, w)...)
	}
	lines = append(lines, f.labelled("ctrl+c", f.say("Ends the program; while a node is being changed, when that is done. Nothing is lost: uccx-tui resume goes on from here."), 12, w)...)
	if ids := f.rulesOf(s); len(ids) > 0 {
		lines = append(lines, "", f.bold.Render(f.say("Why: rules of the source documents")), "")
		for _, id := range ids {
			lines = append(lines, f.labelled(id, f.say(steps.RuleText(id)), 12, w)...)
		}
	}
	lines = append(lines, "", f.bold.Render(f.say("What the signs mean")), "")
	lines = append(lines,
		f.green.Render(f.done)+" "+f.say("seen to be done")+"    "+f.accent.Render(f.next)+" "+f.say("next")+"    "+f.red.Render(f.failed)+" "+f.say("failed, the node is as before"),
		f.red.Render(f.unsure)+" "+f.say("nobody knows: Enter looks at the node, nothing is done twice"), "",
		f.dim.Render(f.say("The arrows scroll; any other key closes this page.")))
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
		id = "reply"
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
