package steps_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// renewedCM is a UCCX pair beside Unified CM, which got another certificate last night.
func renewedCM(t *testing.T, do ...sim.Action) *lab {
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1", "uccx2"), {Product: vos.CUCM, Hosts: []string{"cm1"}, Neighbour: true}}},
		Setup: append([]sim.Action{{Do: "exchange", Of: []string{"cucm"}, On: []string{"uccx"}}}, do...)}))
	l.path = change.PathSelfSigned
	return l
}

// asked plays until a question is asked, and returns it.
func (p *program) asked(id string) plan.Asked {
	p.lab.t.Helper()
	for range 100 {
		next := p.runner.Plan().Next()
		switch {
		case next.Finished:
			p.lab.t.Fatalf("%s is not asked", id)
		case next.Question != nil && next.Question.Question.ID == id:
			return *next.Question
		}
		if err := p.do(next); err != nil {
			p.lab.t.Fatal(err)
		}
	}
	p.lab.t.Fatalf("%s is not asked", id)
	return plan.Asked{}
}

func (p *program) say(q plan.Asked, value string) {
	p.lab.t.Helper()
	if err := p.runner.Answer(q, value); err != nil {
		p.lab.t.Fatal(err)
	}
}

// TestNeighbourIsAccepted: the fingerprint of what a neighbour serves is shown; nothing is uploaded before a person accepts
// it, and what is left stays owed, with who must do what.
func TestNeighbourIsAccepted(t *testing.T) {
	t.Parallel()
	l := renewedCM(t, sim.Action{Do: "self-sign", On: []string{"cucm"}})
	p := l.start()
	defer p.end()
	q := p.asked(plan.AskPeers)
	print := cert.Fingerprint(l.cluster.Certificate("cm1.lab.example"))
	if text := strings.Join(msg.Strings(q.Question.Lines), "\n"); !strings.Contains(text, print) || !strings.Contains(text, "cm1.lab.example (Unified CM), until ") {
		t.Errorf("the question does not show what cm1 serves (%s):\n%s", print, text)
	}
	if len(reply.PeerCerts(p.runner.Plan())) != 1 || reply.PeerServes(p.runner.Plan())["cm1.lab.example"] != print {
		t.Errorf("what would be believed: %v", reply.PeerCerts(p.runner.Plan()))
	}
	p.say(q, "no")
	if next := p.runner.Plan().Next(); next.Row.Step.ID != "neighbour-chain" {
		t.Errorf("after a no the change went on to %s", next.Row.Step.ID)
	}
	p.say(p.asked(plan.AskPeers), "later")
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := p.runner.Plan()
	if standing.OutcomeOf(pl) != standing.Owed {
		t.Errorf("outcome %s: a trust that was left is not owed", standing.OutcomeOf(pl))
	}
	owed := strings.Join(msg.Strings(report.Of(pl).Owed), "\n")
	for _, want := range []string{"uccx1.lab.example: trust cm1.lab.example: upload its certificate", "uccx2.lab.example: trust cm1.lab.example", "(this change)"} {
		if !strings.Contains(owed, want) {
			t.Errorf("the report does not say %q: %s", want, owed)
		}
	}
	for fqdn, c := range l.cluster.Counts() {
		if len(c.TrustUploads) > 0 || c.Restarts > 0 {
			t.Errorf("%s: %+v, though nothing was accepted", fqdn, c)
		}
	}
}

// TestNeighbourOfACA: of a neighbour that a CA signed, every CA is uploaded; one that it does not send is brought, or left.
func TestNeighbourOfACA(t *testing.T) {
	t.Parallel()
	l := renewedCM(t)
	f := &forger{t: t, csr: &x509.CertificateRequest{Subject: pkix.Name{CommonName: "cm1.lab.example"}, DNSNames: []string{"cm1.lab.example"}, PublicKey: labKeys.Key(t, 9).Public()}}
	root := f.ca("Other Root", signer{}, nil)
	leaf := f.leaf(root, nil)
	l.probe = beside(map[string]*x509.Certificate{"cm1.lab.example": leaf})
	p := l.start()
	defer p.end()
	q := p.asked("neighbour-files")
	if !strings.Contains(strings.Join(msg.Strings(q.Question.Lines), " "), "Other Root") {
		t.Errorf("it does not say what is missing: %v", msg.Strings(q.Question.Lines))
	}
	p.say(q, "files")
	p.asked(plan.AskChain)
	verdict, err := intake.TakeReply(p.runner, []cert.File{read.Parse("root.pem", cert.PEM(root.cert))})
	if err != nil || !verdict.OK() {
		t.Fatalf("the root is not taken: %v %+v", err, verdict.Findings)
	}
	if p.runner.Plan().Reply() != nil {
		t.Error("what was brought for a neighbour counts as the CA's reply")
	}
	if text := strings.Join(msg.Strings(p.asked(plan.AskPeers).Question.Lines), "\n"); !strings.Contains(text, cert.Fingerprint(root.cert)) || strings.Contains(text, cert.Fingerprint(leaf)) {
		t.Errorf("the root is to be believed, not the certificate under it:\n%s", text)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if pl := l.finished(); !strings.Contains(trusts(pl), "cm1>uccx2 now holds") {
		t.Error(trusts(pl))
	}
	if c := l.cluster.Counts()["uccx1.lab.example"]; len(c.TrustUploads) != 1 || c.Restarts != 1 {
		t.Errorf("uccx1: %+v", c)
	}
}

// TestNeighbourIsAway: a neighbour that does not answer holds nothing up.
func TestNeighbourIsAway(t *testing.T) {
	t.Parallel()
	l := renewedCM(t)
	l.probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		if n.Product == vos.CUCM {
			return vos.Served{}, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("no answer")}
		}
		return vos.Probe(ctx, n, port)
	}
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
}

// TestNeighbourMustTrust: no one logs in to a neighbour; that it must hold the new certificates is asked, and stays owed.
func TestNeighbourMustTrust(t *testing.T) {
	t.Parallel()
	l := labOf(t, sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1"), {Product: vos.CCP, Hosts: []string{"ccp"}, Neighbour: true}}}})
	l.path = change.PathRegenerate
	p := l.start()
	defer p.end()
	p.say(p.asked("neighbour-told"), "later")
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl := p.runner.Plan()
	if owed := strings.Join(msg.Strings(report.Of(pl).Owed), "\n"); standing.OutcomeOf(pl) != standing.Owed || !strings.Contains(owed, "neighbour-told: answered \"later\"") {
		t.Errorf("outcome %s, owed %q", standing.OutcomeOf(pl), owed)
	}
	p.say(standing.AllPutOff(pl)[0].Asked, "yes")
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
}
