package ui

import (
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// view draws the list, what each file is, and the verdict on the chosen ones.
func (c *chooser) view(f *face, w, h int) string {
	title := f.Say("Load the CA's reply")
	lines := []string{f.Bold.Render(f.Pad(title, layout.Width(title)+2)) + f.Dim.Render(f.Middle(cert.Printable(c.dir), w-layout.Width(title)-2)), ""}
	switch {
	case c.why:
		return strings.Join(append(lines, c.whyPage(f, w, h-len(lines))...), "\n")
	case c.pasting.on:
		return strings.Join(append(lines, c.pastePage(f, w)...), "\n")
	case c.typing:
		lines[1] = f.Accent.Render(f.Next) + " " + f.Middle(cert.Printable(string(c.path)), w-4) + "_"
	}
	foot := c.foot(f, w, h-len(lines))
	room := max(h-len(lines)-len(foot), 1)
	rows := c.rows(f, w, room)
	return strings.Join(append(append(lines, rows...), foot...), "\n")
}

// rows are as many lines of the folder as there is room for, with the mark in sight.
func (c *chooser) rows(f *face, w, room int) []string {
	from := 0
	if len(c.entries) > room {
		from = max(0, min(c.at-room/2, len(c.entries)-room))
	}
	var rows []string
	for i := from; i < min(from+room, len(c.entries)); i++ {
		rows = append(rows, c.row(f, i, w))
	}
	if c.listed && len(c.entries) == 1 {
		rows = append(rows, f.Dim.Render("    "+f.Say("this folder is empty")))
	}
	for len(rows) < room {
		rows = append(rows, "")
	}
	return rows[:room]
}

// names is the width of the column of file names: 22 in a window of 80, more in a wider one.
func names(w int) int {
	if w < 70 {
		return 16
	}
	return max(22, min((w-14)/3, 40))
}

func (c *chooser) row(f *face, i, w int) string {
	e := c.entries[i]
	mark := "  "
	if i == c.at {
		mark = f.Accent.Render(f.Next) + " "
	}
	name := layout.Quoted(e.name)
	if e.dir {
		return mark + "    " + f.Fit(name+"/", w-6)
	}
	column := names(w)
	text := f.Pad(f.Middle(name, column), column)
	return mark + c.box(f, e) + text + " " + f.Fit(c.what(f, e), w-column-7)
}

// box is [x] for a chosen file, [ ] for one that may be chosen, [!] for one that better is not.
func (c *chooser) box(f *face, e entry) string {
	switch {
	case c.chosen[filepath.Join(c.dir, e.name)]:
		return "[x] "
	case e.file == nil || len(e.file.Items) == 0:
		return "    "
	}
	for _, it := range e.file.Items {
		leaf := it.Kind == cert.Application || it.Kind == cert.SelfSigned
		if it.Kind == cert.Key || leaf && (cert.DaysLeft(it.Cert, f.now) < 0 || c.fits(*e.file) == "") {
			return f.Red.Render("[!]") + " "
		}
	}
	return "[ ] "
}

// trouble is why a file holds nothing that can be chosen, printable.
func trouble(file cert.File) string {
	if file.Err == nil {
		return "no certificate"
	}
	return cert.Printable(strings.ReplaceAll(file.Err.Error(), "\n", ", "))
}

// what says in one line what a file is.
func (c *chooser) what(f *face, e entry) string {
	switch {
	case e.file == nil:
		return f.Dim.Render(f.Dots)
	case len(e.file.Items) == 0:
		return f.Dim.Render(f.Say(trouble(*e.file)))
	}
	var cas []string
	for _, it := range e.file.Items {
		switch it.Kind {
		case cert.Application, cert.SelfSigned:
			return c.leaf(f, *e.file, it)
		case cert.Key:
			return f.Red.Render(f.Say("private key: do not use"))
		case cert.CSR:
			return f.Dim.Render(f.Say("CSR: send this to the CA"))
		default:
			cas = append(cas, cert.Name(it.Cert))
		}
	}
	if len(cas) == 1 {
		return f.Pad(f.Say(e.file.Items[0].Kind.String()), 13) + cas[0]
	}
	return f.Pad(f.Say("%d CAs", len(cas)), 13) + strings.Join(cas, ", ")
}

func (c *chooser) leaf(f *face, file cert.File, it cert.Item) string {
	days := cert.DaysLeft(it.Cert, f.now)
	left := f.Say("%d days", days)
	if days < 0 {
		left = f.Red.Render(f.Say("expired"))
	}
	fit, name := f.Red.Render(f.Say("matches no CSR")), "  "+cert.Name(it.Cert)
	if node := c.fits(file); node != "" {
		fit = f.Green.Render(f.Say("matches %s", cert.Printable(layout.Short(node))))
		if cert.Name(it.Cert) == node {
			name = ""
		}
	}
	return f.Pad(f.Say(it.Kind.String()), 13) + fit + "  " + left + name
}

// foot is the error of the last key, and the verdict: its first finding in full where there is room, the others by name.
func (c *chooser) foot(f *face, w, h int) []string {
	lines := append([]string{""}, c.aside(f, w)...)
	switch {
	case !c.listed:
		return lines
	case !c.judged || c.read < len(c.entries):
		return append(lines, f.Dim.Render(f.Say("reading %d of %d", c.read, len(c.entries))))
	case c.verdict.OK():
		text := f.Say("All CSRs answered, all chains complete.")
		if n := len(c.verdict.Findings); n > 0 {
			text += " " + f.Say("%d remarks: f shows them.", n)
		}
		return append(lines, f.Green.Render(f.Fit(text, w)), f.Dim.Render(f.Say("Press Enter on a file to load them.")))
	}
	all := c.verdict.Findings
	shown := 0
	if first := f.findingLines(all[:min(1, len(all))], w); h >= 16 && len(first) <= 5 {
		lines, shown = append(lines, first...), 1
	}
	for i := shown; i < len(all); i++ {
		if i == 3 {
			return append(lines, f.Dim.Render(f.Say("and %d more: press f", len(all)-3)))
		}
		style := f.Dim
		if all[i].Severity == cert.Fault {
			style = f.Red
		}
		lines = append(lines, style.Render(f.Fit(cert.Printable(findingHead(all[i])), w)))
	}
	return lines
}

// aside is what stands below the list besides the verdict.
func (c *chooser) aside(f *face, w int) []string {
	var lines []string
	if c.err != "" {
		lines = append(lines, f.Red.Render(f.Fit(c.err, w)))
	}
	if c.typing && c.hint != "" {
		lines = append(lines, f.Dim.Render(f.Fit(c.hint, w)))
	}
	if n := c.elsewhere(); n > 0 {
		lines = append(lines, f.Dim.Render(f.Say("%d files of other folders are chosen, too", n)))
	}
	if len(c.pasted) > 0 {
		lines = append(lines, f.Fit(f.Say("%d pasted texts are chosen, too: x drops them", len(c.pasted)), w))
	}
	return lines
}

// pastePage waits for a text that a terminal types key by key.
func (c *chooser) pastePage(f *face, w int) []string {
	text := c.pasting.text.String()
	lines := layout.Wrap(f.Say("Paste the certificate, including its BEGIN and END lines, then press Enter."), w)
	lines = append(lines, "", f.Say("%d characters", len(text)))
	if n := strings.Count(text, "-----END "); n > 0 {
		lines = append(lines, f.Green.Render(f.Say("END lines so far: %d", n)))
	}
	return lines
}

// whyPage is the part of all findings that fits.
func (c *chooser) whyPage(f *face, w, h int) []string {
	lines := f.findingLines(c.verdict.Findings, w)
	c.whyAt.at = max(0, min(c.whyAt.at, len(lines)-h))
	return lines[c.whyAt.at:min(len(lines), c.whyAt.at+h)]
}

// whyLines is how many lines all findings take.
func (c *chooser) whyLines(f *face) int {
	w, _ := f.room()
	return len(f.findingLines(c.verdict.Findings, w))
}

func findingHead(x cert.Finding) string {
	if x.File == "" {
		return x.What
	}
	return x.File + ": " + x.What
}

// saysWords is the sentence in which the predicted words of a node stand.
func saysWords(x cert.Finding) string {
	if x.Guess {
		return "the node would probably refuse it: %s"
	}
	return "the node would report: %s"
}

// findingLines say of each finding what it is, what the node would have said, how it comes about, and what to do.
func (f *face) findingLines(all []cert.Finding, w int) []string {
	if len(all) == 0 {
		return []string{f.Green.Render(f.Say("No findings on the selected files."))}
	}
	var lines []string
	for _, x := range all {
		style := f.Dim
		if x.Severity == cert.Fault {
			style = f.Red
		}
		for _, l := range layout.Wrap(f.Say(x.Severity.String())+": "+cert.Printable(findingHead(x)), w) {
			lines = append(lines, style.Render(l))
		}
		if x.Says != "" {
			lines = append(lines, f.Labelled("", f.Say(saysWords(x), cert.Printable(x.Says)), 4, w)...)
		}
		if x.Cause != "" {
			lines = append(lines, f.Labelled("", f.Say(x.Cause), 4, w)...)
		}
		rule := ""
		if x.Rule != "" {
			rule = "  (" + x.Rule + ")"
		}
		if x.Cure != "" || rule != "" {
			lines = append(lines, f.Labelled("", f.Arrow+" "+cert.Printable(f.Say(x.Cure))+rule, 4, w)...)
		}
	}
	return lines
}
