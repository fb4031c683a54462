package plan_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestHash: the hash of a plan changes with what is done where, and with nothing else.
func TestHash(t *testing.T) {
	of := func(edit func(*change.Change)) string {
		c := change.Change{Name: "one", Path: change.PathSigned, Unit: "tomcat"}
		c.Solution.Clusters = []vos.Cluster{{Nodes: []vos.Node{{FQDN: "a.b", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "c.b", Product: vos.UCCX, Role: vos.Subscriber}}}}
		edit(&c)
		p, err := steps.Preview(c)
		if err != nil {
			t.Fatal(err)
		}
		return p.Hash()
	}
	plain := of(func(*change.Change) {})
	if len(plain) != 64 {
		t.Fatalf("%q is no SHA-256", plain)
	}
	for name, edit := range map[string]func(*change.Change){
		"name": func(c *change.Change) { c.Name = "two" }, "program": func(c *change.Change) { c.Program = "9" },
		"release": func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Release = "15" },
	} {
		if of(edit) != plain {
			t.Errorf("%s is no part of what is done, but changes the hash", name)
		}
	}
	for name, edit := range map[string]func(*change.Change){
		"unit": func(c *change.Change) { c.Unit = "ipsec" }, "node": func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].FQDN = "x.b" },
		"address":   func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Address = "10.0.0.1" },
		"ports":     func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Ports = map[int]string{22: "h:1"} },
		"fewer":     func(c *change.Change) { c.Solution.Clusters[0].Nodes = c.Solution.Clusters[0].Nodes[:1] },
		"multi":     func(c *change.Change) { c.MultiServer = true },
		"replace":   func(c *change.Change) { c.Replace = []string{"a.b"} },
		"neighbour": func(c *change.Change) { c.Solution.Peers = []vos.Node{{FQDN: "n.b", Product: vos.CUCM}} },
		"way":       func(c *change.Change) { c.Solution.Clusters[0].Nodes[0].Connection = vos.ConnectionManual },
		"order":     func(c *change.Change) { n := c.Solution.Clusters[0].Nodes; n[0], n[1] = n[1], n[0] },
	} {
		if of(edit) == plain {
			t.Errorf("%s does not change the hash", name)
		}
	}
}
