package ui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// shelfKeys put a session of the list in order: another name, into the archive, or away for ever.
func shelfKeys(m *Model, one app.Listed) []action {
	off := map[bool]string{true: m.Say("another program has it open")}[one.Held != nil]
	name := cert.Printable(one.Name)
	return []action{
		on("N", "rename", "Gives the session another name on this machine; it asks for the name.", func() tea.Cmd {
			return m.push(&nameView{question: m.Say("New name of %s", name), means: m.Say("The journal and the reports keep the name of the change."), field: widget.NewField(one.Name),
				do: func(to string) tea.Cmd {
					return shelve(m, func() (err error) { _, err = m.app.Rename(one.Name, to); return err }, m.Say("Renamed."))
				}})
		}).Unless(off),
		on("z", "archive", "Moves the session into the archive; it asks first. Nothing is deleted.", func() tea.Cmd {
			return m.push(newConfirm(m, m.Say("Move %s into the archive?", name), m.Say("It leaves this list. Nothing is deleted."), func() tea.Cmd {
				return shelve(m, func() (err error) { _, err = m.app.Archive(one.Name); return err }, m.Say("Archived."))
			}))
		}).Unless(off),
		on("D", "delete", "Deletes the session with all its files, after you type its name.", func() tea.Cmd {
			return m.push(&nameView{question: m.Say("To delete the session, type its name: %s", name), means: m.Say("Its journal, CSRs, certificates and reports are deleted. This cannot be undone. While you wait for the CA, " +
				"they are the only record of what was done on the nodes."),
				want: one.Name, field: widget.NewField(""), do: func(string) tea.Cmd {
					return shelve(m, func() error { return m.app.Delete(one.Name) }, m.Say("Deleted."))
				}})
		}).Unless(off)}
}

// shelve does something to a session outside of Update, and shows the list again.
func shelve(m *Model, work func() error, done string) tea.Cmd {
	load := loadSessions(m.app)
	return func() tea.Msg {
		err := work()
		list := load()
		return told(func(m *Model) {
			m.top().message(m, list)
			if err != nil {
				done = cert.Printable(m.Error(err))
			}
			m.Tell(err != nil, "%s", done)
		})
	}
}

// nameView asks for a name. Where one is wanted, only that one is taken, and it must be typed.
type nameView struct {
	page
	name, label, help     string // of the screen and of Enter, English; empty: of a question
	question, means, want string
	field                 *widget.Field
	draw                  func(f *env, line string, w, h int) string // nil: the question and what it means
	do                    func(name string) tea.Cmd
}

func (s *nameView) title(*env) string { return cmp.Or(s.name, "Question") }
func (s *nameView) writes() bool      { return true }

func (s *nameView) actions(m *Model) []action {
	return []action{on("enter", cmp.Or(s.label, "answer"), cmp.Or(s.help, "Confirms the typed name."), func() tea.Cmd {
		name := strings.TrimSpace(s.field.Text())
		switch {
		case m.quiet():
		case name == "" && s.want == "":
			m.Tell(true, "Type a name, or press Esc.")
		case s.want != "" && name != s.want:
			m.Tell(true, "That is not the name of the session. Nothing was changed. Type %s, or press Esc.", cert.Printable(s.want))
		default:
			if s.name == "" {
				m.pop()
			}
			return s.do(name)
		}
		return nil
	}), types("type", "Writes the name; it cannot be pasted. "+widget.Edits, func(msg tea.Msg) { s.field.Update(msg) }), on("esc", "back", "Goes back. Nothing is changed.", m.back)}
}

func (s *nameView) message(m *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, true, func(tea.Msg) { m.Tell(false, "Type it. Pasting is not accepted.") })
}

func (s *nameView) body(f *env, w, h int) string {
	if s.draw != nil {
		return s.draw(f, s.field.Line(f.Theme, w), w, h)
	}
	lines := append(layout.Wrap(s.question, w), "", s.field.Line(f.Theme, w), "")
	for _, l := range layout.Wrap(s.means, w) {
		lines = append(lines, f.Dim.Render(l))
	}
	return strings.Join(lines, "\n")
}

// newTakeOver shows a session that another program has open, and takes it over where its name is typed: that program may be
// changing a node.
func newTakeOver(m *Model, one app.Listed) *nameView {
	return &nameView{name: "Take over", label: "take over", help: "Takes over the session after you type its name.", want: one.Name, field: widget.NewField(""),
		draw: func(f *env, line string, w, h int) string { return f.TakeOver(one, line, w, h) },
		do: func(string) tea.Cmd {
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(one.Name, *one.Held) })
		}}
}
