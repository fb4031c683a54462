package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Manual is a manual task in h lines of w cells, with the line of what was given so far.
func (f *View) Manual(e engine.ManualTask, nothing bool, given string, w, h int) string {
	m := f.Pages().Manual(e)
	row, _ := f.Plan.Row(f.Running)
	right := ""
	if len(f.Tasks) > 1 {
		right = f.T(msg.N("1 node needs you", "%d nodes need you", len(f.Tasks)))
	}
	head := f.Say(row.Step.Title) + " " + f.Arrow + " " + m.Node
	lines := []string{f.Bold.Render(f.Pad(head, w-layout.Width(right)-1)) + " " + f.Dim.Render(right), ""}
	if m.Stops {
		lines = append(lines, f.Red.Render(f.Say("SERVICES STOP on this node")), "")
	}
	if m.Lab != "" {
		for _, l := range layout.Wrap(m.Lab, w) {
			lines = append(lines, f.Bold.Render(l))
		}
	}
	lines = append(lines, f.Say("Type this on the node (admin:)"))
	for _, l := range dialogueLines(f, m) {
		for _, part := range layout.Wrap(l, w-2) { // a path that is cut cannot be copied
			lines = append(lines, "  "+part)
		}
	}
	below := answerLines(f, m, row.Step.Role == plan.RoleSurvey, nothing, given, w)
	for _, clicks := range [][]string{clickLines(f, m, true, w), clickLines(f, m, false, w), nil} { // where it is given is seen in every window
		if len(lines)+len(clicks)+len(below) <= h {
			return strings.Join(append(append(lines, clicks...), below...), "\n")
		}
	}
	lines, below = slices.DeleteFunc(lines, empty), slices.DeleteFunc(below, empty)
	return strings.Join(append(lines[:max(min(len(lines), h-len(below)), 0)], below...), "\n")
}

// answerLines is what was given so far, and why it was not taken.
func answerLines(f *View, m pages.Manual, several, empty bool, given string, w int) []string {
	lines := append([]string{""}, layout.Wrap(f.Say("Paste the output here, or type the path of a file that contains it."), w)...)
	if several {
		for _, l := range layout.Wrap(f.Say("You can paste the output of several commands at once, with the prompts. c on the step lists all commands."), w) {
			lines = append(lines, f.Dim.Render(l))
		}
	}
	lines = append(lines, "")
	if m.Wrong != "" && empty {
		for _, l := range layout.Wrap(f.Say("not accepted: %s", m.Wrong), w) {
			lines = append(lines, f.Red.Render(l))
		}
	}
	return append(lines, f.Accent.Render(f.Next)+" "+given)
}

// clickLines are the same task in OS Administration: its clicks, or only where it is.
func clickLines(f *View, m pages.Manual, all bool, w int) []string {
	if m.Address == "" {
		return nil
	}
	lines := append([]string{""}, f.Say("or in OS Administration"))
	if short := lines[1] + "  " + m.Address; layout.Width(short) <= w {
		lines[1] += "  " + f.Link(m.Address)
	} else {
		lines = append(lines, "  "+f.Link(m.Address))
	}
	for _, c := range m.Clicks {
		if all {
			lines = append(lines, f.Labelled("", c, 2, w)...)
		}
	}
	return lines
}

// dialogueLines are the commands of one dialogue, as they are typed one after the other.
func dialogueLines(f *View, m pages.Manual) []string {
	return append([]string{f.Accent.Render(m.Command)}, m.Hints...)
}

// Given is what was given so far, in one line: a paste is too long to be shown, and is never shown raw.
func Given(f *View, all string, count int, sent bool, w int) string {
	if sent {
		return f.Say("received; reading it")
	}
	text := strings.TrimRight(all, "\n")
	if count <= 1 {
		return f.Fit(cert.Printable(text[max(0, len(text)-4*w):]), w-1) + layout.CursorMark
	}
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	final := text[strings.LastIndexByte(text, '\n')+1:]
	head := f.T(msg.N("1 line: ", "%d lines: ", count))
	each := (w - layout.Width(head) - 3) / 2
	return head + f.Fit(cert.Printable(first[:min(len(first), 500)]), each) + " " + f.Dots + " " + f.Fit(cert.Printable(final[:min(len(final), 500)]), each)
}
