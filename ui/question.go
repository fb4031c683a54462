package ui

import (
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// quietTime is how long a question takes no answer after it came up, so that no key in flight answers it.
const quietTime = 300 * time.Millisecond

// questionView asks a person: one of several answers, the careful one first, or a node's name typed in full.
type questionView struct {
	list
	asked plan.Asked
	typed string
	found int // how far what was found is scrolled, where it is longer than the window
}

func (s *questionView) keys(*face) []binding {
	esc := binding{"esc", "back", "Goes back. Nothing is answered.", ""}
	if s.asked.Question.Kind == plan.NodeName { // "?" is a letter here
		return []binding{{"enter", "answer", "Confirms the typed name.", ""}, {"ctrl+u", "empty", "Clears the line.", ""}, {"f1", "help", "Explains this screen.", ""}, esc}
	}
	return []binding{{"enter", "answer", "Confirms the selected answer.", ""}, {"up/down", "choose", "Moves the selection.", ""}, {"?", "help", "Explains this screen.", ""}, esc}
}

func (s *questionView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	q := s.asked.Question
	if p, ok := msg.(tea.PasteMsg); ok && q.Kind == plan.NodeName {
		f.tell(false, "Type the name. Pasting is not accepted.")
		_ = p
		return nil, nil
	}
	k := key(msg)
	if q.Kind == plan.NodeName {
		return s.typing(f, k, msg)
	}
	switch k {
	case "pgup":
		s.found = max(s.found-5, 0)
		return nil, nil
	case "pgdown":
		s.found += 5
		return nil, nil
	}
	if s.move(k, len(q.Options), 3) || k != "enter" {
		return nil, nil
	}
	if f.now.Sub(f.changed) < quietTime {
		return nil, nil
	}
	return answer{s.asked, q.Options[s.at].Value}, nil
}

// typing takes the letters of the node's name.
func (s *questionView) typing(f *face, k string, msg tea.Msg) (wish, tea.Cmd) {
	switch k {
	case "enter":
		if f.now.Sub(f.changed) < quietTime {
			return nil, nil
		}
		if strings.TrimSpace(s.typed) == "" {
			f.tell(false, "Type the node's name, or press Esc.")
			return nil, nil
		}
		return answer{s.asked, s.typed}, nil
	default:
		s.typed = edited(s.typed, msg, 200)
	}
	return nil, nil
}

func (s *questionView) view(f *face, w, h int) string {
	row, _ := f.plan.Row(s.asked.Task.Step)
	row = f.lost(row, s.asked.Task.Node)
	var lines []string
	for _, texts := range [][]string{f.texts(row, w), f.brief(row, w), nil} { // what must be seen is the question and its answers
		if row.Step.Risk == plan.Interrupts && len(texts) > 0 {
			texts = append(texts, append(f.Labelled(f.Say("Order"), f.order(row), 10, w), "")...)
		}
		above, found, below := s.lines(f, row, texts, w)
		room := max(h-len(above)-len(below), min(len(found), 3))
		if lines = slices.Concat(above, f.partBy("pgdown", "pgup", found, &s.found, room), below); len(above)+len(found)+len(below) <= h {
			break
		}
	}
	return strings.Join(lines, "\n")
}

// lines are the question, below the texts of its row; what was found; and the answers.
func (s *questionView) lines(f *face, row plan.Row, texts []string, w int) (above, found, below []string) {
	q := s.asked.Question
	head := f.Say(row.Step.Title)
	if s.asked.Task.Node != "" {
		head += " " + f.Arrow + " " + cert.Printable(s.asked.Task.Node)
	}
	lines := []string{f.Bold.Render(head), ""}
	if row.Step.Risk == plan.Interrupts {
		lines = append(append(lines, f.Red.Render(f.Say("SERVICES STOP on this node")), ""), f.clockLines(w)...)
		lines = append(lines, texts...)
	}
	lines = append(lines, layout.Wrap(layout.PrintableLines(f.Say(q.Text, layout.Printables(asAny(q.Args))...)), w)...)
	above, lines = lines, nil
	for _, l := range foundLines(f.Say, q) {
		found = append(found, layout.Indent(layout.Wrap(l, w-4))...)
	}
	for _, text := range f.console(s.asked) {
		for _, l := range layout.Wrap(text, w) {
			lines = append(lines, f.Accent.Render(l))
		}
	}
	if q.Means != "" {
		lines = append(lines, "")
		for _, l := range layout.Wrap(layout.PrintableLines(f.Say(q.Means)), w) {
			lines = append(lines, f.Dim.Render(l))
		}
	}
	lines = append(lines, "")
	lines = append(lines, s.answers(f)...)
	if q.Rule != "" && texts != nil && row.Step.Risk != plan.Interrupts {
		lines = append(lines, "", f.Dim.Render(f.Say("rule %s", cert.Printable(q.Rule))))
	}
	return above, found, lines
}

// console is what the lab's own consoles show about what is asked; nothing on real nodes.
func (f *face) console(a plan.Asked) []string {
	if f.work == nil || f.work.Lab == nil {
		return nil
	}
	switch q := a.Question; {
	case q.Key != nil && q.Key.Type != plan.CertKey:
		return []string{"", f.Say("LAB: the node's console shows %s", f.work.Lab.Console(a.Task.Node).Fingerprint)}
	case q.ID == plan.AskNeighbours:
		lines := []string{""}
		serves := reply.NeighbourServes(f.plan)
		for _, fqdn := range slices.Sorted(maps.Keys(serves)) {
			if shown := f.work.Lab.Serves(fqdn); shown != serves[fqdn] {
				lines = append(lines, f.Say("LAB: OS Administration of %s shows a different one: %s", cert.Printable(fqdn), shown))
			}
		}
		if len(lines) == 1 {
			lines = append(lines, f.Say("LAB: OS Administration of the peers shows the same certificates"))
		}
		return lines
	}
	return nil
}

// order names the nodes of a row one after the other; what is done is ticked off.
func (f *face) order(row plan.Row) string {
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if t.State == plan.Done {
			name += " " + f.Done
		}
		names = append(names, name)
	}
	return strings.Join(names, f.Say(", then "))
}

func (s *questionView) answers(f *face) []string {
	if s.asked.Question.Kind == plan.NodeName {
		return []string{f.Accent.Render(f.Next) + " " + cert.Printable(s.typed) + "_"}
	}
	var lines []string
	for i, o := range s.asked.Question.Options {
		mark, label := "  ", cert.Printable(f.Say(o.Label))
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		lines = append(lines, mark+label)
	}
	return lines
}

// foundLines are what a question tells, printable.
func foundLines(say func(string, ...any) string, q plan.Question) []string {
	var lines []string
	for _, l := range q.Told() {
		lines = append(lines, cert.Printable(say(l)))
	}
	return lines
}
