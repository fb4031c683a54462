package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// writeKit is the wish to have the client kit written.
type writeKit struct{}

// kitWritten tells where the client kit lies, or why it does not.
type kitWritten struct {
	folder string
	err    error
}

func (m *Model) kit() tea.Cmd {
	runner := m.work.Runner
	return func() tea.Msg {
		folder, err := steps.WriteKit(runner)
		return kitWritten{folder, err}
	}
}

func (k kitWritten) tell(f *face) {
	if k.err != nil {
		f.tell(true, "%s", cert.Printable(k.err.Error()))
		return
	}
	f.tell(false, "Client kit written to %s", cert.Printable(k.folder))
}
