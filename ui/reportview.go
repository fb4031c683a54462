package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// reportView is the report as it stands now.
type reportView struct {
	list
	lines []string
}

func newReport(p *steps.Plan) *reportView {
	text := strings.TrimRight(string(steps.ReportOf(p).Markdown()), "\n")
	return &reportView{lines: strings.Split(text, "\n")}
}

func (s *reportView) keys(*face) []binding {
	return []binding{{"up/down", "scroll", "Moves through the report.", ""}, {"h", "home", "Goes home.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *reportView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	k := key(msg)
	if k == "h" || k == "enter" {
		return goHome{}, nil
	}
	_, h := f.room()
	s.move(k, max(len(s.lines)-h+5, 1), h-1)
	return nil, nil
}

// goHome is the wish to go home.
type goHome struct{}

func (s *reportView) view(f *face, w, h int) string {
	var head []string
	if f.plan.Next().Finished {
		text := f.green.Render(f.say("All is proven, nothing is owed."))
		if len(f.plan.Owed())+len(f.plan.Debts()) > 0 {
			text = f.red.Render(f.say("Done, but something is still owed: see below."))
		}
		head = []string{text, f.dim.Render(f.middle(f.say("Files: %s", cert.Printable(f.work.Dir)), w)), ""}
	}
	from := min(s.at, max(len(s.lines)-(h-len(head)), 0))
	lines := head
	for _, l := range s.lines[from:min(len(s.lines), from+h-len(head))] {
		if strings.HasPrefix(l, "#") {
			l = f.bold.Render(strings.TrimLeft(l, "# "))
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n")
}
