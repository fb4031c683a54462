package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// reportView is the report as it stands now.
type reportView struct {
	list
	text  string // Markdown
	lines []string
	wide  int // the width for which lines were laid out
}

func newReport(p *plan.Plan) *reportView {
	return &reportView{text: string(report.Of(p).Markdown())}
}

// layOut fits the text to a width.
func (s *reportView) layOut(f *face, w int) {
	if s.wide != w {
		s.lines, s.wide = f.Markdown(s.text, w), w
	}
}

func (s *reportView) keys(f *face) []binding {
	first := []binding{{"up/down", "scroll", "Scrolls the report.", ""}, {"h", "home", "Goes to the home screen.", ""}}
	if f.plan.Next().Finished {
		first = []binding{{"enter", "home", "Goes to the home screen.", ""}, first[0]}
	}
	if len(f.standing().Answers) > 0 {
		first = append(first, binding{"o", "answer open questions", "Asks the first question again that was not answered with yes.", ""})
	}
	first = append(first, binding{"k", "client kit", "Writes the client kit for the PC administrators to the session folder.", ""})
	return append(first, []binding{{"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}...)
}

func (s *reportView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	switch {
	case k == "h", k == "enter" && f.plan.Next().Finished:
		return goHome{}, nil
	case k == "enter":
		return back{}, nil
	case k == "k":
		return writeKit{}, nil
	case k == "o":
		if owed := f.standing().Answers; len(owed) > 0 {
			return ask{owed[0].Asked}, nil
		}
	}
	w, h := f.room()
	s.layOut(f, w)
	s.move(k, max(len(s.lines)-h+5, 1), h-1)
	return nil, nil
}

// goHome is the wish to go home.
type goHome struct{}

func (s *reportView) view(f *face, w, h int) string {
	var head []string
	if f.plan.Next().Finished {
		text := f.Green.Render(f.Say("All ports are verified. Nothing is pending."))
		switch s := f.standing(); {
		case s.Failed():
			text = f.Red.Render(f.Say("A check failed: see below."))
		case !s.Clear():
			text = f.Red.Render(f.Say("Done. Some items are pending: see below."))
		}
		head = []string{text, f.Dim.Render(f.Middle(f.Say("Files: %s", cert.Printable(f.work.Dir)), w)), ""}
	}
	s.layOut(f, w)
	from := min(s.at, max(len(s.lines)-(h-len(head)), 0))
	return strings.Join(append(head, s.lines[from:min(len(s.lines), from+h-len(head))]...), "\n")
}
