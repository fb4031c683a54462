package line

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// newChange asks for the solution, a line a node.
func (l *line) newChange() (plan.Change, error) {
	name, err := l.prompt(l.say("Name of the change:"))
	if err != nil {
		return plan.Change{}, err
	}
	path, err := l.path()
	if err != nil {
		return plan.Change{}, err
	}
	v := form.NewValues(name, path)
	for i, k := range form.Kinds() {
		l.print("  %2d  %s", i+1, l.say(k))
	}
	t := layout.NewTheme(true, l.app.Say)
	for i := 0; i < form.MaxNodes; i++ {
		text, err := l.prompt(l.say("Node %d: TYPE FQDN [ADDRESS] [manual] (Enter: no more nodes):", i+1))
		if err != nil {
			return plan.Change{}, err
		}
		if text == "" {
			break
		}
		if err := v.AddNode(t, text); err != nil {
			l.print("%s", cert.Printable(err.Error()))
			i--
		}
	}
	if err := l.extras(t, &v); err != nil {
		return plan.Change{}, err
	}
	return v.Change()
}

// extras asks what there is to say besides nodes, a line each.
func (l *line) extras(t layout.Theme, v *form.Values) error {
	for !v.Full() {
		text, err := l.prompt(l.say("Options: b TYPE FQDN (peer), s HOST [ADDRESS] (script server), o NODE... (new certificates only on these), p (multi-server certificate). Enter: none."))
		switch {
		case err != nil:
			return err
		case text != "":
			if form.Shared(strings.Fields(text)) {
				l.print("%s", l.say(form.SharedText))
			}
			if err := v.AddExtra(t, strings.Fields(text)); err != nil {
				l.print("%s", cert.Printable(l.say(err.Error())))
			}
			continue
		}
		lacks := v.Lacks()
		if lacks == nil {
			return nil
		}
		l.print("%s", l.say(lacks.Error()))
	}
	return nil
}

// path asks which path the change takes.
func (l *line) path() (string, error) {
	all := steps.Paths()
	for i, p := range all {
		l.print("  %2d  %s: %s", i+1, l.say(p.Title), l.say(p.When))
	}
	for {
		text, err := l.prompt(l.say("Task number (Enter: 1, CA-signed certificates):"))
		if err != nil || text == "" {
			return plan.PathSigned, err
		}
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(all) {
			return all[n-1].ID, nil
		}
		l.print("%s", l.say("Not in the list."))
	}
}
