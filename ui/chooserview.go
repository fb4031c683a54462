package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// chooserView lets a person pick the files that the CA sent.
type chooserView struct {
	*files.Chooser
}

// openChooser opens the file chooser: in the lab where the CA's reply lies, else where downloads usually do.
func openChooser(m *Model) tea.Cmd {
	plan, now := m.Plan, m.Now
	verdict := func(all []cert.File) cert.Verdict { return reply.Verdict(plan, all, now) }
	view := &chooserView{files.New(m.Theme, reply.Requests(plan), verdict, now)}
	view.Partly = func(all []cert.File, v cert.Verdict) bool { return intake.Asks(plan, all, v, now) }
	if reply.AsksChain(plan) != "" {
		view.Chooser = files.NewChain(m.Theme, verdict, now)
	}
	m.push(view)
	if m.Work.Lab == nil {
		return files.Start()
	}
	sign, ctx := m.Work.Lab.Sign, m.ctx
	return files.OpenMade(func() (string, error) { return sign(ctx) })
}

func (s *chooserView) title(*env) string     { return s.Title() }
func (s *chooserView) rules(f *env) []string { return f.RulesOf(f.Plan.Next().Row.Step.ID) }

// pastes: a text that is typed key by key has its own line ends.
func (s *chooserView) pastes() bool { return s.Mode() == files.Pasting }

func (s *chooserView) writes() bool { return s.Mode() == files.Path || s.Mode() == files.Pasting }

func (s *chooserView) actions(m *Model) []action {
	return files.Keys(s.Chooser, files.Doing{Load: func(all []cert.File) tea.Cmd { return takeReply(m, all) }, Back: m.back, Now: m.Now, Width: m.Width,
		Details: func(name string, f cert.File) tea.Cmd { return m.push(&detailView{about: m.Pages().File(name, f)}) },
		Letter: func(v cert.Verdict, all []cert.File) tea.Cmd {
			return m.push(newConfirm(m, m.Say("Write a letter to the CA about what it must correct?"), m.Say("It is written to the outbox of this session. Nothing is sent."), func() tea.Cmd { return writeFix(m, v, all) }))
		}})
}

func (s *chooserView) message(m *Model, msg tea.Msg) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok && s.Filtering() {
		s.Filter(p, s.Rows(m.Width))
		return nil
	}
	take, cmd := s.Message(msg)
	if take != nil {
		return takeReply(m, take)
	}
	return cmd
}

func (s *chooserView) body(_ *env, w, h int) string { return s.View(w, h) }
