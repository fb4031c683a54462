package lab

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/cleanup"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// gradeFile is the trainer's report in the session folder.
const gradeFile = "grade.md"

// mark is one line of a grade.
type mark struct {
	what  msg.Text
	ok    bool
	seen  msg.Text
	note  bool // it does not count
	later bool // it becomes ok only in time
	open  bool // the session is not finished: it may still become ok
	auto  bool // the program answered in a person's place
}

// ErrNoScenario tells that a lab has no scenario, so that nothing can be graded.
var ErrNoScenario = errors.New("This lab has no scenario, so it cannot be graded. List scenarios with: uccx-tui lab --list")

// marks are the lines of the grade: the process counts, not only its end.
func marks(p *plan.Plan, r sim.Record) []mark {
	rubric := r.Scenario.Rubric
	limit := func(what msg.Text, n, most int) mark {
		if most < 0 {
			return mark{what: what, ok: true, seen: msg.T("%d", n)}
		}
		return mark{what: what, ok: n <= most, seen: msg.T("%d, allowed %d", n, most)}
	}
	together := r.Together()
	outage := int(r.Outage().Round(time.Minute) / time.Minute)
	all := []mark{goalMark(p, r), roleMark(p, plan.RolePreflight, msg.T("prerequisites checked before the change"))}
	if r.Scenario.Ends == sim.Untouched { // it is what the check found that stops it
		all = all[:1]
	}
	if r.Scenario.Ends == sim.Reached {
		all = append(all, roleMark(p, plan.RoleProve, msg.T("every port verified at the end")))
	}
	if r.Scenario.HandOver != "" {
		all = append(all, mark{what: msg.T("session handed over with its journal"), ok: p.Takeovers() > 0, later: true})
	}
	all = append(all,
		limit(msg.T("no unnecessary restarts"), r.Restarts(), rubric.MaxRestarts),
		limit(msg.T("one CSR per node"), r.CSRs(), rubric.MaxCSRs),
		limit(msg.T("no refused uploads"), r.Refused(), rubric.MaxRefusals),
		mark{what: msg.T("one node at a time"), ok: together == "", seen: msg.Verbatim(together)},
		limit(msg.T("outage of a whole product, minutes"), outage, rubric.OutageMinutes))
	if due := r.Scenario.Due(); len(due) > 0 {
		done := slices.DeleteFunc(slices.Clone(due), func(title string) bool { return !slices.Contains(r.Outside(), title) })
		all = append(all, mark{what: msg.T("outside actions done"), ok: len(done) == len(due), seen: msg.T("%d of %d", len(done), len(due)), later: true})
	}
	all = append(all, askedMarks(r)...)
	played := playedMark(p)
	if !p.Next().Finished && !played.auto {
		leaveOpen(all, r.Scenario.Ends)
	}
	return append(append(all, played, hintMark(r)), lostMark(r)...)
}

// leaveOpen marks what is not done yet, of a session that a person has not finished: the end that the scenario wants, checks that come
// later, actions outside. What was exceeded stays as it is.
func leaveOpen(all []mark, ends sim.Ending) {
	for i := range all {
		all[i].open = all[i].later && !all[i].ok && ends == sim.Reached
	}
}

// goalMark says whether the lesson has come to the end that is right for it.
func goalMark(p *plan.Plan, r sim.Record) mark {
	switch r.Scenario.Ends {
	case sim.Untouched:
		return mark{what: msg.T("goal reached: stopped before anything was changed"), ok: !r.Touched(), seen: msg.Word(standing.OutcomeOf(p).String())}
	case sim.InWindow:
		return mark{what: msg.T("goal reached: stopped because the next step did not fit the window"), ok: standing.OutcomeOf(p) == standing.Owed && r.Restarts() == r.Scenario.Rubric.MaxRestarts, seen: msg.Word(standing.OutcomeOf(p).String())}
	}
	goal := mark{what: msg.T("goal reached: all ports verified, nothing pending"), ok: standing.OutcomeOf(p) == standing.Proven, seen: msg.Word(standing.OutcomeOf(p).String()), later: true}
	for _, f := range reply.Warnings(p) { // it is in the plan because a person accepted it
		if slices.Contains(r.Scenario.Refuse, f.Code) {
			return mark{what: goal.what, seen: msg.T("installed despite the warning: %s", f.What)}
		}
	}
	if goal.ok {
		goal.seen, goal.ok = short(p, r.Scenario, goal.seen)
	}
	return goal
}

// short says what the goal of a lesson lacks where nothing is pending: certificates were kept that the clean-up was for, or what is part of
// the goal was decided otherwise, as who signs, and that what is complete is installed while the rest is at the CA. ok: nothing is lacking.
func short(p *plan.Plan, s *sim.Scenario, is msg.Text) (seen msg.Text, ok bool) {
	if p.Change().Path == change.PathCleanup {
		if kept := cleanup.Kept(p, time.Now()); len(kept) > 0 {
			return kept[0].Word(), false
		}
	}
	for _, id := range []string{plan.AskCA, plan.AskParts} {
		want, said := s.Answers[id], ""
		for _, d := range p.Decisions() {
			if d.ID == id && d.Value != plan.Again {
				said = d.Value
			}
		}
		if want != "" && said != want {
			return msg.T("not answered as the goal needs: %s", id+"="+want), false
		}
	}
	return is, true
}

// roleMark says whether all rows of a role are done; a path without one needs none.
func roleMark(p *plan.Plan, role plan.Role, what msg.Text) mark {
	done, all := 0, 0
	for _, row := range plan.RoleRows(p, role) {
		done, all = done+row.Done(), all+len(row.Tasks)
	}
	if all == 0 {
		return mark{what: what, ok: true, seen: msg.T("not part of this task")}
	}
	return mark{what: what, ok: done == all, seen: msg.T("%d of %d", done, all), later: true}
}

// gradeText is the trainer's report in Markdown, with who played when as in g, and what came of it.
func gradeText(by msg.Localizer, r sim.Record, all []mark, g practice.Result, now time.Time) (text string, result msg.Text, passed bool) {
	lines := msg.Page{By: by}
	ok, fail, open := msg.In(by, msg.T("ok")), msg.In(by, msg.T("FAIL")), msg.In(by, msg.T("not yet"))
	column := max(ansi.StringWidth(ok), ansi.StringWidth(fail))
	if slices.ContainsFunc(all, func(m mark) bool { return m.open }) {
		column = max(column, ansi.StringWidth(open))
	}
	for _, m := range all {
		sign := ok
		switch {
		case m.note:
			sign = "--"
		case m.open:
			sign = open
		case !m.ok:
			sign = fail
		}
		lines.Say("- %s  %s", sign+strings.Repeat(" ", column-ansi.StringWidth(sign)), m.what)
		if !m.seen.IsZero() {
			lines.Say(" (%s)", m.seen.Mapped(cert.Printable))
		}
		lines.WriteString("\n")
	}
	s := r.Scenario
	b := msg.Page{By: by}
	b.Say("# %s\n\n", msg.English(cert.Printable(s.Title)))
	b.Say("Scenario %s, session %s, graded %s\n\n", cert.Printable(s.Name), cert.Printable(g.Session), now.Format("2006-01-02 15:04"))
	if g.Student != "" {
		from, to := g.Begun.Local(), g.Ended.Local()
		b.Say("Student: %s, from %s to %s (%s)\n\n", cert.Printable(g.Student), from.Format("2006-01-02 15:04"), to.Format("2006-01-02 15:04 MST"), msg.Duration(to.Sub(from)))
	}
	b.Say("Goal: %s\n\n", msg.English(cert.Printable(s.Goal)))
	result, passed = resultOf(r, all)
	b.Say("Result: %s\n\n", result)
	good, of := score(all)
	b.Say("Score: %d of %d\n\n", good, of)
	b.WriteString(lines.String())
	nodeTable(&b, r)
	noteLines(&b, r)
	return b.String(), result, passed
}

// score is how many of the lines that count are ok.
func score(all []mark) (ok, of int) {
	for _, m := range all {
		if !m.note {
			of++
			if m.ok {
				ok++
			}
		}
	}
	return ok, of
}

// nodeTable is what was done to each node.
func nodeTable(b *msg.Page, r sim.Record) {
	b.Say("\n| node | CSRs | uploads | refused | restarts | downtime, min |\n")
	b.WriteString("| --- | --- | --- | --- | --- | --- |\n")
	for _, n := range nodeResults(r) {
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d |\n", cert.Printable(n.FQDN), n.CSRs, n.Uploads, n.Refused, n.Restarts, int(n.Away.Round(time.Minute)/time.Minute))
	}
}

// noteLines are the hints that were given and what was done outside of the program, with their times.
func noteLines(b *msg.Page, r sim.Record) {
	if len(r.Notes) == 0 {
		return
	}
	notes := slices.Clone(r.Notes)
	slices.SortStableFunc(notes, func(a, b sim.Noted) int { return a.At.Compare(b.At) })
	b.Say("\nHints and outside actions:\n\n")
	for _, n := range notes {
		b.Say("- %s %s\n", n.At.Local().Format("15:04:05"), noted(n))
	}
}

// noted is a line of a log of the lab.
func noted(n sim.Noted) msg.Text {
	text := cert.Printable(n.Text)
	switch n.Kind {
	case sim.NotedReply:
		word, reason, _ := strings.Cut(text, " ")
		if word == "right" {
			return msg.T("reply sent back to the CA: %s (right)", msg.English(reason))
		}
		return msg.T("reply sent back to the CA: %s (wrong)", msg.English(reason))
	case sim.NotedReport:
		return msg.T("reported: %s", msg.English(text))
	}
	return practice.Says(text)
}
