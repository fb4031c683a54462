package plan_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestHash: the hash of a plan changes with what is done where, and with nothing else.
func TestHash(t *testing.T) {
	of := func(change func(*plan.Change)) string {
		c := plan.Change{Name: "one", Path: plan.PathSigned, Unit: "tomcat"}
		c.Solution.Clusters = []vos.Cluster{{Nodes: []vos.Node{{FQDN: "a.b", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "c.b", Product: vos.UCCX, Role: vos.Subscriber}}}}
		change(&c)
		p, err := steps.Preview(c)
		if err != nil {
			t.Fatal(err)
		}
		return p.Hash()
	}
	plain := of(func(*plan.Change) {})
	if len(plain) != 64 {
		t.Fatalf("%q is no SHA-256", plain)
	}
	for name, change := range map[string]func(*plan.Change){
		"name": func(c *plan.Change) { c.Name = "two" }, "program": func(c *plan.Change) { c.Program = "9" },
		"release": func(c *plan.Change) { c.Solution.Clusters[0].Nodes[0].Release = "15" },
	} {
		if of(change) != plain {
			t.Errorf("%s is no part of what is done, but changes the hash", name)
		}
	}
	for name, change := range map[string]func(*plan.Change){
		"unit": func(c *plan.Change) { c.Unit = "ipsec" }, "node": func(c *plan.Change) { c.Solution.Clusters[0].Nodes[0].FQDN = "x.b" },
		"address":   func(c *plan.Change) { c.Solution.Clusters[0].Nodes[0].Address = "10.0.0.1" },
		"ports":     func(c *plan.Change) { c.Solution.Clusters[0].Nodes[0].Ports = map[int]string{22: "h:1"} },
		"fewer":     func(c *plan.Change) { c.Solution.Clusters[0].Nodes = c.Solution.Clusters[0].Nodes[:1] },
		"multi":     func(c *plan.Change) { c.MultiServer = true },
		"replace":   func(c *plan.Change) { c.Replace = []string{"a.b"} },
		"neighbour": func(c *plan.Change) { c.Solution.Peers = []vos.Node{{FQDN: "n.b", Product: vos.CUCM}} },
		"way":       func(c *plan.Change) { c.Solution.Clusters[0].Nodes[0].Connection = vos.ConnectionManual },
		"order":     func(c *plan.Change) { n := c.Solution.Clusters[0].Nodes; n[0], n[1] = n[1], n[0] },
	} {
		if of(change) == plain {
			t.Errorf("%s does not change the hash", name)
		}
	}
}
