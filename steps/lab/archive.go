package lab

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// archiveDir is where sessions and labs go that were reset, beside sessions and labs.
const archiveDir = "archive"

// ErrServed tells that another program serves a lab.
var ErrServed = errors.New("the lab is in use")

// Archive moves a lab and its session into the archive, and returns what makes the same lab again, and where the old one lies.
// A session or a lab that another program has open is refused.
func Archive(home session.Home, dir, name string) (o Options, to string, err error) {
	s, err := home.Open(name)
	if err != nil {
		return o, "", err
	}
	p, err := steps.Fold(s.Entries())
	if err := errors.Join(err, s.Close()); err != nil {
		return o, "", err
	}
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return o, "", err
	}
	if err := sim.Idle(dir); err != nil {
		return o, "", errors.Join(err, ErrServed)
	}
	to = filepath.Join(home.Dir, archiveDir, filepath.Base(home.SessionDir(name))+"-"+time.Now().Format("20060102-150405.000"))
	if err := os.MkdirAll(to, 0o700); err != nil {
		return o, "", err
	}
	if err := errors.Join(regular.Rename(dir, filepath.Join(to, "lab")), regular.Rename(home.SessionDir(name), filepath.Join(to, "session"))); err != nil {
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
