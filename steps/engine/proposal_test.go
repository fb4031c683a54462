package engine_test

import (
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestHandedOverIsProposed: what was accepted about a node before the session came from other hands is only proposed: the
// node's key and the certificate of its API are asked about once more, with the address, whatever the journal says of them.
func TestHandedOverIsProposed(t *testing.T) {
	const fqdn = "uccx1.example.com"
	real, theirs := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:real"}, vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:theirs"}
	own, forged := stepstest.Certificate(t, stepstest.AsItIs), stepstest.Certificate(t, func(c *x509.Certificate) { c.Subject.CommonName = "forged" })
	for _, kind := range []string{plan.KindImported, plan.KindTaken} {
		p := stepstest.Begun(t)
		p.Add(t, plan.KindAnswered, plan.StepLogin, fqdn, plan.Answer{Question: plan.AskHostKey, Value: plan.Yes, Key: &theirs})
		p.Add(t, plan.KindAnswered, plan.StepLogin, fqdn, plan.Answer{Question: plan.AskCert, Value: plan.Yes, Key: &vos.HostKey{Type: plan.CertKey, Fingerprint: cert.Fingerprint(forged)}})
		p.Add(t, plan.KindLocated, "", fqdn, plan.Location{Address: "192.0.2.66"})
		p.Add(t, plan.KindDone, plan.StepSurvey, fqdn, plan.Seen{Identity: string(cert.PEM(forged))})
		here := stepstest.Fold(t, p)
		if key, _ := here.Pin(fqdn); key == nil || len(plan.Proposals(here)) != 0 {
			t.Fatalf("a session that began here proposes: %+v", plan.Proposals(here))
		}
		p.Add(t, plan.KindAsked, plan.StepSurvey, "ccp.example.com", plan.Question{ID: plan.AskHostKey, Kind: plan.Choice, Key: &theirs, Text: msg.T("ccp.example.com shows the key SHA256:real"), Options: []plan.Option{{Value: plan.No, Label: msg.T("No")}, {Value: plan.Yes, Label: msg.T("Yes")}}})
		p.Add(t, kind, "", "", plan.Imported{Program: "1"})
		p.Entries[len(p.Entries)-1].Sum = "x"
		pl := stepstest.Fold(t, p)
		if key, _ := pl.Pin(fqdn); key != nil {
			t.Errorf("%s: the key of the file is believed", kind)
		}
		if v, _ := pl.Task(plan.Task{Step: plan.StepSurvey, Node: "ccp.example.com"}); v.Asked != nil {
			t.Errorf("%s: a question with the words and the key of the file waits: %q", kind, v.Asked.Question.Text.String())
		}
		all := plan.Proposals(pl)
		i := slices.IndexFunc(all, func(o plan.Proposal) bool { return o.FQDN == fqdn })
		if len(all) != 3 || i < 0 || all[i].Address != "192.0.2.66:22" || *all[i].Key != theirs || all[i].Cert == nil {
			t.Fatalf("%s: %+v", kind, all)
		}
		r, err := steps.NewRunner(slices.Clone(p.Entries), p, world.World{Known: func(vos.Node) []string { return nil }}, func(engine.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		n, _ := pl.Node(fqdn)
		job := &plan.Job{Task: plan.Task{Step: plan.StepLogin, Node: fqdn}}
		asked(t, r.Known(job, n, nil, theirs), plan.AskHostKey, plan.Choice, "192.0.2.66:22", "SHA256:theirs")
		asked(t, r.Known(job, n, nil, real), plan.AskChangedKey, plan.NodeName, "192.0.2.66:22", "SHA256:real", "SHA256:theirs")
		asked(t, r.KnownCert(job, n, forged), plan.AskCert, plan.Choice, "192.0.2.66:22", cert.Fingerprint(forged))
		asked(t, r.KnownCert(job, n, own), plan.AskChangedCert, plan.NodeName, "192.0.2.66:22", cert.Fingerprint(own), cert.Fingerprint(forged))
		// once a person has accepted it here, it holds; what the file says of the node holds no more than before
		p.Add(t, plan.KindAnswered, plan.StepLogin, fqdn, plan.Answer{Question: plan.AskChangedCert, Value: fqdn, Key: &vos.HostKey{Type: plan.CertKey, Fingerprint: cert.Fingerprint(own)}})
		p.Add(t, plan.KindAnswered, plan.StepLogin, fqdn, plan.Answer{Question: plan.AskHostKey, Value: plan.Yes, Key: &real})
		if r, err = steps.NewRunner(p.Entries, p, world.World{}, func(engine.Event) {}); err != nil {
			t.Fatal(err)
		}
		if key, _ := r.Plan().Pin(fqdn); key == nil || *key != real || len(plan.Proposals(r.Plan())) != 2 {
			t.Errorf("%s: what was accepted here is lost: %+v", kind, plan.Proposals(r.Plan()))
		}
		if err := r.KnownCert(job, n, own); err != nil {
			t.Errorf("%s: asked once more: %v", kind, err)
		}
		asked(t, r.KnownCert(job, n, forged), plan.AskChangedCert, plan.NodeName, cert.Fingerprint(forged))
		p.Add(t, plan.KindReopened, plan.StepSurvey, fqdn, plan.Trouble{})
		p.Add(t, plan.KindDone, plan.StepSurvey, fqdn, plan.Seen{Identity: string(cert.PEM(forged))}) // read here, on a line that proved itself
		if r, err = steps.NewRunner(p.Entries, p, world.World{}, func(engine.Event) {}); err != nil {
			t.Fatal(err)
		}
		if err := r.KnownCert(job, n, forged); err != nil {
			t.Errorf("%s: what the node holds is asked about: %v", kind, err)
		}
	}
}

// TestGivenFingerprints: a key or a certificate whose fingerprint was compared before the run needs no question, also in a
// session from other hands, and is written down as accepted.
func TestGivenFingerprints(t *testing.T) {
	const fqdn = "uccx1.example.com"
	own := stepstest.Certificate(t, stepstest.AsItIs)
	key := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:real"}
	for _, kind := range []string{"", plan.KindImported} {
		p := stepstest.Begun(t)
		if kind != "" {
			p.Add(t, kind, "", "", plan.Imported{Program: "1"})
		}
		r, err := steps.NewRunner(p.Entries, p, world.World{Known: func(vos.Node) []string { return []string{key.Fingerprint, cert.Fingerprint(own)} }}, func(engine.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		n, _ := r.Plan().Node(fqdn)
		job := &plan.Job{Task: plan.Task{Step: plan.StepLogin, Node: fqdn}}
		asked(t, r.Known(job, n, nil, vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:other"}), plan.AskHostKey, plan.Choice, "SHA256:other")
		if err := errors.Join(r.Known(job, n, nil, key), r.KnownCert(job, n, own)); err != nil {
			t.Errorf("%q: %v", kind, err)
		}
		if pin, _ := r.Plan().Pin(fqdn); pin == nil || r.Plan().CertPin(fqdn) == nil || r.Plan().Decisions()[0].Why.IsZero() {
			t.Errorf("%q: not written down", kind)
		}
	}
}

// asked sees that an error is a question of this kind, with these words.
func asked(t *testing.T, err error, id string, kind plan.AskKind, words ...string) {
	t.Helper()
	var q *plan.Ask
	if !errors.As(err, &q) || q.Question.ID != id || q.Question.Kind != kind || q.Question.Key == nil {
		t.Errorf("%v, want the question %s", err, id)
		return
	}
	for _, w := range words {
		if !strings.Contains(q.Question.Text.String(), w) {
			t.Errorf("%q does not name %q", q.Question.Text.String(), w)
		}
	}
	if strings.Contains(q.Question.Text.String(), "%!") {
		t.Errorf("%q", q.Question.Text.String())
	}
}
