package line

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// consult asks one line as prompt does, and does what the screens have keys for, before it asks again: trust, report, rehearse, kit,
// rules, advise TEXT.
func (l *line) consult(text string, row plan.Row) (string, error) {
	for {
		answer, err := l.prompt(text)
		if err != nil || !l.more(answer, row) {
			return answer, err
		}
	}
}

// more does what a word stands for; it reports whether the word was one.
func (l *line) more(answer string, row plan.Row) bool {
	word, rest, _ := strings.Cut(answer, " ")
	switch strings.ToLower(word) {
	case "?", "help":
		l.print("  %s", l.say("trust: trust relations; restarts: what is restarted and why; report: current report; rehearse: "+
			"rehearse the plan; kit: write the client kit; rules: rules of this step; advise TEXT: explain an "+
			"error"))
	case "trust":
		l.trust()
	case "rehearse":
		l.rehearse()
	case "restarts":
		l.restarts()
	case "report":
		l.print("%s", strings.TrimRight(cert.PlainText(string(report.Of(l.plan).Markdown())), "\n"))
	case "rules":
		for _, id := range row.Step.Rules {
			l.print("  %s  %s", id, l.say(rules.Text(id)))
		}
	case "kit":
		folder, err := steps.WriteKit(l.work.Runner)
		if err != nil {
			l.print("%s", cert.Printable(err.Error()))
			break
		}
		l.print("%s", l.say("Client kit written to %s", cert.Printable(folder)))
	case "advise":
		if rest == "" {
			rest = l.troubleOf(row)
		}
		found, _ := advice.Find(rest)
		l.advices(rest, found)
	default:
		return l.learnWord(strings.ToLower(word), rest)
	}
	return true
}

// rehearse plays the plan on simulated nodes, and prints what came of it.
func (l *line) rehearse() {
	if l.app.Rehearse == nil {
		return
	}
	l.print("%s", l.say("Rehearsing on simulated nodes. No real node is touched."))
	r, err := l.app.Rehearse(l.work)
	if err != nil {
		l.print("%s", cert.Printable(err.Error()))
		return
	}
	l.player.Flush()
	for _, text := range pages.RehearsalLines(l.app.Say, l.plan, r) {
		l.print("%s", text)
	}
}

// troubleOf is what went wrong in a row, in the node's words where it has any.
func (l *line) troubleOf(row plan.Row) string {
	for _, t := range row.Tasks {
		if t.Trouble != nil && t.State != plan.Done {
			return t.Trouble.Said + " " + t.Trouble.What
		}
	}
	return ""
}

// trust prints who must trust whom, and what each of them needs.
func (l *line) trust() {
	about := l.pages()
	for _, e := range trust.StatesOf(l.plan) {
		text := l.say("%s in tomcat-trust of %s: now %s, after this change %s", cert.Printable(e.Name()), cert.Printable(e.Into.FQDN), about.Holds(e.Now), about.Holds(e.Then))
		if e.Breaks() {
			text += "; " + about.Breaks()
		}
		l.print("  %s", text)
		_, needs := about.Trust(e)
		l.facts("    ", needs)
	}
}

// restarts prints what is restarted in this plan, and which document says so.
func (l *line) restarts() {
	for _, part := range l.pages().Restarts("").Parts {
		l.print("  %s", part.Title)
		l.facts("    ", part.Lines)
	}
}

// advices prints cause and cure of each, and what is seen.
func (l *line) advices(text string, found []advice.Advice) {
	if len(found) == 0 {
		l.print("  %s", l.pages().NoAdvice(text))
	}
	doctor := &advice.Diagnosis{Plan: l.plan, Now: time.Now()}
	for _, a := range found {
		about := l.pages().Advice(a)
		l.print("  %s", about.Title)
		l.facts("    ", about.Lines)
		for _, s := range a.Look(context.Background(), doctor) {
			l.print("    %s", l.pages().Check(s))
		}
	}
}

// owed asks again what was not answered with yes, until the input is empty. Enter leaves it pending.
func (l *line) owed() error {
	for {
		owed := standing.AllPutOff(l.work.Runner.Plan())
		if len(owed) == 0 || l.in == nil {
			return nil
		}
		for i, q := range owed {
			l.print("  %d  %s", i+1, l.say(q.Question.Text))
		}
		ask := l.say("One question is still open. 1: answer it now, Enter: later:")
		if len(owed) > 1 {
			ask = l.say("%d open questions. NUMBER: answer now, Enter: later:", len(owed))
		}
		text, err := l.prompt(ask)
		if err != nil || text == "" {
			return nil // what is owed stays so
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(owed) {
			continue
		}
		l.question(owed[n-1].Asked)
		if err := l.choose(owed[n-1].Asked); err != nil {
			return fmt.Errorf("the answer was not recorded: %w", err)
		}
		l.player.Flush()
	}
}
