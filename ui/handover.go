package ui

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// handoverView shows what goes to the CA and how to get it there: as files, by the clipboard, or by the mouse.
type handoverView struct {
	page
	widget.List
	asked plan.Asked
	about widget.Page
}

func (s *handoverView) title(*env) string     { return "Send the CSRs to the CA" }
func (s *handoverView) rules(f *env) []string { return f.RulesOf(s.asked.Task.Step) }

func (s *handoverView) list(f *env) (*widget.List, widget.Rows) {
	files := draw.Outbox(&f.View)
	column := draw.Column(len(files), 44, func(i int) string { return files[i].Name })
	return &s.List, widget.Rows{N: len(files), Line: func(i int) string {
		return f.Pad(cert.Printable(files[i].Name), column) + "  " + f.Dim.Render(f.Pages().OutFile(files[i]))
	}}
}

func (s *handoverView) actions(m *Model) []action {
	all := []action{on("enter", "sent", "Asks whether all CSRs were sent to the CA.", func() tea.Cmd { return m.push(newQuestion(&m.env, s.asked)) })}
	files := draw.Outbox(&m.env.View)
	if i := s.Clamp(len(files)); i >= 0 {
		text := string(files[i].Data)
		all = append(all, on("y", "copy", "Copies the selected file to the clipboard of your own machine (OSC 52; not supported by every terminal).", func() tea.Cmd { return copyText(m, text) }),
			on("b", "plain view", "Shows the whole selected file without a frame, so that you can select it with the mouse. Enter goes back.", func() tea.Cmd { return showBare(m, text) }), on("i", "letter with CSRs", "Shows the letter with the CSRs in it, for a CA that takes no attachments. Enter goes back.", func() tea.Cmd { return showBare(m, pages.Whole(files)) }))
	}
	return append(all, on("d", "details", "Shows the findings on the CSRs, and how to send them.", func() tea.Cmd {
		return m.push(&textView{name: "Send the CSRs to the CA", lines: func(f *env, w int) []string { return f.Requests(w) }})
	}))
}

func (s *handoverView) besidePlan() {}

func (s *handoverView) body(f *env, w, h int) string {
	lines := []string{f.Bold.Render(f.Say("Send the CSRs to the CA")), ""}
	lines = append(lines, f.Labelled(f.Say("Folder"), cert.Printable(filepath.Join(f.Work.Dir, plan.Outbox)), 10, w)...)
	lines = append(lines, "")
	_, rows := s.list(f)
	text := f.Requests(w)
	room := max(h-len(lines)-1-len(text), min(rows.N, 6))
	lines = append(append(lines, s.View(f.Theme, rows, w, room)...), "")
	return strings.Join(append(lines, s.about.View(f.Theme, text, w, h-len(lines))...), "\n")
}
