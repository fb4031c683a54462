package line

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// pages are what is said about the session.
func (l *line) pages() pages.Env {
	return pages.Env{Localizer: l.app.Say, Plan: l.plan, Work: l.work, Now: time.Now()}
}

// question prints what is asked, and what it means; it returns what it printed.
func (l *line) question(asked plan.Asked) pages.Question {
	l.work.Lab.Watch(l.plan, asked)
	q := l.pages().Question(asked)
	if row, ok := l.plan.Row(asked.Task.Step); ok && l.auto == nil {
		l.begin(row.Step.ID)
	}
	head := ""
	if q.Node != "" {
		head = q.Node + ": "
	}
	if head+q.Text != q.Head || l.auto != nil { // the head of the step says it already
		l.print("")
		l.tell("", head+q.Text)
	}
	for _, s := range slices.Concat(q.Found, q.Console) {
		l.hang("  ", 3, s) // as wide as the arrow before what puts a finding right
	}
	if !q.Stops { // where services stop, the next lines say it
		l.tell("  ", q.Means)
	}
	if q.Stops {
		l.tell("  ", l.tongue.T(msg.Sentences(msg.T("SERVICES STOP on this node"), msg.Verbatim(l.say("Effect")+": "+q.Effect))))
		if undo := l.plan.Step(asked.Task.Step).Undo; undo != "" {
			l.tell("  ", l.say("Way back")+": "+l.say(undo))
		}
	}
	if q.Outbox != "" {
		l.print("  %s", q.Outbox) // a path that is broken cannot be copied
	}
	for _, x := range q.Notes {
		l.tell("  ", l.say(msg.Label(x.Severity))+": "+x.What)
		l.tell("    ", "-> "+x.Next)
	}
	return q
}

// choose asks for one of the options: by its number, or by yes or no where it is one. means is what the question means, for the help.
func (l *line) choose(q plan.Asked, means string) error {
	options := q.Question.Options
	yes := slices.ContainsFunc(options, func(o plan.Option) bool { return o.Value == plan.Yes })
	var listed []string
	for i, o := range options {
		listed = append(listed, fmt.Sprintf("%d  %s", i+1, l.tongue.T(o.Label)))
		l.tell("  ", listed[i])
	}
	ask, help := l.say("Number (? for help, q to quit):"), l.say("1 to %d: the answer", len(options))
	if yes {
		ask, help = l.say("Number, yes or no (? for help, q to quit):"), help+l.say("; or yes, or no")
	}
	row, _ := l.plan.Row(q.Task.Step)
	at := -1
	for at < 0 {
		text, err := l.consult(ask, row, append(append([]string{means}, listed...), help)...)
		switch {
		case err != nil:
			return err
		case strings.EqualFold(text, "q"):
			return play.ErrEnd
		case text == "": // the question is asked once more
			return nil
		}
		if at = chosen(options, text); at < 0 {
			l.tell("", l.say("That is not an answer. Nothing was recorded."))
		}
	}
	value := options[at].Value
	if value == plan.All { // the keys were printed with the question
		all := q.AcceptAll()
		l.tell("", l.tongue.T(all.Question.Text))
		return l.typed(all)
	}
	if !q.Question.LetsOn(value) { // "not yet" is no answer
		return play.ErrEnd
	}
	if err := l.work.Lab.Operate(l.plan, q, value); err != nil {
		return err
	}
	if err := l.work.Runner.Answer(q, value); err != nil {
		return err
	}
	if q.Question.Stops(value) {
		return play.ErrEnd
	}
	if found := advice.For(q.Question.ID); value == "no" && len(found) > 0 {
		l.tell("  ", l.say("Possible causes:"))
		l.advices("", found)
	}
	return nil
}

// chosen is the option that was typed: its number, its value, or yes or no; -1 where it is none.
func chosen(options []plan.Option, text string) int {
	if i, ok := index(text, len(options)); ok {
		return i
	}
	if _, err := strconv.Atoi(text); err == nil { // a number that is none of theirs, whatever their values are
		return -1
	}
	return slices.IndexFunc(options, func(o plan.Option) bool {
		return strings.EqualFold(o.Value, text) || o.Value == plan.Yes && isYes(text) || o.Value == plan.No && isNo(text)
	})
}

// typed asks for the name of a node. A node may be called as a word is: its name comes first.
func (l *line) typed(q plan.Asked) error {
	row, _ := l.plan.Row(q.Task.Step)
	help := l.say("The name of the node, as shown above. Any other answer starts nothing.")
	ask := l.say("Node name (? for help, q to quit):")
	if q.Question.Kind == plan.Phrase {
		ask = l.say("Type the phrase (q to quit):")
	}
	for {
		text, err := l.prompt(ask)
		switch {
		case err != nil:
			return err
		case text != q.Question.Phrase && !nodeIs(l.plan, q.Task.Node, text) && l.more(text, row, []string{help}):
			continue
		case strings.EqualFold(text, "q"):
			return play.ErrEnd
		case q.Question.Kind == plan.Phrase && text != q.Question.Phrase: // the question is asked once more, where the phrase is no answer
			l.tell("", l.say("That is not an answer. Nothing was recorded."))
			return nil
		}
		err = l.work.Runner.Answer(q, text)
		if err != nil {
			l.tell("", cert.Printable(l.tongue.Error(err)))
		}
		if err == nil || text == "" || q.Question.Kind == plan.Phrase { // the question is asked once more, with its other answers
			return nil
		}
	}
}

// files asks for the CA's files, a path or several.
func (l *line) files() error {
	ask := l.say("Folder or files, separated by spaces (? for help, q to quit):")
	help := []string{l.say("The folder with what the CA sent, or its files. Each file is identified by its content. Nothing is uploaded before you confirm.")}
	if l.work.Lab != nil {
		ask = l.say("Enter for the lab CA's reply, or a folder or files, separated by spaces (? for help, q to quit):")
	}
	row := l.plan.Next().Row
	for {
		text, err := l.prompt(ask)
		if err != nil {
			return err
		}
		_, none := os.Stat(text)
		switch {
		case none != nil && l.more(text, row, help):
			continue
		case none != nil && strings.EqualFold(text, "q"):
			return play.ErrEnd
		case text == "" && l.work.Lab != nil:
			dir, err := l.work.Lab.Sign(context.Background())
			if err != nil {
				return err
			}
			return l.take([]string{dir})
		case text == "":
			return nil
		case none != nil:
			return l.take(strings.Fields(text))
		}
		return l.take([]string{text})
	}
}

func (l *line) take(paths []string) error {
	all, err := read.Files(paths)
	if err != nil {
		l.tell("", cert.Printable(l.tongue.Error(err)))
		return nil
	}
	verdict, err := intake.TakeReply(l.work.Runner, all)
	if err == nil {
		l.judged(all, verdict)
	}
	return err
}

// judged prints what is wrong with the CA's files, and writes the letter to the CA.
func (l *line) judged(all []cert.File, verdict cert.Verdict) {
	for _, x := range verdict.Findings {
		l.tell("", l.say(msg.Label(x.Severity.String()))+": "+files.FindingHead(l.tongue, x))
		if x.Says != "" {
			l.tell("    ", l.say(files.SaysWords(x), cert.Printable(x.Says)))
		}
		if !x.Cause.IsZero() {
			l.tell("    ", l.tongue.T(x.Cause))
		}
		l.tell("    ", "-> "+l.tongue.T(x.Cure))
	}
	if path, err := intake.WriteFix(l.work.Runner, verdict, all); err == nil && path != "" && !verdict.OK() {
		l.print("%s", l.say("Letter to the CA: %s", cert.Printable(path)))
		if l.work.Lesson() != nil {
			l.tell("", l.say("LAB: the CA signs again once you send this reply back: outside"))
		}
	}
}

// ready asks for the logins that the next tasks need.
func (l *line) ready(next plan.Next) error {
	for {
		p := l.work.Runner.Plan()
		node, ask := app.NeedsLogin(l.work, p, next.Tasks)
		if !ask {
			return nil
		}
		who := node
		if node == "" {
			who = l.say("all nodes")
		} else if p.Refusals(node) > 0 {
			l.tell("", l.say(app.LoginGoesOn))
		}
		user, _ := app.LoginAs(l.work, p, node, "")
		question := l.say("OS Administration user for %s:", cert.Printable(who))
		if user != "" {
			question = l.say("OS Administration user for %s (Enter: %s):", cert.Printable(who), cert.Printable(user))
		}
		if app.Jump(p, node) {
			question = l.say("User on the jump host %s (%s):", cert.Printable(who), cert.Printable(user))
		}
		typed, err := l.prompt(question)
		if err != nil {
			return err
		}
		if typed != "" {
			user = typed
		}
		if no := app.CheckLogin(l.app.Say, p, node)(user); no != nil {
			l.tell("", fmt.Sprint(no))
			continue
		}
		password, err := l.secret(l.say("Password:"))
		if err != nil {
			return err
		}
		if password != "" {
			l.work.SetLogin(node, vos.Login{User: user, Password: vos.NewSecret(password)})
		}
	}
}

// secret asks for a password without showing it, where the input is a terminal.
func (l *line) secret(text string) (string, error) {
	file, ok := l.raw.(*os.File)
	if !ok || !term.IsTerminal(file.Fd()) || l.in.Buffered() > 0 {
		return l.prompt(text)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b, err := Secret(file, l.out, text)
	defer clear(b)
	if err != nil {
		return "", play.ErrEnd
	}
	return string(b), nil
}

// nodeIs reports whether a text is the name of a node of the plan.
func nodeIs(p *plan.Plan, fqdn, text string) bool {
	n, ok := p.Node(fqdn)
	return ok && plan.SameName(text, n)
}
