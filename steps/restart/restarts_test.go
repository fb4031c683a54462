package restart_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestRestartTable: every cell is filled, every rule has a text, and rows of one product and reason do not overlap.
func TestRestartTable(t *testing.T) {
	all := restart.Rules()
	for i, r := range all {
		name := string(r.Product) + " " + string(r.For) + " from " + string(r.From)
		if r.Source == "" || r.Order.IsZero() || r.Lost.IsZero() || r.Proof.IsZero() || !r.From.Known() || len(r.Rules) == 0 || len(r.Words()) == 0 {
			t.Errorf("%s lacks something: %+v", name, r)
		}
		for _, id := range r.Rules {
			if rules.Text(id) == "" {
				t.Errorf("%s cites %s, which has no text", name, id)
			}
		}
		for _, v := range r.Voices {
			if v.Source == "" || v.Says.IsZero() || v.Held.IsZero() {
				t.Errorf("%s: half a voice: %+v", name, v)
			}
		}
		if len(r.Services) > 0 && r.For != plan.ForEngine && !r.Theirs {
			t.Errorf("%s: the restart of some services leaves no trace on the node, and the row would wait for one", name)
		}
		for _, other := range all[i+1:] {
			if other.Product == r.Product && other.For == r.For && (other.Holds(r.From) || r.Holds(other.From)) {
				t.Errorf("%s: another row is true of that release too", name)
			}
		}
	}
}

// TestRestartFor: each product that a change may hold is restarted at each release, and tomcat-ECDSA where there is one.
func TestRestartFor(t *testing.T) {
	for _, p := range []vos.Product{vos.UCCX, vos.CCP, vos.MediaSense, vos.Finesse, vos.CUIC, vos.LiveData} {
		for _, at := range []vos.Release{"", "7.0", "8.5", "10.6(1)", "11.0", "11.5.1.12001-3", "11.6(2)", "12.5(1)SU3", "12.6", "15", "16"} {
			for _, why := range []plan.Reason{plan.ForIdentity, plan.ForDomain, plan.ForTrust} {
				if r, ok := restart.RuleFor(p, at, why); !ok || len(r.Services) > 0 || strings.Join(r.Words(), "") != "utils system restart" {
					t.Errorf("%s %s %s: %v %+v", p, at, why, ok, r)
				}
			}
			_, ok := restart.RuleFor(p, at, plan.ForECDSA)
			if f, _ := vos.Lookup(p, at); f.Known && ok != (f.ECDSA.Value != vos.ECDSANone) {
				t.Errorf("%s %s: a restart for tomcat-ECDSA: %v, but the release table says %s", p, at, ok, f.ECDSA.Value)
			}
		}
	}
	if r, ok := restart.RuleFor(vos.UCCX, "12.5", plan.ForEngine); !ok || strings.Join(r.Words(), ";") != "utils service restart "+plan.ServiceEngine {
		t.Errorf("the engine: %v %+v", ok, r)
	}
	if _, ok := restart.RuleFor(vos.CCP, "12.5", plan.ForEngine); ok {
		t.Error("CCP has no engine")
	}
}

// TestRestartsOfPlans: what each path restarts a node for, and with which words.
func TestRestartsOfPlans(t *testing.T) {
	pair := vos.Cluster{Nodes: []vos.Node{{FQDN: "uccx1.x.example", Product: vos.UCCX, Role: vos.Publisher, Release: "12.5"}, {FQDN: "uccx2.x.example", Product: vos.UCCX, Role: vos.Subscriber, Release: "12.5"}}}
	chat := vos.Cluster{Nodes: []vos.Node{{FQDN: "ccp.x.example", Product: vos.CCP, Role: vos.Standalone, Release: "12.5"}}}
	for _, c := range []struct {
		path, row, node string
		replace         []string
		want            []plan.Reason
	}{
		{change.PathSigned, plan.StepRestart, "uccx2.x.example", nil, []plan.Reason{plan.ForIdentity}},
		{change.PathSigned, plan.StepRestart, "ccp.x.example", []string{"uccx1.x.example", "uccx2.x.example"}, []plan.Reason{plan.ForTrust}},
		{change.PathDomain, plan.StepRestart, "uccx1.x.example", nil, []plan.Reason{plan.ForIdentity, plan.ForDomain}},
		{change.PathSelfSigned, plan.StepRestart, "uccx2.x.example", nil, []plan.Reason{plan.ForTrust}},
		{change.PathRegenerate, plan.StepRestart, "ccp.x.example", nil, []plan.Reason{plan.ForIdentity}},
		{change.PathExpired, plan.StepBack, "ccp.x.example", nil, []plan.Reason{plan.ForIdentity}},
		{change.PathThirdParty, plan.StepEngine, "uccx2.x.example", nil, []plan.Reason{plan.ForEngine}},
	} {
		p, err := steps.Preview(change.Change{Name: "x", Path: c.path, Unit: "tomcat", Replace: c.replace, Solution: vos.Solution{Clusters: []vos.Cluster{chat, pair}}})
		if err != nil {
			t.Fatal(err)
		}
		var got []plan.Reason
		for _, r := range restart.RulesOn(p, c.row, c.node) {
			got = append(got, r.For)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s, %s on %s: %v, want %v", c.path, c.row, c.node, got, c.want)
		}
		n, _ := p.Node(c.node)
		if words, line := p.Step(c.row).Commands(p, n), restart.Line(p, c.row, c.node); len(words) == 0 || words[0] != line {
			t.Errorf("%s: the screen shows %q, the report %q", c.path, words, line)
		}
	}
}
