package steps_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// states counts the addresses of a plan by their state.
func states(p *plan.Plan) map[standing.AddressState]int {
	all := map[standing.AddressState]int{}
	for _, a := range standing.Addresses(p) {
		all[a.State]++
	}
	return all
}

// After an exchange of self-signed certificates every address serves what it served before, and owes nothing: the table of
// addresses said "old: owes a restart" of each, and the report "as before".
func TestProvenExchangeOwesNoRestart(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.path = change.PathSelfSigned
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := l.finished()
	lacking := 0
	for _, n := range pl.Nodes() {
		task, _ := pl.Task(plan.Task{Step: plan.StepPreflight, Node: n.FQDN})
		for _, f := range task.Seen.Findings {
			if f.Code != codes.Trust {
				continue
			}
			if lacking++; f.Next.String() != "No action needed: this change uploads what is missing." {
				t.Errorf("%s: what the exchange does is asked of a person: %s -> %s", n.Short(), f.What, f.Next)
			}
		}
	}
	if lacking == 0 {
		t.Error("no trust is missing before the exchange")
	}
	if got := states(pl); got[standing.AddressSame] == 0 || len(got)-min(got[standing.AddressUnused], 1) != 1 { // ports that no node of this lab opens are not in use
		t.Errorf("%v", got)
	}
	if s := standing.Of(pl); !s.Clear() || len(s.Lines(pl)) != 0 {
		t.Errorf("pending: %v", msg.Strings(s.Lines(pl)))
	}
}

// A report in a stopped window must not tell the next shift to restart a node that was restarted: it says that the proof
// alone is owed, and what the restart saw.
func TestReportInAStoppedWindow(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	for {
		next := p.runner.Plan().Next()
		if next.Row.Step.Role == plan.RoleRestart && next.Row.Done() == 1 {
			break
		}
		if err := p.do(next); err != nil {
			t.Fatal(err)
		}
	}
	pl := p.runner.Plan()
	r := report.Of(pl)
	first := plan.RoleRows(pl, plan.RoleRestart)[0].Tasks[0].Task.Node
	said := 0
	for _, line := range r.Owed {
		if !strings.HasPrefix(line.String(), first+":") {
			if !strings.Contains(line.String(), "restart and verification") || !strings.Contains(line.String(), "utils system restart") {
				t.Errorf("of a node that was not restarted: %s", line)
			}
			continue
		}
		said++
		if !strings.Contains(line.String(), "verification only") || strings.Contains(line.String(), "utils system restart") || !strings.Contains(line.String(), "ports presented the right certificate") {
			t.Errorf("of a node that was restarted: %s", line)
		}
	}
	if said != 1 || len(r.Owed) != 3 {
		t.Errorf("owed: %v", msg.Strings(r.Owed))
	}
	for _, n := range r.Nodes {
		for _, a := range n.Addresses {
			if want := map[bool]string{true: "proven", false: "not checked"}[n.FQDN == first]; a.State != want && a.State != string(standing.AddressUnused) {
				t.Errorf("%s %d: %s, want %s", n.FQDN, a.Port, a.State, want)
			}
		}
	}
}

// A node that was given its new name and its certificate before the change began, and serves it, owes no restart for that.
func TestWasSoAlreadyOwesNothing(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.path = change.PathDomain
	p := l.start()
	defer p.end()
	p.until("csr")
	if debts := debts.Of(p.runner.Plan()); len(debts) != 0 {
		t.Errorf("owed although nothing was changed: %+v", debts)
	}
}

// With tomcat signed and tomcat-ECDSA left self-signed Live Data serves a certificate that agents cannot accept (EC-4): that
// is pending, in the report, in the addresses and in the outcome.
func TestSelfSignedAddressAfterTheSignedPath(t *testing.T) {
	t.Parallel()
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"uccx1"}, Profile: sim.Profile115}}}}))
	l.says = map[string]string{plan.AskECDSA: "leave"}
	p := l.start()
	defer p.end()
	p.until(plan.StepECDSA)
	if q := p.question(); q == nil || q.Question.Allows("leave") || q.Question.Options[0].Value != plan.Again {
		t.Fatalf("the signed path offers %+v", q)
	}
	former := plan.Answer{Question: plan.AskECDSA, Value: "leave"} // as former programs offered it
	if err := p.runner.Append(plan.KindAnswered, p.question().Task, former); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := l.finished()
	s := standing.Of(pl)
	if s.Outcome != standing.Owed || len(s.Addresses) == 0 {
		t.Fatalf("outcome %s, addresses %v", s.Outcome, states(pl))
	}
	if text := strings.Join(msg.Strings(report.Of(pl).Owed), "\n"); !strings.Contains(text, "12015") || !strings.Contains(text, "EC-4") {
		t.Errorf("the report says %q", text)
	}
}

// A check that a person answered with no has failed, one that was put off is pending; neither is done.
func TestFailedCheckIsNotDone(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.says = map[string]string{"VER-1": "no", "VER-2": "later", "VER-3": "later", "VER-4": "later"}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	s := standing.Of(p.runner.Plan())
	if no, later := s.Counts(); no != 1 || later != 6 || !s.Failed() || s.Outcome != standing.Owed {
		t.Errorf("%d no, %d later, outcome %s", no, later, s.Outcome)
	}
	if lines := strings.Join(msg.Strings(s.Lines(p.runner.Plan())), "\n"); !strings.Contains(lines, `ccp.lab.example: VER-1: answered "no"`) || !strings.Contains(lines, `uccx2.lab.example: VER-2: answered "later"`) {
		t.Errorf("the node is not named:\n%s", lines)
	}
}

// What the check before starting found is told as found then: a proven change does not say that a node trusts no other.
func TestFindingsAreOfTheirTime(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.path = change.PathSelfSigned
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	r, found := report.Of(l.finished()), 0
	for _, n := range r.Nodes {
		for _, f := range n.Findings {
			if f.Code == codes.Trust {
				if found++; !f.Mended {
					t.Errorf("%s: %s: told as if it were so", n.FQDN, f.What)
				}
			}
		}
	}
	if text := string(r.Markdown()); found == 0 || strings.Count(text, "found before the change, fixed since: ") < found {
		t.Errorf("%d findings:\n%s", found, text)
	}
}
