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
		return play.Hooks{Before: l.before, Answer: l.answer, Login: l.ready, Consent: l.consent, Manual: l.errand, Stuck: l.askAgain,
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

// restartOrder prints in which order the nodes of a row restart, before the first of them.
func (l *line) restartOrder(row plan.Row) {
	if row.Step.Risk != plan.Interrupts || row.Done() > 0 || l.ordered == row.Step.ID {
		return
	}
	l.ordered = row.Step.ID
	var names []string
	for _, t := range row.Tasks {
		if l.plan.Needed(row.Step, t.Task.Node) {
			names = append(names, cert.Printable(layout.Short(t.Task.Node)))
		}
	}
	if len(names) == 0 {
		return
	}
	l.tell("", l.say("Restart order: %s", l.pages().Then(names)))
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
		step = l.pages().Lost(next.Row, next.Question.Task.Node).Step
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
	if l.auto != nil {
		l.tell("", l.say(step.Title)+": "+strings.Join(nodes, ", "))
	} else {
		l.begin(next.Row.Step.ID)
		l.tell("  ", l.say("Nodes: %s", strings.Join(nodes, ", ")))
	}
	if step.Effect != "" {
		l.tell("  ", l.say("Effect")+": "+l.say(step.Effect))
	}
	if step.Undo != "" {
		l.tell("  ", l.say("Way back")+": "+l.say(step.Undo))
	}
}

// consent asks before the first new certificate is uploaded, and before the first is regenerated; what it means was announced.
// An empty line is no answer: it may have been typed ahead.
func (l *line) consent(next plan.Next) error {
	ask := l.say("Upload the new certificates? [yes, no, ?]")
	means := l.say("yes uploads them; effect and way back are shown above. no or q ends here: nothing was sent to the nodes.")
	wrong := l.say("That is not an answer. Nothing was uploaded.")
	if next.Row.Step.Role == plan.RoleRegenerate {
		ask = l.say("Regenerate the certificates? [yes, no, ?]")
		means = l.say("yes regenerates them; effect and way back are shown above. no or q ends here: nothing was sent to the nodes.")
		wrong = l.say("That is not an answer. Nothing was sent to the nodes.")
	}
	for {
		text, err := l.consult(ask, next.Row, means)
		switch {
		case err != nil:
			return err
		case isYes(text):
			return nil
		case isNo(text), strings.EqualFold(text, "q"):
			return play.ErrEnd
		}
		l.tell("", wrong)
	}
}

// clock prints how what is next and the change window get on together.
func (l *line) clock(c timing.Clock) {
	l.tell("", l.tongue.T(c.Text))
}

// interrupted is asked at the first Ctrl+C: while a node is being changed the end comes when that is done.
func (l *line) interrupted() bool {
	if !l.player.Leave() {
		return false
	}
	l.tell("", l.say("A node is being changed. uccx-tui quits when this is finished. Ctrl+C again quits now; the result "+
		"is then unknown and will be checked."))
	return true
}

// askAgain asks whether a row that failed is to be tried once more.
func (l *line) askAgain(row plan.Row, err error) (bool, error) {
	l.troubles(row, err)
	refused, files, old := row.RefusedOn(), row.OtherFiles(), row.Unverified()
	help := []string{l.say("yes or Enter: tries again what is not done; no or q: quits, progress is saved")}
	ways := []string{l.say("Enter or yes")}
	add := func(is bool, short, long string) {
		if is {
			ways, help = append(ways, short), append(help, long)
		}
	}
	add(refused != "", l.say("n: new CSR"), l.say("n: new CSR on %s. The certificate for the CSR that the CA has can then no longer be installed there.", cert.Printable(layout.Short(refused))))
	add(files, l.say("o: other files"), l.say("o: load other files from the CA. This does not touch a node."))
	add(old != "", l.say("r: restart again"), l.say("r: restart %s again, after you type its name", cert.Printable(layout.Short(old))))
	text, err := l.consult(l.say("Try again? [%s, no, ?]", strings.Join(ways, ", ")), row, help...)
	switch {
	case err != nil:
	case strings.EqualFold(text, "q"), strings.EqualFold(text, plan.No), isNo(text) && refused == "":
		err = play.ErrEnd
	case strings.EqualFold(text, "n"):
		err = l.work.Runner.NewCSRIn(row.Step, refused)
	case strings.EqualFold(text, "r") && old != "":
		err = l.work.Runner.RestartAgain(old)
	case strings.EqualFold(text, "o") && files:
		err = l.work.Runner.OtherReply()
	case text != "" && !isYes(text):
		l.tell("", l.say("That is not an answer. Nothing was sent to the nodes."))
		return l.askAgain(row, nil)
	}
	return err == nil, err
}

// troubles prints what went wrong on the nodes of a row, or its error where no node has any. nil: nothing, it was said already.
func (l *line) troubles(row plan.Row, err error) {
	if err == nil {
		return
	}
	said := false
	for _, t := range row.Tasks {
		if t.Trouble != nil && t.State != plan.Done {
			said = true
			l.tell("  ", cert.Printable(t.Task.Node)+":")
			l.trouble("    ", *t.Trouble)
		}
	}
	if !said {
		l.tell("  ", cert.Printable(l.tongue.Error(err)))
	}
}

// answer asks a person.
func (l *line) answer(_ context.Context, q plan.Asked) error {
	about := l.question(q)
	switch q.Question.Kind {
	case plan.Files:
		return l.files()
	case plan.NodeName, plan.Phrase:
		return l.typed(q)
	}
	return l.choose(q, about.Means)
}
