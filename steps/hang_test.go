package steps_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"maps"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// until waits for a condition; a loaded machine may take a minute.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !done(); runtime.Gosched() {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%s: not within a minute\n%s", what, stacks[:runtime.Stack(stacks, true)])
		}
		<-time.After(5 * time.Millisecond)
	}
}

// pit is a place that can be dialled and hangs there.
type pit struct {
	net.Listener
	mu   sync.Mutex
	open int
}

// hang listens, and leads each connection to where it hangs; nil: it is not even accepted.
func hang(t *testing.T, lead func(net.Conn)) *pit {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &pit{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	if lead == nil {
		return p
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.count(1)
			go func() {
				defer p.count(-1)
				defer c.Close()
				lead(c)
				for _, err := c.Read(make([]byte, 512)); err == nil; _, err = c.Read(make([]byte, 512)) {
				}
			}()
		}
	}()
	return p
}

func (p *pit) count(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open += n
}

func (p *pit) left() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open
}

// sshUpTo is an SSH server that lets in, or hangs over the password, and gives a shell that never says anything.
func sshUpTo(shell bool) func(net.Conn) {
	return func(c net.Conn) {
		_, key, _ := ed25519.GenerateKey(rand.Reader)
		signer, _ := gossh.NewSignerFromKey(key)
		conf := &gossh.ServerConfig{PasswordCallback: func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) {
			if !shell {
				_, _ = c.Read(make([]byte, 1)) // until the other side gives up
			}
			return nil, nil
		}}
		conf.AddHostKey(signer)
		conn, channels, requests, err := gossh.NewServerConn(c, conf)
		if err != nil {
			return
		}
		go gossh.DiscardRequests(requests)
		for ch := range channels {
			_, reqs, err := ch.Accept()
			if err != nil {
				break
			}
			go func() {
				for r := range reqs {
					_ = r.Reply(true, nil)
				}
			}()
		}
		_ = conn.Close()
	}
}

// enter makes a runner on the session "test" with this much patience. Every host key is taken.
func (l *lab) enter(patience ssh.Options) (*engine.Runner, func()) {
	l.t.Helper()
	s, err := l.home.Open("test")
	if err != nil {
		if s, err = l.home.Create("test"); err == nil {
			_, err = s.Append(plan.KindOpened, "", "", l.change())
		}
	}
	if err != nil {
		l.t.Fatal(err)
	}
	entries, err := l.home.Read("test")
	if err != nil {
		l.t.Fatal(err)
	}
	patience.Lab = true
	outside := world.World{Dialer: believing{ssh.New(patience)}, Login: l.logins, Legacy: func(vos.Node) bool { return true }, Probe: l.probe, Program: "test", Pace: world.LabPace()}
	r, err := steps.NewRunner(entries, s, outside, func(engine.Event) {})
	if err != nil {
		l.t.Fatal(err)
	}
	return r, func() {
		_ = r.Close()
		_ = s.Close()
	}
}

// believing takes every host key.
type believing struct{ vos.Dialer }

func (b believing) Dial(ctx context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	a.CheckKey = func(vos.HostKey) error { return nil }
	return b.Dialer.Dial(ctx, n, a)
}

// hung is the node that hangs.
const hung = "uccx2.lab.example"

// seam is where it does, and what is said of it then.
type seam struct {
	name, step, says string
	port             int            // of the node: something else answers there
	lead             func(net.Conn) // what answers; nil: the system alone
	line             string         // the command over which the node itself hangs
}

func seams() []seam {
	silent := func(net.Conn) {}
	return []seam{
		{name: "connected by the system alone", step: "login", port: vos.PortSSH, says: "Cannot connect"},
		{name: "before the banner", step: "login", port: vos.PortSSH, lead: silent, says: "Cannot connect"},
		{name: "behind the banner", step: "login", port: vos.PortSSH, says: "Cannot connect",
			lead: func(c net.Conn) { _, _ = c.Write([]byte("SSH-2.0-OpenSSH_7.4\r\n")) }},
		{name: "over the password", step: "login", port: vos.PortSSH, lead: sshUpTo(false), says: "Cannot connect"},
		{name: "before the prompt", step: "login", port: vos.PortSSH, lead: sshUpTo(true), says: "the command line did not start"},
		{name: "in a command", step: "survey", line: "show network eth0", says: "show network eth0"},
		{name: "over the hello of TLS", step: "survey", port: vos.PortAdmin, lead: silent},
	}
}

// TestHangingNode: a node that hangs, wherever it does, holds up no other; it has an error in three parts; and when the
// program ends nothing is left of it, neither goroutines nor connections.
func TestHangingNode(t *testing.T) {
	long(t)
	for _, s := range seams() {
		t.Run(s.name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			l, p := labOf(t, sim.Options{}), hang(t, s.lead)
			l.hangs(s, p)
			r, leave := l.enter(ssh.Options{})
			if s.step == "survey" {
				if err := r.Run(t.Context(), "login"); err != nil {
					t.Fatal(err)
				}
			}
			over := make(chan struct{})
			release := sync.OnceFunc(func() { close(over) })
			defer release()
			l.cluster.Hook(func(e sim.Event) sim.Verdict {
				if e.Node == hung && e.Moment == sim.Before && e.Line == s.line {
					<-over
				}
				return sim.Go
			})
			if s.says == "" {
				blind(t, r, s)
				leave()
			} else {
				stuck(t, r, s)
				leave()
				l.impatient(s)
			}
			until(t, "connections to what hangs", func() bool { return p.left() == 0 })
			release()
			until(t, "connections to nodes", func() bool { return l.cluster.Connections() == 0 })
			_, _ = p.Close(), l.cluster.Close()
			until(t, "goroutines", func() bool { return runtime.NumGoroutine() <= before })
		})
	}
}

// hangs lets the node be dialled at the place where it hangs.
func (l *lab) hangs(s seam, p *pit) {
	l.adapt = func(c *change.Change) {
		for _, cluster := range c.Solution.Clusters {
			for i := range cluster.Nodes {
				if n := &cluster.Nodes[i]; n.FQDN == hung && s.port != 0 {
					n.Ports = maps.Clone(n.Ports)
					n.Ports[s.port] = p.Addr().String()
				}
			}
		}
	}
	l.probe = func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		if n.FQDN == hung && port == s.port {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, 300*time.Millisecond)
			defer cancel()
		}
		return vos.Probe(ctx, n, port)
	}
}

// blind plays a row on a node of which one port shows nothing: that is a finding.
func blind(t *testing.T, r *engine.Runner, s seam) {
	t.Helper()
	if err := r.Run(t.Context(), s.step); err != nil {
		t.Fatal(err)
	}
	view, _ := r.Plan().Task(plan.Task{Step: s.step, Node: hung})
	for _, port := range view.Seen.Served {
		if (port.Port == s.port) != strings.Contains(port.Error, "timed out") {
			t.Errorf("port %d: error %q", port.Port, port.Error)
		}
	}
}

// stuck plays a row until it is done on all other nodes, while one hangs, and then gives up.
func stuck(t *testing.T, r *engine.Runner, s seam) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx, s.step) }()
	until(t, "the others", func() bool {
		row, _ := r.Plan().Row(s.step)
		return row.Done() == len(row.Tasks)-1
	})
	if view, _ := r.Plan().Task(plan.Task{Step: s.step, Node: hung}); view.State != plan.Idle {
		t.Errorf("the node that hangs is %s: %+v", view.State, view.Trouble)
	}
	cancel()
	<-ended
}

// impatient plays the row once more, and waits but a moment for the node.
func (l *lab) impatient(s seam) {
	l.t.Helper()
	const moment = 300 * time.Millisecond
	r, leave := l.enter(ssh.Options{Connect: moment, Handshake: moment, LoginLimit: moment, CommandLimit: moment, Grace: moment})
	defer leave()
	task := plan.Task{Step: s.step, Node: hung}
	if s.line != "" { // a loaded machine may need longer to log in
		s.says = ""
	}
	if err := r.Run(l.t.Context(), s.step); err == nil {
		l.t.Error("no error of a node that hangs")
	}
	view, _ := r.Plan().Task(task)
	if tr := view.Trouble; tr == nil || tr.Class != "unreachable" || !strings.Contains(tr.What.String(), s.says) || tr.Means.IsZero() || tr.Next.IsZero() {
		l.t.Errorf("got %+v", tr)
	}
}
