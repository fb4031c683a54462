package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// home offers at most five things; what was interrupted comes first.
type home struct {
	page
	at       int
	sessions []app.Listed
	err      error
}

// loadedSessions is the answer to the question which sessions there are.
type loadedSessions struct {
	all []app.Listed
	err error
}

func loadSessions(a app.App) tea.Cmd {
	return func() tea.Msg {
		all, err := a.Sessions()
		return loadedSessions{all, err}
	}
}

// choice is one thing of the home screen.
type choice struct {
	title, text string
	do          func(m *Model) tea.Cmd
}

func (s *home) choices(f *env) []choice {
	var all []choice
	if first := app.First(s.sessions); first != nil {
		all = append(all, f.goOnWith(*first))
	}
	what := f.Say("renew, first deployment, self-signed, script servers")
	if f.draft != nil {
		what = f.Say("continues the draft %s", cert.Printable(f.draft.Name()))
	}
	all = append(all, choice{f.Say("New change"), what, openForm},
		choice{f.Say("Lab"), f.Say("practise on simulated nodes; nothing outside the lab is touched"), func(m *Model) tea.Cmd { return m.opens(m.app.Lab) }})
	if len(s.sessions) > 0 {
		all = append(all, choice{f.Say("All changes"), f.Say("%d on this machine", len(s.sessions)), func(m *Model) tea.Cmd {
			m.push(&sessions{})
			return loadSessions(m.app)
		}})
	}
	return append(all, choice{f.Say("Quit"), "", (*Model).leave})
}

// openForm shows the form: the one that was left, where there is one.
func openForm(m *Model) tea.Cmd {
	if m.draft == nil {
		m.draft = form.New(m.Theme)
	}
	m.push(&formView{form: m.draft})
	return loadSaved(m)
}

// goOnWith offers to go on with a session.
func (f *env) goOnWith(l app.Listed) choice {
	name := cert.Printable(l.Name)
	switch {
	case l.Held != nil:
		return choice{f.Say("%s is open in another program", name), f.Pages().Held(l), func(m *Model) tea.Cmd { return m.push(newTakeOver(m, l)) }}
	case l.Where.Outcome == standing.Proven:
		return choice{f.Say("Renew %s", name), f.Say("same nodes, new CSRs; verified %s ago", msg.Elapsed(f.Now.Sub(l.Where.Since))), func(m *Model) tea.Cmd { return askToRenew(m, l.Name) }}
	}
	return choice{f.Say("Resume %s", name), f.Pages().Where(l), func(m *Model) tea.Cmd { return resumeSession(m, l.Name) }}
}

// askToRenew asks before a new session is made.
func askToRenew(m *Model, name string) tea.Cmd {
	return m.push(newConfirm(m, m.Say("Start a new change on the nodes of %s?", cert.Printable(name)), m.Say("It generates new CSRs. No node is touched before you start its first step."), func() tea.Cmd {
		return m.opens(func() (*app.Work, error) { return m.app.Renew(name) })
	}))
}

func resumeSession(m *Model, name string) tea.Cmd {
	return m.opens(func() (*app.Work, error) { return m.app.Resume(name) })
}

func (s *home) title(*env) string { return "" }

// adviserKey opens the adviser.
func adviserKey(m *Model, said string) action {
	return on("a", "adviser", "Explains a problem, with cause and fix: pick the symptom, or paste the message.", func() tea.Cmd { return m.push(newAdvise(m.Localizer, said, nil)) })
}

func (s *home) actions(m *Model) []action {
	things := s.choices(&m.env)
	move := action{Binding: widget.MoveKeys(), Explain: "Moves the selection: up and down or j and k, home and end or g and G.", Do: func(k tea.KeyPressMsg) tea.Cmd {
		l := &widget.List{}
		l.Select(min(s.at, len(things)-1))
		l.Move(k.String(), widget.Lines(make([]string, len(things))))
		s.at = l.At()
		return nil
	}}
	all := []action{on("enter", "open", "Opens what is selected.", func() tea.Cmd { return things[min(s.at, len(things)-1)].do(m) }), move, adviserKey(m, "")}
	return append(append(all, opens(m, atHome, plan.Step{})...), on("q", "quit", "Quits.", m.leave))
}

func (s *home) message(_ *Model, msg tea.Msg) tea.Cmd {
	if l, ok := msg.(loadedSessions); ok {
		s.sessions, s.err = l.all, l.err
	}
	return nil
}

func (s *home) body(f *env, w, h int) string {
	all := s.choices(f)
	return draw.Home(&f.View, len(all), min(s.at, len(all)-1), func(i int) (title, text string) { return all[i].title, all[i].text }, s.err, w, h)
}

// sessions lists all sessions.
type sessions struct {
	page
	widget.List
	all []app.Listed
}

func (s *sessions) title(*env) string { return "All changes" }

func (s *sessions) list(f *env) (*widget.List, widget.Rows) {
	column := draw.Column(len(s.all), 36, func(i int) string { return s.all[i].Name })
	return &s.List, widget.Rows{N: len(s.all), Line: func(i int) string { return draw.Session(&f.View, s.all[i], column) }}
}

func (s *sessions) actions(m *Model) []action {
	i := s.Clamp(len(s.all))
	if i < 0 {
		return nil
	}
	one := s.all[i]
	enter := on("enter", "resume", "Resumes the session.", func() tea.Cmd { return resumeSession(m, one.Name) })
	if one.Held != nil {
		enter = on("enter", "check", "Shows who has the session open; it can be taken over.", func() tea.Cmd { return m.push(newTakeOver(m, one)) })
	}
	off := ""
	if one.Err != nil {
		off = cert.Printable(m.Error(one.Err))
	}
	all := []action{enter.Unless(off), on("n", "renew", "Starts a new change on the same nodes, with new CSRs.", func() tea.Cmd {
		return askToRenew(m, one.Name)
	}).Unless(off)}
	return append(all, shelfKeys(m, one)...)
}

func (s *sessions) message(_ *Model, msg tea.Msg) tea.Cmd {
	if l, ok := msg.(loadedSessions); ok {
		s.all = l.all
	}
	return nil
}

func (s *sessions) body(f *env, w, h int) string {
	_, rows := s.list(f)
	return draw.Sessions(&f.View, &s.List, rows, s.all, w, h)
}
