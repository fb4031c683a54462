package steps_test

import (
	"context"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

func withTarget(t *testing.T) *lab {
	t.Helper()
	return labOf(t, sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1", "uccx2")}, Targets: []sim.TargetSpec{{Host: "api.partner.example"}}}})
}

// TestScriptServerInEveryPath: the chain of a script server is fetched, shown, accepted and uploaded before the restart of this
// window, on every path; a session that a former program opened has no such rows for it (REL-3).
func TestScriptServerInEveryPath(t *testing.T) {
	t.Parallel()
	for _, path := range steps.Paths() {
		if path.ID == change.PathCleanup { // nothing is trusted there
			continue
		}
		for _, version := range []int{1, plan.Version} {
			c := change.Change{Name: "x", Path: path.ID, Unit: "tomcat", Plan: version, Solution: vos.Solution{
				Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: "uccx1.x.example", Product: vos.UCCX, Role: vos.Standalone}}}}, Targets: []vos.Target{{Host: "api.partner.example"}}}}
			p, err := steps.Preview(c)
			if err != nil {
				t.Fatal(err)
			}
			trusts, restarts := 0, 0
			for _, row := range p.Rows() {
				if row.Step.ID == plan.StepPeerTrust || path.ID == change.PathThirdParty && row.Step.ID == plan.StepRoot {
					trusts = row.Number
				}
				if row.Step.Role == plan.RoleRestart {
					restarts = row.Number
				}
			}
			want := version >= 3 || path.ID == change.PathThirdParty
			if (trusts > 0) != want || want && trusts > restarts {
				t.Errorf("%s, plan %d: uploaded in row %d, restarted in row %d", path.ID, version, trusts, restarts)
			}
		}
	}
}

// TestScriptServerLeft: a person who skips the chain is told in what is pending; with it nothing is.
func TestScriptServerLeft(t *testing.T) {
	long(t)
	t.Parallel()
	for said, want := range map[string]standing.Outcome{plan.Later: standing.Owed, plan.Yes: standing.Proven} {
		l := withTarget(t)
		l.says = map[string]string{plan.AskPeers: said}
		p := l.start()
		q := p.asked(plan.AskPeers)
		if told := strings.Join(msg.Strings(q.Question.Told()), "\n"); !strings.Contains(told, "api.partner.example (script server)") || !strings.Contains(told, "SHA-256") {
			t.Errorf("it is asked about as\n%s", told)
		}
		if err := p.play(); err != nil {
			t.Fatal(err)
		}
		pl := p.runner.Plan()
		s := standing.Of(pl)
		if s.Outcome != want {
			t.Errorf("%s: %s, %q", said, s.Outcome, msg.Strings(s.Lines(pl)))
		}
		if named := strings.Contains(strings.Join(msg.Strings(s.Lines(pl)), "\n"), "api.partner.example"); named != (said == plan.Later) {
			t.Errorf("%s: pending says %q", said, msg.Strings(s.Lines(pl)))
		}
		for fqdn, c := range l.cluster.Counts() {
			if n, ours := l.cluster.Solution().Node(fqdn); ours && n.Product == vos.UCCX && (c.Restarts != 1 || len(c.Services) > 0) {
				t.Errorf("%s: %d restarts, services %v: one restart is for all", fqdn, c.Restarts, c.Services)
			}
		}
		p.end()
	}
}

// TestScriptServerSilent: a script server that does not answer holds no change of certificates up.
func TestScriptServerSilent(t *testing.T) {
	t.Parallel()
	l := withTarget(t)
	l.probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		if n.Product == "" {
			return vos.Served{}, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("connection refused"), Code: vos.CodeShut}
		}
		return vos.Probe(ctx, n, port)
	}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if s := standing.Of(p.runner.Plan()); s.Outcome == standing.Open {
		t.Errorf("it is %s", s.Outcome)
	}
}
