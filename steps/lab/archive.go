package lab

import (
	"errors"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// ErrServed tells that another program serves a lab.
var ErrServed = errors.New("the lab is in use")

// Archive moves a lab and its session into the archive, and returns what makes the same lab again, and where the old one lies.
// A session or a lab that another program has open is refused.
func Archive(home session.Home, dir, name string) (o Options, to string, err error) {
	entries, err := home.Read(name)
	if err != nil {
		return o, "", err
	}
	p, err := steps.Fold(entries)
	if err != nil {
		return o, "", err
	}
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return o, "", err
	}
	if err := sim.Idle(dir); err != nil {
		return o, "", errors.Join(err, ErrServed)
	}
	if to, err = home.Archive(name); err != nil {
		return o, "", err
	}
	if err := regular.Rename(dir, filepath.Join(to, "lab")); err != nil {
		return o, "", msg.Errorf("cannot archive the lab: %w", err)
	}
	l := p.Change().Lab
	o = Options{Name: name, Seed: l.Seed, Pairs: l.Pairs, RTT: l.RTT, Real: l.Real, Scenario: r.Scenario}
	for _, n := range p.Change().Solution.Nodes() {
		if n.Connection == vos.ConnectionREST {
			o.API = append(o.API, n.Short())
		}
	}
	return o, to, nil
}
