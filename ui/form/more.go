package form

import (
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// MaxExtra is how many neighbours and servers the form takes.
const MaxExtra = 40

// extraKind is what a extra is about.
type extraKind int

// What may be said besides nodes.
const (
	extraPeers  extraKind = iota // a neighbour: not changed, but trusted or trusting
	extraCall                    // a server that scripts of UCCX call (REL-3)
	extraSome                    // only some nodes get a new certificate
	extraShared                  // one certificate for both nodes of a UCCX pair (PRE-6)
	extraPublic                  // some nodes get their certificate from a public CA (PRE-7)
)

// extra is one thing that is said besides nodes.
type extra struct {
	kind extraKind
	node node   // of extraNear; noNode: taken out again
	host string // of extraCall, "host" or "host:port"; empty: taken out again
	dial string // of extraCall, where it is not reached by its name
	not  bool   // of extraShared: taken out again
}

// ErrNoServer tells what the path of REL-3 lacks.
var ErrNoServer = errors.New("Enter a script server: this task uploads its chain.")

// more reports whether there is, or must be, something to say besides nodes.
func (v *Values) more() bool {
	n := len(v.there())
	return len(v.extra) > 0 || n == MaxNodes || v.nodes[n].kind == moreThanNodes || v.path == change.PathThirdParty
}

// offBecause says why something cannot be added to a change, or "".
func (v *Values) offBecause(k extraKind) string {
	once := slices.ContainsFunc(v.extra, func(x extra) bool { return x.kind == k })
	switch {
	case len(v.extra) >= MaxExtra:
		return "The form holds no more entries. Add them in a solution file."
	case k == extraPeers || k == extraCall:
		return ""
	case once:
		return "Already listed above. Shift+Tab goes back to it."
	case v.path == change.PathSelfSigned || v.path == change.PathThirdParty || v.path == change.PathCleanup:
		return "This task replaces no certificate."
	case k == extraShared && v.path == change.PathRegenerate:
		return "A self-signed certificate belongs to one node."
	case k == extraPublic && v.path == change.PathRegenerate:
		return msg.T("No CA signs the certificates of this task.").Format
	case k == extraShared && v.pair() == nil:
		return "Needs a UCCX publisher and its subscriber."
	}
	return ""
}

// pair returns the names of the UCCX nodes that may share a certificate, or nil.
func (v *Values) pair() []string {
	var names []string
	for _, n := range v.there() {
		if k := kinds()[n.kind]; k.product.Traits().Pair && k.role != vos.Standalone && !n.stays {
			names = append(names, n.name())
		}
	}
	if len(names) != 2 {
		return nil
	}
	return names
}

// addExtras adds what was said besides nodes to a change.
func (v *Values) addExtras(c *change.Change) error {
	for _, x := range v.extra {
		if err := v.addExtra(c, x); err != nil {
			return err
		}
	}
	if v.path == change.PathThirdParty && len(c.Solution.Targets) == 0 {
		return ErrNoServer
	}
	return nil
}

func (v *Values) addExtra(c *change.Change, x extra) error {
	switch {
	case x.kind == extraPeers && x.node.kind >= 0:
		n, err := x.node.node()
		if err != nil {
			return err
		}
		return c.Solution.JoinPeer(v.kept(n))
	case x.kind == extraCall && strings.TrimSpace(x.host) != "":
		t, err := parseTarget(x.host, x.dial)
		if err != nil {
			return err
		}
		c.Solution.Targets = append(c.Solution.Targets, t)
	case x.kind == extraSome:
		c.Replace = v.some()
	case x.kind == extraShared && !x.not:
		if v.pair() == nil {
			return errors.New("A multi-server certificate needs a UCCX publisher and its subscriber, both with new certificates.")
		}
		c.MultiServer = true
	}
	return nil
}

// some are the nodes that get a new certificate; nil: all.
func (v *Values) some() []string {
	var names []string
	all := v.there()
	for _, n := range all {
		if !n.stays {
			names = append(names, n.name())
		}
	}
	if len(names) == len(all) {
		return nil
	}
	return names
}

// only lets the nodes of these names, short or full, get a new certificate, and the others keep theirs.
func (v *Values) only(names []string) error {
	return v.mark(names, func(n *node, on bool) { n.stays = !on })
}

// byPublicCA lets a public CA sign the certificates of the nodes of these names, short or full; with no name those of the nodes that
// customers reach: chat.
func (v *Values) byPublicCA(names []string) error {
	if len(names) == 0 {
		for i, n := range v.there() {
			v.nodes[i].public = kinds()[n.kind].product.Traits().Chat
		}
		return nil
	}
	return v.mark(names, func(n *node, on bool) { n.public = on })
}

// mark tells each node whether it is among those of these names, short or full. After an error no node is told.
func (v *Values) mark(names []string, set func(n *node, on bool)) error {
	chosen, err := v.named(names)
	if err != nil {
		return err
	}
	for i := range v.there() {
		set(&v.nodes[i], chosen[i])
	}
	return nil
}

// public are the nodes whose certificate a public CA signs.
func (v *Values) public() []string {
	var names []string
	for _, n := range v.there() {
		if n.public {
			names = append(names, n.name())
		}
	}
	return names
}

// named are the numbers of the nodes of these names, short or full.
func (v *Values) named(names []string) (map[int]bool, error) {
	chosen := map[int]bool{}
	for _, name := range names {
		i := slices.IndexFunc(v.there(), func(n node) bool {
			return strings.EqualFold(name, n.name()) || strings.EqualFold(name, layout.Short(n.name()))
		})
		if i < 0 {
			return nil, msg.Errorf("%s is not one of the nodes", name)
		}
		chosen[i] = true
	}
	if len(chosen) == 0 {
		return nil, errors.New("Select at least one node.")
	}
	return chosen, nil
}

// parseTarget reads a server that scripts call: "host" or "host:port"; dial is where it is reached, if not by its name.
func parseTarget(host, dial string) (vos.Target, error) {
	t := vos.Target{Host: strings.ToLower(strings.TrimSpace(host)), Dial: strings.TrimSpace(dial)}
	if h, p, err := net.SplitHostPort(t.Host); err == nil {
		port, err := strconv.ParseUint(p, 10, 16)
		if err != nil || port == 0 {
			return t, msg.Errorf("%q is not a port number", p)
		}
		t.Host, t.Port = h, int(port)
	}
	if err := vos.CheckFQDN(t.Host); err != nil {
		return t, err
	}
	if t.Dial == "" {
		return t, nil
	}
	if _, _, err := net.SplitHostPort(t.Dial); err != nil {
		t.Dial = net.JoinHostPort(t.Dial, strconv.Itoa(t.At()))
	}
	return t, nil
}
