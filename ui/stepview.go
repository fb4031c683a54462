package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// stepView is one row: why, what it does, the way back, what is typed, and how each node gets on.
type stepView struct {
	id     string
	words  bool // the words that are typed, instead of the texts
	scroll int
}

func (s *stepView) keys(f *face) []binding {
	row, _ := f.plan.Row(s.id)
	enter := binding{"enter", "start", "Runs this step on all its nodes.", ""}
	next := f.plan.Next()
	switch {
	case f.running == s.id && len(f.errands) > 0:
		enter = binding{"enter", "manual task", "Shows what you must do on the node.", ""}
	case f.running != "":
		enter = binding{"enter", "", "", f.Say("is at work; wait for the result")}
	case row.Whole():
		enter = binding{"enter", "next", "Opens the next step.", ""}
	case next.Row.Step.ID != s.id:
		enter = binding{"enter", f.Say("go to step %d", next.Row.Number), "Opens the step that this one waits for.", ""}
	case next.Question != nil:
		enter = binding{"enter", "answer", "Opens the question.", ""}
	case row.Count(plan.Unsure) > 0:
		enter = binding{"enter", "look", "Checks the node. Nothing is repeated unchecked.", ""}
	case row.Count(plan.Failed) > 0:
		enter = binding{"enter", "try again", "Runs what is not done yet.", ""}
	}
	all := []binding{enter}
	if f.running == "" && row.Refused() != "" {
		all = append(all, binding{"n", "new CSR", "Starts over on the failed node: CSR, CA and uploads. This alone does not change the node.", ""})
	}
	if s.saidWrong(f) != "" {
		all = append(all, binding{"a", "advice", "Explains this error.", ""})
	}
	if f.running == "" && row.OtherFiles() {
		all = append(all, binding{"o", "other files", "Loads the CA's reply again with other files. No node is changed.", ""})
	}
	if row.Step.Commands != nil {
		all = append(all, binding{"w", "commands", "Shows the commands for the node.", ""})
	}
	if row.Step.Risk == plan.Interrupts {
		all = append(all, binding{"s", "restarts", "Shows what is restarted, in which order, the effect, and the source.", ""})
	}
	if row.Step.Role == plan.RoleProve || row.Step.Role == plan.RoleSurvey {
		all = append(all, binding{"t", "ports", "Shows every port of every node.", ""})
	}
	if row.Step.Role == plan.RoleLogin {
		all = append(all, binding{"v", "connection", "Shows and changes the connection to each node (SSH, REST, manual).", ""})
	}
	return append(all, binding{"p", "plan", "Shows the whole plan.", ""}, binding{"?", "help", "Explains this screen.", ""}, binding{"esc", "back", "Goes back. A running step continues.", ""})
}

func (s *stepView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	row, _ := f.plan.Row(s.id)
	switch k := key(msg); k {
	case "enter":
		if off := s.keys(f)[0].off; off != "" {
			f.tell(false, "%s", off)
			return nil, nil
		}
		if f.running == s.id {
			return showErrand{}, nil
		}
		if n := f.plan.Next(); row.Whole() || n.Row.Step.ID != s.id || n.Question != nil {
			return next{}, nil
		}
		s.words = false
		return run{s.id}, nil
	case "n":
		if node := row.Refused(); node != "" && f.running == "" {
			return renew{row.Step, node}, nil
		}
	case "o":
		if f.running == "" && row.OtherFiles() {
			return otherReply{}, nil
		}
	case "w":
		s.words, s.scroll = row.Step.Commands != nil && !s.words, 0
	case "a":
		if said := s.saidWrong(f); said != "" {
			return showAdvise{text: said}, nil
		}
	case "s":
		if row.Step.Risk == plan.Interrupts {
			return f.restartsPage(s.id), nil
		}
	case "t":
		return showTable{}, nil
	case "v":
		return showConnections{}, nil
	case "p":
		return showPlan{}, nil
	case "up", "pgup":
		s.scroll = max(s.scroll-5, 0)
	case "down", "pgdown":
		s.scroll += 5
	}
	return nil, nil
}

func (s *stepView) view(f *face, w, h int) string {
	row, _ := f.plan.Row(s.id)
	head := f.Say(row.Step.Title)
	right := f.Say("step %d of %d", row.Number, len(f.plan.Rows()))
	lines := []string{f.Bold.Render(f.Pad(head, w-layout.Width(right)-1)) + " " + f.Dim.Render(right), ""}
	if s.words {
		return strings.Join(append(lines, f.part(f.wordLines(row, w), &s.scroll, h-len(lines))...), "\n")
	}
	tasks := f.taskLines(row, w)
	for _, above := range [][]string{append(f.texts(row, w), f.checklist(row, w)...), f.texts(row, w), f.brief(row, w), nil} {
		if len(lines)+len(above)+1+len(tasks) <= h || above == nil { // how the nodes get on is seen in every window
			lines = append(lines, above...)
			break
		}
	}
	if len(tasks) > 0 && len(lines) > 2 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, f.drawn(f.part(tasks, &s.scroll, h-len(lines)), row, w)...), "\n")
}

// texts are why, effect and way back of a row.
func (f *face) texts(row plan.Row, w int) []string {
	lines := f.Labelled(f.Say("Why"), f.Say(row.Step.Why), 10, w)
	if row.Step.Effect != "" {
		lines = append(lines, f.Labelled(f.Say("Effect"), f.Say(row.Step.Effect), 10, w)...)
	}
	lines = append(lines, f.Labelled(f.Say("Way back"), f.Say(row.Step.Undo), 10, w)...)
	if len(row.Step.Rules) > 0 {
		lines = append(lines, f.Labelled(f.Say("Rules"), strings.Join(row.Step.Rules, " "), 10, w)...)
	}
	return lines
}

// brief is what a row does to the node, and the way back: what must be seen where there is little room.
func (f *face) brief(row plan.Row, w int) []string {
	var lines []string
	if row.Step.Effect != "" {
		lines = f.Labelled(f.Say("Effect"), f.Say(row.Step.Effect), 10, w)
	}
	return append(lines, f.Labelled(f.Say("Way back"), f.Say(row.Step.Undo), 10, w)...)
}

// checklist is the order of the uploads, ticked off: root, intermediates, then each node its own (SIG-4 to SIG-7).
func (f *face) checklist(row plan.Row, w int) []string {
	if !row.Step.Retry.May(plan.OtherFiles) {
		return nil
	}
	var lines []string
	for _, u := range certs.Uploads(f.plan) {
		sign := "[ ]"
		switch {
		case u.Done:
			sign = f.Green.Render("[x]")
		case u.Next:
			sign = f.Accent.Render("[" + f.Next + "]")
		}
		name := f.Say("one per node")
		if u.CA != nil {
			name = cert.Name(u.CA)
		}
		lines = append(lines, sign+" "+f.Pad(f.Say(u.What), 13)+f.Pad(name, max(w-13-4-14, 10))+" "+f.Dim.Render(u.Store))
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"", f.Dim.Render(f.Say("Upload order"))}, lines...)
}

// wordLines are the words that are typed; a certificate is shortened to its ends.
func (f *face) wordLines(row plan.Row, w int) []string {
	lines := []string{f.Dim.Render(f.Say("Commands:")), ""}
	for _, t := range row.Tasks {
		n, _ := f.plan.Node(t.Task.Node)
		lines = append(lines, f.Bold.Render(cert.Printable(n.FQDN)))
		for _, word := range row.Step.Commands(f.plan, n) {
			parts := strings.Split(strings.TrimSpace(word), "\n")
			if len(parts) > 4 {
				parts = []string{parts[0], parts[1], f.Dots, parts[len(parts)-1], f.Say("(empty line)")}
			}
			for _, p := range parts {
				lines = append(lines, "  "+f.Fit(cert.Printable(p), w-2))
			}
		}
		if row.Step.SameWords() {
			break
		}
	}
	return lines
}

// saidWrong is what the first node of this row that did not do it has said, or what happened; "" where all is well.
func (s *stepView) saidWrong(f *face) string {
	row, _ := f.plan.Row(s.id)
	for _, t := range row.Tasks {
		if t.Trouble == nil || t.State != plan.Failed && t.State != plan.Unsure {
			continue
		}
		if t.Trouble.Said != "" {
			return t.Trouble.Said
		}
		return t.Trouble.What
	}
	return ""
}
