package lab

import (
	"cmp"
	"errors"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Options say how a lab is made.
type Options struct {
	Name  string // of the lab and its session
	Seed  int64
	Pairs int
	RTT   time.Duration // latency of a round trip
	Real  bool          // restarts take as long as on real nodes
	API   []string      // nodes whose certificate API is on; AllNodes is each of them

	Scenario *sim.Scenario // nil: the pairs, and the CA-signed path
}

// Lab is what a session keeps of the options, for a lab in a folder of that name.
func (o *Options) Lab(folder string) change.Lab {
	return change.Lab{Folder: folder, Seed: max(o.Seed, 1), Pairs: max(o.Pairs, 1), RTT: o.RTT, Real: o.Real}
}

// AllNodes is what --rest means where it names no node.
const AllNodes = "all"

// Made says how the lab is made: the scenario, and the nodes whose certificate API is on. It fails where a node is named
// that the lab does not have.
func (o *Options) Made() (sim.Options, error) {
	if len(o.API) == 0 {
		return sim.Options{Scenario: o.Scenario}, nil
	}
	top := sim.Pairs(o.Pairs)
	if o.Scenario != nil {
		top = o.Scenario.Topology
	}
	top.Clusters = slices.Clone(top.Clusters)
	left := slices.DeleteFunc(slices.Clone(o.API), func(name string) bool { return name == AllNodes })
	for i := range top.Clusters {
		site := &top.Clusters[i]
		site.Nodes = maps.Clone(site.Nodes)
		if site.Nodes == nil {
			site.Nodes = map[string]sim.NodeSpec{}
		}
		for _, host := range site.Hosts {
			if o.offers(host) {
				habits := site.Nodes[host]
				habits.Quirks = append(slices.Clone(habits.Quirks), sim.QuirkREST)
				site.Nodes[host] = habits
			}
			left = slices.DeleteFunc(left, func(name string) bool { return name == host })
		}
	}
	if len(left) > 0 {
		return sim.Options{}, msg.Errorf("--rest=%s: no such node in the lab", cert.Printable(left[0]))
	}
	return sim.Options{Scenario: o.Scenario, Topology: &top}, nil
}

// offers reports whether the API of a node is on.
func (o *Options) offers(host string) bool {
	return slices.Contains(o.API, AllNodes) || slices.Contains(o.API, host)
}

// Enter has the nodes whose API is on entered by it.
func (o *Options) Enter(s *vos.Solution) {
	for i := range s.Clusters {
		for j := range s.Clusters[i].Nodes {
			if n := &s.Clusters[i].Nodes[j]; o.offers(n.Short()) {
				n.Connection = vos.ConnectionREST
			}
		}
	}
}

// FreshOnly: what is asked for a lab that is there already would not come to pass.
func (o *Options) FreshOnly(home session.Home) error {
	if _, err := os.Stat(home.LabDir(o.Name)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return msg.Errorf("Lab %s already exists and keeps its nodes. Omit --rest, or use another --name.", cert.Printable(o.Name))
}

// Fill makes the change what the scenario says it is.
func (o *Options) Fill(c *change.Change) {
	if o.Scenario == nil {
		return
	}
	c.Path = o.Scenario.Path
	c.MultiServer = o.Scenario.Change.MultiServer
	c.Unit = cmp.Or(o.Scenario.Change.Unit, c.Unit)
	for _, n := range c.Solution.Nodes() {
		if slices.Contains(o.Scenario.Change.Replace, n.Short()) {
			c.Replace = append(c.Replace, n.FQDN)
		}
	}
}

// SetWindow sets the change window of a lesson that has one.
func (o *Options) SetWindow(r *engine.Runner) error {
	if o.Scenario == nil || o.Scenario.Window == "" {
		return nil
	}
	long, err := time.ParseDuration(o.Scenario.Window)
	if err != nil {
		return msg.Errorf("scenario %s: window: %w", o.Scenario.Name, err)
	}
	return r.SetWindow(plan.Window{Until: time.Now().Add(long)})
}
