package steps_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// selfSigned is the certificate of a node that no CA has signed; critical adds an extension that Unified CM must not have.
func selfSigned(t *testing.T, name string, critical bool) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	c := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature}
	if critical {
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
	}
	return certtest.Sign(t, c, nil, key.Public(), key)
}

// beside is a prober that also sees hosts which no lab serves.
func beside(hosts map[string]*x509.Certificate) func(context.Context, vos.Node, int) (vos.Served, error) {
	return func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		if c := hosts[n.FQDN]; c != nil {
			return vos.Served{Port: port, Leaf: c, Version: "TLS 1.2"}, nil
		}
		return vos.Probe(ctx, n, port)
	}
}

// trusts are the edges of a plan in short.
func trusts(p *plan.Plan) string {
	var lines []string
	for _, e := range trust.StatesOf(p) {
		line := fmt.Sprintf("%s>%s now %s", e.From.Short(), e.Into.Short(), e.Now)
		if e.New {
			line += ", then " + string(e.Then)
		}
		if e.Breaks() {
			line += ", breaks"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestEdges: what each node holds of its peers' certificates, before and after a signed change, seen on real stores. Unified
// CM is a neighbour: nothing of it is in the stores, until a person accepts what it serves.
func TestEdges(t *testing.T) {
	long(t)
	t.Parallel()
	l := newLab(t)
	cm := selfSigned(t, "cm1.lab.example", true)
	l.probe = beside(map[string]*x509.Certificate{"cm1.lab.example": cm})
	l.neighbours = []vos.Node{{FQDN: "cm1.lab.example", Product: vos.CUCM, Role: vos.Publisher}}
	p := l.start()
	defer p.end()
	p.until("csr")
	pl := p.runner.Plan()
	for _, e := range trust.StatesOf(pl) {
		if e.From.Product != vos.CUCM && (!e.Breaks() || e.Act.IsZero() || e.Needs.IsZero()) {
			t.Errorf("%s > %s: every certificate is replaced, so every trust needs something: %+v", e.From.Short(), e.Into.Short(), e)
		}
		if e.From.Product == vos.CUCM && (e.Now != trust.HoldNo || e.New || !strings.Contains(e.Needs.String(), "cm1.lab.example")) {
			t.Errorf("Unified CM: %+v", e)
		}
	}
	task, _ := pl.Task(plan.Task{Step: "preflight", Node: l.cluster.Solution().Nodes()[0].FQDN})
	text := fmt.Sprint(task.Seen.Findings)
	for _, want := range []string{"does not trust cm1.lab.example: its tomcat-trust contains none of its certificates", "critical extensions: 1.2.3.4", "TRB-1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the findings do not say %q: %s", want, text)
		}
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	pl = l.finished()
	for _, e := range trust.StatesOf(pl) {
		if e.Now != trust.HoldYes || !e.Act.IsZero() {
			t.Errorf("after the change:\n%s", trusts(pl))
		}
	}
	for _, want := range []string{"Trust relations", "| cm1.lab.example | "} {
		if !strings.Contains(string(report.Of(pl).Markdown()), want) {
			t.Errorf("the report does not hold %q", want)
		}
	}
	t.Log("\n" + trusts(pl))
	kitOfSigned(t, pl)
}

// kitOfSigned: after a signed change no one is asked anything, and the kit holds the CA's root alone, in both forms.
func kitOfSigned(t *testing.T, p *plan.Plan) {
	t.Helper()
	for _, x := range kit.Forecast(p, time.Now()) {
		if x.Asked || len(x.Rules) == 0 || !strings.HasPrefix(x.URL, "https://") {
			t.Errorf("after a signed change: %+v", x)
		}
	}
	var roots []string
	for _, f := range kit.Of(p, time.Now(), nil).Files {
		if strings.HasPrefix(f.Name, "roots/") {
			roots = append(roots, f.Name)
			items := read.Parse(f.Name, f.Data).Items
			if len(items) != 1 || items[0].Kind != cert.Root {
				t.Errorf("%s holds %v", f.Name, items)
			}
		}
	}
	if len(roots) != 2 || !strings.HasSuffix(roots[0], ".pem") || !strings.HasSuffix(roots[1], ".cer") {
		t.Errorf("the kit holds %v", roots)
	}
}
