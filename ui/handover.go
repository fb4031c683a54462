package ui

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// handoverView shows what goes to the CA and how to get it there: as files, by the clipboard, or by the mouse.
type handoverView struct {
	list
	asked plan.Asked
}

func (s *handoverView) keys(*face) []binding {
	return []binding{{"enter", "sent", "Asks whether all CSRs were sent to the CA.", ""}, {"up/down", "choose", "Moves the selection.", ""},
		{"c", "copy", "Copies the selected file to the clipboard of your own machine (OSC 52; not supported by every " +
			"terminal).", ""},
		{"b", "bare", "Shows the whole file without a frame, so that you can select it with the mouse. Enter returns.", ""},
		{"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *handoverView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	files := reply.OutboxFiles(f.plan)
	k := key(msg)
	if s.move(k, len(files), 5) || len(files) == 0 {
		return nil, nil
	}
	at := files[min(s.at, len(files)-1)]
	switch k {
	case "enter":
		return ask{s.asked}, nil
	case "c":
		return copied{string(at.Data)}, nil
	case "b":
		return bare{string(at.Data)}, nil
	}
	return nil, nil
}

// ask is the wish to be asked a question.
type ask struct{ asked plan.Asked }

func (s *handoverView) view(f *face, w, _ int) string {
	lines := []string{f.Bold.Render(f.Say("Send the CSRs to the CA")), ""}
	lines = append(lines, f.Labelled(f.Say("Folder"), cert.Printable(filepath.Join(f.work.Dir, plan.Outbox)), 10, w)...)
	lines = append(lines, "")
	for i, file := range reply.OutboxFiles(f.plan) {
		mark, what := "  ", f.Say("letter to the CA")
		if file.Node != "" {
			what = f.Say("CSR of %s", cert.Printable(layout.Short(file.Node)))
		}
		name := f.Pad(cert.Printable(file.Name), 36)
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		lines = append(lines, mark+name+" "+f.Dim.Render(f.Fit(what, w-40)))
	}
	lines = append(lines, "")
	for _, n := range f.plan.Nodes() {
		for _, x := range reply.RequestFindings(f.plan, n) {
			lines = append(lines, f.Red.Render(f.Fit(cert.Printable(x.What)+" ("+x.Rule+")", w)), "    "+f.Arrow+" "+f.Fit(f.Say(x.Next), w-8))
		}
	}
	lines = append(lines, layout.Wrap(f.Say("Send all files to the CA. The letter says what the CA must keep. Signing may take days. You can "+
		"quit meanwhile and resume later."), w)...)
	if f.work.Lab != nil {
		lines = append(lines, "", f.Accent.Render(f.Say("LAB: the lab's CA signs the CSRs as soon as you confirm that you sent them.")))
	}
	return strings.Join(lines, "\n")
}
