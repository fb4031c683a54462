package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// windowView asks when the change window ends.
type windowView struct {
	page
	until *widget.Field
}

func newWindow(f *env) *windowView {
	return &windowView{until: widget.NewField("").Limit(40).Hint(f.Say("such as 06:00"))}
}

func (s *windowView) title(*env) string { return "Change window" }
func (s *windowView) writes() bool      { return true }

func (s *windowView) actions(m *Model) []action {
	return []action{on("enter", "set", "Sets the end of the window. Leave empty for no window.", func() tea.Cmd {
		if strings.TrimSpace(s.until.Text()) == "" {
			return keepWindow(m, plan.Window{})
		}
		until, err := timing.ParseUntil(s.until.Text(), m.Now)
		if err != nil {
			m.tellError(err)
			return nil
		}
		return keepWindow(m, plan.Window{Until: until})
	}), types("type", "Writes the time. "+widget.Edits, s.update), on("esc", "back", "Goes back. The window is unchanged.", m.back)}
}

func (s *windowView) message(_ *Model, msg tea.Msg) tea.Cmd {
	return pasted(msg, true, s.update)
}

func (s *windowView) update(msg tea.Msg) { s.until.Update(msg) }

func (s *windowView) body(f *env, w, _ int) string {
	return draw.AskWindow(&f.View, s.until.View(f.Theme, w-12), w)
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
			if _, asks := m.top().(*windowView); asks {
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
