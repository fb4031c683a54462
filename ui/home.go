package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// home offers at most five things; what was interrupted comes first.
type home struct {
	list
	sessions []Listed
	err      error
	loaded   bool
}

// loadedSessions is the answer to the question which sessions there are.
type loadedSessions struct {
	all []Listed
	err error
}

func loadSessions(app App) tea.Cmd {
	return func() tea.Msg {
		all, err := app.Sessions()
		return loadedSessions{all, err}
	}
}

type choice struct {
	title, text string
	wish        wish
}

func (s *home) choices(f *face) []choice {
	var all []choice
	if first := s.first(); first != nil {
		all = append(all, f.goOnWith(*first))
	}
	all = append(all,
		choice{f.Say("New change"), f.Say("renew, first deployment, self-signed, script servers"), showForm{}},
		choice{f.Say("Lab"), f.Say("practise on simulated nodes on this machine"), beginLab{}})
	if len(s.sessions) > 0 {
		all = append(all, choice{f.Say("All changes"), f.Say("%d on this machine", len(s.sessions)), showSessions{}})
	}
	return append(all, choice{f.Say("Quit"), "", quit{}})
}

// first is the session that a person most likely wants to go on with. One at which another program is at work comes only
// where there is no other; one whose program was suspended comes as it stands in the list.
func (s *home) first() (first *Listed) {
	for i, l := range s.sessions {
		switch {
		case l.Err != nil || l.Held != nil && l.Where.Outcome == standing.Proven:
		case l.Held == nil || l.Stopped:
			return &s.sessions[i]
		case first == nil:
			first = &s.sessions[i]
		}
	}
	return first
}

// goOnWith offers to go on with a session.
func (f *face) goOnWith(l Listed) choice {
	name := cert.Printable(l.Name)
	switch {
	case l.Held != nil:
		return choice{f.Say("%s is open in another program", name), f.heldLine(l), showTakeOver{l}}
	case l.Where.Outcome == standing.Proven:
		return choice{f.Say("Renew %s", name), f.Say("same nodes, new CSRs; verified %s ago", layout.Since(f.now.Sub(l.Where.Since))), again{l.Name}}
	}
	return choice{f.Say("Resume %s", name), f.whereLine(l), resume{l.Name}}
}

// whereLine is "step 7 of 14, waiting for the CA since 2 days".
func (f *face) whereLine(l Listed) string {
	text := f.Say("step %d of %d, %s for %s", l.Where.Number, l.Where.Of, f.Say(l.Where.Outcome.String()), layout.Since(f.now.Sub(l.Where.Since)))
	if l.Lab {
		text = "LAB, " + text
	}
	return text
}

// heldLine is who has a session open, and for how long.
func (f *face) heldLine(l Listed) string {
	text := f.Say("open: %s on %s, %s", cert.Printable(l.Held.Owner), cert.Printable(l.Held.Host), layout.Since(f.now.Sub(l.Held.Since)))
	if l.Stopped {
		text = f.Say("suspended") + ", " + text
	}
	return text
}

func (s *home) keys(*face) []binding {
	return []binding{{"enter", "choose", "Opens the selected item.", ""}, {"up/down", "move", "Moves the selection.", ""}, {"a", "advice", "Explains an error: pick a symptom or paste a message.", ""}, {"l", "lessons", "Lists the lab scenarios: mistakes of CAs, nodes and people.", ""}, {"?", "help", "Explains this screen.", ""}, {"q", "quit", "Quits.", ""}}
}

func (s *home) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	if m, ok := msg.(loadedSessions); ok {
		s.sessions, s.err, s.loaded = m.all, m.err, true
		return nil, nil
	}
	all := s.choices(f)
	switch k := key(msg); {
	case s.move(k, len(all), 5):
	case k == "a":
		return showAdvise{}, nil
	case k == "l":
		return showLessons{}, nil
	case k == "q":
		return quit{}, nil
	case k == "enter":
		return all[min(s.at, len(all)-1)].wish, nil
	}
	return nil, nil
}

func (s *home) view(f *face, w, h int) string {
	lines := []string{"", f.Bold.Render(f.Say("What do you want to do?")), ""}
	all := s.choices(f)
	airy := len(lines)+3*len(all) <= h+2
	for i, c := range all {
		mark := "  " // the mark alone moves: a key costs some bytes, not two lines
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		lines = append(lines, mark+c.title)
		if c.text != "" {
			lines = append(lines, "    "+f.Dim.Render(f.Fit(c.text, w-4)))
		}
		if airy {
			lines = append(lines, "")
		}
	}
	if s.err != nil {
		lines = append(lines, f.trouble(plan.Trouble{What: s.err.Error()}, w)...)
	}
	return strings.Join(lines, "\n")
}

// sessions lists all sessions.
type sessions struct {
	list
	all []Listed
}

func (s *sessions) keys(f *face) []binding {
	label := "resume"
	if len(s.all) > 0 && s.all[min(s.at, len(s.all)-1)].Held != nil {
		label = "look"
	}
	return []binding{{"enter", label, "Resumes the change. If another program has it open, you can take it over.", ""}, {"n", "renew", "Starts a new change on the same nodes, with new CSRs.", ""}, {"up/down", "move", "Moves the selection.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *sessions) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	if m, ok := msg.(loadedSessions); ok {
		s.all = m.all
	}
	if s.move(k, len(s.all), 10) || len(s.all) == 0 {
		return nil, nil
	}
	one := s.all[min(s.at, len(s.all)-1)]
	switch {
	case k == "n" && one.Err == nil:
		return again{one.Name}, nil
	case k != "enter":
	case one.Err != nil:
		f.tell(true, "%s", cert.Printable(one.Err.Error()))
	case one.Held != nil:
		return showTakeOver{one}, nil
	default:
		return resume{one.Name}, nil
	}
	return nil, nil
}

func (s *sessions) view(f *face, w, h int) string {
	lines := make([]string, 0, len(s.all))
	if len(s.all) == 0 {
		return "\n" + f.Say("There are none, or they are still being read.")
	}
	for i, l := range s.all {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		text := f.Say("cannot be read")
		if l.Err == nil {
			text = f.whereLine(l)
		}
		if l.Held != nil {
			text = f.heldLine(l) + "; " + text
		}
		lines = append(lines, mark+f.Pad(cert.Printable(l.Name), 24)+" "+f.Dim.Render(f.Fit(text, w-28)))
	}
	return strings.Join(f.headed(f.Say("Changes on this machine"), lines, s.at, w, h), "\n")
}
