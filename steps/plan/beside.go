package plan

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
)

// moved takes a new place of a node that is not changed: a neighbour, or a server that scripts call. It reports whether it is one.
func (p *fold) moved(e session.Entry) (bool, error) {
	s := p.change.Solution
	near := slices.ContainsFunc(s.Peers, func(n vos.Node) bool { return strings.EqualFold(n.FQDN, e.Node) }) ||
		slices.ContainsFunc(s.Targets, func(t vos.Target) bool { return strings.EqualFold(t.Host, e.Node) })
	if e.Kind != KindLocated || !near {
		return false, nil
	}
	var l Location
	if err := e.Read(&l); err != nil {
		return true, err
	}
	if p.beside == nil {
		p.beside = map[string]Location{}
	}
	p.beside[strings.ToLower(e.Node)] = l
	return true, nil
}

// peersNow are those of the change where they are now. The plan is locked.
func (p *fold) peersNow() []vos.Node {
	all := slices.Clone(p.change.Solution.Peers)
	for i := range all {
		if l, ok := p.beside[strings.ToLower(all[i].FQDN)]; ok {
			all[i].Address, all[i].Ports = l.Address, l.Ports
		}
	}
	return all
}

// targets are those of the change where they are now. The plan is locked.
func (p *fold) targets() []vos.Target {
	all := slices.Clone(p.change.Solution.Targets)
	for i := range all {
		if l, ok := p.beside[strings.ToLower(all[i].Host)]; ok {
			all[i].Dial = l.Ports[all[i].At()]
		}
	}
	return all
}
