package steps_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/rest"
)

// paced is nodes that only take time: every call takes as many round trips as it does over SSH, and nothing else. So what
// the engine itself adds is seen.
type paced struct {
	rtt  time.Duration
	own  *x509.Certificate
	csr  []byte
	open atomic.Int64
}

func newPaced(t testing.TB, rtt time.Duration) *paced {
	t.Helper()
	key := certtest.Key(t)
	now := time.Now()
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "*.example.com"}, DNSNames: []string{"*.example.com"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)}
	return &paced{rtt: rtt, own: certtest.Sign(t, c, nil, key.Public(), key), csr: certtest.Request(t, &x509.CertificateRequest{Subject: c.Subject, DNSNames: c.DNSNames}, key)}
}

// takes lets round trips pass.
func (p *paced) takes(ctx context.Context, trips int) error {
	select {
	case <-time.After(time.Duration(trips) * p.rtt):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *paced) Dial(ctx context.Context, n vos.Node, _ vos.Access) (vos.Driver, error) {
	p.open.Add(1)
	return &pacedNode{Unsupported: rest.Unsupported{FQDN: n.FQDN}, paced: p, node: n}, p.takes(ctx, 10)
}

func (p *paced) probe(ctx context.Context, _ vos.Node, port int) (vos.Served, error) {
	return vos.Served{Port: port, Leaf: p.own, Version: "TLS 1.2"}, p.takes(ctx, 3)
}

type pacedNode struct {
	rest.Unsupported
	*paced
	node vos.Node
	made bool
}

func (n *pacedNode) About(ctx context.Context) (vos.About, error) {
	return vos.About{Host: n.node.Short(), Domain: "example.com", Version: "12.5.1.11001-348", Now: time.Now(), ZoneKnown: true}, n.takes(ctx, 2)
}

func (n *pacedNode) Members(ctx context.Context) ([]vos.Member, error) { return nil, n.takes(ctx, 1) }

func (n *pacedNode) Services(ctx context.Context) ([]vos.Service, error) {
	return []vos.Service{{Name: "Cisco Tomcat", State: "STARTED"}}, n.takes(ctx, 1)
}

func (n *pacedNode) Identity(ctx context.Context, _ string) (*x509.Certificate, error) {
	return n.own, n.takes(ctx, 1)
}

func (n *pacedNode) CSR(ctx context.Context, _ string) ([]byte, error) {
	if !n.made {
		return nil, n.takes(ctx, 1)
	}
	return n.csr, n.takes(ctx, 2)
}

func (n *pacedNode) TrustList(ctx context.Context, _ string) ([]vos.TrustFile, error) {
	return nil, n.takes(ctx, 1)
}

func (n *pacedNode) GenerateCSR(ctx context.Context, _ string) error {
	n.made = true
	return n.takes(ctx, 1)
}

func (n *pacedNode) Close() error {
	n.open.Add(-1)
	return nil
}

// requested plays log in, survey, check and CSR on so many nodes, and returns how long the rows took.
func requested(t testing.TB, p *paced, nodes int) time.Duration {
	t.Helper()
	s, err := session.Home{Dir: t.TempDir()}.Create("many")
	if err != nil {
		t.Fatal(err)
	}
	c := change.Change{Name: "many", Path: change.PathSigned, Unit: "tomcat", Program: "test"}
	for i := range nodes {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("n%d.example.com", i), Product: vos.UCCX, Role: vos.Standalone}}})
	}
	opened, err := s.Append(plan.KindOpened, "", "", c)
	if err != nil {
		t.Fatal(err)
	}
	r, err := steps.NewRunner([]session.Entry{opened}, s, world.World{Dialer: p, Probe: p.probe, Pace: world.LabPace(), Program: "test",
		Login: func(vos.Node) (vos.Login, bool) { return vos.Login{User: "a", Password: vos.NewSecret("b")}, true }}, func(engine.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for _, step := range []string{"login", "survey", "preflight", "csr"} {
		if err := r.Run(t.Context(), step); err != nil {
			t.Fatal(err)
		}
		if row, _ := r.Plan().Row(step); row.Done() != nodes {
			next := r.Plan().Next()
			t.Fatalf("%s: %d of %d done; %+v", step, row.Done(), nodes, next.Question)
		}
	}
	took := time.Since(begun)
	if err := r.Close(); err != nil || p.open.Load() != 0 {
		t.Errorf("%d lines are left, %v", p.open.Load(), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return took
}

// TestManyNodes: a hundred nodes are looked at side by side, each once, and nothing is left open.
func TestManyNodes(t *testing.T) {
	t.Parallel()
	requested(t, newPaced(t, time.Millisecond), 100)
}

// BenchmarkCriticalPath: what many nodes add to the time that one takes, at 50 ms a round trip, with a journal on disk.
func BenchmarkCriticalPath(b *testing.B) {
	p := newPaced(b, 50*time.Millisecond)
	one := requested(b, p, 1)
	for _, nodes := range []int{3, 20, 100, 1000} {
		b.Run(fmt.Sprint(nodes), func(b *testing.B) {
			for b.Loop() {
				took := requested(b, p, nodes)
				b.ReportMetric(took.Seconds()/one.Seconds(), "x-one")
				b.ReportMetric(one.Seconds(), "s-one")
			}
		})
	}
}
