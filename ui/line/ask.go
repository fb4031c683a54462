package line

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lineWidth is where line mode breaks its texts.
const lineWidth = 78

// restartOrder prints in which order the nodes of a row restart, before the first of them.
func (l *line) restartOrder(row plan.Row) {
	if row.Step.Risk != plan.Interrupts || row.Done() > 0 || l.ordered == row.Step.ID {
		return
	}
	l.ordered = row.Step.ID
	var names []string
	for _, t := range row.Tasks {
		names = append(names, cert.Printable(layout.Short(t.Task.Node)))
	}
	l.print("%s", l.say("Restart order: %s", strings.Join(names, l.say(", then "))))
}

// pages are what is said about the session.
func (l *line) pages() pages.Env {
	return pages.Env{Tongue: l.app.Say, Plan: l.plan, Work: l.work, Now: time.Now()}
}

// facts prints lines of a page.
func (l *line) facts(indent string, all []pages.Line) {
	for _, x := range all {
		text := x.Text
		if x.Label != "" {
			text = strings.ToLower(x.Label) + ": " + x.Text
		}
		for i, s := range layout.Wrap(text, lineWidth-len(indent)) {
			if i > 0 {
				s = "  " + s
			}
			l.print("%s", indent+s)
		}
	}
}

// question prints what is asked, and what it means.
func (l *line) question(asked plan.Asked) {
	q := l.pages().Question(asked)
	head := ""
	if q.Node != "" {
		head = q.Node + ": "
	}
	l.print("")
	for _, s := range layout.Wrap(head+q.Text, lineWidth) {
		l.print("%s", s)
	}
	for _, s := range slices.Concat(q.Found, q.Console) {
		l.print("  %s", s)
	}
	for _, s := range layout.Wrap(q.Means, lineWidth-2) {
		l.print("  %s", s)
	}
	if q.Stops {
		l.print("  %s", l.say("SERVICES STOP on this node")+". "+q.Effect)
		if undo := l.plan.Step(asked.Task.Step).Undo; undo != "" {
			l.print("  %s", l.say("way back: %s", l.say(undo)))
		}
	}
	if q.Outbox != "" {
		l.print("  %s", q.Outbox)
	}
	for _, x := range q.Notes {
		l.print("  %s: %s", l.say(msg.Label(x.Severity)), x.What)
		l.print("    -> %s", x.Next)
	}
}

func (l *line) choose(q plan.Asked) error {
	for i, o := range q.Question.Options {
		l.print("  %d  %s", i+1, cert.Printable(l.say(o.Label)))
	}
	row, _ := l.plan.Row(q.Task.Step)
	text, err := l.consult(l.say("Number (? for help, q to quit):"), row)
	if err != nil {
		return err
	}
	if strings.EqualFold(text, "q") {
		return play.ErrEnd
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > len(q.Question.Options) {
		l.print("%s", l.say("Enter one of the numbers. Nothing was recorded."))
		return nil
	}
	if q.Question.ID == "handed" && q.Question.Options[n-1].Value == "no" {
		return play.ErrEnd
	}
	value := q.Question.Options[n-1].Value
	if err := l.work.Lab.Hands(l.plan, q, value); err != nil {
		return err
	}
	if err := l.work.Runner.Answer(q, value); err != nil {
		return err
	}
	if q.Question.Stops(value) {
		return play.ErrEnd
	}
	if found := advice.For(q.Question.ID); value == "no" && len(found) > 0 {
		l.print("  %s", l.say("Possible causes:"))
		l.advices("", found)
	}
	return nil
}

func (l *line) typed(q plan.Asked) error {
	text, err := l.promptLesson(l.say("Node name (q to quit):"))
	if err != nil {
		return err
	}
	if strings.EqualFold(text, "q") {
		return play.ErrEnd
	}
	if err := l.work.Runner.Answer(q, text); err != nil {
		l.print("%s", cert.Printable(err.Error()))
	}
	return nil
}

// files asks for the CA's files, a path or several.
func (l *line) files() error {
	ask := l.say("Folder or files, separated by spaces (q to quit):")
	if l.work.Lab != nil {
		ask = l.say("Enter for the lab CA's reply, or a folder or files, separated by spaces (q to quit):")
	}
	text, err := l.promptLesson(ask)
	if err != nil {
		return err
	}
	switch {
	case strings.EqualFold(text, "q"):
		return play.ErrEnd
	case text == "" && l.work.Lab != nil:
		dir, err := l.work.Lab.Sign(context.Background())
		if err != nil {
			return err
		}
		return l.take([]string{dir})
	case text == "":
		return nil
	}
	paths := []string{text}
	if _, err := os.Stat(text); err != nil {
		paths = strings.Fields(text)
	}
	return l.take(paths)
}

func (l *line) take(paths []string) error {
	all, err := read.Files(paths)
	if err != nil {
		l.print("%s", cert.Printable(err.Error()))
		return nil
	}
	verdict, err := steps.TakeReply(l.work.Runner, all)
	if err == nil {
		l.judged(all, verdict)
	}
	return err
}

// judged prints what is wrong with the CA's files, and writes the letter to the CA.
func (l *line) judged(all []cert.File, verdict cert.Reply) {
	for _, x := range verdict.Findings {
		l.print("%s: %s", l.say(msg.Label(x.Severity.String())), cert.Printable(files.FindingHead(x)))
		if x.Says != "" {
			l.print("    "+files.SaysWords(x), x.Says)
		}
		if x.Cause != "" {
			l.print("    %s", x.Cause)
		}
		l.print("    -> %s", cert.Printable(x.Cure))
	}
	if path, err := steps.WriteFix(l.work.Runner, verdict, all); err == nil && path != "" && !verdict.OK() {
		l.print("%s", l.say("Letter to the CA: %s", cert.Printable(path)))
	}
}

// ready asks for the logins that the next tasks need.
func (l *line) ready(next plan.Next) error {
	for {
		node, ask := app.NeedsLogin(l.work, l.work.Runner.Plan(), next.Tasks)
		if !ask {
			return nil
		}
		who := node
		if node == "" {
			who = l.say("all nodes")
		}
		user, err := l.prompt(l.say("OS Administration user for %s:", cert.Printable(who)))
		if err != nil {
			return err
		}
		password, err := l.secret(l.say("Password:"))
		if err != nil {
			return err
		}
		if user != "" && password != "" {
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

// menu is the home of line mode.
func (l *line) menu(context.Context) (*app.Work, error) {
	for {
		all, err := l.app.Sessions()
		if err != nil {
			return nil, err
		}
		l.print("uccx-tui %s", l.app.Version)
		for i, s := range all {
			text := ""
			switch {
			case s.Err != nil:
				text = cert.Printable(s.Err.Error())
			case s.Held != nil:
				text = l.pages().Held(s)
			default:
				text = l.say("step %d of %d, %s", s.Where.Number, s.Where.Of, l.say(msg.Label(s.Where.Outcome.String())))
			}
			l.print("  %d  %s  %s", i+1, cert.Printable(s.Name), text)
		}
		text, err := l.prompt(l.say("NUMBER resume, r NUMBER renew, t NUMBER take over, n new change, l lab, lessons list scenarios, l " +
			"NAME start scenario, q quit:"))
		if err != nil {
			return nil, nil
		}
		w, err := l.pick(text, all)
		switch {
		case err != nil:
			l.print("%s", cert.Printable(err.Error()))
		case w != nil || strings.EqualFold(text, "q"):
			return w, nil
		}
	}
}

func (l *line) pick(text string, all []app.Listed) (*app.Work, error) {
	switch strings.ToLower(text) {
	case "q":
		return nil, nil
	case "l":
		return l.app.Lab()
	case "n":
		c, err := l.newChange()
		if err != nil {
			return nil, err
		}
		return l.app.Begin(c)
	}
	if w, known, err := l.practise(text); known {
		return w, err
	}
	if number, takes := strings.CutPrefix(strings.ToLower(text), "t"); takes {
		return l.takeOver(number, all)
	}
	number, renews := strings.CutPrefix(strings.ToLower(text), "r")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 || n > len(all) {
		return nil, fmt.Errorf("%s", l.say("Not in the list."))
	}
	if renews {
		return l.app.Renew(all[n-1].Name)
	}
	return l.app.Resume(all[n-1].Name)
}

// takeOver takes a session from a program that holds it, once its name is typed.
func (l *line) takeOver(number string, all []app.Listed) (*app.Work, error) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 || n > len(all) || all[n-1].Held == nil {
		return nil, errors.New(l.say("That session is not open in another program."))
	}
	for _, text := range layout.Wrap(l.say(pages.TakeOverMeans), lineWidth) {
		l.print("%s", text)
	}
	name, err := l.prompt(l.say("To take over the session, type its name: %s", cert.Printable(all[n-1].Name)))
	if err != nil || name != all[n-1].Name {
		return nil, errors.Join(err, errors.New(l.say("That is not the name of the session. Nothing was changed.")))
	}
	return l.app.TakeOver(name, *all[n-1].Held)
}
