package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// planView is the whole plan: where we are, and the line below which services stop.
type planView struct {
	list
	moved bool // the mark was moved away from what is next
}

func (s *planView) keys(f *face) []binding {
	first := []binding{{"enter", f.enterLabel(), "Opens the next step.", ""}, {"g", "run until needed", "Runs the steps until you are needed or services would stop.", f.nothingLeft()}}
	if s.moved && s.at != f.plan.Next().Row.Number-1 {
		first = []binding{{"enter", "details", "Shows the selected step. Enter there opens the next step.", ""}}
	}
	var outside []binding // what a lesson has besides its story and its hints stands behind what every change has
	if f.work.lesson() != nil {
		hint := lessonKeys()
		first = append(first, binding{"l", "lesson", "Shows the scenario and the hints used so far.", ""}, hint[0])
		outside = hint[1:]
	}
	advice := binding{"a", "advice", "Explains an error: pick a symptom or paste a message.", ""}
	trouble := f.plan.Next().Row.Count(plan.Failed)+f.plan.Next().Row.Count(plan.Unsure) > 0
	if trouble { // what stands first is seen in a narrow window, too
		first = append(first, advice)
	}
	first = append(first, []binding{{"t", "trust", "Shows the trust relations, and which ones this change breaks.", ""}, {"r", "report", "Shows the current report.", ""},
		{"up/down", "look", "Moves the selection.", ""}, {"d", "details", "Shows the selected step.", ""}}...)
	first = append(first, outside...)
	if !trouble {
		first = append(first, advice)
	}
	return append(first, []binding{
		{"v", "ways", "Shows and changes the connection to each node (SSH, REST, manual).", ""},
		{"w", "window", "Sets the end of the change window.", ""},
		{"e", "rehearse", "Rehearses this plan on simulated copies of the nodes. No real node is touched.", ""},
		{"s", "restarts", "Shows what is restarted, in which order, the effect, and the source.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "home", "Goes to the home screen. Progress is saved.", ""}}...)
}

// nothingLeft says why rows are not gone on with, or "".
func (f *face) nothingLeft() string {
	if f.plan.Next().Finished {
		return f.Say("all steps are done")
	}
	return ""
}

func (f *face) enterLabel() string {
	if f.plan != nil && f.plan.Next().Finished {
		return "report"
	}
	return "next"
}

func (s *planView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	rows := f.plan.Rows()
	if !s.moved {
		s.at = f.plan.Next().Row.Number - 1
	}
	switch k := key(msg); {
	case s.move(k, len(rows), 8):
		s.moved = true
	case f.lessonWish(k) != nil:
		return f.lessonWish(k), nil
	case k == "enter" && !s.moved:
		return next{}, nil
	case k == "enter" && s.at == f.plan.Next().Row.Number-1:
		s.moved = false
		return next{}, nil
	case k == "enter", k == "d":
		return showStep{rows[s.at].Step.ID}, nil
	case k == "r":
		return showReport{}, nil
	case k == "a":
		return showAdvise{}, nil
	case k == "g" && f.nothingLeft() == "":
		return goOn{}, nil
	case k == "t":
		return showTrust{}, nil
	case k == "s":
		return f.restartsPage(""), nil
	case k == "e":
		return showRehearsal{}, nil
	case k == "w":
		return showWindow{}, nil
	case k == "v":
		return showConnections{}, nil
	}
	return nil, nil
}

// follow lets the mark stand at what is next again.
func (s *planView) follow() { s.moved = false }

func (s *planView) view(f *face, w, h int) string {
	rows := f.plan.Rows()
	current := f.plan.Next().Row.Number - 1
	at := current
	if s.moved {
		at = s.at
	}
	var lines []string
	cursor, drawn := 0, false
	for i, row := range rows {
		if row.Step.Risk == plan.Interrupts && !drawn {
			text := f.Rule + f.Rule + " " + f.Say("below this line services stop") + " "
			lines = append(lines, f.Red.Render(text+strings.Repeat(f.Rule, max(w-layout.Width(text)-2, 0))))
			drawn = true
		}
		if i == at {
			cursor = len(lines)
		}
		lines = append(lines, f.planLine(row, i == current, i == at, w))
	}
	if r := f.plan.Rehearsed(); r != nil && !f.plan.Next().Finished {
		lines = append(lines, "", " "+f.Dim.Render(f.rehearsedLine(*r)))
	}
	return strings.Join(f.partly(lines, cursor, h, at, len(rows)), "\n")
}

// titles is the width of the column of titles; what is on the right tells nodes and results.
func titles(w int) int { return min(38, w/2+4) }

func (f *face) planLine(row plan.Row, current, marked bool, w int) string {
	sign := " "
	switch {
	case row.Whole() && len(standing.PutOffIn(row)) > 0:
		sign = f.Red.Render(f.Unsure)
	case row.Whole():
		sign = f.Green.Render(f.Done)
	case row.Count(plan.Unsure) > 0:
		sign = f.Red.Render(f.Unsure)
	case row.Count(plan.Failed) > 0:
		sign = f.Red.Render(f.Failed)
	case current:
		sign = f.Accent.Render(f.Next)
	}
	title := f.Fit(f.Say(row.Step.Title), titles(w))
	gap := strings.Repeat(" ", titles(w)-layout.Width(title)) // without a style, which would have to be drawn
	switch {
	case current:
		title = f.Accent.Render(title)
	case !row.Whole():
		title = f.Dim.Render(title)
	}
	mark := " " // the mark alone moves: a key costs some bytes, not two lines
	if marked {
		mark = f.Next
	}
	number := f.Pad(strings.Repeat(" ", 2-len(strconv.Itoa(row.Number)))+strconv.Itoa(row.Number), 3)
	return mark + number + sign + " " + title + gap + " " + f.Fit(f.planRight(row, current), w-titles(w)-7)
}

// planRight is what a row has to say: results, or whom it will concern.
func (f *face) planRight(row plan.Row, current bool) string {
	next := f.plan.Next()
	switch {
	case row.Count(plan.Unsure) > 0:
		return f.Red.Render(f.Say("%d unknown: Enter checks", row.Count(plan.Unsure)))
	case row.Count(plan.Failed) > 0:
		return f.Red.Render(f.Say("%d of %d failed", row.Count(plan.Failed), len(row.Tasks)))
	case row.Whole() && len(standing.PutOffIn(row)) > 0:
		return f.Red.Render(putOffLine(f.app.Say.Say, standing.PutOffIn(row)))
	case row.Whole() && row.Step.On != nil:
		return f.Dim.Render(f.Say("%d of %d", row.Done(), len(row.Tasks)))
	case row.Whole():
		return f.Dim.Render(f.Say("done"))
	case current && next.Question != nil && !next.Question.Since.IsZero():
		return f.Say("waiting since %s", next.Question.Since.Local().Format("Mon 15:04"))
	case current && row.Step.On != nil && row.Done() > 0:
		return f.Say("%d of %d", row.Done(), len(row.Tasks))
	}
	return f.Dim.Render(f.who(row))
}

// who names the nodes of a row, in the order in which they are worked on.
func (f *face) who(row plan.Row) string {
	if row.Step.On == nil {
		return ""
	}
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if n, _ := f.plan.Node(t.Task.Node); row.Step.Role == plan.RoleLogin && n.Connection != "" && n.Connection != vos.ConnectionSSH {
			name += " (" + string(n.Connection) + ")"
		}
		names = append(names, name)
	}
	if len(names) > 6 {
		return f.Say("%d nodes", len(names))
	}
	if row.Step.Risk == plan.Interrupts {
		return strings.Join(names, f.Say(", then "))
	}
	return strings.Join(names, ", ")
}
