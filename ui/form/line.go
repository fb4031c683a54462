package form

import (
	"errors"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Kinds are what a node can be, in the order of their numbers from 1 on.
func Kinds() []msg.Text {
	all := make([]msg.Text, len(kinds()))
	for i, k := range kinds() {
		all[i] = k.label
	}
	return all
}

// AddNode adds a node as it is typed in one line: the number of its kind, its name, its address if it differs.
func (v *Values) AddNode(t layout.Theme, text string) error {
	at := len(v.there())
	if at == MaxNodes {
		return errors.New(t.Say("The form holds no more entries. Add them in a solution file."))
	}
	one, err := v.typed(t, text)
	if err == nil {
		v.nodes[at] = one
	}
	return err
}

// Nodes is how many nodes there are.
func (v *Values) Nodes() int { return len(v.there()) }

// Listed are the nodes so far: what each is, its name, and where it is dialled.
func (v *Values) Listed() []msg.Text {
	var all []msg.Text
	for _, n := range v.there() {
		all = append(all, msg.Joined([]msg.Text{kinds()[n.kind].label, msg.Verbatim(strings.TrimSpace(n.fqdn + " " + n.address))}, " "))
	}
	return all
}

// DropNode takes the last node away, if there is one.
func (v *Values) DropNode() {
	if at := len(v.there()); at > 0 {
		v.nodes[at-1] = node{kind: noNode}
	}
}

// typed reads a node as it is typed in one line.
func (v *Values) typed(t layout.Theme, text string) (node, error) {
	fields := strings.SplitN(strings.Join(strings.Fields(text), " "), " ", 3)
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 1 || n > len(kinds()) || len(fields) < 2 {
		return node{kind: noNode}, errors.New(t.Say("For example: 1 uccx1.example.com"))
	}
	one := node{fqdn: fields[1], kind: n - 1}
	if err := v.checkName(t, &one, one.fqdn); err != nil {
		return node{kind: noNode}, err
	}
	if len(fields) == 3 {
		one.address = fields[2]
	}
	return one, checkAddress(one.address)
}

// Full reports whether nothing more can be said besides nodes.
func (v *Values) Full() bool { return len(v.extra) >= MaxExtra }

// Lacks says what the path lacks besides nodes, or nothing.
func (v *Values) Lacks() error {
	if err := v.addExtras(&change.Change{}); errors.Is(err, ErrNoServer) {
		return err
	}
	return nil
}

// Shared reports whether words ask for one certificate for a pair.
func Shared(words []string) bool { return len(words) > 0 && strings.EqualFold(words[0], "p") }

// AddExtra adds what is typed in words about something besides nodes: b and a neighbour, s and a server, o and nodes, p, u and nodes.
func (v *Values) AddExtra(t layout.Theme, words []string) error {
	letters := map[string]extraKind{"b": extraPeers, "s": extraCall, "o": extraSome, "p": extraShared, "u": extraPublic}
	kind, ok := letters[strings.ToLower(words[0])]
	if !ok {
		return errors.New("Not in the list.")
	}
	if off := v.offBecause(kind); off != "" {
		return errors.New(off)
	}
	x, err := extra{kind: kind}, error(nil)
	switch rest := words[1:]; kind {
	case extraPeers:
		x.node, err = v.typed(t, strings.Join(rest, " "))
	case extraCall:
		x.host, x.dial = strings.Join(rest[:min(len(rest), 1)], ""), strings.Join(rest[min(len(rest), 1):], " ")
		_, err = parseTarget(x.host, x.dial)
	case extraSome:
		err = v.only(rest)
	case extraPublic:
		if err = v.byPublicCA(rest); err == nil && v.public() == nil {
			err = msg.Errorf("Name the nodes: none of these serves customers from the internet.")
		}
	}
	if err == nil {
		v.extra = append(v.extra, x)
	}
	return err
}
