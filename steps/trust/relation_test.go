package trust_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
)

func nodes(p vos.Product, r vos.Release, names ...string) vos.Cluster {
	var c vos.Cluster
	for i, name := range names {
		role := vos.Standalone
		if len(names) > 1 {
			role = []vos.Role{vos.Publisher, vos.Subscriber}[i]
		}
		c.Nodes = append(c.Nodes, vos.Node{FQDN: name + ".example.com", Product: p, Role: role, Release: r})
	}
	return c
}

// arrows are the relations in short: "ccp>uccx1 REL-1".
func arrows(all []trust.Relation) string {
	var lines []string
	for _, r := range all {
		line := fmt.Sprintf("%s>%s %s", strings.TrimSpace(r.From.Short()+" "+r.Unit), r.Into.Short(), strings.Join(r.Rules, "+"))
		if r.Guess {
			line += " guess"
		}
		if r.For == plan.ForEngine {
			line += " engine"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestRelations: REL-1 to REL-5, SIG-9, Unified CM from 12.5 and a CUIC of its own.
func TestRelations(t *testing.T) {
	cucm := nodes(vos.CUCM, "14", "cm1", "cm2").Nodes
	for name, c := range map[string]struct {
		s    vos.Solution
		want string
	}{
		"one node alone trusts no other": {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "12.5", "u1")}}, ""},
		"chat":                           {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "", "u1", "u2"), nodes(vos.CCP, "", "ccp")}}, "ccp>u1 REL-1\nccp>u2 REL-1\nu1>ccp REL-2\nu2>ccp REL-2"},
		"Unified CM, old":                {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "12.0", "u1")}, Peers: cucm}, ""},
		"Unified CM, new":                {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "12.5.1.11001-348", "u1")}, Peers: cucm}, "cm1>u1 TRB-1\ncm2>u1 TRB-1"},
		"two identities on 11.5": {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "11.5.1.12001-38", "u1"), nodes(vos.CCP, "11.5", "sm")}},
			"sm>u1 REL-1\nsm tomcat-ECDSA>u1 REL-1+EC-2 guess\nu1>sm REL-2\nu1 tomcat-ECDSA>sm REL-2+EC-2 guess"},
		"a neighbour's second is not read": {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "11.6", "u1")}, Peers: nodes(vos.CCP, "11.5", "sm").Nodes}, "sm>u1 REL-1\nu1>sm REL-2"},
		"script target":                    {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "12.5", "u1", "u2")}, Targets: []vos.Target{{Host: "api.example.org"}}}, "api>u1 REL-3 engine\napi>u2 REL-3 engine"},
		"recording is a guess":             {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "10.5", "u1"), nodes(vos.MediaSense, "", "ms")}}, "ms>u1 REL-5 guess\nu1>ms REL-5 guess"},
		"a CUIC of its own":                {vos.Solution{Clusters: []vos.Cluster{nodes(vos.UCCX, "12.5", "u1")}, Peers: nodes(vos.CUIC, "", "cuic").Nodes}, "cuic>u1 "},
		"UCCE": {vos.Solution{Clusters: []vos.Cluster{nodes(vos.Finesse, "", "f"), nodes(vos.CUIC, "", "c"), nodes(vos.LiveData, "", "l")}},
			"l>f REL-4+SIG-9\nf>l REL-4+SIG-9\nl>c REL-4+SIG-9\nc>l REL-4+SIG-9\nc>f REL-4+SIG-9\nf>c REL-4+SIG-9"},
	} {
		if got := arrows(trust.Relations(c.s)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
	for _, r := range trust.Rules() {
		if r.Why == "" || r.Source == "" || r.Guess != strings.Contains(r.Why, "likely") {
			t.Errorf("%s into %s: a relation says why and where it comes from, and a guess says that it is one", r.From, r.Into)
		}
	}
}

// TestTargets: where a target is dialled.
func TestTargets(t *testing.T) {
	plain, lab := vos.Target{Host: "api.example.org"}, vos.Target{Host: "api.example.org", Port: 8080, Dial: "127.0.0.1:40443"}
	if got := plain.Node().Dial(plain.At()); got != "api.example.org:443" {
		t.Error(got)
	}
	if got := lab.Node().Dial(lab.At()); got != "127.0.0.1:40443" {
		t.Error(got)
	}
}
