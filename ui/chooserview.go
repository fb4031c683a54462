package ui

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// view draws the list, what each file is, and the verdict on the chosen ones.
func (c *chooser) view(f *face, w, h int) string {
	title := f.say("Which files did the CA send?")
	lines := []string{f.bold.Render(f.pad(title, width(title)+2)) + f.dim.Render(f.middle(cert.Printable(c.dir), w-width(title)-2)), ""}
	if c.why {
		return strings.Join(append(lines, f.findingLines(c.verdict.Findings, w)...), "\n")
	}
	if c.typing {
		lines[1] = f.accent.Render(f.next) + " " + f.middle(cert.Printable(string(c.path)), w-4) + "_"
	}
	foot := c.foot(f, w)
	room := max(h-len(lines)-len(foot), 1)
	var rows []string
	from := 0
	if len(c.entries) > room {
		from = max(0, min(c.at-room/2, len(c.entries)-room))
	}
	for i := from; i < min(from+room, len(c.entries)); i++ {
		rows = append(rows, c.row(f, i, w))
	}
	if len(c.entries) == 1 {
		rows = append(rows, f.dim.Render("    "+f.say("this folder is empty")))
	}
	for len(rows) < room {
		rows = append(rows, "")
	}
	return strings.Join(append(append(lines, rows[:room]...), foot...), "\n")
}

// nameWidth is the column of file names.
const nameWidth = 22

func (c *chooser) row(f *face, i, w int) string {
	e := c.entries[i]
	mark := "  "
	if i == c.at {
		mark = f.accent.Render(f.next) + " "
	}
	name := quoted(e.name)
	if e.dir {
		return mark + "    " + f.fit(name+"/", w-6)
	}
	box := "    "
	if e.file != nil && len(e.file.Items) > 0 {
		box = "[ ] "
		if c.chosen[filepath.Join(c.dir, e.name)] {
			box = "[x] "
		}
	}
	text := f.pad(f.middle(name, nameWidth), nameWidth)
	if i == c.at {
		text = f.accent.Render(text)
	}
	return mark + box + text + " " + f.fit(c.what(f, e), w-nameWidth-7)
}

// quoted shows odd names as what they are.
func quoted(name string) string {
	if cert.Printable(name) != name || strings.TrimSpace(name) != name {
		return strconv.QuoteToGraphic(name)
	}
	return name
}

// what says in one line what a file is.
func (c *chooser) what(f *face, e entry) string {
	switch {
	case e.file == nil:
		return f.dim.Render(f.dots)
	case len(e.file.Items) == 0:
		return f.dim.Render(f.say(e.file.Err.Error()))
	}
	var cas []string
	for _, it := range e.file.Items {
		switch it.Kind {
		case cert.Application, cert.SelfSigned:
			return c.leaf(f, *e.file, it)
		case cert.Key:
			return f.red.Render(f.say("a private key: it has no business here"))
		case cert.CSR:
			return f.dim.Render(f.say("a CSR: this goes to the CA"))
		default:
			cas = append(cas, cert.Name(it.Cert))
		}
	}
	if len(cas) == 1 {
		return f.pad(f.say(e.file.Items[0].Kind.String()), 13) + cas[0]
	}
	return f.pad(f.say("%d CAs", len(cas)), 13) + strings.Join(cas, ", ")
}

func (c *chooser) leaf(f *face, file cert.File, it cert.Item) string {
	days := cert.DaysLeft(it.Cert, f.now)
	left := f.say("%d days", days)
	if days < 0 {
		left = f.red.Render(f.say("expired"))
	}
	fit := f.red.Render(f.say("fits no CSR"))
	if node := c.fits(file); node != "" {
		fit = f.green.Render(f.say("fits %s", cert.Printable(short(node))))
	}
	return f.pad(f.say(it.Kind.String()), 13) + fit + "  " + left + "  " + cert.Name(it.Cert)
}

// foot is the error of the last key, and the verdict in a line or two.
func (c *chooser) foot(f *face, w int) []string {
	lines := []string{""}
	if c.err != "" {
		lines = append(lines, f.red.Render(f.fit(c.err, w)))
	}
	if f.notice != "" {
		lines = append(lines, f.noticeLine(w))
	}
	if n := c.elsewhere(); n > 0 {
		lines = append(lines, f.dim.Render(f.say("%d files of other folders are chosen, too", n)))
	}
	if len(c.pasted) > 0 {
		lines = append(lines, f.say("%d pasted texts are chosen, too", len(c.pasted)))
	}
	switch {
	case !c.judged || c.read < len(c.entries):
		return append(lines, f.dim.Render(f.say("reading %d of %d", c.read, len(c.entries))))
	case c.verdict.OK():
		text := f.say("Every CSR is answered, every chain is whole.")
		if n := len(c.verdict.Findings); n > 0 {
			text += " " + f.say("%d remarks: f shows them.", n)
		}
		return append(lines, f.green.Render(f.fit(text, w)), f.dim.Render(f.say("Enter on a file takes them.")))
	}
	for i, x := range c.verdict.Findings {
		if i == 3 {
			lines = append(lines, f.dim.Render(f.say("and %d more: f shows all", len(c.verdict.Findings)-3)))
			break
		}
		style := f.dim
		if x.Severity == cert.Fault {
			style = f.red
		}
		lines = append(lines, style.Render(f.fit(cert.Printable(findingHead(x)), w)))
	}
	return lines
}

func findingHead(x cert.Finding) string {
	if x.File == "" {
		return x.What
	}
	return x.File + ": " + x.What
}

// findingLines say of each finding what it is, what the node would have said, how it comes about, and what to do.
func (f *face) findingLines(all []cert.Finding, w int) []string {
	if len(all) == 0 {
		return []string{f.green.Render(f.say("There is nothing to say against the chosen files."))}
	}
	var lines []string
	for _, x := range all {
		style := f.dim
		if x.Severity == cert.Fault {
			style = f.red
		}
		for _, l := range wrap(f.say(x.Severity.String())+": "+cert.Printable(findingHead(x)), w) {
			lines = append(lines, style.Render(l))
		}
		if x.Says != "" {
			lines = append(lines, f.labelled("", f.say("the node would say: %s", x.Says), 4, w)...)
		}
		if x.Cause != "" {
			lines = append(lines, f.labelled("", f.say(x.Cause), 4, w)...)
		}
		rule := ""
		if x.Rule != "" {
			rule = "  (" + x.Rule + ")"
		}
		lines = append(lines, f.labelled("", f.arrow+" "+cert.Printable(f.say(x.Cure))+rule, 4, w)...)
	}
	return lines
}
