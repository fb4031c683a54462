package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// allNodes is what --rest means where it names no node.
const allNodes = "all"

// made says how the lab is made: the scenario, and the nodes whose certificate API is on. It fails where a node is named
// that the lab does not have.
func (o *labOptions) made() (sim.Options, error) {
	if len(o.api) == 0 {
		return sim.Options{Scenario: o.scenario}, nil
	}
	top := sim.Pairs(o.pairs)
	if o.scenario != nil {
		top = o.scenario.Topology
	}
	top.Clusters = slices.Clone(top.Clusters)
	left := slices.DeleteFunc(slices.Clone(o.api), func(name string) bool { return name == allNodes })
	for i := range top.Clusters {
		site := &top.Clusters[i]
		site.Nodes = maps.Clone(site.Nodes)
		if site.Nodes == nil {
			site.Nodes = map[string]sim.Habits{}
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
		return sim.Options{}, fmt.Errorf("--rest=%s: no such node in the lab", cert.Printable(left[0]))
	}
	return sim.Options{Scenario: o.scenario, Topology: &top}, nil
}

// offers reports whether the API of a node is on.
func (o *labOptions) offers(host string) bool {
	return slices.Contains(o.api, allNodes) || slices.Contains(o.api, host)
}

// enter has the nodes whose API is on entered by it.
func (o *labOptions) enter(s *vos.Solution) {
	for i := range s.Clusters {
		for j := range s.Clusters[i].Nodes {
			if n := &s.Clusters[i].Nodes[j]; o.offers(n.Short()) {
				n.Connection = vos.ConnectionREST
			}
		}
	}
}

// freshOnly: what is asked for a lab that is there already would not come to pass.
func (o *labOptions) freshOnly(home session.Home) error {
	if _, err := os.Stat(home.LabDir(o.name)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return &exit{exitUsage, fmt.Errorf("Lab %s already exists and keeps its nodes. Omit --rest, or use another --name.", cert.Printable(o.name))}
}
