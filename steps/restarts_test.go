package steps

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestRestartsDocument: docs/restarts.md is what the table says.
func TestRestartsDocument(t *testing.T) {
	path := filepath.Join("..", "docs", "restarts.md")
	if *update {
		if err := os.WriteFile(path, RestartsMarkdown(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, RestartsMarkdown()) {
		t.Errorf("docs/restarts.md is out of date: go test ./steps -run TestRestartsDocument -update (%v)", err)
	}
}

// TestRestartTable: every cell is filled, every rule has a text, and rows of one product and reason do not overlap.
func TestRestartTable(t *testing.T) {
	all := Restartings()
	for i, r := range all {
		name := string(r.Product) + " " + string(r.For) + " from " + string(r.From)
		if r.Source == "" || r.Order == "" || r.Lost == "" || r.Proof == "" || !r.From.Known() || len(r.Rules) == 0 || len(r.Words()) == 0 {
			t.Errorf("%s lacks something: %+v", name, r)
		}
		for _, id := range r.Rules {
			if RuleText(id) == "" {
				t.Errorf("%s cites %s, which has no text", name, id)
			}
		}
		for _, v := range r.Voices {
			if v.Source == "" || v.Says == "" || v.Held == "" {
				t.Errorf("%s: half a voice: %+v", name, v)
			}
		}
		if len(r.Services) > 0 && r.For != ForEngine && !r.Theirs {
			t.Errorf("%s: the restart of some services leaves no trace on the node, and the row would wait for one", name)
		}
		for _, other := range all[i+1:] {
			if other.Product == r.Product && other.For == r.For && (other.holds(r.From) || r.holds(other.From)) {
				t.Errorf("%s: another row is true of that release too", name)
			}
		}
	}
}

// TestRestartFor: each product that a change may hold is restarted at each release, and tomcat-ECDSA where there is one.
func TestRestartFor(t *testing.T) {
	for _, p := range []vos.Product{vos.UCCX, vos.CCP, vos.MediaSense, vos.Finesse, vos.CUIC, vos.LiveData} {
		for _, at := range []vos.Release{"", "7.0", "8.5", "10.6(1)", "11.0", "11.5.1.12001-3", "11.6(2)", "12.5(1)SU3", "12.6", "15", "16"} {
			for _, why := range []Reason{ForIdentity, ForDomain, ForTrust} {
				if r, ok := RestartFor(p, at, why); !ok || len(r.Services) > 0 || strings.Join(r.Words(), "") != "utils system restart" {
					t.Errorf("%s %s %s: %v %+v", p, at, why, ok, r)
				}
			}
			_, ok := RestartFor(p, at, ForSecond)
			if f, _ := vos.Lookup(p, at); f.Known && ok != (f.ECDSA.Value != vos.ECDSANone) {
				t.Errorf("%s %s: a restart for tomcat-ECDSA: %v, but the release table says %s", p, at, ok, f.ECDSA.Value)
			}
		}
	}
	if r, ok := RestartFor(vos.UCCX, "12.5", ForEngine); !ok || strings.Join(r.Words(), ";") != "utils service restart "+ServiceEngine {
		t.Errorf("the engine: %v %+v", ok, r)
	}
	if _, ok := RestartFor(vos.CCP, "12.5", ForEngine); ok {
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
		want            []Reason
	}{
		{PathSigned, stepRestart, "uccx2.x.example", nil, []Reason{ForIdentity}},
		{PathSigned, stepRestart, "ccp.x.example", []string{"uccx1.x.example", "uccx2.x.example"}, []Reason{ForTrust}},
		{PathDomain, stepRestart, "uccx1.x.example", nil, []Reason{ForIdentity, ForDomain}},
		{PathSelfSigned, stepRestart, "uccx2.x.example", nil, []Reason{ForTrust}},
		{PathRegenerate, stepRestart, "ccp.x.example", nil, []Reason{ForIdentity}},
		{PathExpired, stepBack, "ccp.x.example", nil, []Reason{ForIdentity}},
		{PathThirdParty, stepEngine, "uccx2.x.example", nil, []Reason{ForEngine}},
	} {
		p, err := Preview(Change{Name: "x", Path: c.path, Unit: "tomcat", Replace: c.replace, Solution: vos.Solution{Clusters: []vos.Cluster{chat, pair}}})
		if err != nil {
			t.Fatal(err)
		}
		var got []Reason
		for _, r := range p.Restarts(c.row, c.node) {
			got = append(got, r.For)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s, %s on %s: %v, want %v", c.path, c.row, c.node, got, c.want)
		}
		n, _ := p.Node(c.node)
		if words, line := p.Step(c.row).Words(p, n), p.restartLine(c.row, c.node); len(words) == 0 || words[0] != line {
			t.Errorf("%s: the screen shows %q, the report %q", c.path, words, line)
		}
	}
}
