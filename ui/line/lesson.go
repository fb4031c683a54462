package line

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lesson is the lesson of the session that is open: what it says, and the words that it adds to every prompt.
type lesson struct{ *line }

// tellLesson prints what the lesson is about.
func (l lesson) tellLesson() {
	t := l.work.Lesson()
	if t == nil {
		return
	}
	l.print("")
	about := l.pages().Lesson(t)
	l.tell("", about.Title)
	l.facts("", about.Lines)
	if l.auto == nil {
		l.tell("", l.say("At any prompt: lesson, hint, outside, grade."))
	}
	l.print("")
}

// learnWord does what a word of a lesson stands for; it reports whether the word was one.
func (l lesson) learnWord(word, rest string) bool {
	t := l.work.Lesson()
	if t == nil {
		return false
	}
	var err error
	switch word {
	case "lesson":
		l.tellLesson()
	case "hint":
		err = l.hint(t)
	case "outside":
		err = l.goOutside(t, rest)
	case "grade":
		var text string
		if text, _, err = t.Grade(); err == nil {
			l.document(text)
		}
	default:
		return false
	}
	if err != nil {
		l.tell("", cert.Printable(l.tongue.Error(err)))
	}
	return true
}

func (l lesson) hint(t *practice.Lesson) error {
	hint, more, err := t.Hint()
	switch {
	case err != nil:
		return err
	case !more:
		l.print("  %s", l.say("No more hints."))
		return nil
	}
	t.Hints = append(t.Hints, hint)
	l.tell("  ", l.say("Hint %d", len(t.Hints))+": "+cert.Printable(l.say(hint)))
	return nil
}

// goOutside lists what can be done outside of this program, or does the one with the number that was given; a second number is
// the reason, where one is needed.
func (l lesson) goOutside(t *practice.Lesson, numbers string) error {
	words := append(strings.Fields(numbers), "", "")
	i, ok := index(words[0], len(t.Outside))
	if !ok {
		for i, o := range t.Outside {
			l.tell("  ", fmt.Sprintf("%d  %s", i+1, cert.Printable(l.tongue.T(practice.Says(o.Title)))))
		}
		l.tell("  ", l.say("outside NUMBER performs the action. Some actions are mistakes."))
		return nil
	}
	o, reason := t.Outside[i], ""
	if len(o.Reasons) > 0 {
		n, ok := index(words[1], len(o.Reasons))
		if !ok {
			return askReason(l.line, t, o)
		}
		reason = o.Reasons[n]
	}
	return doOutside(l.line, t, o, reason)
}

// index is the index that a number from 1 to n stands for.
func index(word string, n int) (i int, ok bool) {
	i, err := strconv.Atoi(strings.TrimSpace(word))
	return i - 1, err == nil && i >= 1 && i <= n
}

func doOutside(l *line, t *practice.Lesson, o practice.Outside, reason string) error {
	said, err := t.Do(o.Title, reason)
	if err != nil {
		return err
	}
	l.tell("", l.say("outside: %s", cert.Printable(l.tongue.T(practice.Says(o.Title)))))
	if reason != "" {
		l.tell("  ", cert.Printable(l.say(said)))
	}
	return nil
}

// askReason asks what is said with something that is done outside; an empty line does nothing.
func askReason(l *line, t *practice.Lesson, o practice.Outside) error {
	l.tell("  ", cert.Printable(l.say(o.Ask)))
	for i, text := range o.Reasons {
		l.tell("  ", fmt.Sprintf("%d  %s", i+1, cert.Printable(l.say(text))))
	}
	word, err := l.prompt(l.say("Number (Enter: do nothing):"))
	if i, ok := index(word, len(o.Reasons)); err == nil && ok {
		return doOutside(l, t, o, o.Reasons[i])
	}
	return nil
}

// askReport asks for what was found, where a lesson wants that and it was not reported, before line mode ends.
func askReport(l *line) {
	t := l.work.Lesson()
	if t == nil || l.auto != nil || l.in == nil || t.Question == "" || t.Reported() {
		return
	}
	o, ok := t.Report()
	if !ok {
		return
	}
	l.print("")
	l.tell("", cert.Printable(l.tongue.T(practice.Says(o.Title))))
	if err := askReason(l, t, o); err != nil {
		l.tell("", cert.Printable(l.tongue.Error(err)))
	}
}

// practise answers the words of the menu that concern scenarios; known is false for all others.
func (l home) practise(text string) (w *app.Work, known bool, err error) {
	word, name, _ := strings.Cut(text, " ")
	switch word = strings.ToLower(word); {
	case word == "lessons", word == "scenarios":
		all, err := l.app.Lessons()
		for _, one := range all {
			l.tell("  ", cert.Printable(one.Name+": "+l.say(one.Title)+" ("+l.tongue.T(one.Effort())+")"))
		}
		return nil, true, err
	case (word == "l" || word == "lab") && name != "":
		w, err = l.app.Lesson(strings.TrimSpace(name))
		return w, true, err
	}
	return nil, false, nil
}
