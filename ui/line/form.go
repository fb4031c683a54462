package line

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// newChange asks for the solution, a line a node. What is not accepted is asked again: nothing that was typed is lost.
func (l *line) newChange() (plan.Change, error) {
	name, err := l.asked(l.say("Name of the change (Enter: %s):", form.UsualName), l.say("You will resume the change by this name."))
	if err != nil {
		return plan.Change{}, err
	}
	path, err := l.path()
	if err != nil {
		return plan.Change{}, err
	}
	v := form.NewValues(cmp.Or(name, form.UsualName), path)
	for i, k := range form.Kinds() {
		l.print("  %2d  %s", i+1, l.say(k))
	}
	t := layout.NewTheme(true, l.app.Say)
	for {
		if err := l.nodes(t, &v); err != nil {
			return plan.Change{}, err
		}
		if err := l.extras(t, &v); err != nil {
			return plan.Change{}, err
		}
		c, err := v.Change()
		if err == nil {
			return c, nil
		}
		l.tell("", cert.Printable(l.say(err.Error())))
	}
}

// asked is a prompt of the form: ? says what it takes.
func (l *line) asked(text string, help ...string) (string, error) {
	for {
		answer, err := l.prompt(text)
		if err != nil || answer != "?" && !strings.EqualFold(answer, "help") {
			return answer, err
		}
		for _, h := range help {
			l.tell("  ", h)
		}
	}
}

// nodes asks for nodes until an empty line.
func (l *line) nodes(t layout.Theme, v *form.Values) error {
	for v.Nodes() < form.MaxNodes {
		text, err := l.asked(l.say("Node %d: TYPE FQDN [ADDRESS] [manual] (Enter: no more nodes, back: drop the last, ?):", v.Nodes()+1),
			l.say("TYPE is a number from the list above. FQDN is the full name, as in certificates. For example: 1 "+
				"uccx1.example.com"),
			l.say("ADDRESS, if the node is not reached by its name: 10.0.0.5, or host 22=40022 8443=40843 behind NAT. manual: "+
				"no program may log in to this node."))
		switch {
		case err != nil:
			return err
		case text == "":
			return nil
		case strings.EqualFold(text, "back"):
			v.DropNode()
			continue
		}
		if err := v.AddNode(t, text); err != nil {
			l.tell("", cert.Printable(err.Error()))
		}
	}
	return nil
}

// extras asks what there is to say besides nodes, a line each.
func (l *line) extras(t layout.Theme, v *form.Values) error {
	for !v.Full() {
		text, err := l.asked(l.say("More options (Enter: none, ? lists them):"), l.say("peer TYPE FQDN: not changed; only its trust relations are checked"),
			l.say("server HOST [ADDRESS]: a server that scripts call"), l.say("only NODE...: new certificates only on these nodes"), l.say("multi: one multi-server certificate for the UCCX pair"),
			l.say("public [NODE...]: a public CA signs the certificates of these nodes; without a name those of CCP, for chat (PRE-7)"))
		switch {
		case err != nil:
			return err
		case text != "":
			words := strings.Fields(text)
			for long, letter := range map[string]string{"peer": "b", "server": "s", "only": "o", "multi": "p", "public": "u"} {
				if strings.EqualFold(words[0], long) {
					words[0] = letter
				}
			}
			if form.Shared(words) {
				l.tell("", l.say(form.SharedText))
			}
			if err := v.AddExtra(t, words); err != nil {
				l.tell("", cert.Printable(l.say(err.Error())))
			}
			continue
		}
		lacks := v.Lacks()
		if lacks == nil {
			return nil
		}
		l.tell("", l.say(lacks.Error()))
	}
	return nil
}

// path asks which path the change takes.
func (l *line) path() (string, error) {
	all := steps.Paths()
	for i, p := range all {
		l.tell("  ", fmt.Sprintf("%2d  %s: %s", i+1, l.say(p.Title), l.say(p.When)))
	}
	for {
		text, err := l.asked(l.say("Task number (Enter: 1, CA-signed certificates):"), l.say("The number of a task in the list above."))
		if err != nil || text == "" {
			return plan.PathSigned, err
		}
		if i, ok := index(text, len(all)); ok {
			return all[i].ID, nil
		}
		l.tell("", l.say("Not in the list."))
	}
}
