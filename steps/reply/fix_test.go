package reply_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestFixLetter: the letter that goes back to the CA tells each point that the CA can put right, in its own words, with what is asked for
// and the requests that are to be signed again; it asks nothing of the CA that is for people here to do.
func TestFixLetter(t *testing.T) {
	t.Parallel()
	p := asked(t)
	nodes := p.Nodes()
	find := func(code string, s cert.Severity, node, what string) cert.Finding {
		return cert.Finding{Code: code, Severity: s, Node: node, File: "a.cer", What: msg.T(what), Cure: msg.T("Select its file too.")}
	}
	one, two := nodes[0].FQDN, nodes[1].FQDN
	for _, c := range []struct {
		name      string
		findings  []cert.Finding
		has, lack []string
	}{
		{"names", []cert.Finding{find("san", cert.Fault, one, "the names differ from the request: added www.x")},
			[]string{"Subject: Correction needed", "1. a.cer (" + one + ")\n   Problem: The names differ from the request: added www.x.\n   Please:  Issue it again with exactly the names in the request.",
				"CORRECT, NO CHANGE NEEDED\n\n- " + two, one + "_tomcat.csr", "They have not changed", "WHAT TO SEND BACK", "[name, team]"}, []string{two + "_tomcat.csr", "Select"}},
		{"client authentication beside a fault", []cert.Finding{find("expired", cert.Fault, one, "it has expired"), find("eku", cert.Warning, two, "client authentication is missing")},
			[]string{"2 corrections needed", "Please:  Issue it again.", "or tell us if this is not possible", one + "_tomcat.csr", two + "_tomcat.csr"}, nil},
		{"the chain alone", []cert.Finding{{Code: "chain", Severity: cert.Fault, What: msg.T("the certificate of Example Issuing CA 3 is missing")}},
			[]string{"1. Chain\n", "Please:  Send every intermediate certificate and the root.", "- " + one, "WHAT TO SEND BACK"}, []string{"_tomcat.csr", "REQUESTS"}},
		{"missing", []cert.Finding{find("missing", cert.Fault, two, "no certificate")}, []string{"We found no certificate for this server", "Please:  Send the certificate."}, []string{"Select"}},
		{"a private key", []cert.Finding{find("missing", cert.Fault, two, "no certificate"), find("key", cert.Warning, "", "holds a key")}, []string{"Destroy this key."}, nil},
		{"not known", []cert.Finding{find("new-rule", cert.Fault, one, "something else")}, []string{"Problem: Something else.", "Please:  Select its file too."}, nil},
	} {
		text := reply.FixLetter(p, verdict(p, c.findings), nil)
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%s: lacks %q:\n%s", c.name, want, text)
			}
		}
		for _, not := range c.lack {
			if strings.Contains(text, not) {
				t.Errorf("%s: has %q:\n%s", c.name, not, text)
			}
		}
	}
	for _, code := range []string{"csr", "empty", "self-signed"} {
		if text := reply.FixLetter(p, verdict(p, []cert.Finding{find(code, cert.Fault, "", "x")}), nil); text != "" {
			t.Errorf("%s is nothing that the CA puts right:\n%s", code, text)
		}
	}
	if text := reply.FixLetter(p, verdict(p, []cert.Finding{find("eku", cert.Warning, one, "x")}), nil); text != "" {
		t.Errorf("a warning is a decision first:\n%s", text)
	}
}

// TestBackLetter: warnings that a person does not accept go back with the same letter.
func TestBackLetter(t *testing.T) {
	t.Parallel()
	p := asked(t)
	one, two := p.Nodes()[0].FQDN, p.Nodes()[1].FQDN
	text := reply.BackLetterFor(p, []plan.Finding{{Code: "pss", Severity: plan.Warning, What: msg.T("%s: %s", one, msg.T("signed with RSASSA-PSS"))},
		{Code: "replaces", Severity: plan.Warning, What: msg.T("it takes the place of another root"), Next: msg.T("make sure of it")}}, nil)
	for _, want := range []string{"1. " + one + "\n   Problem: Signed with RSASSA-PSS.\n   Please:  Sign it with RSA PKCS#1 v1.5.", "It takes the place of another root.", two + "_tomcat.csr"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
}

// asked is a plan whose CSRs went to the CA.
func asked(t *testing.T) *plan.Plan {
	t.Helper()
	j := stepstest.Begun(t)
	for _, n := range stepstest.Fold(t, j).Nodes() {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{DNSNames: []string{n.FQDN}}, key)
		if err != nil {
			t.Fatal(err)
		}
		j.Add(t, plan.KindDone, plan.StepCSR, n.FQDN, plan.Seen{CSR: string(cert.RequestPEM(der))})
	}
	return stepstest.Fold(t, j)
}

// verdict is one with these findings, in which every request is answered.
func verdict(p *plan.Plan, findings []cert.Finding) cert.Verdict {
	v := cert.Verdict{Chains: map[string]cert.Chain{}, Findings: findings}
	for _, r := range reply.Requests(p) {
		v.Chains[r.ID()] = cert.Chain{}
	}
	return v
}
