package steps_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// fork is an address on loopback that leads to a node, and once it was swapped to an impostor.
type fork struct {
	mu      sync.Mutex
	addr    string
	to      string
	open    []net.Conn
	visits  atomic.Int32 // of the impostor
	secrets atomic.Int32 // that it was given
	print   string       // of what it presents
}

func listenOn(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String()
}

func newFork(t *testing.T, to string) *fork {
	f := &fork{to: to}
	f.addr = listenOn(t, f.carry)
	t.Cleanup(func() { f.lead("") })
	return f
}

func (f *fork) carry(c net.Conn) {
	f.mu.Lock()
	far, err := net.Dial("tcp", f.to)
	if err != nil {
		f.mu.Unlock()
		_ = c.Close()
		return
	}
	f.open = append(f.open, c, far)
	f.mu.Unlock()
	go func() { _, _ = io.Copy(far, c); _ = far.Close() }()
	_, _ = io.Copy(c, far)
	_ = c.Close()
}

// lead ends what is open, and leads elsewhere; it returns where it led before.
func (f *fork) lead(to string) (was string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.open {
		_ = c.Close()
	}
	was, f.open, f.to = f.to, nil, to
	return was
}

// sshImpostor serves SSH with a host key of its own, and counts the passwords that it is given.
func (f *fork) sshImpostor(t *testing.T) string {
	t.Helper()
	own, err := ssh.NewSignerFromKey(certtest.Key(t))
	if err != nil {
		t.Fatal(err)
	}
	f.print = ssh.FingerprintSHA256(own.PublicKey())
	config := &ssh.ServerConfig{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) {
		f.secrets.Add(1)
		return nil, errors.New("no")
	}, KeyboardInteractiveCallback: func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
		if _, err := ask("", "", []string{"Password: "}, []bool{false}); err == nil {
			f.secrets.Add(1)
		}
		return nil, errors.New("no")
	}}
	config.AddHostKey(own)
	return listenOn(t, func(c net.Conn) {
		f.visits.Add(1)
		_, _, _, _ = ssh.NewServerConn(c, config)
		_ = c.Close()
	})
}

// apiImpostor serves HTTPS with a certificate of its own, and counts the requests that it is sent.
func (f *fork) apiImpostor(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { f.secrets.Add(1) }))
	key := certtest.Key(t)
	own := certtest.Sign(t, &x509.Certificate{SerialNumber: big.NewInt(9), NotAfter: time.Now().Add(time.Hour)}, nil, key.Public(), key)
	f.print = cert.Fingerprint(own)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{own.Raw}, PrivateKey: key}},
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { f.visits.Add(1); return nil, nil }}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// TestSwappedInTheMiddle: another machine answers in the place of a node, when the connection was lost in the middle of a run, while the
// node restarts, or between two lives of the program. No secret goes out, and a question stops the change with both fingerprints: its
// plain yes accepts nothing. When the node itself answers again, the change ends as if nothing had happened.
func TestSwappedInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, way := range []vos.Connection{vos.ConnectionSSH, vos.ConnectionREST} {
		for name, c := range map[string]struct {
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
		} {
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
	f := newFork(t, node.Dial(port))
	impostor := f.sshImpostor
	if way == vos.ConnectionREST {
		impostor = f.apiImpostor
	}
	other := impostor(t)
	l.adapt = func(c *plan.Change) {
		n := &c.Solution.Clusters[0].Nodes[0]
		n.Ports[port], n.Connection = f.addr, way
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
		was = f.lead(other)
	} else {
		var once sync.Once
		l.cluster.Hook(func(e sim.Event) sim.Verdict {
			if e.Node == node.FQDN && e.Moment == sim.After && strings.HasPrefix(e.Line, on) {
				once.Do(func() { was = f.lead(other) })
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
	for _, want := range []string{"STOP: ", known, f.print} {
		if !strings.Contains(q.Question.Text.String(), want) {
			t.Errorf("without %q: %s", want, q.Question.Text)
		}
	}
	if err := p.runner.Answer(*q, plan.Yes); err == nil {
		t.Error("a yes accepts it")
	}
	if f.secrets.Load() != 0 || f.visits.Load() == 0 {
		t.Errorf("%d secrets at %d visits", f.secrets.Load(), f.visits.Load())
	}
	f.lead(was)
	if err := p.runner.Run(p.ctx, q.Task.Step); err != nil && p.killed() {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.onceEach()
	l.proven()
	if f.secrets.Load() != 0 {
		t.Error("a secret went out later")
	}
}
