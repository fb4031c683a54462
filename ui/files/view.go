package files

import (
	"path/filepath"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/uccx-tui/uccx-tui/vos/msg"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Title says which files are picked.
func (c *Chooser) Title() string {
	if c.chain {
		return "Load CA certificates"
	}
	return "Load the CA's reply"
}

// View draws the list, what each file is, and the verdict on the chosen ones.
func (c *Chooser) View(w, h int) string {
	title := c.theme.Say(c.Title())
	lines := []string{c.theme.Bold.Render(c.theme.Pad(title, layout.Width(title)+2)) + c.theme.Dim.Render(c.theme.Middle(cert.Printable(c.dir), w-layout.Width(title)-2)), ""}
	switch c.Mode() {
	case Why:
		return strings.Join(append(lines, c.page.View(c.theme, FindingLines(c.theme, c.found.Findings, w), w, h-len(lines))...), "\n")
	case Pasting:
		return strings.Join(append(lines, pastePage(c.theme, c.pasting.Text(), w)...), "\n")
	case Path:
		lines[1] = c.path.Line(c.theme, w)
	}
	foot := c.foot(w, h-len(lines))
	room := max(h-len(lines)-len(foot), 1)
	rows := c.List.View(c.theme, c.Rows(w), w, room)
	if c.listed && len(c.entries) == 1 {
		rows = append(rows, c.theme.Dim.Render("    "+c.theme.Say("this folder is empty")))
	}
	for len(rows) < room {
		rows = append(rows, "")
	}
	return strings.Join(append(append(lines, rows[:room]...), foot...), "\n")
}

// leastNames is how many cells the column of file names may take in every window.
const leastNames = 15

// leafRoom is how many cells what is said of an application certificate takes beside its file: kind, node, and days left.
func leafRoom(c *Chooser) int {
	days := max(layout.Width(c.theme.T(msg.N("1 day", "%d days", 398))), layout.Width(c.theme.Say("expired")))
	return layout.Width(kindIn(c.theme, "")) + fits(c) + 2 + days
}

// names is the width of the column of file names in w cells: that of the longest, where what the files are has room beside it.
func names(c *Chooser, w int) int {
	widest := 0
	for _, e := range c.entries {
		if !e.dir {
			widest = max(widest, layout.Width(layout.Quoted(e.name)))
		}
	}
	return min(widest, max(min(w-nameSides-leafRoom(c), w/2), leastNames))
}

// nameSides are the cells of a row besides the name of the file and what it is: the mark, the box, and the gap between them.
const nameSides = 2 + 4 + 2

func (c *Chooser) row(i, w, column int) string {
	e := c.entries[i]
	name := layout.Quoted(e.name)
	if e.dir {
		return "    " + name + "/"
	}
	room := w - nameSides - column
	return box(c, e) + c.theme.Pad(c.theme.Middle(name, column), column) + "  " + c.theme.Fit(what(c, e, room < leafRoom(c)), room)
}

// box is [x] for a chosen file, [x]! for one that the node would refuse, [ ] for one that may be chosen, [!] for one that better is not.
func box(c *Chooser, e entry) string {
	switch {
	case refused(c, e) != nil:
		return "[x]" + c.theme.Red.Render("!")
	case c.chosen[filepath.Join(c.dir, e.name)]:
		return "[x] "
	case e.file == nil || len(e.file.Items) == 0:
		return "    "
	}
	for _, it := range e.file.Items {
		leaf := it.Kind == cert.Application || it.Kind == cert.SelfSigned
		if it.Kind == cert.Key || leaf && (cert.DaysLeft(it.Cert, c.now) < 0 || answers(c.requests, *e.file) == "") {
			return c.theme.Red.Render("[!]") + " "
		}
	}
	return "[ ] "
}

// refused is the first error of a chosen file, as the verdict has it; nil where there is none, or no verdict yet.
func refused(c *Chooser, e entry) *cert.Finding {
	if _, ready := c.Verdict(); !ready || !c.chosen[filepath.Join(c.dir, e.name)] {
		return nil
	}
	for i, f := range c.found.Findings {
		if f.Severity == cert.Fault && (f.File == e.name || strings.HasPrefix(f.File, e.name+",")) {
			return &c.found.Findings[i]
		}
	}
	return nil
}

// Trouble is why a file holds nothing that can be chosen, printable.
func Trouble(file cert.File) msg.Text {
	if file.Err == nil {
		return msg.T("no certificate")
	}
	return msg.Of(file.Err).Mapped(func(words string) string { return cert.Printable(strings.ReplaceAll(words, "\n", ", ")) })
}

// what says in one line what a file is; in a narrow window its kind has no column of its own.
func what(c *Chooser, e entry, narrow bool) string {
	switch {
	case e.file == nil:
		return c.theme.Dim.Render(c.theme.Dots)
	case len(e.file.Items) == 0:
		return c.theme.Dim.Render(c.theme.T(Trouble(*e.file)))
	}
	if f := refused(c, e); f != nil {
		return c.theme.Red.Render(c.theme.Say("refused: %s", cert.Printable(c.theme.T(f.What))))
	}
	var cas []string
	for _, it := range e.file.Items {
		switch it.Kind {
		case cert.Application, cert.SelfSigned:
			return leaf(c, *e.file, it, narrow)
		case cert.Key:
			return c.theme.Red.Render(c.theme.Say("private key: delete it, and tell the CA"))
		case cert.CSR:
			return c.theme.Dim.Render(c.theme.Say("CSR: send this to the CA"))
		default:
			cas = append(cas, cert.Name(it.Cert))
		}
	}
	kind := c.theme.T(msg.N("1 CA", "%d CAs", len(cas)))
	if len(cas) == 1 {
		kind = c.theme.Say(e.file.Items[0].Kind.String())
	}
	if narrow {
		return kind + "  " + strings.Join(cas, ", ")
	}
	return kindIn(c.theme, kind) + strings.Join(cas, ", ")
}

// kindIn is the column that says what a file is, wider than the longest word of the language.
func kindIn(t layout.Theme, word string) string {
	w := 12
	for _, k := range []cert.Kind{cert.Root, cert.Intermediate, cert.Application, cert.SelfSigned} {
		w = layout.Widest(w, t.Say(k.String()))
	}
	return t.Pad(word, w+1)
}

// leaf is which node an application certificate matches, how long it is valid, and before both its kind, where it has a column.
func leaf(c *Chooser, file cert.File, it cert.Item, narrow bool) string {
	days := cert.DaysLeft(it.Cert, c.now)
	left := c.theme.T(msg.N("1 day", "%d days", days))
	if days < 0 {
		left = c.theme.Red.Render(c.theme.Say("expired"))
	}
	fit, name := c.theme.Red.Render(c.theme.Say("matches no CSR")), "  "+cert.Name(it.Cert)
	if node := answers(c.requests, file); node != "" {
		fit = c.theme.Green.Render(c.theme.Say("matches %s", cert.Printable(layout.Short(node))))
		if cert.Name(it.Cert) == node {
			name = ""
		}
	}
	kind := kindIn(c.theme, c.theme.Say(it.Kind.String()))
	if narrow {
		kind = ""
	}
	return kind + layout.Column(fit, fits(c)) + "  " + left + name
}

// fits is how wide the column is that says which node a certificate matches.
func fits(c *Chooser) int {
	widest := layout.Width(c.theme.Say("matches no CSR"))
	for _, r := range c.requests {
		widest = max(widest, layout.Width(c.theme.Say("matches %s", cert.Printable(layout.Short(r.Node)))))
	}
	return widest
}

// foot is the error of the last key, and the verdict: its first finding in full where there is room, the others by name.
func (c *Chooser) foot(w, h int) []string {
	lines := append([]string{""}, c.aside(w)...)
	switch {
	case !c.listed:
		return lines
	case c.judged != c.asked && c.read == len(c.entries):
		return append(lines, c.theme.Dim.Render(c.theme.Say("checking the selected files")))
	case c.judged == 0 || c.read < len(c.entries):
		return append(lines, c.theme.Dim.Render(c.theme.Say("reading %d of %d", c.read, len(c.entries))))
	case c.found.OK():
		what := msg.T("All CSRs answered, all chains complete.")
		if n := len(c.found.Findings); n > 0 {
			what = msg.Beside(what, msg.N("1 finding: f shows it.", "%d findings: f shows them.", n))
		}
		text := c.theme.T(what)
		return append(lines, c.theme.Green.Render(c.theme.Fit(text, w)), c.theme.Dim.Render(c.theme.Say("Press Enter on a file to load all selected files.")))
	}
	all := c.found.Findings
	shown, style := 0, severe(c.theme)
	if !c.touched { // what the program selected is no error of a person
		style = func(cert.Severity) lipgloss.Style { return c.theme.Dim }
	}
	if first := findingLines(c.theme, all[:min(1, len(all))], style, w); h >= 16 && len(first) <= 5 {
		lines, shown = append(lines, first...), 1
	}
	for i := shown; i < len(all); i++ {
		if i == 3 {
			return append(lines, c.theme.Dim.Render(c.theme.Say("and %d more: press f", len(all)-3)))
		}
		lines = append(lines, style(all[i].Severity).Render(c.theme.Fit(headed(c.theme, all[i]), w)))
	}
	return lines
}

// aside is what stands below the list besides the verdict.
func (c *Chooser) aside(w int) []string {
	var lines []string
	if c.err != "" {
		lines = append(lines, c.theme.Red.Render(c.theme.Fit(c.err, w)))
	}
	if c.path != nil && c.hint != "" {
		lines = append(lines, c.theme.Dim.Render(c.theme.Fit(c.hint, w)))
	}
	if n := elsewhere(c.chosen, c.dir); n > 0 {
		lines = append(lines, c.theme.Dim.Render(c.theme.T(msg.N("1 file from another folder is also selected", "%d files from other folders are also selected", n))))
	}
	if len(c.pasted) > 0 {
		lines = append(lines, c.theme.Fit(c.theme.T(msg.N("1 pasted text is also selected: x discards it", "%d pasted texts are also selected: x discards them", len(c.pasted))), w))
	}
	return lines
}

// pastePage waits for a text that a terminal types key by key.
func pastePage(t layout.Theme, text string, w int) []string {
	lines := layout.Wrap(t.Say("Paste the certificate, including its BEGIN and END lines, then press Enter."), w)
	lines = append(lines, "", t.T(msg.N("1 character", "%d characters", len(text))))
	if n := strings.Count(text, "-----END "); n > 0 {
		lines = append(lines, t.Green.Render(t.Say("END lines so far: %d", n)))
	}
	return lines
}

// FindingHead is what a finding is about, and what it is.
func FindingHead(say lang.Localizer, x cert.Finding) string {
	if x.File == "" {
		return say.T(x.What)
	}
	return x.File + ": " + say.T(x.What)
}

// headed is the head of a finding behind its severity, which is not told by its colour alone; printable.
func headed(t layout.Theme, x cert.Finding) string {
	return t.Say(msg.Label(x.Severity.String())) + ": " + cert.Printable(FindingHead(t.Localizer, x))
}

// SaysWords is the sentence in which the predicted words of a node stand.
func SaysWords(x cert.Finding) string {
	if x.Guess {
		return "the node would probably refuse it: %s"
	}
	return "the node would report: %s"
}

// FindingLines say of each finding what it is, what the node would have said, how it comes about, and what to do.
func FindingLines(t layout.Theme, all []cert.Finding, w int) []string {
	return findingLines(t, all, severe(t), w)
}

// severe is how findings look: errors red, warnings yellow, notes dim.
func severe(t layout.Theme) func(cert.Severity) lipgloss.Style {
	return func(how cert.Severity) lipgloss.Style {
		switch how {
		case cert.Fault:
			return t.Red
		case cert.Warning:
			return t.Yellow
		}
		return t.Dim
	}
}

// findingLines are FindingLines with a style for each severity.
func findingLines(t layout.Theme, all []cert.Finding, style func(cert.Severity) lipgloss.Style, w int) []string {
	if len(all) == 0 {
		return []string{t.Green.Render(t.Say("No findings on the selected files."))}
	}
	var lines []string
	for _, x := range all {
		for _, l := range layout.Hanging(headed(t, x), 4, w) {
			lines = append(lines, style(x.Severity).Render(l))
		}
		if x.Says != "" {
			lines = append(lines, t.Labelled("", t.Say(SaysWords(x), cert.Printable(x.Says)), 4, w)...)
		}
		if !x.Cause.IsZero() {
			lines = append(lines, t.Labelled("", t.T(x.Cause), 4, w)...)
		}
		rule := ""
		if x.Rule != "" {
			rule = "  (" + x.Rule + ")"
		}
		if !x.Cure.IsZero() || rule != "" {
			lines = append(lines, layout.Hanging("    "+t.Arrow+" "+cert.Printable(t.T(x.Cure))+rule, 4, w)...)
		}
	}
	return lines
}
