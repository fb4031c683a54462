package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// The smallest window in which the screens can be read.
const (
	minWidth  = 60
	minHeight = 18
)

// margin is the empty cells at the left of a body.
const margin = 2

// frame draws a whole window: what this is and which change; the debts; the body; the keys that work here, the next first.
func (f *face) frame(body string, keys []binding) string {
	if f.width < minWidth || f.height < minHeight {
		return f.fit(f.say("please enlarge the window to %d x %d", minWidth, minHeight), f.width)
	}
	rule := f.dim.Render(" " + strings.Repeat(f.rule, f.width-2))
	lines := []string{f.head(), rule}
	if owed := f.owed(); owed != "" {
		lines = append(lines, owed)
	}
	room := f.height - len(lines) - 2
	content := strings.Split(strings.TrimRight(body, "\n"), "\n")
	for i := range room {
		line := ""
		if i < len(content) {
			line = f.fit(strings.Repeat(" ", margin)+content[i], f.width)
		}
		lines = append(lines, line)
	}
	return strings.Join(append(lines, rule, f.keyLine(keys)), "\n")
}

// room is how many lines and columns a body may have.
func (f *face) room() (w, h int) {
	h = f.height - 4
	if f.owed() != "" {
		h--
	}
	return f.width - 2*margin, h
}

func (f *face) head() string {
	left := " uccx-tui   "
	name := ""
	if f.plan != nil {
		name = cert.Printable(f.plan.Change().Name)
	}
	lab := ""
	if f.work != nil && f.work.Lab != nil {
		lab = "LAB "
	}
	name = f.fit(name, f.width-width(left)-width(lab)-2)
	gap := max(f.width-width(left)-width(name)-width(lab)-1, 1)
	return f.bold.Render(left) + name + strings.Repeat(" ", gap) + f.accent.Render(lab)
}

// owed is the line of restart debts; it stands on every screen (SIG-8).
func (f *face) owed() string {
	if f.plan == nil {
		return ""
	}
	debts := f.plan.Debts()
	if len(debts) == 0 {
		return ""
	}
	var names []string
	for _, d := range debts {
		names = append(names, cert.Printable(short(d.Node)))
	}
	text := f.say("%s (%s installed %s)", strings.Join(names, ", "), debts[0].Unit, debts[0].Since.Local().Format("Mon 15:04"))
	return f.fit("  "+f.red.Render(f.say("owed: restart and proof"))+"  "+text, f.width)
}

func short(fqdn string) string {
	host, _, _ := strings.Cut(fqdn, ".")
	return host
}

// keyLine names the keys that work here. "esc back" stands at the right.
func (f *face) keyLine(keys []binding) string {
	var left, right []string
	for i, k := range keys {
		text := k.key + " " + f.say(k.label)
		switch {
		case k.off != "":
			continue
		case k.key == "esc":
			right = append(right, text)
		case i == 0:
			left = append(left, f.accent.Render(text))
		default:
			left = append(left, text)
		}
	}
	r := strings.Join(right, "  ") + " "
	l := " " + strings.Join(left, "   ")
	for width(l)+width(r)+1 > f.width && len(left) > 1 { // what does not fit stands in the help
		left = append(left[:len(left)-2], left[len(left)-1])
		l = " " + strings.Join(left, "   ")
	}
	return f.fit(l+strings.Repeat(" ", max(f.width-width(l)-width(r), 1))+r, f.width)
}

// binding is a key that works on a screen: a row of the help, too.
type binding struct {
	key   string
	label string // English, one or two words
	help  string // English, a sentence
	off   string // why it does nothing now, or ""
}
