package ui

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// refusedAt is a session in which the first node of a row did not take what it was given.
func refusedAt(t *testing.T, c change.Change, row, release string) (*Model, string) {
	t.Helper()
	j := new(journal).add(plan.KindOpened, "", "", c)
	for range 200 {
		p, err := steps.Fold(j.entries)
		if err != nil {
			t.Fatal(err)
		}
		next := p.Next()
		if next.Finished {
			break
		}
		if next.Row.Step.ID == row {
			node := next.Row.Tasks[0].Task.Node
			j.add(plan.KindFailed, row, node, plan.Trouble{Class: "refused", What: msg.T("The CSR was generated again after you sent it to the CA")})
			return model(t, j, 100, 30), node
		}
		if q := next.Question; q != nil {
			a := plan.Answer{Question: q.Question.ID, Value: "yes"}
			if q.Question.ID == plan.AskECDSA {
				a.Value = "sign"
			}
			if q.Question.Kind == plan.Files {
				a.Reply = &plan.Reply{}
			}
			j.add(plan.KindAnswered, q.Task.Step, q.Task.Node, a)
			continue
		}
		for _, task := range next.Row.Tasks {
			if task.State != plan.Done {
				j.add(plan.KindDone, row0(next), task.Task.Node, plan.Seen{About: &vos.About{Version: release}})
				break
			}
		}
	}
	t.Fatalf("the plan has no row %s", row)
	return nil, ""
}

func row0(n plan.Next) string { return n.Row.Step.ID }

// A node whose certificate is refused can have a new CSR signed, or take other files of the CA, in whichever row it is installed:
// a multi-server certificate by web page, and tomcat-ECDSA, had no way to begin again.
func TestEveryRefusedCertificateHasAWayToBeginAgain(t *testing.T) {
	pair := change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", MultiServer: true, Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{
		{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Publisher, Release: "15.0.1"}, {FQDN: fqdns[1], Product: vos.UCCX, Role: vos.Subscriber, Release: "15.0.1"}}}}}}
	one := pair
	one.MultiServer = false
	one.Solution = vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Standalone, Release: "11.5.1"}}}}}
	for _, c := range []struct {
		row, release string
		change       change.Change
	}{{"install-page", "15.0.1", pair}, {"install-multi", "15.0.1", pair}, {"install-ecdsa", "11.5.1", one}, {"install", "11.5.1", one}} {
		m, node := refusedAt(t, c.change, c.row, c.release)
		m.push(&stepView{id: c.row})
		for key, asks := range map[string]string{"n": "Start over with a new CSR on " + layout.Short(node), "F": "Load the CA's reply again"} {
			a, ok := m.action(keyOf(key))
			if !ok || a.Off != "" {
				t.Errorf("%s: the key %s is not offered", c.row, key)
				continue
			}
			pressed(m, key)
			if got := shown(m); !strings.Contains(got, asks) {
				t.Errorf("%s: %s does not ask\n%s", c.row, key, got)
			}
			pressed(m, "esc")
		}
		if row, _ := m.Plan.Row(c.row); row.RefusedOn() != node {
			t.Errorf("%s: refused by %s", c.row, row.RefusedOn())
		}
	}
}
