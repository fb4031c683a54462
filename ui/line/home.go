package line

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// home asks what to work on: a session of the list, a new change, or the lab.
type home struct{ *line }

// menu is the home of line mode.
func (l home) menu(context.Context) (*app.Work, error) {
	for {
		all, err := l.app.Sessions()
		if err != nil {
			return nil, err
		}
		l.print("uccx-tui %s", l.app.Version)
		for i, s := range all {
			l.tell("  ", fmt.Sprintf("%d  %s: %s", i+1, cert.Printable(s.Name), l.listed(s)))
		}
		text, err := l.prompt(l.say("Number of a change, new, lab (? for help, q to quit):"))
		if err != nil {
			return nil, nil
		}
		w, err := l.pick(text, all)
		switch {
		case err != nil:
			l.tell("", cert.Printable(l.tongue.Error(err)))
		case w != nil || strings.EqualFold(text, "q"):
			return w, nil
		}
	}
}

// listed is where a session stands.
func (l home) listed(s app.Listed) string {
	switch {
	case s.Err != nil:
		return cert.Printable(l.tongue.Error(s.Err))
	case s.Held != nil:
		return l.pages().Held(s)
	}
	return l.pages().Where(s)
}

// homeHelp is what may be typed at home.
func (l home) homeHelp() {
	for _, text := range []string{l.say("NUMBER: resume that change"), l.say("new (n): a new change"), l.say("renew NUMBER (r): a new change on the same nodes, with new CSRs"),
		l.say("take NUMBER (t): take over a change that another program has open"), l.say("lab (l): practise on simulated nodes; nothing outside the lab is touched"),
		l.say("scenarios: list the lab scenarios; lab NAME starts one"),
		l.say("rename NUMBER NAME, archive NUMBER, delete NUMBER: tidy the list"), l.say("q: quit")} {
		l.tell("  ", text)
	}
}

// pick does what was typed at home. No work and no error: home is shown again.
func (l home) pick(text string, all []app.Listed) (*app.Work, error) {
	switch word, rest, _ := strings.Cut(strings.ToLower(text), " "); {
	case text == "", text == "q":
		return nil, nil
	case word == "?", word == "help":
		l.homeHelp()
		return nil, nil
	case rest == "" && (word == "l" || word == "lab"):
		return l.app.Lab()
	case word == "n" || word == "new":
		c, from, err := l.newChange()
		if err != nil {
			return nil, err
		}
		return l.app.Begin(c, from)
	}
	if w, known, err := l.practise(text); known {
		return w, err
	}
	if known, err := shelve(l.line, text, all); known {
		return nil, err
	}
	if number, takes := numbered(text, "take", "t"); takes {
		return l.takeOver(number, all)
	}
	number, renews := numbered(text, "renew", "r")
	i, ok := index(number, len(all))
	if !ok {
		return nil, errors.New(l.say("Not in the list."))
	}
	if !renews {
		return l.app.Resume(all[i].Name)
	}
	if !l.sure(l.tongue.T(msg.Beside(msg.T("Start a new change on the nodes of %s?", cert.Printable(all[i].Name)), msg.T("It generates new CSRs. No node is touched before you start its first step.")))) {
		return nil, nil
	}
	return l.app.Renew(all[i].Name)
}

// numbered is what stands behind a word or its letter, as in "renew 2", "r 2" and "r2"; ok is false where neither does. Without
// them it is the text itself.
func numbered(text, word, letter string) (rest string, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, w := range []string{word, letter} {
		if rest, ok := strings.CutPrefix(text, w); ok && strings.Trim(rest, " 0123456789") == "" {
			return strings.TrimSpace(rest), true
		}
	}
	return text, false
}

// takeOver takes a session from a program that holds it, once its name is typed.
func (l home) takeOver(number string, all []app.Listed) (*app.Work, error) {
	i, ok := index(number, len(all))
	if !ok || all[i].Held == nil {
		return nil, errors.New(l.say("That session is not open in another program."))
	}
	l.tell("", l.say(pages.TakeOverMeans))
	name, err := l.prompt(l.say("To take over the session, type its name: %s", cert.Printable(all[i].Name)))
	if err != nil || name != all[i].Name {
		return nil, errors.Join(err, errors.New(l.say("That is not the name of the session. Nothing was changed.")))
	}
	return l.app.TakeOver(name, *all[i].Held)
}

// shelve puts a session of the list in order; known is false for all other words. One is deleted once its name was typed.
func shelve(l *line, text string, all []app.Listed) (known bool, err error) {
	fields := strings.Fields(text)
	if len(fields) < 2 || !slices.Contains([]string{"rename", "archive", "delete"}, strings.ToLower(fields[0])) {
		return false, nil
	}
	i, ok := index(fields[1], len(all))
	if !ok || all[i].Held != nil {
		return true, errors.New(l.say("Not in the list, or another program has it open."))
	}
	name := all[i].Name
	switch strings.ToLower(fields[0]) {
	case "rename":
		_, err = l.app.Rename(name, strings.Join(fields[2:], " "))
	case "archive":
		if l.sure(l.say("Move %s into the archive? Nothing is deleted.", cert.Printable(name))) {
			_, err = l.app.Archive(name)
		}
	default:
		typed, _ := l.prompt(l.say("Its journal, CSRs, certificates and reports are deleted. To delete the session, type its name: %s", cert.Printable(name)))
		if typed != name {
			return true, errors.New(l.say("That is not the name of the session. Nothing was changed."))
		}
		err = l.app.Delete(name)
	}
	return true, err
}
