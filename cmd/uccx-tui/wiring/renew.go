package wiring

import (
	"errors"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/renewal"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// renew begins a session that renews what the named one did. That one is only read.
func (a *App) renew(name string) (*app.Work, error) {
	home, former, err := input.Session(name)
	if err != nil {
		return nil, err
	}
	c := renewal.Of(former)
	if c.Lab == nil {
		f := input.FileOf(c)
		if entries, err := home.Read(name); err == nil {
			if was, ok := remembered(home.SessionDir(name), entries, former); ok {
				keep(&f, was)
			}
		}
		return a.begin(c, f)
	}
	cluster, err := lab.Start(home, *c.Lab, sim.Options{})
	if err != nil {
		return nil, err
	}
	w, err := a.renewLab(home, c, cluster)
	if err != nil {
		return nil, errors.Join(err, cluster.Close())
	}
	return w, nil
}

// renewLab begins the session on the cluster of the former one; its ports may have moved.
func (a *App) renewLab(home session.Home, c change.Change, cluster *lab.Cluster) (*app.Work, error) {
	now := cluster.Solution()
	for _, one := range c.Solution.Clusters {
		for i, n := range one.Nodes {
			is, ok := now.Node(n.FQDN)
			if !ok {
				return nil, msg.Errorf("%s: no such node in the lab folder. Start a new lab.", n.FQDN)
			}
			one.Nodes[i].Address, one.Nodes[i].Ports = is.Address, is.Ports
		}
	}
	c.Solution.Peers, c.Solution.Targets = now.Peers, now.Targets
	s, err := home.Create(c.Name)
	if err != nil {
		return nil, err
	}
	c.Program = a.Version
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	w, err := a.work(home, s, cluster)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return w, nil
}
