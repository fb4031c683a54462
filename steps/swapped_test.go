package steps_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// apiImpostor serves HTTPS with a certificate of its own, and counts the requests that it is sent.
func apiImpostor(t *testing.T) *vostest.Impostor {
	t.Helper()
	i := &vostest.Impostor{}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { i.Secrets.Add(1) }))
	key := certtest.Key(t)
	own := certtest.Sign(t, &x509.Certificate{SerialNumber: big.NewInt(9), NotAfter: time.Now().Add(time.Hour)}, nil, key.Public(), key)
	i.Print = cert.Fingerprint(own)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{own.Raw}, PrivateKey: key}},
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { i.Visits.Add(1); return nil, nil }}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	i.Addr = s.Listener.Addr().String()
	return i
}

// TestSwappedInTheMiddle: another machine answers in the place of a node, when the connection was lost in the middle of a run, while the
// node restarts, or between two lives of the program. No secret goes out, and a question stops the change with both fingerprints: its
// plain yes accepts nothing. When the node itself answers again, the change ends as if nothing had happened.
func TestSwappedInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, way := range []vos.Connection{vos.ConnectionSSH, vos.ConnectionREST} {
		for name, c := range only(t, map[string]struct {
			row     string
			on      string // command of the node at whose end the machines are swapped; "": before the row
			reopens bool   // the program ends, and is started again
		}{
			"lost line":           {row: plan.StepCSR},
			"lost in an answer":   {row: plan.StepCSR, on: "set csr gen"},
			"between two lives":   {row: plan.StepInstall, reopens: true},
			"while it restarts":   {row: plan.StepRestart, on: "utils system restart"},
			"before its restart":  {row: plan.StepRestart},
			"again in a new life": {row: plan.StepRestart, reopens: true},
		}, "between two lives", "while it restarts") {
			if way == vos.ConnectionREST && c.on != "" {
				continue // its API is not told by commands
			}
			t.Run(string(way)+" "+name, func(t *testing.T) {
				t.Parallel()
				swapIn(t, way, c.row, c.on, c.reopens)
			})
		}
	}
}

func swapIn(t *testing.T, way vos.Connection, row, on string, reopens bool) {
	top := sim.Pairs(1)
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkREST}}}
	l := labOf(t, sim.Options{Topology: &top})
	node := l.cluster.Solution().Nodes()[0]
	port, changed := vos.PortSSH, plan.AskChangedKey
	if way == vos.ConnectionREST {
		port, changed = 443, plan.AskChangedCert
	}
	f := loopback.NewFork(t, node.Dial(port))
	var other *vostest.Impostor
	if way == vos.ConnectionREST {
		other = apiImpostor(t)
	} else {
		other = vostest.NewImpostor(t)
	}
	l.adapt = func(c *change.Change) {
		n := &c.Solution.Clusters[0].Nodes[0]
		n.Ports[port], n.Connection = f.Addr, way
	}
	p := l.start()
	defer func() { p.end() }()
	p.until(row)
	known, was := l.cluster.HostKey(node.FQDN).Fingerprint, ""
	if way == vos.ConnectionREST {
		shown, err := vos.Probe(t.Context(), node, port)
		if err != nil {
			t.Fatal(err)
		}
		known = cert.Fingerprint(shown.Leaf)
	}
	if on == "" {
		was = f.Lead(other.Addr)
	} else {
		var once sync.Once
		l.cluster.Hook(func(e sim.Event) sim.Verdict {
			if e.Node == node.FQDN && e.Moment == sim.After && strings.HasPrefix(e.Line, on) {
				once.Do(func() { was = f.Lead(other.Addr) })
			}
			return sim.Go
		})
	}
	if reopens {
		p.end()
		p = l.start()
	}
	var q *plan.Asked
	for range 20 {
		next := p.runner.Plan().Next()
		if q = next.Question; q != nil && q.Question.ID == changed || next.Finished {
			break
		}
		_ = p.do(next)
	}
	if q == nil || q.Question.ID != changed || q.Question.Kind != plan.NodeName || q.Task.Node != node.FQDN {
		t.Fatalf("%+v", q)
	}
	if held := certs.Leaf(p.runner.Plan(), node.FQDN); way == vos.ConnectionREST && row == plan.StepRestart {
		known = cert.Fingerprint(held) // installed, and not served yet
	}
	for _, want := range []string{"STOP: ", known, other.Print} {
		if !strings.Contains(q.Question.Text.String(), want) {
			t.Errorf("without %q: %s", want, q.Question.Text)
		}
	}
	if err := p.runner.Answer(*q, plan.Yes); err == nil {
		t.Error("a yes accepts it")
	}
	if other.Secrets.Load() != 0 || other.Visits.Load() == 0 {
		t.Errorf("%d secrets at %d visits", other.Secrets.Load(), other.Visits.Load())
	}
	f.Lead(was)
	if err := p.runner.Run(p.ctx, q.Task.Step); err != nil && p.killed() {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
	l.proven()
	if other.Secrets.Load() != 0 {
		t.Error("a secret went out later")
	}
}
