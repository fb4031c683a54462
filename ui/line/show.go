package line

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// showPlan prints all steps, a line each: number, state in a word, title, and what there is to say.
func showPlan(l *line) {
	about, next := l.pages(), l.plan.Next()
	if text := pages.Pending(l.plan, l.app.Say); text != "" {
		l.tell("  ", text)
	}
	rows := l.plan.Rows()
	border := about.Borders(rows)
	for i, row := range rows {
		if text, _ := border(i); text != "" {
			l.tell("  ", "-- "+text)
		}
		how := about.Row(row, next)
		text := fmt.Sprintf("%2d  ", row.Number)
		if state := stateWord(how.State); state != "" {
			text += l.say(state) + ": "
		}
		text += l.say(row.Step.Title)
		if how.Says != "" && how.Says != l.say("done") {
			text += " (" + how.Says + ")"
		}
		l.tell("  ", text)
	}
}

// stateWord is the sign of a row, as a word.
func stateWord(s pages.RowState) string {
	return map[pages.RowState]string{pages.RowNext: "next", pages.RowDone: "done", pages.RowPending: "pending", pages.RowFailed: "failed", pages.RowUnknown: "unknown"}[s]
}

// rowOf is the row with a number, or the row itself where none is given; ok is false where there is no such row, which is said.
func rowOf(l *line, row plan.Row, number string) (_ plan.Row, ok bool) {
	if number == "" {
		return row, row.Step.ID != ""
	}
	rows := l.plan.Rows()
	if i, ok := index(number, len(rows)); ok {
		return rows[i], true
	}
	l.tell("  ", l.say("There is no step %s. List them with: plan", cert.Printable(number)))
	return row, false
}

func showDetails(l *line, row plan.Row, number string) {
	row, ok := rowOf(l, row, number)
	if !ok {
		return
	}
	about := l.pages()
	l.tell("  ", l.say("Step %d of %d: %s", row.Number, len(l.plan.Rows()), l.say(row.Step.Title)))
	for _, x := range []pages.Line{{Label: l.say("Why"), Text: l.say(row.Step.Why)}, {Label: l.say("Effect"), Text: l.say(row.Step.Effect)}, {Label: l.say("Way back"), Text: l.say(row.Step.Undo)},
		{Label: l.say("Rules"), Text: strings.Join(row.Step.Rules, " ")}} {
		if x.Text != "" {
			l.facts("    ", []pages.Line{x})
		}
	}
	for _, t := range row.Tasks {
		l.tell("    ", about.Subject(t.Task)+": "+about.Task(row, t))
		if t.Trouble != nil && t.State != plan.Done {
			l.trouble("      ", *t.Trouble)
		}
	}
}

// trouble prints the three parts of an error, a line each.
func (l *line) trouble(indent string, t plan.Trouble) {
	l.tell(indent, layout.OneLine(strings.TrimSpace(l.local(t.What)+" "+t.Said)))
	for _, part := range []msg.Text{t.Means, t.Next} {
		if text := l.local(part); text != "" {
			l.tell(indent, cert.Printable(text))
		}
	}
}

func showCommands(l *line, row plan.Row, number string) {
	row, ok := rowOf(l, row, number)
	switch {
	case !ok:
		return
	case row.Step.Commands == nil:
		l.tell("  ", l.say("This step runs no commands on a node."))
		return
	}
	var before []string
	for _, t := range row.Tasks {
		n, _ := l.plan.Node(t.Task.Node)
		all := row.Step.Commands(l.plan, n)
		if before != nil && slices.Equal(all, before) {
			l.tell("  ", l.say("%s: the same", cert.Printable(n.FQDN)))
			continue
		}
		before = all
		l.tell("  ", cert.Printable(n.FQDN)+":")
		for _, text := range all {
			for _, one := range l.pages().Shortened(text, "...") {
				if pages.IsNote(one) {
					l.tell("    ", one)
					continue
				}
				l.print("    %s", one) // what is typed is not broken
			}
		}
	}
}

func showRules(l *line, row plan.Row, number string) {
	row, ok := rowOf(l, row, number)
	if !ok {
		return
	}
	if len(row.Step.Rules) == 0 {
		l.tell("  ", l.say("There are no rules for this step."))
	}
	for _, id := range row.Step.Rules {
		l.tell("  ", id+": "+l.say(rules.Text(id)))
	}
}

// showPorts prints the ports of all nodes or of one, a line each; or one port in full.
func showPorts(l *line, _ plan.Row, rest string) {
	node, port, _ := strings.Cut(rest, " ")
	seen, all := 0, standing.Addresses(l.plan)
	for _, a := range all {
		if node != "" && !plan.SameName(node, a.Node) || port != "" && strings.TrimSpace(port) != strconv.Itoa(a.Port) {
			continue
		}
		seen++
		l.tell("  ", portLine(l, a))
		if port != "" {
			l.page(l.pages().Served("", a.Now, &a.Before))
		}
	}
	switch {
	case seen > 0:
	case len(all) > 0:
		l.tell("  ", l.say("No such port was read. List them with: ports"))
	default:
		l.tell("  ", l.say("nothing has been read yet"))
	}
}

// portLine is a port in words.
func portLine(l *line, a standing.Address) string {
	text := cert.Printable(layout.Short(a.Node.FQDN)) + " " + cert.Printable(a.Label()) + ": "
	now := a.Before
	if a.Now != nil {
		now = *a.Now
		text += l.say(msg.Label(string(a.State)))
	} else {
		text += l.say("before the change")
	}
	switch {
	case now.Error != "":
		text += ", " + cert.Printable(l.tongue.T(msg.Kept(now.Error)))
	case now.Serial != "":
		text += ", " + l.say("serial %s", layout.Tail(cert.Printable(now.Serial)))
		if until, err := time.Parse(time.RFC3339, now.Until); err == nil {
			text += ", " + l.say("until %s", until.Format(time.DateOnly))
		}
	}
	if a.Wrong() {
		text = l.tongue.T(msg.Sentences(msg.Verbatim(text), a.Means))
	}
	return text
}

// showTrust prints who must trust whom, and what each of them needs.
func showTrust(l *line) {
	about := l.pages()
	for _, e := range trust.StatesOf(l.plan) {
		text := l.say("%s in tomcat-trust of %s: now %s, after this change %s", cert.Printable(e.Name()), cert.Printable(e.Into.FQDN), about.Holds(e.Now), about.Holds(e.Then))
		if e.Breaks() {
			text += "; " + about.Breaks()
		}
		l.tell("  ", text)
		_, needs := about.Trust(e)
		l.facts("    ", needs)
	}
}

func showRestarts(l *line, _ plan.Row, number string) {
	only := ""
	if number != "" {
		row, ok := rowOf(l, plan.Row{}, number)
		if !ok {
			return
		}
		only = row.Step.ID
	}
	l.page(l.pages().Restarts(only))
}

// showOutbox lists what goes to the CA, or prints one file as it is.
func showOutbox(l *line, _ plan.Row, name string) {
	all := reply.OutboxFiles(l.plan, l.tongue)
	if !slices.ContainsFunc(all, func(f plan.OutFile) bool { return f.Node != "" }) { // a letter without requests asks for nothing
		l.tell("  ", l.say("The outbox is empty: no CSR has been generated yet."))
		return
	}
	if strings.EqualFold(name, "all") && len(all) > 0 {
		l.text(pages.Whole(all))
		return
	}
	for _, f := range all {
		if name == f.Name {
			l.text(string(f.Data))
			return
		}
	}
	if name != "" {
		l.tell("  ", l.say("There is no such file in the outbox."))
	}
	for _, f := range all {
		l.tell("  ", cert.Printable(f.Name)+": "+l.pages().OutFile(f))
	}
}

// connections lists how each node is reached, or lets one be reached otherwise once that is meant.
func connections(l *line, _ plan.Row, rest string) {
	node, way, _ := strings.Cut(rest, " ")
	way = strings.TrimSpace(way)
	if way == "" {
		for _, n := range l.plan.Nodes() {
			l.tell("  ", cert.Printable(n.FQDN)+": "+l.say(n.Connection.Title()))
		}
		var all []string
		for _, w := range vos.Connections() {
			all = append(all, string(w)+" ("+l.say(w.Title())+")")
		}
		l.tell("  ", l.say("To change it: connections NODE, then one of %s", strings.Join(all, ", ")))
		return
	}
	c, err := vos.ParseConnection(way)
	at := slices.IndexFunc(l.plan.Nodes(), func(n vos.Node) bool { return plan.SameName(node, n) })
	if err != nil || at < 0 {
		l.tell("  ", l.say("Not in the list."))
		return
	}
	n := l.plan.Nodes()[at]
	if !l.sure(l.say("Reach %s by %s from now on?", cert.Printable(n.FQDN), l.say(c.Title()))) {
		return
	}
	settle(l, l.work.Runner.Choose(n.FQDN, c))
}

// window says when the change window ends, or sets it.
func window(l *line, _ plan.Row, text string) {
	if text == "" {
		until := l.plan.Until()
		if until.IsZero() {
			l.tell("  ", l.say("There is no change window. Set its end: window 06:00"))
			return
		}
		l.tell("  ", l.say("The change window ends %s, in %s.", msg.Time(until.Local(), msg.Weekday), msg.Elapsed(time.Until(until))))
		return
	}
	w := plan.Window{}
	if !strings.EqualFold(text, "none") {
		until, err := timing.ParseUntil(text, time.Now())
		if err != nil {
			l.tell("  ", cert.Printable(l.tongue.Error(err)))
			return
		}
		w.Until = until
	}
	settle(l, l.work.Runner.SetWindow(w))
}

// settle prints the error of what was written down, or lets it be heard.
func settle(l *line, err error) {
	if err != nil {
		l.tell("  ", cert.Printable(l.tongue.Error(err)))
		return
	}
	l.player.Flush()
	l.tell("  ", l.say("Recorded in the journal."))
}

// sure asks for a yes; anything else is a no.
func (l *line) sure(text string) bool {
	answer, err := l.prompt(text + " " + l.say("[yes/no]"))
	if err == nil && answer != "" && !isYes(answer) && !isNo(answer) {
		l.tell("", l.say("That is not an answer. Nothing was recorded."))
	}
	return err == nil && isYes(answer)
}

func isYes(answer string) bool {
	return strings.EqualFold(answer, "y") || strings.EqualFold(answer, plan.Yes)
}
func isNo(answer string) bool {
	return strings.EqualFold(answer, "n") || strings.EqualFold(answer, plan.No)
}

// advices prints cause and cure of each, and what is seen.
func (l *line) advices(text string, found []advice.Advice) {
	if len(found) == 0 {
		l.tell("  ", l.pages().NoAdvice(text))
	}
	doctor := &advice.Diagnosis{Plan: l.plan, Now: time.Now()}
	for _, a := range found {
		about := l.pages().Advice(a)
		l.tell("  ", about.Title)
		l.facts("    ", about.Lines)
		for _, s := range a.Look(context.Background(), doctor) {
			l.tell("    ", l.pages().Check(s))
		}
	}
}
