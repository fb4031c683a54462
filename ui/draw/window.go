package draw

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// WindowLeft is "window 01:42 left" for the top line, or "".
func (f *View) WindowLeft() string {
	if f.Plan == nil || f.Plan.Until().IsZero() {
		return ""
	}
	left := f.Plan.Until().Sub(f.Now)
	if left <= 0 {
		return f.Say("window is over") + " "
	}
	return f.Say("window %s left", fmt.Sprintf("%02d:%02d", int(left.Hours()), int(left.Minutes())%60)) + " "
}

// ClockLines say how the next row gets on with the window.
func (f *View) ClockLines(w int) []string {
	until := f.Plan.Until()
	if until.IsZero() {
		return nil
	}
	c := timing.Before(plan.Window{Until: until}, f.Plan, f.Plan.Next(), f.Learnt, f.Now.Local())
	if c.Text.IsZero() {
		return nil
	}
	style := f.Dim
	if !c.Fits {
		style = f.Yellow
	}
	var lines []string
	for _, l := range layout.Wrap(cert.Printable(f.T(c.Text)), w) {
		lines = append(lines, style.Render(l))
	}
	return append(lines, "")
}

// RehearsedLine is a rehearsal in one line.
func (f *View) RehearsedLine(r plan.Rehearsal) string {
	how := f.Say("no problems")
	if len(r.Trouble) > 0 {
		how = f.Say("problems: %d", len(r.Trouble))
	}
	return f.Say("rehearsed %s ago, %s, %s", msg.Elapsed(f.Now.Sub(r.At)), msg.Duration(r.Left), how)
}

// AskWindow asks when the change window ends; field is the line that takes the time.
func AskWindow(f *View, field string, w int) string {
	lines := []string{f.Bold.Render(f.Say("When does the change window end?")), ""}
	lines = append(lines, layout.Wrap(f.Say("Before services stop, the time left is compared with how long the restart and a rollback take (measured here, or typical). You are warned if they do not fit."), w)...)
	if until := f.Plan.Until(); !until.IsZero() {
		lines = append(lines, "", f.Say("Current end: %s.", msg.Time(until.Local(), msg.Weekday)))
	}
	lines = append(lines, "", f.Accent.Render(f.Next)+" "+f.Pad(f.Say("Until"), layout.LabelWidth(8, f.Say("Until")))+field, "")
	return strings.Join(append(lines, layout.Wrap(f.Say("06:00, 2026-11-26 06:00, or 4h. Leave empty for none."), w)...), "\n")
}
