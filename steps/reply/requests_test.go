package reply_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestRequestFindings: what would come back as TRB-2 or TRB-3 is said before the CSR goes to the CA.
func TestRequestFindings(t *testing.T) {
	for names, want := range map[string]string{"uccx1.example.com": "", "uccx1.example.com example.com": "PRE-8", "uccx1": "TRB-3PRE-7"} {
		key := certtest.Key(t)
		der := certtest.Request(t, &x509.CertificateRequest{Subject: pkix.Name{CommonName: "uccx1.example.com"}, DNSNames: strings.Fields(names)}, key)
		p := stepstest.Begun(t)
		p.Add(t, plan.KindDone, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: string(cert.RequestPEM(der))})
		got := ""
		for _, f := range reply.RequestFindings(stepstest.Fold(t, p), stepstest.ThreeNodes().Solution.Nodes()[0]) {
			got += f.Rule
		}
		if got != want {
			t.Errorf("%s: %q, want %q", names, got, want)
		}
	}
}
