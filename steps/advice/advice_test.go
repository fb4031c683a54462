package advice_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestAdviceIsWhole: every trouble of the field has its advice, every advice says all there is to say, every refusal of
// nodes and every rule and row that is named exists.
func TestAdviceIsWhole(t *testing.T) {
	all := advice.All()
	var ids, sources, refusals []string
	for _, a := range all {
		if slices.Contains(ids, a.ID) {
			t.Errorf("%s is listed twice", a.ID)
		}
		ids, sources, refusals = append(ids, a.ID), append(sources, a.Source), append(refusals, a.Refusal)
		if a.Symptom == "" || a.Cause == "" || a.Cure == "" || a.Source == "" || a.Group == "" {
			t.Errorf("%s does not say everything: %+v", a.ID, a)
		}
		if _, err := regexp.Compile("(?i)" + a.Words); err != nil {
			t.Errorf("%s: %v", a.ID, err)
		}
		if a.Words == "" && a.Refusal == "" {
			t.Errorf("%s is found by nothing that is pasted", a.ID)
		}
		for _, id := range a.Rules {
			if rules.Text(id) == "" {
				t.Errorf("%s cites %s, which is no rule", a.ID, id)
			}
		}
	}
	text := strings.Join(sources, "; ")
	for n := 1; n <= 24; n++ {
		if !regexp.MustCompile(fmt.Sprintf(`6\.%d\b`, n)).MatchString(text) {
			t.Errorf("row %d of the field failures (vos-facts 6) has no advice", n)
		}
	}
	for _, id := range []string{"san", "key", "chain", "nocsr", "multi", "expired", "format", "service", "nothing", "privilege", "upgrade", "command", "unsuccessful", "failed"} {
		if vos.RefusalByID(id).What == "" || !slices.Contains(refusals, id) {
			t.Errorf("the refusal %q leads to no advice", id)
		}
	}
}

// TestAdvise: what people paste leads to the advice that they need.
func TestAdvise(t *testing.T) {
	for text, want := range map[string]string{
		"Error: CSR SAN and Certificate SAN does not match": "upload-san",
		"CAA1016": "upload-san",
		"Certificate import failed due to CSR public key and Certificate public key doesn't match": "upload-key",
		"CAA1015: see the job": "upload-key",
		"CA certificate is not available in the trust-store\nExecuted command unsuccessfully": "upload-chain",
		"File /usr/local/platform/.security/tomcat/keys/tomcat.csr does not exist":            "upload-nocsr",
		"CAA1021": "upload-format",
		"CAA1027": "refused-other",
		"CAA1025": "refused-type",
		"Your connection is not private NET::ERR_CERT_COMMON_NAME_INVALID": "browser-name",
		"javax.net.ssl.SSLHandshakeException: Received fatal alert":        "login-handshake",
		"Invalid User ID/Password":                                         "login-handshake",
		"CSCvb58580":                                                       "ecdsa-chat",
		"CSCvb46250":                                                       "ecdsa-gadgets",
		"CSCvd56174":                                                       "login-handshake",
		"CSCuv89545":                                                       "login-logjam",
		"unable to find valid certification path to requested target": "script-https",
		"SEC_ERROR_UNKNOWN_ISSUER":                                    "browser-trust",
		"NET::ERR_CERT_DATE_INVALID":                                  "browser-expired",
		"FN74382":                                                     "eku",
	} {
		found, exact := advice.Find(text)
		if !exact || len(found) == 0 || !slices.ContainsFunc(found, func(a advice.Advice) bool { return a.ID == want }) {
			t.Errorf("%q leads to %v (exact %v), want %s", text, idsOf(found), exact, want)
		}
	}
	found, exact := advice.Find("chat seems dead since yesterday")
	if exact || len(found) == 0 || len(found) > advice.Most {
		t.Errorf("some words lead to %v, exact %v", idsOf(found), exact)
	}
	if found, _ = advice.Find("  \x1b[2J "); found != nil {
		t.Errorf("nothing leads to %v", idsOf(found))
	}
}

func idsOf(all []advice.Advice) []string {
	var ids []string
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

// TestAdviceLooks: what is wrong with a served certificate is seen, and what is right speaks against it.
func TestAdviceLooks(t *testing.T) {
	for id, bend := range map[string]func(*x509.Certificate){
		"login-handshake": func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3}, Critical: true, Value: []byte{5, 0}}}
		},
		"login-renewed":   func(c *x509.Certificate) { c.NotAfter = stepstest.Day().Add(-time.Minute) },
		"browser-name":    func(c *x509.Certificate) { c.DNSNames = []string{"cm1"} },
		"browser-expired": func(c *x509.Certificate) { c.NotAfter = stepstest.Day().Add(-time.Minute) },
		"eku":             func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] },
		"browser-trust":   func(*x509.Certificate) {},
		"ecdsa-gadgets":   func(*x509.Certificate) {},
	} {
		a, ok := advice.ByID(id)
		if !ok || !a.Sees() {
			t.Fatalf("%s: no such advice, or it does not look", id)
		}
		served := stepstest.Certificate(t, bend)
		probes := 0
		d := &advice.Diagnosis{Hosts: []vos.Node{{FQDN: "cm1.example.com", Product: vos.CUCM}}, Now: stepstest.Day(), Probe: func(_ context.Context, _ vos.Node, port int) (vos.Served, error) {
			probes++
			return vos.Served{Port: port, Leaf: served}, nil
		}}
		if got := states(a.Look(context.Background(), d)); !strings.Contains(got, advice.Supports) {
			t.Errorf("%s does not see it:\n%s", id, got)
		}
		a.Look(context.Background(), d)
		if probes != 1 {
			t.Errorf("%s: %d handshakes in one consultation", id, probes)
		}
	}
	a, _ := advice.ByID("browser-name")
	good := stepstest.Certificate(t, func(*x509.Certificate) {})
	d := &advice.Diagnosis{Hosts: []vos.Node{{FQDN: "cm1.example.com", Product: vos.CUCM}}, Now: stepstest.Day(), Probe: func(context.Context, vos.Node, int) (vos.Served, error) { return vos.Served{Leaf: good}, nil }}
	if got := states(a.Look(context.Background(), d)); strings.Contains(got, advice.Supports) || !strings.Contains(got, advice.Contradicts) {
		t.Errorf("a good certificate confirmed:\n%s", got)
	}
	d = &advice.Diagnosis{Hosts: d.Hosts, Now: stepstest.Day(), Probe: func(context.Context, vos.Node, int) (vos.Served, error) { return vos.Served{}, errors.New("silent") }}
	if got := states(a.Look(context.Background(), d)); strings.Contains(got, advice.Supports) || strings.Contains(got, advice.Contradicts) {
		t.Errorf("a silent host speaks:\n%s", got)
	}
}

func states(all []advice.Check) string {
	var lines []string
	for _, s := range all {
		lines = append(lines, s.State+": "+s.What)
	}
	return strings.Join(lines, "\n")
}

// TestAdviceOfASession: every advice looks at any session without falling over, and a debt is named.
func TestAdviceOfASession(t *testing.T) {
	p := stepstest.Begun(t)
	stepstest.DoneUntil(t, p, plan.StepRestart)
	d := &advice.Diagnosis{Plan: stepstest.Fold(t, p), Now: stepstest.Day(), Probe: func(context.Context, vos.Node, int) (vos.Served, error) { return vos.Served{}, errors.New("silent") }}
	for _, a := range advice.All() {
		if a.Sees() && len(a.Look(context.Background(), d)) == 0 {
			t.Errorf("%s looked and says nothing", a.ID)
		}
	}
	a, _ := advice.ByID("browser-old")
	if got := states(a.Look(context.Background(), d)); !strings.Contains(got, "confirmed: uccx1.example.com: restart and verification pending") {
		t.Errorf("the debt is not named:\n%s", got)
	}
}
