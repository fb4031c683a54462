package steps

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// A new CSR for tomcat-ECDSA leaves the request and the certificate of tomcat as they are: its key would be thrown away.
func TestAgainForOneIdentity(t *testing.T) {
	t.Parallel()
	c := Change{Name: "x", Path: PathSigned, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{
		{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Standalone, Release: "11.5.1"}}}}}}
	p := &paper{}
	p.add(t, KindOpened, "", "", c)
	doneUntil(t, p, stepSecond)
	p.add(t, KindAnswered, stepSecond, "uccx1.example.com", Answer{Question: AskSecond, Value: signSecond})
	p.add(t, KindDone, stepSecond, "uccx1.example.com", Seen{})
	doneUntil(t, p, stepRestart)
	r, err := NewRunner(p.entries, p, World{}, func(Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.AgainIn(r.Plan().Step(stepSecondOwn), "uccx1.example.com"); err != nil {
		t.Fatal(err)
	}
	open := []string{}
	for _, row := range r.Plan().Rows() {
		if row.Count(Idle) > 0 && row.Number < 17 {
			open = append(open, row.Step.ID)
		}
	}
	if !slices.Contains(open, stepSecondCSR) || !slices.Contains(open, stepSecondOwn) || !slices.Contains(open, stepReply) ||
		slices.Contains(open, stepCSR) || slices.Contains(open, stepInstall) {
		t.Errorf("to be done again: %v", open)
	}
}

// Each row of every path says what it is for, and a path has no role that nobody asks for twice by mistake.
func TestRoles(t *testing.T) {
	t.Parallel()
	for _, path := range Paths() {
		rows, _ := Procedure(path.ID)
		for _, row := range rows {
			if row.Role == "" {
				t.Errorf("%s: %s has no role", path.ID, row.ID)
			}
			if row.Role == RoleRestart != (row.Risk == Interrupts) || row.Role == RoleProve != (row.Pays != "" && row.Act == nil) {
				t.Errorf("%s: %s has the role %s", path.ID, row.ID, row.Role)
			}
		}
	}
}
