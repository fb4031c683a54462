package draw

import (
	"math"
	"slices"
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
	for i := range row.Tasks {
		lines = append(lines, linesOf(f, row, i, w)...)
	}
	return lines
}

// linesOf are those of one task.
func linesOf(f *View, row plan.Row, i, w int) []string {
	t := row.Tasks[i]
	if row.Step.On == nil && t.State == plan.Idle && f.Running == "" {
		return nil
	}
	lines := []string{lazyLine + strconv.Itoa(i)}
	if p, busy := f.Progress[t.Task]; busy && t.State != plan.Done && f.Running == row.Step.ID {
		lines = append(lines, portLines(f, row, p, w)...)
	}
	if inTrouble(f, t) {
		lines = append(lines, f.Trouble(*t.Trouble, w)...)
	}
	return lines
}

// inTrouble reports whether the error of a task is shown.
func inTrouble(f *View, t plan.TaskView) bool {
	return t.Trouble != nil && (t.State == plan.Failed || t.State == plan.Unsure) && f.Running == ""
}

// Troubles are the errors of a row, whole: where the step has no room for them, they are read here.
func Troubles(f *View, row plan.Row, w int) []string {
	var lines []string
	for _, t := range row.Tasks {
		if inTrouble(f, t) {
			lines = append(append(lines, "", taskLine(f, row, t, w)), f.Trouble(*t.Trouble, w)...)
		}
	}
	return lines
}

// troubleFirst are the lines of a row in a window that is too small for them: what failed stands first, and all three parts of the
// first error have room in h lines: the words of the node are cut first. ok is false where nothing failed, or where it is seen anyway.
func troubleFirst(f *View, row plan.Row, lines []string, w, h int) (first []string, ok bool) {
	at := slices.IndexFunc(row.Tasks, func(t plan.TaskView) bool { return inTrouble(f, t) })
	if at < 0 || len(lines) <= h {
		return nil, false
	}
	h-- // the last line counts what is left
	if end := slices.Index(lines, lazyLine+strconv.Itoa(at)) + len(linesOf(f, row, at, w)); end <= h {
		return nil, false
	}
	first = append([]string{lazyLine + strconv.Itoa(at)}, troubleIn(f, *row.Tasks[at].Trouble, w, h-1)...)
	var rest []string
	for i, t := range row.Tasks {
		switch {
		case i == at:
		case inTrouble(f, t):
			first = append(first, linesOf(f, row, i, w)...)
		default:
			rest = append(rest, linesOf(f, row, i, w)...)
		}
	}
	return append(first, rest...), true
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
	return cert.Printable(f.Local(p.Text)) + " " + f.Dots + " " + took
}

// portLines are a bar of the time that a restart usually takes, and its ports, one by one, where they do not stand beside it. Nothing in
// it moves but with the second that is drawn anyway.
func portLines(f *View, row plan.Row, p engine.Progress, w int) []string {
	ports, ok := standing.PortsIn(p.Text)
	if !ok {
		return nil
	}
	lines := []string{"    " + widget.Bar(f.Theme, partOf(f, row, ports), min(w-8, 30))}
	if !portsStandBeside(f, row) {
		lines = append(lines, eachPort(f, ports, w)...)
	}
	if long := row.Step.Usual * 3 / 2; long > 0 {
		for _, l := range layout.Wrap(f.Say("Longer than %s: look at the console of the VM; Esc and a ask the adviser.", msg.Elapsed(long)), w-4) {
			lines = append(lines, "    "+f.Dim.Render(l))
		}
	}
	return lines
}

// eachPort is a line for each port that is waited for: whether it is up, or why not.
func eachPort(f *View, ports standing.Ports, w int) []string {
	var lines []string
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
	return lines
}

// Trouble is the three lines of an error: what happened, what it means for the node, what to do next.
func (f *View) Trouble(t plan.Trouble, w int) []string { return troubleIn(f, t, w, math.MaxInt) }

// troubleIn is Trouble in at most h lines, where what to do next leaves so many: what happened is cut first, then what it means, and
// each keeps a line.
func troubleIn(f *View, t plan.Trouble, w, h int) []string {
	what := cert.Printable(f.Local(t.What))
	if t.Said != "" {
		what += ": " + layout.OneLine(t.Said)
	}
	happened := layout.Wrap(what, w-4)
	var means, next []string
	if !t.Means.IsZero() {
		means = layout.Wrap(cert.Printable(f.Local(t.Means)), w-4)
	}
	if !t.Next.IsZero() {
		next = layout.Hanging(f.Arrow+" "+cert.Printable(f.Local(t.Next)), 0, w-4)
	}
	happened = cutLines(f, happened, h-len(means)-len(next), w-4)
	means = cutLines(f, means, h-len(happened)-len(next), w-4)
	for i := range happened {
		happened[i] = f.Red.Render(happened[i])
	}
	return layout.Indent(slices.Concat(happened, means, next))
}

// cutLines are at most h lines of a text, and at least one: the last says with dots that there is more.
func cutLines(f *View, lines []string, h, w int) []string {
	if h = max(h, 1); len(lines) <= h {
		return lines
	}
	last := lines[h-1] + " " + lines[h]
	return append(slices.Clone(lines[:h-1]), f.Fit(last, max(min(w, layout.Width(last)-1), 1)))
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
