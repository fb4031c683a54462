package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/dialog"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// shelfKeys put a session of the list in order: another name, into the archive, or away for ever.
func shelfKeys(m *Model, one app.Listed) []action {
	off := map[bool]string{true: m.Say("another program has it open")}[one.Held != nil]
	name := cert.Printable(one.Name)
	return []action{
		on("N", "rename", "Gives the session another name on this machine; it asks for the name.", func() tea.Cmd {
			return m.push(newNameOf(m, one, one.Name))
		}).Unless(off),
		on("z", "archive", "Moves the session into the archive; it asks first. Nothing is deleted.", func() tea.Cmd {
			return m.push(newConfirm(m, m.Say("Move %s into the archive?", name), m.Say("It leaves this list. Nothing is deleted."), func() tea.Cmd {
				return shelve(m, func() (err error) { _, err = m.app.Archive(one.Name); return err }, m.Say("Archived."), nil)
			}))
		}).Unless(off),
		on("D", "delete", "Deletes the session with all its files, after you type its name.", func() tea.Cmd {
			return m.push(askName("", dialog.Name{Question: m.Say("To delete the session, type its name: %s", name), Means: m.Say("Its journal, CSRs, certificates and reports are deleted. This cannot be undone. While you wait for the CA, " +
				"they are the only record of what was done on the nodes."),
				Want: one.Name, Do: func(string) tea.Cmd {
					return shelve(m, func() error { return m.app.Delete(one.Name) }, m.Say("Deleted."), nil)
				}}))
		}).Unless(off)}
}

// newNameOf asks for another name of a session, with a text in the field; a name that is not taken is asked for again.
func newNameOf(m *Model, one app.Listed, text string) screen {
	return askName(text, dialog.Name{Question: m.Say("New name of %s", cert.Printable(one.Name)), Means: m.Say("The journal and the reports keep the name of the change."),
		Do: func(to string) tea.Cmd {
			return shelve(m, func() (err error) { _, err = m.app.Rename(one.Name, to); return err }, m.Say("Renamed."), func() { m.push(newNameOf(m, one, to)) })
		}})
}

// shelve does something to a session outside of Update, and shows the list again where it is shown; failed, where not nil, is done before an error is shown.
func shelve(m *Model, work func() error, done string, failed func()) tea.Cmd {
	load := loadSessions(m.app)
	return func() tea.Msg {
		err := work()
		list := load()
		return told(func(m *Model) {
			for _, s := range m.stack { // the home screen below counts them, and offers to continue one
				s.message(m, list)
			}
			if err != nil {
				done = cert.Printable(m.Error(err))
			}
			if err != nil && failed != nil {
				failed()
			}
			m.Tell(err != nil, "%s", done)
		})
	}
}
