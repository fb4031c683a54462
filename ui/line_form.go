package ui

import (
	"errors"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// newChange asks for the solution, a line a node.
func (l *line) newChange() (plan.Change, error) {
	name, err := l.prompt(l.say("Name of the change:"))
	if err != nil {
		return plan.Change{}, err
	}
	v := formValues{name: name}
	for i := range v.nodes {
		v.nodes[i].kind = noNode
	}
	if v.path, err = l.path(); err != nil {
		return plan.Change{}, err
	}
	for i, k := range kinds {
		l.print("  %2d  %s", i+1, l.say(k.label))
	}
	for i := 0; i < maxForm; i++ {
		text, err := l.prompt(l.say("Node %d: TYPE FQDN [ADDRESS] [manual] (Enter: no more nodes):", i+1))
		if err != nil {
			return plan.Change{}, err
		}
		if text == "" {
			break
		}
		if v.nodes[i], err = l.formNode(text); err != nil {
			l.print("%s", err)
			i--
		}
	}
	if err := l.extras(&v); err != nil {
		return plan.Change{}, err
	}
	return v.change()
}

// formNode reads a node as it is typed: number of its kind, name, address.
func (l *line) formNode(text string) (formNode, error) {
	fields := strings.SplitN(strings.Join(strings.Fields(text), " "), " ", 3)
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 1 || n > len(kinds) || len(fields) < 2 {
		return formNode{kind: noNode}, errors.New(l.say("For example: 1 uccx1.example.com"))
	}
	if err := checkFQDN(&face{app: l.app}, n-1, fields[1]); err != nil {
		return formNode{kind: noNode}, err
	}
	one := formNode{fqdn: fields[1], kind: n - 1}
	if len(fields) == 3 {
		one.address = fields[2]
	}
	return one, checkAddress(one.address)
}

// extras asks what there is to say besides nodes, a line each.
func (l *line) extras(v *formValues) error {
	for len(v.extra) < maxExtra {
		text, err := l.prompt(l.say("Options: b TYPE FQDN (peer), s HOST [ADDRESS] (script server), o NODE... (new certificates only on " +
			"these), p (multi-server certificate). Enter: none."))
		if err == nil && text == "" {
			err = v.addExtras(&plan.Change{})
			if errors.Is(err, errNoServer) {
				l.print("%s", l.say(err.Error()))
				continue
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := l.extra(v, strings.Fields(text)); err != nil {
			l.print("%s", cert.Printable(l.say(err.Error())))
		}
	}
	return nil
}

// extra takes one thing besides nodes.
func (l *line) extra(v *formValues, words []string) error {
	letters := map[string]extraKind{"b": extraNear, "s": extraCall, "o": extraSome, "p": extraShared}
	kind, ok := letters[strings.ToLower(words[0])]
	if !ok {
		return errors.New("Not in the list.")
	}
	if off := v.offBecause(kind); off != "" {
		return errors.New(off)
	}
	x, err := formExtra{kind: kind}, error(nil)
	switch rest := words[1:]; {
	case kind == extraNear:
		x.node, err = l.formNode(strings.Join(rest, " "))
	case kind == extraCall:
		x.host, x.dial = strings.Join(rest[:min(len(rest), 1)], ""), strings.Join(rest[min(len(rest), 1):], " ")
		_, err = parseTarget(x.host, x.dial)
	case kind == extraSome:
		err = v.only(rest)
	default:
		l.print("%s", l.say(sharedText))
	}
	if err == nil {
		v.extra = append(v.extra, x)
	}
	return err
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
