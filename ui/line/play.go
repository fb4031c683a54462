package line

import (
	"context"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// hooks are how line mode plays: it prints, and asks the person, or what answers in place of one.
func (l *line) hooks() play.Hooks {
	if l.auto == nil {
		return play.Hooks{Before: l.before, Answer: l.answer, Login: l.ready, Consent: l.consent, Manual: l.errand, Stuck: l.again,
			Finished: l.owed, Event: l.hear, Clock: l.clock}
	}
	h := l.auto.Hooks
	answers := play.Answers{Runner: l.work.Runner, By: l.auto.By, Replies: l.auto.Replies, Why: l.auto.Why, Judged: l.judged}
	before := h.Before
	h.Answer, h.Login, h.Event, h.Clock = answers.Answer, l.account, l.hear, l.clock
	h.Before = func(next plan.Next) error {
		if before != nil {
			if err := before(next); err != nil {
				return err
			}
		}
		return l.before(next)
	}
	return h
}

// before says what comes, before anybody is asked about it and before it is done.
func (l *line) before(next plan.Next) error {
	l.restartOrder(next.Row)
	l.announce(next)
	return nil
}

// announce prints which nodes are changed next, what agents notice of it, and the way back: once a row, and before each node
// that is restarted.
func (l *line) announce(next plan.Next) {
	step, nodes := next.Row.Step, []string(nil)
	switch {
	case step.Risk == plan.Looks:
		return
	case step.Risk == plan.Changes:
		for _, t := range next.Row.Tasks {
			if t.State != plan.Done && t.Task.Node != "" {
				nodes = append(nodes, cert.Printable(layout.Short(t.Task.Node)))
			}
		}
	case next.Question != nil && l.auto != nil: // a person is told with the question
		nodes = []string{cert.Printable(layout.Short(next.Question.Task.Node))}
	default:
		return
	}
	key := step.ID
	if step.Risk == plan.Interrupts {
		key += " " + strings.Join(nodes, "")
	}
	if l.announced == key {
		return
	}
	l.announced = key
	l.print("%s: %s", l.say(step.Title), strings.Join(nodes, ", "))
	l.ways(step)
}

// ways prints what agents notice of a row, and the way back.
func (l *line) ways(step plan.Step) {
	if step.Effect != "" {
		l.print("  %s", l.say("effect: %s", l.say(step.Effect)))
	}
	if step.Undo != "" {
		l.print("  %s", l.say("way back: %s", l.say(step.Undo)))
	}
}

// consent asks before the first new certificate is uploaded; what it means was announced.
func (l *line) consent(next plan.Next) error {
	text, err := l.consult(l.say("Upload the new certificates? [Enter: yes, q: quit]"), next.Row)
	switch {
	case err != nil:
		return err
	case text == "", strings.EqualFold(text, "y"), strings.EqualFold(text, plan.Yes):
		return nil
	}
	return play.ErrEnd
}

// clock prints how what is next and the change window get on together.
func (l *line) clock(c timing.Clock) {
	l.print("%s", l.say(c.Text, layout.Printables(c.Args)...))
}

// interrupted is asked at the first Ctrl+C: while a node is being changed the end comes when that is done.
func (l *line) interrupted() bool {
	if !l.player.Leave() {
		return false
	}
	l.print("%s", l.say("A node is being changed. uccx-tui quits when this is finished. Ctrl+C again quits now; the result "+
		"is then unknown and will be checked."))
	return true
}

// again asks whether a row that failed is to be tried once more.
func (l *line) again(row plan.Row, err error) (bool, error) {
	l.troubles(row, err)
	refused, files, old := row.Refused(), row.OtherFiles(), row.Unverified()
	ask := l.say("Try again? [Enter: yes, advise: explain, q: quit]")
	switch {
	case refused != "":
		ask = l.say("Try again? [Enter: yes, n: new CSR on %s, o: other files from the CA, q: quit]", cert.Printable(layout.Short(refused)))
	case files:
		ask = l.say("Try again? [Enter: yes, o: other files of the CA, advise: cause and cure, q: stop here]")
	}
	if old != "" {
		ask = l.say("Try again? [Enter: check the ports again, r: restart %s once more, advise: explain, q: quit]", cert.Printable(layout.Short(old)))
	}
	text, err := l.consult(ask, row)
	switch {
	case err != nil:
	case strings.EqualFold(text, "q"):
		err = play.ErrEnd
	case strings.EqualFold(text, "n") && refused != "":
		err = l.work.Runner.AgainIn(row.Step, refused)
	case strings.EqualFold(text, "r") && old != "":
		err = l.work.Runner.RestartAgain(old)
	case strings.EqualFold(text, "o") && files:
		err = l.work.Runner.OtherReply()
	}
	return err == nil, err
}

// troubles prints what went wrong on the nodes of a row, or its error where no node has any.
func (l *line) troubles(row plan.Row, err error) {
	said := false
	for _, t := range row.Tasks {
		if t.Trouble != nil && t.State != plan.Done {
			said = true
			l.print("  %s: %s", cert.Printable(t.Task.Node), layout.OneLine(t.Trouble.What+" "+t.Trouble.Said))
			l.print("    %s", cert.Printable(t.Trouble.Means))
			l.print("    -> %s", cert.Printable(t.Trouble.Next))
		}
	}
	if !said {
		l.print("  %s", cert.Printable(err.Error()))
	}
}

// answer asks a person.
func (l *line) answer(_ context.Context, q plan.Asked) error {
	l.question(q)
	switch q.Question.Kind {
	case plan.Files:
		return l.files()
	case plan.NodeName:
		return l.typed(q)
	}
	return l.choose(q)
}
