package draw

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lazyLine stands before the number of a task whose line is drawn when it is seen: of a thousand nodes a window shows few.
const lazyLine = "\x00"

// TaskLines are the nodes of a row, each with its progress or result; drawn makes lines of them.
func (f *View) TaskLines(row plan.Row, w int) []string {
	var lines []string
	for i, t := range row.Tasks {
		if row.Step.On == nil && t.State == plan.Idle && f.Running == "" {
			continue
		}
		lines = append(lines, lazyLine+strconv.Itoa(i))
		if p, busy := f.Progress[t.Task]; busy && t.State != plan.Done && f.Running == row.Step.ID {
			lines = append(lines, portLines(f, row, p, w)...)
		}
		if t.Trouble != nil && (t.State == plan.Failed || t.State == plan.Unsure) && f.Running == "" {
			lines = append(lines, f.Trouble(*t.Trouble, w)...)
		}
	}
	return lines
}

// Drawn draws those lines of a row that are seen.
func (f *View) Drawn(lines []string, row plan.Row, w int) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = line
		if n, lazy := strings.CutPrefix(line, lazyLine); lazy {
			at, _ := strconv.Atoi(n)
			all[i] = taskLine(f, row, row.Tasks[at], w)
		}
	}
	return all
}

func taskLine(f *View, row plan.Row, t plan.TaskView, w int) string {
	sign, text := taskText(f, row, t, w < narrow)
	subject := 12
	if w < narrow {
		subject = 8
	}
	if t.Task.Node == "" { // "solution" is longer in some languages
		subject = layout.LabelWidth(subject, f.Pages().Subject(t.Task)+" ")
	}
	return sign + " " + f.Pad(f.Pages().Subject(t.Task), subject) + " " + f.Fit(shorter(f, text, w-subject-3), w-subject-3)
}

// shorter is a text with the short names of nodes, where it has no room with the full ones.
func shorter(f *View, text string, w int) string {
	if layout.Width(text) <= w {
		return text
	}
	for _, n := range f.Plan.Nodes() {
		text = strings.ReplaceAll(text, cert.Printable(n.FQDN), cert.Printable(layout.Short(n.FQDN)))
	}
	return text
}

// narrow is from how many cells on a task has room for all of its words: beside the plan and the ports it has less.
const narrow = 56

func taskText(f *View, row plan.Row, t plan.TaskView, short bool) (sign, text string) {
	p, busy := f.Progress[t.Task]
	for _, e := range f.Tasks {
		if e.Node == t.Task.Node && f.Running == row.Step.ID {
			return f.Accent.Render(f.Due), f.Say("needs you: %s", cert.Printable(e.Dialogue.Line))
		}
	}
	says := f.Pages().Task(row, t)
	switch {
	case t.State == plan.Done && len(standing.PutOffOf(row, t)) > 0:
		return f.Yellow.Render(f.Pending), says
	case t.State == plan.Unsure && !(f.Running == row.Step.ID && busy) && t.Asked == nil:
		return f.Red.Render(f.Unsure), says
	case t.State == plan.Done:
		when, what, _ := strings.Cut(says, "  ")
		return f.Green.Render(f.Done), when + "  " + f.Dim.Render(what)
	case f.Running == row.Step.ID && busy:
		return f.Accent.Render(f.Due), busyText(f, row, p, short)
	case t.Asked != nil:
		return f.Accent.Render(f.Due), says
	case t.State == plan.Failed:
		return f.Red.Render(f.Failed), says
	}
	return " ", f.Dim.Render(says)
}

// busyText is how a task gets on: what is waited for, since when, and how long that usually takes.
func busyText(f *View, row plan.Row, p engine.Progress, short bool) string {
	took := f.T(msg.Elapsed(f.Now.Sub(f.Begun)))
	if row.Step.Usual > 0 && (f.Work == nil || f.Work.Lab == nil) {
		took = f.Say("%s of about %s", took, msg.Elapsed(row.Step.Usual))
	}
	if ports, ok := standing.PortsIn(p.Text); ok && short {
		return f.T(msg.Both(msg.Verbatim(took), msg.T("%d/%d up", ports.Up(), len(ports))))
	} else if ok {
		return f.T(msg.Both(msg.Verbatim(took), msg.T("%d of %d ports up", ports.Up(), len(ports))))
	}
	return cert.Printable(f.T(p.Text)) + " " + f.Dots + " " + took
}

// portLines are a bar of the time that a restart usually takes, and its ports, one by one. Nothing in it moves but with the
// second that is drawn anyway.
func portLines(f *View, row plan.Row, p engine.Progress, w int) []string {
	ports, ok := standing.PortsIn(p.Text)
	if !ok {
		return nil
	}
	lines := []string{"    " + widget.Bar(f.Theme, partOf(f, row, ports), min(w-8, 30))}
	column := 0
	for _, one := range ports {
		column = min(max(column, layout.Width(cert.Printable(one.Name))+2), 22)
	}
	for _, one := range ports {
		name := "    " + f.Pad(cert.Printable(one.Name), column)
		if one.Why.IsZero() {
			lines = append(lines, name+f.Green.Render(f.Done+" "+f.Say("up")))
			continue
		}
		for _, l := range layout.Wrap(cert.Printable(f.T(one.Why)), max(w-4-column, 8)) {
			lines = append(lines, name+f.Dim.Render(l))
			name = strings.Repeat(" ", layout.Width(name))
		}
	}
	if long := row.Step.Usual * 3 / 2; long > 0 {
		for _, l := range layout.Wrap(f.Say("Longer than %s: look at the console of the VM; Esc and a ask the adviser.", msg.Elapsed(long)), w-4) {
			lines = append(lines, "    "+f.Dim.Render(l))
		}
	}
	return lines
}

// Trouble is the three lines of an error: what happened, what it means for the node, what to do next.
func (f *View) Trouble(t plan.Trouble, w int) []string {
	what := cert.Printable(f.T(t.What))
	if t.Said != "" {
		what += ": " + layout.OneLine(t.Said)
	}
	lines := []string{}
	for _, l := range layout.Wrap(what, w-4) {
		lines = append(lines, "    "+f.Red.Render(l))
	}
	if !t.Means.IsZero() {
		lines = append(lines, layout.Indent(f.Labelled("", cert.Printable(f.T(t.Means)), 0, w-4))...)
	}
	if !t.Next.IsZero() {
		lines = append(lines, layout.Indent(layout.Wrap(f.Arrow+" "+cert.Printable(f.T(t.Next)), w-4))...)
	}
	return lines
}

// partOf is how far a restart is, from 0 to 1, by its ports and by the time that it usually takes.
func partOf(f *View, row plan.Row, ports standing.Ports) float64 {
	part := float64(ports.Up()) / float64(len(ports))
	if row.Step.Usual > 0 {
		part = min(max(part/2, float64(f.Now.Sub(f.Begun))/float64(row.Step.Usual)), 0.95) // it is done when it is seen, not when it is time
	}
	return part
}

// Part is how far the restart is that runs; ok is false where none does.
func Part(f *View) (part float64, ok bool) {
	for t, p := range f.Progress {
		if ports, waits := standing.PortsIn(p.Text); waits && t.Step == f.Running {
			row, _ := f.Plan.Row(f.Running)
			return partOf(f, row, ports), true
		}
	}
	return 0, false
}
