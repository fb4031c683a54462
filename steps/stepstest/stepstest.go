package stepstest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// OneNode is a change of one node in a lab.
func OneNode() change.Change {
	c := change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", Lab: &change.Lab{Folder: "lab"}, Program: "6"}
	c.Solution.Clusters = []vos.Cluster{{Nodes: []vos.Node{{FQDN: "a.b", Product: vos.UCCX, Role: vos.Standalone}}}}
	return c
}

// ThreeNodes is the change of the examples: a UCCX pair and a CCP.
func ThreeNodes() change.Change {
	return change.Change{Name: "HQ renewal", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: "HQ", Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "uccx2.example.com", Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: "ccp.example.com", Product: vos.CCP, Role: vos.Standalone}}},
	}}}
}

// Journal is a journal without a disk.
type Journal struct{ Entries []session.Entry }

// Append adds an entry.
func (p *Journal) Append(kind, step, node string, data any) (session.Entry, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return session.Entry{}, err
	}
	e := session.Entry{Seq: len(p.Entries) + 1, Time: time.Date(2026, 11, 24, 1, 0, len(p.Entries), 0, time.UTC), Who: "yvonne@jump", Kind: kind, Step: step, Node: node, Data: raw, Texts: msg.Origins(data)}
	p.Entries = append(p.Entries, e)
	return e, nil
}

// AppendAll adds several entries.
func (p *Journal) AppendAll(records []session.Record) ([]session.Entry, error) {
	var entries []session.Entry
	for _, r := range records {
		e, err := p.Append(r.Kind, r.Step, r.Node, r.Data)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Keep keeps nothing.
func (p *Journal) Keep(rel string, _ []byte) (string, error) { return rel, nil }

// Add adds an entry, and fails the test where that fails.
func (p *Journal) Add(t *testing.T, kind, step, node string, data any) session.Entry {
	t.Helper()
	e, err := p.Append(kind, step, node, data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Fold makes the plan of a journal.
func Fold(t *testing.T, p *Journal) *plan.Plan {
	t.Helper()
	pl, err := steps.Fold(p.Entries)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// Begun is a session that was opened.
func Begun(t *testing.T) *Journal {
	p := &Journal{}
	p.Add(t, plan.KindOpened, "", "", ThreeNodes())
	return p
}

// DoneUntil writes every task before the given row as done.
func DoneUntil(t *testing.T, p *Journal, step string) {
	t.Helper()
	for _, row := range Fold(t, p).Rows() {
		if row.Step.ID == step {
			return
		}
		for _, task := range row.Tasks {
			if task.State == plan.Done {
				continue
			}
			for _, q := range row.Step.Ask {
				p.Add(t, plan.KindAnswered, task.Task.Step, task.Task.Node, plan.Answer{Question: q.ID, Value: plan.Yes})
			}
			p.Add(t, plan.KindDone, task.Task.Step, task.Task.Node, plan.Seen{})
		}
	}
}
