package steps_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestRarePorts: a port that few nodes serve is proven like any other where it answered before the change, and has no effect
// where it did not: no finding, nothing owed.
func TestRarePorts(t *testing.T) {
	t.Parallel()
	uccx := site(vos.UCCX, "uccx1")
	uccx.Open = []int{9443}
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{uccx}}}))
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := l.finished()
	states := map[int]standing.AddressState{}
	for _, a := range standing.AddressesOf(pl, "uccx1.lab.example") {
		states[a.Port] = a.State
	}
	if states[9443] != standing.AddressProven || states[8553] != standing.AddressUnused || states[443] != standing.AddressProven {
		t.Errorf("%v", states)
	}
	if s := standing.Of(pl); s.Outcome != standing.Proven || !s.Clear() {
		t.Errorf("%+v", s)
	}
	r := report.Of(pl)
	for _, n := range r.Nodes {
		if i := slices.IndexFunc(n.Findings, func(f report.Found) bool { return f.Code == codes.Silent }); i >= 0 {
			t.Errorf("%+v", n.Findings[i])
		}
	}
	if text := string(r.Markdown()); !strings.Contains(text, "9443") {
		t.Error("the report does not name 9443")
	}
}

// TestRarePortServesTheOldOne: a port of single sign-on that goes on with the certificate from before is not proven.
func TestRarePortServesTheOldOne(t *testing.T) {
	long(t)
	t.Parallel()
	uccx := site(vos.UCCX, "uccx1")
	uccx.Open = []int{8553}
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{uccx}}, Setup: []sim.Action{{Do: sim.ActStale, On: []string{"uccx1"}, Port: 8553}}}))
	p := l.start()
	defer p.end()
	if err := p.play(); err == nil {
		t.Error("all is done")
	}
	if s := standing.Of(p.runner.Plan()); s.Outcome == standing.Proven {
		t.Errorf("%+v", s)
	}
}
