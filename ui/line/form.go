package line

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// newChange asks for the solution, a line a node. What is not accepted is asked again: nothing that was typed is lost. from is the
// saved solution with which it began, or "".
func (l home) newChange() (c change.Change, from string, err error) {
	t := layout.NewTheme(true, l.app.Say)
	v, from, err := l.beginning(t)
	if err != nil {
		return change.Change{}, "", err
	}
	for i, k := range form.Kinds() {
		l.print("  %2d  %s", i+1, l.tongue.T(k))
	}
	for {
		if err := l.nodes(t, &v); err != nil {
			return change.Change{}, "", err
		}
		if err := l.extras(t, &v); err != nil {
			return change.Change{}, "", err
		}
		c, err := v.Change()
		if err == nil {
			return c, from, nil
		}
		l.tell("", cert.Printable(l.tongue.Error(err)))
	}
}

// beginning asks for the name and the task, or for a saved solution that has both.
func (l home) beginning(t layout.Theme) (v form.Values, from string, err error) {
	for {
		name, err := l.asked(l.say("Name of the change (Enter: %s, solution NAME: a saved solution, ?):", form.UsualName), l.savedHelp()...)
		if err != nil {
			return v, "", err
		}
		word, rest, _ := strings.Cut(name, " ")
		if !strings.EqualFold(word, "solution") || strings.TrimSpace(rest) == "" {
			path, err := l.path()
			return form.NewValues(cmp.Or(name, form.UsualName), path), "", err
		}
		if v, err = l.fromSaved(t, strings.TrimSpace(rest)); err == nil {
			l.listNodes(&v)
			return v, strings.TrimSpace(rest), nil
		}
		l.tell("", cert.Printable(l.tongue.Error(err)))
	}
}

// savedHelp says what the name is for, and which solutions are saved.
func (l home) savedHelp() []string {
	help := []string{l.say("You will resume the change by this name.")}
	if l.app.Saved == nil {
		return help
	}
	all, err := l.app.Saved()
	if err != nil {
		return append(help, cert.Printable(l.tongue.Error(err)))
	}
	for _, s := range all {
		text := l.tongue.T(msg.N("1 node", "%d nodes", len(s.Change.Solution.Nodes())))
		if s.Err != nil {
			text = layout.OneLine(l.tongue.Error(s.Err))
		}
		help = append(help, l.say("solution %s: %s", cert.Printable(s.Name), cert.Printable(text)))
	}
	return help
}

// fromSaved are the values of a saved solution.
func (l home) fromSaved(t layout.Theme, name string) (form.Values, error) {
	var all []app.Saved
	if l.app.Saved != nil {
		var err error
		if all, err = l.app.Saved(); err != nil {
			return form.Values{}, err
		}
	}
	for _, s := range all {
		if strings.EqualFold(s.Name, name) {
			if s.Err != nil {
				return form.Values{}, s.Err
			}
			return form.ValuesOf(t, s.Change)
		}
	}
	return form.Values{}, errors.New(l.say("There is no saved solution %s. ? lists them.", name))
}

// listNodes prints the nodes that there are so far.
func (l home) listNodes(v *form.Values) {
	for i, text := range v.Listed() {
		l.tell("  ", l.say("Node %d", i+1)+": "+cert.Printable(l.tongue.T(text)))
	}
}

// asked is a prompt of the form: ? says what it takes.
func (l home) asked(text string, help ...string) (string, error) {
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
func (l home) nodes(t layout.Theme, v *form.Values) error {
	for v.Nodes() < form.MaxNodes {
		text, err := l.asked(l.say("Node %d: TYPE FQDN [ADDRESS] [manual] (Enter: no more nodes, back: drop the last, discover HOST, ?):", v.Nodes()+1),
			l.say("TYPE is a number from the list above. FQDN is the full name, as in certificates. For example: 1 uccx1.example.com"),
			l.say("ADDRESS, if the node is not reached by its name: 10.0.0.5, or host 22=40022 8443=40843 behind NAT. manual: no program may log in to this node."),
			l.say("Several names on one line, separated by spaces or commas, become several nodes."),
			l.say("discover HOST: logs in to that node, and adds the nodes of its cluster. Nothing is changed."))
		switch {
		case err != nil:
			return err
		case text == "":
			return nil
		case strings.EqualFold(text, "back"):
			v.DropNode()
			continue
		}
		if err := l.addNodes(t, v, text); err != nil {
			l.tell("", cert.Printable(l.tongue.Error(err)))
		}
	}
	return nil
}

// addNodes adds the node of a line, several of them, or those of a cluster that is discovered.
func (l home) addNodes(t layout.Theme, v *form.Values, text string) error {
	word, rest, _ := strings.Cut(text, " ")
	if strings.EqualFold(word, "discover") && l.app.Discover != nil {
		err := l.discover(t, v, strings.TrimSpace(rest))
		if err == nil {
			l.listNodes(v)
		}
		return err
	}
	if _, err := strconv.Atoi(word); err == nil {
		return v.AddNode(t, text)
	}
	added, err := v.AddList(t, text)
	if added == 0 && err == nil {
		return v.AddNode(t, text) // says what a line is to look like
	}
	if err == nil {
		l.listNodes(v)
	}
	return err
}

// discover asks a node which nodes its cluster has, after its host key was compared.
func (l home) discover(t layout.Theme, v *form.Values, host string) error {
	if host == "" {
		return errors.New(l.say("Enter the name or address of a node."))
	}
	user, err := l.prompt(l.say("OS Administration user for %s:", cert.Printable(host)))
	if err != nil {
		return err
	}
	if no := app.CheckLogin(l.app.Say, nil, "")(user); no != nil {
		return no
	}
	password, err := l.secret(l.say("Password:"))
	if err != nil || password == "" {
		return err
	}
	q := app.Query{Host: host, Login: vos.Login{User: strings.TrimSpace(user), Password: vos.NewSecret(password)}}
	defer q.Login.Password.Wipe()
	for {
		found, err := l.app.Discover(context.Background(), q)
		switch c, asks := app.ConsentTo(q, err); {
		case asks:
			l.tell("", cert.Printable(l.tongue.T(c.Says)))
			l.tell("  ", cert.Printable(l.tongue.T(c.Means)))
			if !l.sure(cert.Printable(l.tongue.T(c.Asks))) {
				return nil
			}
			c.Give(&q)
		case err != nil:
			return errors.New(l.tongue.T(vos.Why(err)))
		default:
			return v.Join(t, found.Nodes, found.Known)
		}
	}
}

// extras asks what there is to say besides nodes, a line each.
func (l home) extras(t layout.Theme, v *form.Values) error {
	for !v.Full() {
		text, err := l.asked(l.say("More options (Enter: none, ? lists them):"), l.say("peer TYPE FQDN: not changed; only its trust relations are checked"),
			l.say("server HOST [ADDRESS]: a server that scripts call"), l.say("only NODE...: new certificates only on these nodes"), l.say("multi: one multi-server certificate for the UCCX pair"),
			l.say("public [NODE...]: a public CA signs the certificates of these nodes; without a name: that of CCP, for chat"))
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
				l.tell("", cert.Printable(l.tongue.Error(err)))
			}
			continue
		}
		lacks := v.Lacks()
		if lacks == nil {
			return nil
		}
		l.tell("", l.tongue.Error(lacks))
	}
	return nil
}

// path asks which path the change takes.
func (l home) path() (string, error) {
	all := steps.Paths()
	for i, p := range all {
		l.tell("  ", fmt.Sprintf("%2d  %s: %s", i+1, l.say(p.Title), l.say(p.When)))
	}
	for {
		text, err := l.asked(l.say("Task number (Enter: 1, CA-signed certificates):"), l.say("The number of a task in the list above."))
		if err != nil || text == "" {
			return change.PathSigned, err
		}
		if i, ok := index(text, len(all)); ok {
			return all[i].ID, nil
		}
		l.tell("", l.say("Not in the list."))
	}
}
