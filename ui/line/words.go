package line

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// word is something that a person may type at every prompt of a session, in place of an answer. What the screens have a key for
// is a word here: the help, and what works, are one table.
type word struct {
	name, key string // key is that of the screens; "" where prompts need the letter for something else
	takes     string // what may stand behind it, English
	help      string // English
	do        func(l *line, row plan.Row, rest string)
}

// words are all of them, in the order of the help.
func words() []word {
	return []word{
		{"plan", "", "", "all steps, and where you are", func(l *line, _ plan.Row, _ string) { showPlan(l) }},
		{"details", "d", "[STEP]", "why, effect, way back and nodes of this step, or of a step by its number", showDetails},
		{"commands", "c", "[STEP]", "the commands that are typed on each node", showCommands},
		{"rules", "", "[STEP]", "the rules behind the step", showRules},
		{"ports", "p", "[NODE [PORT]]", "what every port presented before, and presents now", showPorts},
		{"trust", "t", "", "who must trust whom", func(l *line, _ plan.Row, _ string) { showTrust(l) }},
		{"restarts", "s", "[STEP]", "what is restarted, the effect, and the source", showRestarts},
		{"connections", "v", "[NODE WAY]", "how each node is reached, or another connection for one node", connections},
		{"window", "w", "[TIME]", "when the change window ends, or set it: 06:00, 4h, none", window},
		{"outbox", "", "[FILE|all]", "the CSRs and the letter to the CA, the text of one file, or the letter with all CSRs in it", showOutbox},
		{"report", "", "", "the report so far", func(l *line, _ plan.Row, _ string) {
			l.document(string(report.Of(l.plan).Said(l.tongue).Markdown()))
		}},
		{"rehearse", "e", "", "play the plan on simulated nodes", func(l *line, _ plan.Row, _ string) { rehearse(l) }},
		{"kit", "", "", "write the client kit", func(l *line, _ plan.Row, _ string) { writeKit(l) }},
		{"advise", "a", "[TEXT]", "explain an error: the last one, or the text", advise},
	}
}

// consult asks one line as prompt does, and does what was typed where it is a word, before it asks again. help says what the
// prompt itself takes, in the language of the reader.
func (l *line) consult(text string, row plan.Row, help ...string) (string, error) {
	for {
		answer, err := l.prompt(text)
		if err != nil || !l.more(answer, row, help) {
			return answer, err
		}
	}
}

// more does what a word stands for; it reports whether the word was one.
func (l *line) more(answer string, row plan.Row, help []string) bool {
	name, rest, _ := strings.Cut(strings.TrimSpace(answer), " ")
	name, rest = strings.ToLower(name), strings.TrimSpace(rest)
	if name == "?" || name == "help" {
		l.help(help)
		return true
	}
	for _, w := range words() {
		if name == w.name || name+"s" == w.name || name == w.key && name != "" {
			w.do(l, row, rest)
			return true
		}
	}
	return name != "" && lesson{l}.learnWord(name, rest)
}

// help says what a prompt takes, and then the words that work everywhere.
func (l *line) help(first []string) {
	for _, text := range first {
		l.tell("  ", text)
	}
	l.tell("  ", l.say("At every prompt:"))
	for _, w := range words() {
		name := w.name
		if w.takes != "" {
			name += " " + w.takes
		}
		l.tell("  ", name+": "+l.say(w.help))
	}
	if l.work.Lesson() != nil {
		l.tell("  ", l.say("lesson, hint, outside, grade: what the scenario is about, a hint, actions outside uccx-tui, the grade"))
	}
	l.tell("  ", l.say("q: quit; progress is saved"))
}

func writeKit(l *line) {
	folder, err := steps.WriteKit(l.work.Runner)
	if err != nil {
		l.tell("", cert.Printable(l.tongue.Error(err)))
		return
	}
	l.tell("", l.say("Client kit written to %s", cert.Printable(folder)))
}

func advise(l *line, row plan.Row, text string) {
	if text == "" {
		text = troubleOf(row)
	}
	if text == "" {
		l.tell("  ", l.say("Type the error after it, for example: advise CAA1016"))
		return
	}
	found, _ := advice.FindIn(l.tongue, text)
	l.advices(text, found)
}

// rehearse plays the plan on simulated nodes, and prints what came of it.
func rehearse(l *line) {
	if l.app.Rehearse == nil {
		l.tell("", l.say("no simulated nodes available"))
		return
	}
	l.tell("", l.say("Rehearsing on simulated nodes. No real node is touched."))
	r, err := l.app.Rehearse(l.work)
	if err != nil {
		l.tell("", cert.Printable(l.tongue.Error(err)))
		return
	}
	l.player.Flush()
	for _, text := range pages.RehearsalLines(l.app.Say, l.plan, r) {
		l.text(text)
	}
}

// troubleOf is what went wrong in a row, in the node's words where it has any.
func troubleOf(row plan.Row) string {
	for _, t := range row.Tasks {
		if t.Trouble != nil && t.State != plan.Done {
			return t.Trouble.Said + " " + t.Trouble.What.String()
		}
	}
	return ""
}
