package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// windowView asks when the change window ends.
type windowView struct{ typed string }

type (
	showWindow struct{}                     // the screen that asks for the end of the window
	setWindow  struct{ window plan.Window } // it ends then; zero: there is none
)

func (s *windowView) keys(*face) []binding {
	return []binding{{"enter", "set", "Sets the end of the window. Leave empty for no window.", ""}, {"ctrl+u", "empty", "Clears the line.", ""},
		{"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back. The window is unchanged.", ""}}
}

func (s *windowView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	switch k := key(msg); k {
	case "enter":
		if strings.TrimSpace(s.typed) == "" {
			return setWindow{}, nil
		}
		until, err := timing.ParseUntil(s.typed, f.now)
		if err != nil {
			f.tell(true, "%s", cert.Printable(err.Error()))
			return nil, nil
		}
		return setWindow{plan.Window{Until: until}}, nil
	default:
		s.typed = edited(s.typed, msg, 40)
	}
	return nil, nil
}

func (s *windowView) view(f *face, w, _ int) string {
	lines := []string{f.Bold.Render(f.Say("When does the change window end?")), ""}
	lines = append(lines, layout.Wrap(f.Say("Before services stop, the time left is compared with how long the restart and a rollback take "+
		"(measured here, or typical). You are warned if they do not fit."), w)...)
	if until := f.plan.Until(); !until.IsZero() {
		lines = append(lines, "", f.Say("Current end: %s.", until.Local().Format("Mon 15:04")))
	}
	lines = append(lines, "", f.Accent.Render(f.Next)+" "+f.Pad(f.Say("Until"), 8)+cert.Printable(s.typed)+"_", "")
	lines = append(lines, layout.Wrap(f.Say("For example 06:00, 2026-11-26 06:00, or 4h. Leave empty for none."), w)...)
	return strings.Join(lines, "\n")
}

// windowLeft is "window 01:42 left" for the top line, or "".
func (f *face) windowLeft() string {
	if f.plan == nil || f.plan.Until().IsZero() {
		return ""
	}
	left := f.plan.Until().Sub(f.now)
	if left <= 0 {
		return f.Say("window is over") + " "
	}
	return f.Say("window %s left", fmt.Sprintf("%02d:%02d", int(left.Hours()), int(left.Minutes())%60)) + " "
}

// clockLines say how the next row gets on with the window.
func (f *face) clockLines(w int) []string {
	until := f.plan.Until()
	if until.IsZero() {
		return nil
	}
	c := timing.Before(plan.Window{Until: until}, f.plan, f.plan.Next(), f.learnt, f.now.Local())
	if c.Text == "" {
		return nil
	}
	style := f.Dim
	if !c.Fits {
		style = f.Red
	}
	var lines []string
	for _, l := range layout.Wrap(f.Say(c.Text, layout.Printables(c.Args)...), w) {
		lines = append(lines, style.Render(l))
	}
	return append(lines, "")
}

// windowKept tells that the end of the window is on disk, and how long rows took on this site.
type windowKept struct {
	work    *Work
	entries int
	learnt  timing.Durations
	err     error
}

func (m *Model) keepWindow(win plan.Window) tea.Cmd {
	w, learn := m.work, m.app.Learn
	return func() tea.Msg {
		kept := windowKept{work: w, err: w.Runner.SetWindow(win), entries: written(w.Runner)}
		if learn != nil {
			kept.learnt = learn()
		}
		return kept
	}
}

// minuteMsg lets the time that is left be drawn anew.
type minuteMsg struct{}

func (m *Model) keptWindow(k windowKept) tea.Cmd {
	if k.work != m.work {
		return nil
	}
	m.learnt = k.learnt
	if k.err != nil {
		m.tell(true, "%s", cert.Printable(k.err.Error()))
		return nil
	}
	return m.when(k.entries, func() tea.Cmd {
		if _, asks := m.top().(*windowView); asks {
			m.pop()
		}
		return m.minutes()
	})
}

// minutes draws the time that is left every minute, as long as there is a window.
func (m *Model) minutes() tea.Cmd {
	if m.plan == nil || m.plan.Until().IsZero() || m.counting {
		return nil
	}
	m.counting = true
	return tea.Tick(time.Minute, func(time.Time) tea.Msg { return minuteMsg{} })
}

// windowed begins to count where a session with a window was opened.
func (m *Model) windowed() tea.Cmd {
	if m.plan == nil || m.plan.Until().IsZero() {
		return nil
	}
	w, learn := m.work, m.app.Learn
	if learn == nil {
		return m.minutes()
	}
	return tea.Batch(m.minutes(), func() tea.Msg { return windowKept{work: w, learnt: learn()} })
}
