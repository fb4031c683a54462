package ui

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// lazyLine stands before the number of a task whose line is drawn when it is seen: of a thousand nodes a window shows few.
const lazyLine = "\x00"

// taskLines are the nodes of a row, each with its progress or result; drawn makes lines of them.
func (f *face) taskLines(row steps.Row, w int) []string {
	var lines []string
	for i, t := range row.Tasks {
		if row.Step.On == nil && t.State == steps.Idle && f.running == "" {
			continue
		}
		lines = append(lines, lazyLine+itoa(i))
		if t.Trouble != nil && (t.State == steps.Failed || t.State == steps.Unsure) && f.running == "" {
			lines = append(lines, f.trouble(*t.Trouble, w)...)
		}
	}
	return lines
}

// drawn draws those lines of a row that are seen.
func (f *face) drawn(lines []string, row steps.Row, w int) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = line
		if n, lazy := strings.CutPrefix(line, lazyLine); lazy {
			at, _ := strconv.Atoi(n)
			all[i] = f.taskLine(row, row.Tasks[at], w)
		}
	}
	return all
}

func (f *face) taskLine(row steps.Row, t steps.TaskView, w int) string {
	name := f.say("once")
	if t.Task.Node != "" {
		name = cert.Printable(short(t.Task.Node))
	}
	sign, text := f.taskText(row, t)
	return sign + " " + f.pad(name, 12) + " " + f.fit(text, w-15)
}

func (f *face) taskText(row steps.Row, t steps.TaskView) (sign, text string) {
	p, busy := f.progress[t.Task]
	for _, e := range f.errands {
		if e.Node == t.Task.Node && f.running == row.Step.ID {
			return f.accent.Render(f.next), f.say("waits for you: %s", cert.Printable(e.Dialogue.Line))
		}
	}
	switch {
	case t.State == steps.Done:
		return f.green.Render(f.done), f.say("done %s", t.Since.Local().Format("15:04:05")) + "  " + f.dim.Render(f.evidence(t))
	case f.running == row.Step.ID && busy:
		usual := ""
		if row.Step.Usual > 0 && (f.work == nil || f.work.Lab == nil) {
			usual = "   " + f.say("usually %s", since(row.Step.Usual))
		}
		return f.accent.Render(f.next), f.say(p.Text, printables(p.Args)...) + " " + f.dots + " " + since(f.now.Sub(f.begun)) + f.dim.Render(usual)
	case t.Asked != nil:
		return f.accent.Render(f.next), f.say("waits for your answer")
	case t.State == steps.Unsure:
		return f.red.Render(f.unsure), f.say("unsure")
	case t.State == steps.Failed:
		return f.red.Render(f.failed), f.say("failed")
	}
	if b := f.plan.Blocked(t.Task); b != nil {
		return " ", f.dim.Render(f.say(b.Text, saidAll(f, b.Args)...))
	}
	return " ", f.dim.Render(f.say("ready"))
}

func printables(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
		if s, ok := a.(string); ok {
			out[i] = cert.Printable(s)
		}
	}
	return out
}

func saidAll(f *face, args []any) []any {
	out := printables(args)
	for i, a := range out {
		if s, ok := a.(string); ok {
			out[i] = f.say(s)
		}
	}
	return out
}

// evidence is what a done task saw, in a few words.
func (f *face) evidence(t steps.TaskView) string {
	s := t.Seen
	if s == nil {
		return ""
	}
	var parts []string
	if s.Found {
		parts = append(parts, f.say("was so already"))
	}
	switch t.Task.Step {
	case "survey":
		if s.About != nil {
			parts = append(parts, cert.Printable(s.About.Version))
		}
		parts = append(parts, f.expiry(s.Identity))
	case "preflight":
		parts = append(parts, f.findings(s.Findings))
	case "csr":
		parts = append(parts, f.say("CSR kept"))
	case "install":
		if it := read.Parse("", []byte(s.Identity)).Items; len(it) > 0 && it[0].Cert != nil {
			parts = append(parts, f.say("serial %s", tail(cert.Serial(it[0].Cert))))
		}
	case "restart", "prove":
		n := 0
		for _, p := range s.Served {
			if p.PEM != "" {
				n++
			}
		}
		parts = append(parts, f.say("%d addresses proven", n))
	}
	return strings.Join(parts, ", ")
}

func (f *face) expiry(pem string) string {
	it := read.Parse("", []byte(pem)).Items
	if len(it) == 0 || it[0].Cert == nil {
		return ""
	}
	return f.say("%s, %d days left", f.say(it[0].Kind.String()), cert.DaysLeft(it[0].Cert, f.now))
}

func (f *face) findings(all []steps.Finding) string {
	n := 0
	for _, x := range all {
		if x.Severity != "note" {
			n++
		}
	}
	if n == 0 {
		return f.say("no findings")
	}
	return f.say("%d findings, gone past knowingly", n)
}

// tail is the end of a serial number: enough to tell two apart.
func tail(serial string) string {
	if len(serial) > 8 {
		return ".." + serial[len(serial)-8:]
	}
	return serial
}

// inOneLine shows what a node said in several lines where there is room for one.
func inOneLine(said string) string {
	return cert.Printable(strings.ReplaceAll(strings.TrimSpace(said), "\n", " / "))
}

// trouble is the three lines of an error: what happened, what it means for the node, what to do next.
func (f *face) trouble(t steps.Trouble, w int) []string {
	what := f.say(cert.Printable(t.What))
	if t.Said != "" {
		what += ": " + inOneLine(t.Said)
	}
	lines := []string{}
	for _, l := range wrap(what, w-4) {
		lines = append(lines, "    "+f.red.Render(l))
	}
	if t.Means != "" {
		lines = append(lines, indent(f.labelled("", f.say(cert.Printable(t.Means)), 0, w-4))...)
	}
	if t.Next != "" {
		lines = append(lines, indent(wrap(f.arrow+" "+f.say(cert.Printable(t.Next)), w-4))...)
	}
	return lines
}

func indent(lines []string) []string {
	for i, l := range lines {
		lines[i] = "    " + l
	}
	return lines
}
