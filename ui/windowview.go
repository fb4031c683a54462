package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/dialog"
)

func newWindow(f *env) screen { return dialogView{dialog.NewWindow(&f.View)} }

// setWindow keeps a window that was typed; an empty one is none.
func setWindow(m *Model, typed string) tea.Cmd {
	if strings.TrimSpace(typed) == "" {
		return keepWindow(m, plan.Window{})
	}
	until, err := timing.ParseUntil(typed, m.Now)
	if err != nil {
		m.tellError(err)
		return nil
	}
	return keepWindow(m, plan.Window{Until: until})
}

// keepWindow writes down when the window ends, and asks how long rows took on this site.
func keepWindow(m *Model, win plan.Window) tea.Cmd {
	w, learn := m.Work, m.app.Learn
	return m.behind(func() end {
		err := w.Runner.SetWindow(win)
		var learnt timing.Durations
		if learn != nil {
			learnt = learn()
		}
		return func() tea.Cmd {
			m.Learnt = learnt
			if err != nil {
				m.tellError(err)
				return nil
			}
			if _, asks := dialogOf[*dialog.Window](m); asks {
				m.pop()
			}
			return countMinutes(m)
		}
	})
}

// minuteMsg lets the time that is left be drawn.
type minuteMsg struct{}

// countMinutes draws the time that is left every minute, as long as there is a window.
func countMinutes(m *Model) tea.Cmd {
	if m.Plan == nil || m.Plan.Until().IsZero() || m.counting {
		return nil
	}
	m.counting = true
	return tea.Tick(time.Minute, func(time.Time) tea.Msg { return minuteMsg{} })
}

// beginCounting begins to count where a session with a window was opened.
func beginCounting(m *Model) tea.Cmd {
	if m.Plan == nil || m.Plan.Until().IsZero() {
		return nil
	}
	learn := m.app.Learn
	if learn == nil {
		return countMinutes(m)
	}
	return tea.Batch(countMinutes(m), func() tea.Msg {
		learnt := learn()
		return told(func(m *Model) { m.Learnt = learnt })
	})
}
