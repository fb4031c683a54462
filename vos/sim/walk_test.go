package sim_test

import (
	"crypto/tls"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

const (
	pub = "uccx1.lab.example"
	sub = "uccx2.lab.example"
	ccp = "ccp.lab.example"
)

// labKeys are those of all labs of these tests.
var labKeys certtest.Keys

// lab starts a lab that ends with the test.
func lab(t *testing.T, change func(*sim.Options)) *sim.Cluster {
	t.Helper()
	o := sim.Options{Dir: t.TempDir(), Seed: 7, Keys: labKeys.Source()}
	if change != nil {
		change(&o)
	}
	c, err := sim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func node(t testing.TB, c *sim.Cluster, fqdn string) vos.Node {
	t.Helper()
	s := c.Solution()
	for _, n := range append(s.Nodes(), s.Peers...) {
		if n.FQDN == fqdn {
			return n
		}
	}
	t.Fatalf("no node %s", fqdn)
	return vos.Node{}
}

// hands is someone who types at a prompt.
type hands struct {
	t    testing.TB
	conn *ssh.Client
	in   interface{ Write([]byte) (int, error) }
	out  chan []byte
	seen string // what was printed since the last wait
}

func clientConfig(c *sim.Cluster) *ssh.ClientConfig {
	login := c.Login()
	all := ssh.SupportedAlgorithms()
	old := ssh.InsecureAlgorithms()
	return &ssh.ClientConfig{
		User: login.User,
		Auth: []ssh.AuthMethod{ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
			answers := make([]string, len(questions))
			for i := range answers {
				answers[i] = login.Password.Reveal()
			}
			return answers, nil
		}), ssh.Password(login.Password.Reveal())},
		HostKeyCallback:   ssh.InsecureIgnoreHostKey(),
		HostKeyAlgorithms: append(all.HostKeys, old.HostKeys...),
		Config:            ssh.Config{KeyExchanges: append(all.KeyExchanges, old.KeyExchanges...)},
		Timeout:           20 * time.Second,
	}
}

func sitDown(t testing.TB, c *sim.Cluster, fqdn string, rows int) *hands {
	t.Helper()
	return sitDownAt(t, c, node(t, c, fqdn).Dial(vos.PortSSH), rows)
}

// sitDownAt sits down at an address, which may be that of a node in another process.
func sitDownAt(t testing.TB, c *sim.Cluster, at string, rows int) *hands {
	t.Helper()
	var conn *ssh.Client
	var err error
	for end := time.Now().Add(20 * time.Second); ; {
		conn, err = ssh.Dial("tcp", at, clientConfig(c))
		if err == nil || time.Now().After(end) || strings.Contains(err.Error(), "unable to authenticate") {
			break
		}
		<-time.After(10 * time.Millisecond) // between two tries at a node that is away
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	s, err := conn.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("vt100", rows, 512, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	in, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	h := &hands{t: t, conn: conn, in: in, out: make(chan []byte, 64)}
	go func() {
		defer close(h.out)
		for {
			buf := make([]byte, 4096)
			n, err := out.Read(buf)
			if n > 0 {
				h.out <- buf[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	h.wait(`admin:$`)
	return h
}

// wait reads until what was printed matches; "\r\n" is "\n" here.
func (h *hands) wait(pattern string) string {
	h.t.Helper()
	re := regexp.MustCompile(pattern)
	limit := time.After(30 * time.Second)
	for {
		text := strings.ReplaceAll(h.seen, "\r\n", "\n")
		if re.MatchString(text) {
			h.seen = ""
			return text
		}
		select {
		case b, ok := <-h.out:
			if !ok {
				h.t.Fatalf("the node hung up before %q; it said %q", pattern, text)
			}
			h.seen += string(b)
		case <-limit:
			h.t.Fatalf("no %q in %q", pattern, text)
		}
	}
}

// rest reads until the node hangs up.
func (h *hands) rest() string {
	h.t.Helper()
	limit := time.After(30 * time.Second)
	for {
		select {
		case b, ok := <-h.out:
			if !ok {
				text := strings.ReplaceAll(h.seen, "\r\n", "\n")
				h.seen = ""
				return text
			}
			h.seen += string(b)
		case <-limit:
			h.t.Fatalf("the node did not hang up; it said %q", h.seen)
		}
	}
}

func (h *hands) typed(text string) {
	h.t.Helper()
	if _, err := h.in.Write([]byte(text)); err != nil {
		h.t.Fatal(err)
	}
}

// say types a command and returns what was printed up to the next prompt, without the echo.
func (h *hands) say(line string) string {
	h.t.Helper()
	h.typed(line + "\r")
	text := h.wait(`(?:^|\n|\r)admin:$`)
	_, text, _ = strings.Cut(text, "\n")
	return strings.TrimSuffix(text, "admin:")
}

// paste types an import and pastes a certificate.
func (h *hands) paste(line, pem string) string {
	h.t.Helper()
	h.typed(line + "\r")
	h.wait(`Paste the Certificate and Hit Enter\n$`)
	h.typed(strings.ReplaceAll(pem, "\n", "\r\n") + "\r\n")
	return strings.TrimSuffix(h.wait(`\nadmin:$`), "admin:")
}

// served returns the chain that a port shows, waiting for a node that is away.
func served(t testing.TB, c *sim.Cluster, fqdn string, port int) tls.ConnectionState {
	t.Helper()
	n := node(t, c, fqdn)
	for end := time.Now().Add(20 * time.Second); ; {
		d := &net.Dialer{Timeout: 5 * time.Second}
		conn, err := tls.DialWithDialer(d, "tcp", n.Dial(port), &tls.Config{InsecureSkipVerify: true, ServerName: fqdn})
		if err == nil {
			defer conn.Close()
			return conn.ConnectionState()
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
		<-time.After(10 * time.Millisecond) // between two tries at a node that is away
	}
}
