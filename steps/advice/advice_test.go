package advice_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestAdviceIsWhole: every trouble of the field has its advice, every advice says all there is to say, every refusal of
// nodes and every rule and row that is named exists.
func TestAdviceIsWhole(t *testing.T) {
	all := advice.All()
	var ids, refusals []string
	codes := map[string]string{}
	for _, a := range all {
		if slices.Contains(ids, a.ID) {
			t.Errorf("%s is listed twice", a.ID)
		}
		ids, refusals = append(ids, a.ID), append(refusals, a.Refusal)
		if a.Symptom.IsZero() || a.Cause.IsZero() || a.Cure.IsZero() || a.Source == "" || a.Group == "" {
			t.Errorf("%s does not say everything: %+v", a.ID, a)
		}
		if a.Link != "" && !strings.HasPrefix(a.Link, "https://") {
			t.Errorf("%s: %q is not a valid address", a.ID, a.Link)
		}
		if a.Words == "" && a.Topic == "" && a.Codes == "" && a.Refusal == "" {
			t.Errorf("%s is found by nothing that is pasted", a.ID)
		}
		for _, code := range strings.Fields(a.Codes) {
			if other := codes[code]; other != "" {
				t.Errorf("%s stands for %s and %s", code, other, a.ID)
			}
			codes[code] = a.ID
			if found, exact := advice.Find(code); !exact || len(found) != 1 || found[0].ID != a.ID {
				t.Errorf("%s leads to %v (exact %v), want %s", code, idsOf(found), exact, a.ID)
			}
		}
		for _, id := range a.Rules {
			if rules.Text(id) == "" {
				t.Errorf("%s cites %s, which is no rule", a.ID, id)
			}
		}
	}
	for i := 1; i < len(all); i++ {
		if all[i].Group != all[i-1].Group && slices.ContainsFunc(all[:i], func(a advice.Advice) bool { return a.Group == all[i].Group }) {
			t.Errorf("the group %s of %s begins twice", all[i].Group, all[i].ID)
		}
	}
	for row, id := range strings.Fields(fieldFailures) {
		if !slices.Contains(ids, id) {
			t.Errorf("row %d of docs/nodes.md 6 has no advice %s", row+1, id)
		}
	}
	for _, id := range []string{"san", "key", "chain", "nocsr", "multi", "expired", "format", "service", "nothing", "privilege", "upgrade", "command", "unsuccessful", "failed"} {
		if vos.RefusalByID(id).What == "" || !slices.Contains(refusals, id) {
			t.Errorf("the refusal %q leads to no advice", id)
		}
	}
}

// fieldFailures are the advices for the rows of docs/nodes.md 6, in their order.
const fieldFailures = `login-handshake login-renewed upload-san upload-chain upload-key upload-nocsr upload-stale upload-kept upload-back browser-name ecdsa-gadgets
	ecdsa-chat browser-old script-https chat-trust eku upload-multi cert-type upload-format regenerated login-ssh sso upload-one upgrade-expired`

// TestAdvise: what people paste leads to exactly the advice that they need, or is said not to be known.
func TestAdvise(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "texts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(data)) {
		want, text, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok {
			continue
		}
		lines++
		found, exact := advice.Find(text)
		got := strings.Join(idsOf(found), ",")
		switch {
		case len(found) == 0:
			got = "-"
		case !exact:
			got = "~" + got
		}
		if got != want {
			t.Errorf("%q leads to %s, want %s", text, got, want)
		}
		if len(found) > advice.Most {
			t.Errorf("%q leads to %d advices", text, len(found))
		}
	}
	if lines < 260 {
		t.Errorf("only %d texts", lines)
	}
	if found, _ := advice.Find("  \x1b[2J "); found != nil {
		t.Errorf("nothing leads to %v", idsOf(found))
	}
}

// TestUnknownCodes: a code of a known kind that is not in the table is named as such, with where to look it up. Its
// neighbours in the table are no answer.
func TestUnknownCodes(t *testing.T) {
	for text, code := range map[string]string{
		"Error NET::ERR_CERT_TOMORROW in Chrome": "NET::ERR_CERT_TOMORROW", "SEC_ERROR_NEW": "SEC_ERROR_NEW", "failed with 0x80094FFF": "0x80094FFF",
		"failed with -2146873345": "0x80094FFF", "CAA1999: odd": "CAA1999", "see CSCzz99999": "CSCzz99999", "X509_V_ERR_NEW": "X509_V_ERR_NEW", "FN99999": "FN99999",
		"urn:ietf:params:acme:error:novel": "urn:ietf:params:acme:error:novel", "at 10:00 x509: never heard of": "x509: never heard of",
		"javax.net.ssl.SSLException: never heard of": "javax.net.ssl.SSLException: never heard of",
	} {
		if found, exact := advice.Find(text); found != nil || exact {
			t.Errorf("%q leads to %v", text, idsOf(found))
		}
		u, ok := advice.UnknownIn(text)
		if !ok || u.Code != code || !strings.Contains(u.Error(), "https://") {
			t.Errorf("%q: the unknown code is %+v", text, u)
		}
	}
	if u, ok := advice.UnknownIn("NET::ERR_CERT_DATE_INVALID and no other"); ok {
		t.Errorf("%+v is in the table", u)
	}
}

// TestOwnSentences: what uccx-tui says itself leads to that refusal or finding, or to an advice that has its words; never
// to another one that it merely resembles.
func TestOwnSentences(t *testing.T) {
	for _, a := range advice.All() {
		if a.Refusal == "" {
			continue
		}
		r := vos.RefusalByID(a.Refusal)
		found, exact := advice.Find("uccx1.example.com: " + r.What + ": " + r.Means + " " + r.Next)
		if !exact || !slices.Contains(idsOf(found), a.ID) {
			t.Errorf("%s: its own words lead to %v (exact %v)", a.ID, idsOf(found), exact)
		}
		for _, f := range found {
			if other := vos.RefusalByID(f.Refusal); other.What != r.What {
				t.Errorf("%s: its own words lead to %s too", a.ID, f.ID)
			}
		}
	}
	for _, f := range cert.Table() {
		for _, sentence := range []string{f.Cause.String(), "uccx1.cer: " + f.Cause.String() + " " + f.Cure.String()} {
			if len(f.Cause.String()) < 24 {
				continue
			}
			found, exact := advice.Find(sentence)
			if _, coded := advice.UnknownIn(sentence); coded {
				t.Errorf("%s: %q holds a code that advise does not know", f.Code, sentence)
			}
			if exact && !slices.ContainsFunc(found, func(a advice.Advice) bool { return a.Cause.String() == f.Cause.String() || hasCode(a, sentence) }) {
				t.Errorf("%s: %q leads to %v", f.Code, sentence, idsOf(found))
			}
			if !exact && len(found) > 0 {
				t.Errorf("%s: %q is not known, and leads to %v", f.Code, sentence, idsOf(found))
			}
		}
	}
}

func hasCode(a advice.Advice, text string) bool {
	return slices.ContainsFunc(strings.Fields(a.Codes), func(code string) bool { return strings.Contains(text, code) })
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
		lines = append(lines, s.State+": "+s.What.String())
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

// TestCheckSays: a state and what was seen are one sentence of the program, so that the state is translated with it.
func TestCheckSays(t *testing.T) {
	for state, want := range map[string]string{advice.Supports: "confirmed: %s", advice.Contradicts: "contradicted: %s", advice.Unseen: "not checked: %s"} {
		c := advice.Check{State: state, What: msg.T("no restart is pending")}
		if got := c.Says(); got.Format != want || got.String() != state+": no restart is pending" {
			t.Errorf("%s: format %q, words %q; want the format %q", state, got.Format, got.String(), want)
		}
	}
}
