package line

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// tellLesson prints what the lesson is about.
func (l *line) tellLesson() {
	t := l.work.Lesson()
	if t == nil {
		return
	}
	l.print("")
	about := l.pages().Lesson(t, t.Hints)
	for _, s := range layout.Wrap(about.Title, lineWidth) {
		l.print("%s", s)
	}
	l.facts("", about.Lines)
	if l.auto == nil {
		l.print("%s", l.say("At any prompt: lesson, hint, outside, grade."))
	}
	l.print("")
}

// learnWord does what a word of a lesson stands for; it reports whether the word was one.
func (l *line) learnWord(word, rest string) bool {
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
			l.print("%s", strings.TrimRight(text, "\n"))
		}
	default:
		return false
	}
	if err != nil {
		l.print("%s", cert.Printable(err.Error()))
	}
	return true
}

// promptLesson asks one line as prompt does; the words of a lesson work there.
func (l *line) promptLesson(text string) (string, error) {
	for {
		answer, err := l.prompt(text)
		word, rest, _ := strings.Cut(answer, " ")
		if err != nil || !l.learnWord(strings.ToLower(word), rest) {
			return answer, err
		}
	}
}

func (l *line) hint(t *lab.Lesson) error {
	hint, more, err := t.Hint()
	switch {
	case err != nil:
		return err
	case !more:
		l.print("  %s", l.say("No more hints."))
		return nil
	}
	t.Hints = append(t.Hints, hint)
	l.print("  %s", l.say("Hint %d", len(t.Hints))+": "+cert.Printable(hint))
	return nil
}

// goOutside lists what can be done outside of this program, or does the one with the number that was given.
func (l *line) goOutside(t *lab.Lesson, number string) error {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 || n > len(t.Outside) {
		for i, o := range t.Outside {
			l.print("  %d  %s", i+1, cert.Printable(o.Title))
		}
		l.print("  %s", l.say("outside NUMBER performs the action. Some actions are mistakes."))
		return nil
	}
	if err := t.Do(t.Outside[n-1].Title); err != nil {
		return err
	}
	l.print("outside: %s", cert.Printable(t.Outside[n-1].Title))
	return nil
}

// practise answers the words of the menu that concern lessons; known is false for all others.
func (l *line) practise(text string) (w *app.Work, known bool, err error) {
	word, name, _ := strings.Cut(text, " ")
	switch {
	case strings.EqualFold(word, "lessons"):
		all, err := l.app.Lessons()
		for _, one := range all {
			l.print("  %s", cert.Printable(one.Name+"  "+one.Title))
		}
		return nil, true, err
	case strings.EqualFold(word, "l") && name != "":
		w, err = l.app.Lesson(strings.TrimSpace(name))
		return w, true, err
	}
	return nil, false, nil
}
