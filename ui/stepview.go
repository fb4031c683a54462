package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// stepView is one row: why, what it does, the way back, what is typed, and how each node gets on.
type stepView struct {
	page
	id       string
	commands bool // what is typed, instead of the texts
	text     widget.Page
}

func (s *stepView) title(f *env) string {
	row, _ := f.plan.Row(s.id)
	return row.Step.Title
}

func (s *stepView) rules(f *env) []string { return f.rulesOfRow(s.id) }
func (s *stepView) scroll() *widget.Page  { return &s.text }

func (s *stepView) actions(m *Model) []action {
	row, _ := m.plan.Row(s.id)
	all := []action{s.enter(m, row)}
	if refused := row.Refused(); m.running == "" && refused != "" {
		all = append(all, on("n", "new CSR", "Begins again on the node that failed: CSR, CA and uploads; it asks first. The node is not touched by this.", func() tea.Cmd {
			return m.push(newConfirm(m, m.Say("Begin again with a new CSR on %s?", cert.Printable(layout.Short(refused))), m.Say("The CSR that is with the CA can no longer be used on this node. The node is not touched before its step is started."), func() tea.Cmd {
				return beginAgain(m, func(r *engine.Runner) error { return r.AgainIn(row.Step, refused) })
			}))
		}))
	}
	if said := s.saidWrong(&m.env); said != "" {
		all = append(all, adviserKey(m, said))
	}
	if m.running == "" && row.OtherFiles() {
		all = append(all, on("F", "other files", "Takes the CA's reply once more, with other files; it asks first. No node is touched by this.", func() tea.Cmd {
			return m.push(newConfirm(m, m.Say("Load the CA's reply again, with other files?"), m.Say("No node is touched by this."), func() tea.Cmd { return beginAgain(m, (*engine.Runner).OtherReply) }))
		}))
	}
	if row.Step.Commands != nil {
		all = append(all, on("c", "commands", "Shows the commands for the node.", func() tea.Cmd {
			s.commands = !s.commands
			s.text.Top()
			return nil
		}))
	}
	if row.Step.Risk == plan.Interrupts {
		all = append(all, restartsKey(m, s.id))
	}
	if row.Step.Role == plan.RoleProve || row.Step.Role == plan.RoleSurvey {
		all = append(all, portsKey(m))
	}
	if row.Step.Role == plan.RoleLogin {
		all = append(all, connectionsKey(m))
	}
	return append(all, on("d", "details", "Shows why, effect, way back and rules, however many nodes there are.", func() tea.Cmd {
		return m.push(&textView{name: row.Step.Title, lines: func(f *env, w int) []string { return append(f.texts(row, w), f.checklist(row, w)...) }})
	}))
}

// enter is what comes next, seen from a row.
func (s *stepView) enter(m *Model, row plan.Row) action {
	next := m.plan.Next()
	switch {
	case m.running == s.id && len(m.errands) > 0:
		return on("enter", "manual task", "Shows what you must do on the node.", func() tea.Cmd { return m.push(newErrand(&m.env, m.errands[0].ID)) })
	case m.running != "":
		return on("enter", "", "", nil).unless(m.busy())
	case row.Whole():
		return on("enter", "next", "Opens the next step.", m.next)
	case next.Row.Step.ID != s.id:
		return on("enter", m.Say("go to step %d", next.Row.Number), "Goes to what is next; this step waits for it.", m.next)
	case next.Question != nil:
		return on("enter", "answer", "Opens the question.", m.next)
	}
	label, explain := "start", "Does this step on all its nodes."
	switch {
	case row.Count(plan.Unsure) > 0:
		label, explain = "check", "Checks the node. Nothing is repeated unchecked."
	case row.Count(plan.Failed) > 0:
		label, explain = "try again", "Runs what is not done yet."
	}
	return on("enter", label, explain, func() tea.Cmd {
		s.commands = false
		return m.run(s.id)
	})
}

func (s *stepView) body(f *env, w, h int) string {
	row, _ := f.plan.Row(s.id)
	head := f.Say(row.Step.Title)
	right := f.Say("step %d of %d", row.Number, len(f.plan.Rows()))
	lines := []string{f.Bold.Render(f.Pad(head, w-layout.Width(right)-1)) + " " + f.Dim.Render(right), ""}
	if s.commands {
		return strings.Join(append(lines, s.text.View(f.Theme, f.wordLines(row, w), w, h-len(lines))...), "\n")
	}
	tasks := f.taskLines(row, w)
	texts := [][]string{append(f.texts(row, w), f.checklist(row, w)...), f.texts(row, w), f.brief(row, w)}
	for i, above := range texts {
		least := min(len(tasks), 3) // how the nodes get on is seen in every window, and so are effect and way back
		if i == len(texts)-1 || len(lines)+len(above)+1+len(tasks) <= h || i == len(texts)-2 && final(row.Step) && len(lines)+len(above)+1+least <= h {
			lines = append(lines, above...)
			break
		}
	}
	if len(tasks) > 0 && len(lines) > 2 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, s.text.View(f.Theme, f.drawn(tasks, row, w), w, max(h-len(lines), 1))...), "\n")
}

// texts are why, effect and way back of a row.
func (f *env) texts(row plan.Row, w int) []string {
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
func (f *env) brief(row plan.Row, w int) []string {
	var lines []string
	if row.Step.Effect != "" {
		lines = f.Labelled(f.Say("Effect"), f.Say(row.Step.Effect), 10, w)
	}
	return append(lines, f.Labelled(f.Say("Way back"), f.Say(row.Step.Undo), 10, w)...)
}

// checklist is the order of the uploads, ticked off: root, intermediates, then each node its own (SIG-4 to SIG-7).
func (f *env) checklist(row plan.Row, w int) []string {
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
			sign = f.Accent.Render("[" + f.Due + "]")
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
func (f *env) wordLines(row plan.Row, w int) []string {
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
func (s *stepView) saidWrong(f *env) string {
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
