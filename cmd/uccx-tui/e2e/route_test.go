package e2e_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// far is a solution file for nodes that only their names lead to: no resolver of this machine knows them.
func (s served) far(t testing.TB, head string) string {
	t.Helper()
	data, err := os.ReadFile(s.solution(t, true))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "address = \"127.0.0.1\"\n", "")
	path := filepath.Join(t.TempDir(), "far.toml")
	if err := os.WriteFile(path, []byte(head+"\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// names are the names that a hop resolves.
func (s served) names() []string {
	var all []string
	for _, n := range s.Nodes {
		all = append(all, n.FQDN)
	}
	return all
}

// hop counts what went through a proxy or jump host, by "name:port".
type hop struct {
	mu    sync.Mutex
	asked []string
	known []string
	each  func(name string) // is told of each connection before it is made; may be nil
}

// dial connects where a name leads: to this machine.
func (h *hop) dial(name string, port uint32) (net.Conn, error) {
	h.mu.Lock()
	h.asked = append(h.asked, fmt.Sprintf("%s:%d", name, port))
	known := slices.Contains(h.known, name)
	h.mu.Unlock()
	if h.each != nil {
		h.each(name)
	}
	if !known {
		return nil, fmt.Errorf("Name or service not known")
	}
	return net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
}

func (h *hop) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.asked)
}

// socks serves SOCKS5 (RFC 1928) without a login, for names alone.
func (h *hop) socks(t testing.TB) string {
	return loopback.Listen(t, func(c net.Conn) {
		defer c.Close()
		head := make([]byte, 2)
		if _, err := io.ReadFull(c, head); err != nil {
			return
		}
		_, _ = io.ReadFull(c, make([]byte, head[1]))
		_, _ = c.Write([]byte{5, 0})
		request := make([]byte, 5)
		if _, err := io.ReadFull(c, request); err != nil || request[3] != 3 {
			return
		}
		name := make([]byte, int(request[4])+2)
		if _, err := io.ReadFull(c, name); err != nil {
			return
		}
		port := uint16(name[request[4]])<<8 | uint16(name[request[4]+1])
		to, err := h.dial(string(name[:request[4]]), uint32(port))
		reply := byte(0)
		if err != nil {
			if reply = 5; strings.Contains(err.Error(), "not known") {
				reply = 4
			}
		}
		_, _ = c.Write([]byte{5, reply, 0, 1, 0, 0, 0, 0, 0, 0})
		if err == nil {
			loopback.Splice(c, to)
		}
	})
}

// sshd is a jump host: it takes one key or password, and connects where it is asked to.
func (h *hop) sshd(t testing.TB, password string, key ssh.PublicKey) (addr, fingerprint string) {
	own := loopback.HostKey(t)
	config := &ssh.ServerConfig{PasswordCallback: func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
		if password == "" || string(given) != password {
			return nil, fmt.Errorf("no")
		}
		return nil, nil
	}, PublicKeyCallback: func(_ ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		if key == nil || string(k.Marshal()) != string(key.Marshal()) {
			return nil, fmt.Errorf("no")
		}
		return nil, nil
	}}
	config.AddHostKey(own)
	return loopback.Listen(t, func(c net.Conn) {
		_, chans, reqs, err := ssh.NewServerConn(c, config)
		if err != nil {
			return
		}
		go ssh.DiscardRequests(reqs)
		for one := range chans {
			go h.channel(one)
		}
	}), ssh.FingerprintSHA256(own.PublicKey())
}

func (h *hop) channel(c ssh.NewChannel) {
	var to struct {
		Host string
		Port uint32
		From string
		Back uint32
	}
	if c.ChannelType() != "direct-tcpip" || ssh.Unmarshal(c.ExtraData(), &to) != nil {
		_ = c.Reject(ssh.Prohibited, "no")
		return
	}
	conn, err := h.dial(to.Host, to.Port)
	if err != nil {
		_ = c.Reject(ssh.ConnectionFailed, err.Error())
		return
	}
	ch, reqs, err := c.Accept()
	if err != nil {
		return
	}
	go ssh.DiscardRequests(reqs)
	loopback.Splice(ch, conn)
}

// identity gives the person of a place a key without a passphrase, as ssh-keygen makes it.
func (p place) identity() ssh.PublicKey {
	p.t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(p.home, ".ssh"), 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.home, ".ssh", "id_ed25519"), pem.EncodeToMemory(block), 0o600); err != nil {
		p.t.Fatal(err)
	}
	k, err := ssh.NewPublicKey(public)
	if err != nil {
		p.t.Fatal(err)
	}
	return k
}

// TestThroughProxy: SSH, the API and port checks go through the SOCKS5 proxy of the solution file, which alone knows the names.
func TestThroughProxy(t *testing.T) {
	t.Parallel()
	nodes, p := newPlace(t), newPlace(t)
	s := nodes.serve("--rest")
	h := &hop{known: s.names()}
	file, pw := s.far(t, fmt.Sprintf("proxy = \"socks5://%s\"", h.socks(t))), s.passwordFile(t)
	if out, _, _ := p.run("probe", "--solution", s.far(t, "")); !strings.Contains(out, "cannot resolve") || h.count() > 0 {
		t.Errorf("%d connections, %s", h.count(), out)
	}
	out, _, _ := p.run("probe", "--solution", file)
	if strings.Count(out, "name OK") < 3 || strings.Contains(out, "this machine") {
		t.Error(out)
	}
	seen := h.count()
	p.must(4, "", "run", "--solution", file, "--password-file", pw)
	if h.count() < seen+6 {
		t.Errorf("only %d connections through the proxy", h.count()-seen)
	}
	h.mu.Lock()
	h.known = nil
	h.mu.Unlock()
	if out, _, _ := p.run("probe", "--solution", file); !strings.Contains(out, "seen from the proxy 127.0.0.1:") {
		t.Error(out)
	}
	gone := s.far(t, "proxy = \"socks5://127.0.0.1:1\"")
	if out, _, _ := p.run("probe", "--solution", gone); !strings.Contains(out, "the proxy 127.0.0.1:1 cannot be used") || strings.Contains(out, "seen from") {
		t.Error(out)
	}
	p.must(2, "Secrets are not kept in files", "plan", "--solution", s.far(t, "proxy = \"socks5://me:secret@127.0.0.1:1\""))
}

// TestAllProxy: ALL_PROXY counts where the solution names no way, and never for this machine itself.
func TestAllProxy(t *testing.T) {
	t.Parallel()
	nodes, p := newPlace(t), newPlace(t)
	s := nodes.serve()
	h := &hop{known: s.names()}
	addr := h.socks(t)
	for _, file := range []string{s.far(t, ""), s.solution(t, true)} {
		c := p.command("probe", "--solution", file)
		c.Env = append(c.Env, "ALL_PROXY=socks5://"+addr)
		out, _ := c.CombinedOutput()
		if strings.Count(string(out), "name OK") < 3 {
			t.Errorf("%s: %s", file, out)
		}
	}
	if n := h.count(); n == 0 || n > 100 {
		t.Errorf("%d connections", n)
	}
}

// TestThroughJumpHost: the host key of the jump host is asked about like that of a node, and kept; a key or a password opens it.
func TestThroughJumpHost(t *testing.T) {
	t.Parallel()
	nodes := newPlace(t)
	s := nodes.serve()
	pw := s.passwordFile(t)
	t.Run("key", func(t *testing.T) {
		p := newPlace(t)
		h := &hop{known: s.names()}
		addr, print := h.sshd(t, "", p.identity())
		p.throughJump(s, addr, print, "tester", pw)
		if h.count() < 6 {
			t.Errorf("only %d connections through the jump host", h.count())
		}
	})
	t.Run("password", func(t *testing.T) {
		p, s := newPlace(t), newPlace(t).serve()
		pw, h := s.passwordFile(t), &hop{known: s.names()}
		addr, print := h.sshd(t, "jump-secret-9", nil)
		file := s.far(t, fmt.Sprintf("jump = \"tester@%s\"\njump_keys = [%q]", addr, print))
		other := filepath.Join(t.TempDir(), "pw")
		if err := os.WriteFile(other, []byte("jump-secret-9\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.must(11, "127.0.0.1", "run", "--solution", file, "--password-file", pw)
		p.must(4, "", "run", "--solution", file, "--password-file", pw, "--password-file", "127.0.0.1="+other)
		p.nowhere("jump-secret-9")
	})
}

// throughJump does a change up to the CA through a jump host that takes the key of this person.
func (p place) throughJump(s served, addr, print, user, pw string) {
	p.t.Helper()
	jump := fmt.Sprintf("jump = \"%s@%s\"", user, addr)
	host, _, _ := net.SplitHostPort(addr)
	p.must(10, "the jump host", "run", "--solution", s.far(p.t, jump), "--password-file", pw)
	p.must(10, print, "probe", "--solution", s.far(p.t, jump))
	wrong := "SHA256:" + strings.Repeat("A", 43)
	p.must(10, print, "probe", "--solution", s.far(p.t, jump+fmt.Sprintf("\njump_keys = [%q]", wrong)))
	file := s.far(p.t, jump)
	p.must(4, "", "run", "--solution", file, "--password-file", pw, "--host-key", host+"="+print)
	p.must(4, "", "run", "--solution", file, "--password-file", pw) // the key is kept
	out, _, _ := p.run("probe", "--solution", s.far(p.t, jump+fmt.Sprintf("\njump_keys = [%q]", print)))
	if strings.Count(out, "name OK") < 3 {
		p.t.Error(out)
	}
}

// TestRouteFromOtherHands: the proxy and the jump host of a session from other hands are shown, and used only when a person says so.
func TestRouteFromOtherHands(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"jump", "proxy"} {
		t.Run(way, func(t *testing.T) {
			p, q, s := newPlace(t), newPlace(t), newPlace(t).serve()
			h, pw := &hop{known: s.names()}, s.passwordFile(t)
			addr, print := h.sshd(t, "", p.identity())
			c := struct{ head, shown, yes string }{fmt.Sprintf("jump = \"tester@%s\"\njump_keys = [%q]", addr, print), print, "--host-key=127.0.0.1=" + print}
			if way == "proxy" {
				c = struct{ head, shown, yes string }{fmt.Sprintf("proxy = \"socks5://%s\"", h.socks(t)), "the proxy 127.0.0.1:", "--answer=route=yes"}
			}
			if err := os.CopyFS(filepath.Join(q.home, ".ssh"), os.DirFS(filepath.Join(p.home, ".ssh"))); err != nil {
				t.Fatal(err)
			}
			file, name := s.far(t, c.head), "HQ-renewal"
			p.must(7, "", "run", "--survey", "--solution", file, "--password-file", pw)
			tar := filepath.Join(t.TempDir(), way+".tar")
			p.must(0, "", "export", name, tar)
			q.must(0, c.shown, "import", tar)
			before := h.count()
			q.must(10, "was handed over", "run", name, "--user", s.User, "--password-file", pw, "--answer", "*=yes")
			if n := h.count(); n != before {
				t.Errorf("%d connections before a person said yes", n-before)
			}
			keys := []string{"run", name, "--user", s.User, "--password-file", pw, c.yes}
			for _, n := range s.Nodes {
				keys = append(keys, "--host-key", n.FQDN+"="+n.HostKey)
			}
			q.must(4, "", keys...)
			if h.count() == before {
				t.Error("nothing went that way")
			}
		})
	}
}

// TestAdviseGoesTheWay: advise looks at hosts through ALL_PROXY, the flags, or the way of a session, and says from where; a jump host that
// cannot be used is told in three parts. What needs no network needs no way.
func TestAdviseGoesTheWay(t *testing.T) {
	t.Parallel()
	nodes, p := newPlace(t), newPlace(t)
	s := nodes.serve()
	h := &hop{known: s.names()}
	proxy, words := h.socks(t), "Invalid User ID/Password"
	host := "--host=cucm=" + s.Nodes[0].FQDN
	direct := p.command("advise", host, words)
	if out, _ := direct.CombinedOutput(); h.count() > 0 || !strings.Contains(string(out), "cannot resolve") {
		t.Errorf("%d connections: %s", h.count(), out)
	}
	c := p.command("advise", host, words)
	c.Env = append(c.Env, "ALL_PROXY=socks5://"+proxy)
	if out, err := c.CombinedOutput(); err != nil || h.count() == 0 || strings.Contains(string(out), "cannot resolve") {
		t.Errorf("%v, %d connections: %s", err, h.count(), out)
	}
	before := h.count()
	p.must(0, "", "advise", host, "--proxy", "socks5://"+proxy, words)
	addr, print := h.sshd(t, "", p.identity())
	p.must(10, print, "advise", host, "--jump", "tester@"+addr, words)
	p.must(0, "", "advise", host, "--jump", "tester@"+addr, "--host-key", "127.0.0.1="+print, words)
	if h.count() < before+2 {
		t.Errorf("%d connections by --proxy and --jump", h.count()-before)
	}
	p.must(0, "no route to host at nowhere.example.com:8443 (seen from the proxy 127.0.0.1:", "advise", "--json", "--host=cucm=nowhere.example.com", "--proxy", "socks5://"+proxy, words)
	_, gone, code := p.run("advise", host, "--jump", "tester@127.0.0.1:1", words)
	if want := "uccx-tui: 127.0.0.1: Cannot use the jump host tester@127.0.0.1:1: connection refused\nuccx-tui: No node was " +
		"reached. The nodes are unchanged.\nuccx-tui: Check "; code != 5 ||
		!strings.HasPrefix(gone, want) || !strings.Contains(gone, "ssh tester@127.0.0.1") {
		t.Errorf("exit %d: %s", code, gone)
	}
	p.must(7, "", "run", "--survey", "--solution", s.far(t, fmt.Sprintf("proxy = \"socks5://%s\"", proxy)), "--password-file", s.passwordFile(t))
	before = h.count()
	if p.must(0, "", "advise", "--session", "HQ-renewal", "NET::ERR_CERT_DATE_INVALID"); h.count() == before {
		t.Error("the way of the session was not used")
	}
}
