package steps_test

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
)

// A new CSR for tomcat-ECDSA leaves the request and the certificate of tomcat as they are: its key would be thrown away.
func TestAgainForOneIdentity(t *testing.T) {
	t.Parallel()
	c := change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{
		{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Standalone, Release: "11.5.1"}}}}}}
	p := &stepstest.Journal{}
	p.Add(t, plan.KindOpened, "", "", c)
	stepstest.DoneUntil(t, p, plan.StepECDSA)
	p.Add(t, plan.KindAnswered, plan.StepECDSA, "uccx1.example.com", plan.Answer{Question: plan.AskECDSA, Value: change.ECDSASign})
	p.Add(t, plan.KindDone, plan.StepECDSA, "uccx1.example.com", plan.Seen{})
	stepstest.DoneUntil(t, p, plan.StepRestart)
	r, err := steps.NewRunner(p.Entries, p, world.World{}, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.NewCSRIn(r.Plan().Step(plan.StepECDSAOwn), "uccx1.example.com"); err != nil {
		t.Fatal(err)
	}
	open := []string{}
	for _, row := range r.Plan().Rows() {
		if row.Count(plan.Idle) > 0 && row.Number < 17 {
			open = append(open, row.Step.ID)
		}
	}
	if !slices.Contains(open, plan.StepECDSACSR) || !slices.Contains(open, plan.StepECDSAOwn) || !slices.Contains(open, plan.StepReply) ||
		slices.Contains(open, plan.StepCSR) || slices.Contains(open, plan.StepInstall) {
		t.Errorf("to be done again: %v", open)
	}
}

// Each row of every path says what it is for, and a path has no role that no one asks for twice by mistake.
func TestRoles(t *testing.T) {
	t.Parallel()
	for _, path := range steps.Paths() {
		rows, _ := steps.Procedure(path.ID)
		for _, row := range rows {
			if row.Role == "" {
				t.Errorf("%s: %s has no role", path.ID, row.ID)
			}
			if row.Role == plan.RoleRestart != (row.Risk == plan.Interrupts) || row.Role == plan.RoleProve != (row.Pays != "" && row.Act == nil) {
				t.Errorf("%s: %s has the role %s", path.ID, row.ID, row.Role)
			}
		}
	}
}
