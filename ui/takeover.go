package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// takeOverView shows a session that another program has open, and takes it over where its name is typed: that program
// may be changing a node.
type takeOverView struct {
	page
	one  app.Listed
	name *widget.Field
}

func newTakeOver(one app.Listed) *takeOverView {
	return &takeOverView{one: one, name: widget.NewField("")}
}

func (s *takeOverView) title(*env) string { return "Take over" }
func (s *takeOverView) writes() bool      { return true }

func (s *takeOverView) actions(m *Model) []action {
	return []action{on("enter", "take over", "Takes over the session after you type its name.", func() tea.Cmd {
		switch {
		case m.quiet():
		case strings.TrimSpace(s.name.Text()) != s.one.Name:
			m.tell(true, "That is not the name of the session. Nothing was changed. Type %s, or press Esc.", cert.Printable(s.one.Name))
		default:
			return m.opens(func() (*app.Work, error) { return m.app.TakeOver(s.one.Name, *s.one.Held) })
		}
		return nil
	}), types("type", "Writes the name; it cannot be pasted. "+edits, func(msg tea.Msg) { s.name.Update(msg) }), on("esc", "back", "Goes back. Nothing is changed.", m.back)}
}

func (s *takeOverView) message(m *Model, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.PasteMsg); ok {
		m.tell(false, "Type the name. Pasting is not accepted.")
	}
	return nil
}

func (s *takeOverView) body(f *env, w, h int) string {
	held := s.one.Held
	holder := f.Say("%s on %s, PID %d", cert.Printable(held.Owner), cert.Printable(held.Host), held.PID)
	if s.one.Stopped {
		holder += ": " + f.Red.Render(f.Say("suspended"))
	}
	at := func(t time.Time) string {
		return f.Say("%s, %s ago", t.Local().Format("Mon 2 Jan 15:04"), layout.Since(f.Now.Sub(t)))
	}
	head := append([]string{f.Bold.Render(f.Say("%s is open in another program", cert.Printable(s.one.Name))), ""}, f.Labelled(f.Say("Opened by"), holder, 12, w)...)
	facts := append(f.Labelled(f.Say("Since"), at(held.Since), 12, w), f.Labelled(f.Say("Last entry"), at(s.one.Wrote), 12, w)...)
	facts = append(append(facts, f.Labelled(f.Say("Step"), f.Pages().Where(s.one), 12, w)...), "")
	better := f.Labelled(f.Say("Recommended"), f.Say("End the other program first: kill %d, or fg and Ctrl+C if it is suspended. Then resume the session from the list.", held.PID), 12, w)
	means := append(f.Labelled(f.Say("Take over"), f.Say(pages.TakeOverMeans), 12, w), "")
	line := append(layout.Wrap(f.Say("To take over the session, type its name: %s", cert.Printable(s.one.Name)), w), s.name.Line(f.Theme, w))
	for _, between := range [][][]string{{facts, better, means}, {facts, means}, {means}} { // where it is typed is seen in every window
		all := append(append(slices.Clone(head), slices.Concat(between...)...), line...)
		if len(all) <= h {
			return strings.Join(all, "\n")
		}
	}
	return strings.Join(append(head, line...), "\n")
}
