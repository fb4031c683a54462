package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// The smallest window in which the screens can be read.
const (
	minWidth  = 60
	minHeight = 18
)

// maxTold is how many lines a notice may take, with the empty one above it.
const maxTold = 6

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
	told := f.told()
	room := f.height - len(lines) - len(told) - 2
	content := strings.Split(strings.TrimRight(body, "\n"), "\n")
	for i := range room {
		line := ""
		if i < len(content) {
			line = f.fit(strings.Repeat(" ", margin)+ours(content[i]), f.width)
		}
		lines = append(lines, line)
	}
	return strings.Join(append(append(lines, told...), rule, f.keyLine(keys)), "\n")
}

// told is what the last key or the last run had to say: on every screen it stands above the keys, whole.
func (f *face) told() []string {
	if f.notice == "" {
		return nil
	}
	style := f.accent
	if f.bad {
		style = f.red
	}
	lines := []string{""}
	for _, l := range wrap(f.notice, f.width-2*margin) {
		lines = append(lines, strings.Repeat(" ", margin)+style.Render(l))
	}
	return lines[:min(len(lines), maxTold)]
}

// room is how many lines and columns a body may have.
func (f *face) room() (w, h int) {
	h = f.height - 4 - len(f.told())
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
	if left := f.windowLeft(); left != "" {
		lab += strings.Repeat(" ", min(len(lab), 4)) + left
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
	var restart, proof []string
	for _, d := range debts {
		name := cert.Printable(short(d.Node))
		if t, ok := f.plan.Task(steps.Task{Step: "restart", Node: d.Node}); ok && t.State == steps.Done {
			proof = append(proof, name)
		} else {
			restart = append(restart, name)
		}
	}
	restart, proof = f.few(restart), f.few(proof)
	var parts []string
	if len(restart) > 0 {
		parts = append(parts, f.red.Render(f.say("owed: restart and proof"))+"  "+strings.Join(restart, ", "))
	}
	if len(proof) > 0 {
		parts = append(parts, f.red.Render(f.say("owed: proof"))+"  "+strings.Join(proof, ", "))
	}
	since := f.dim.Render(f.say("(%s installed %s)", debts[0].Unit, debts[0].Since.Local().Format("Mon 15:04")))
	return f.fit("  "+strings.Join(append(parts, since), "   "), f.width)
}

// few names up to four nodes, and counts more.
func (f *face) few(names []string) []string {
	if len(names) <= 4 {
		return names
	}
	return []string{f.say("%d nodes", len(names))}
}

func short(fqdn string) string {
	host, _, _ := strings.Cut(fqdn, ".")
	return host
}

// keyLine names the keys that work here. "esc back" stands at the right. Keys for which there is no room stand in the help,
// which is called "more" then.
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
	for width(l)+width(r)+1 > f.width && len(left) > 1 {
		last := left[len(left)-1]
		if key, ok := strings.CutSuffix(last, " "+f.say("help")); ok {
			last = key + " " + f.say("more")
		}
		left = append(left[:len(left)-2], last)
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
