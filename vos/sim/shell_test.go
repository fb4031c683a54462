package sim_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestEditor: what is typed can be taken back, given up, and comes back as an echo.
func TestEditor(t *testing.T) {
	t.Parallel()
	h := sitDown(t, lab(t, nil), pub, 24)
	for typed, want := range map[string]string{
		"show myselX\x7ff\r":               "Machine Name    : uccx1\n",
		"nonsense\x15show myself\n":        "Machine Name    : uccx1\n",
		"show  \x1b[Amyself \r\n":          "Machine Name    : uccx1\n",
		"show mys\x03":                     "Control-C pressed\n",
		"SHOW MYSELF\r":                    "account name    : administrator\n",
		"show cli pagination\r":            "Automatic Pagination : On.\n",
		"set csr ?\r":                      "Syntax:\n   set csr gen unit\n",
		"help show csr\r":                  "   show csr list own\n",
		"\r":                               "admin:\n\radmin:",
		"show version active\r":            "Active Master Version: 12.5.1.11001-348\n",
		"show uccx version\r":              " Active UCCX Version: 12.5.1.11001-348\n",
		"show network eth0\r":              "Domain       : lab.example\n",
		"show tls server cert_type\r":      "No valid command entered\n",
		"set cert import own tomcat\r\x03": "Control-C pressed\n",
	} {
		h.seen = "admin:"
		h.typed(typed)
		if got := h.wait(`(?:\n|\n\r)admin:$`); !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
	if got := h.say2("quit"); strings.Contains(got, "admin:") {
		t.Errorf("after quit: %q", got)
	}
}

const pagerPrompt = "\x1b[1mPress <enter> for 1 line, <space> for one page, or <q> to quit\x1b[0m\x1b[K"

// TestPager: a page has a line less than the window; the keys work without Enter; the prompt is erased.
func TestPager(t *testing.T) {
	t.Parallel()
	h := sitDown(t, lab(t, nil), pub, 24)
	h.typed("show cert own tomcat\r")
	_, page, _ := strings.Cut(h.wait(`to quit\x1b\[0m\x1b\[K$`), "\n")
	page, ok := strings.CutSuffix(page, pagerPrompt)
	if !ok || strings.Count(page, "\n") != 23 {
		t.Errorf("a page of %d lines: %q", strings.Count(page, "\n"), page)
	}
	h.typed("\r")
	if got := h.wait(`to quit\x1b\[0m\x1b\[K$`); !strings.HasPrefix(got, "\r\x1b[K") || strings.Count(got, "\n") != 1 {
		t.Errorf("one line: %q", got)
	}
	h.typed(" ")
	if got := h.wait(`(?:to quit\x1b\[0m\x1b\[K|admin:)$`); strings.Count(got, "\n") != 23 {
		t.Errorf("one page: %d lines", strings.Count(got, "\n"))
	}
	h.typed("q")
	h.wait(`\r\x1b\[Kadmin:$`)
	if got := h.say("set cli pagination off"); got != "Automatic pagination is turned off\n" {
		t.Error(got)
	}
	if got := h.say("show cert own tomcat"); strings.Contains(got, "Press <enter>") || !strings.Contains(got, "]-----BEGIN CERTIFICATE-----\n") {
		t.Error(got)
	}
}

// TestLockout: the third wrong password closes the account for 300 s, also for the right one, also over a new start of
// the lab; and says no more than a wrong password.
func TestLockout(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var clock atomic.Int64
	clock.Store(time.Now().Unix())
	set := func(o *sim.Options) { o.Dir, o.Now = dir, func() time.Time { return time.Unix(clock.Load(), 0) } }
	c := lab(t, set)
	try := func(password string) error {
		conf := clientConfig(c)
		conf.Auth = []ssh.AuthMethod{ssh.Password(password)}
		conn, err := ssh.Dial("tcp", node(t, c, pub).Dial(vos.PortSSH), conf)
		if err == nil {
			_ = conn.Close()
		}
		return err
	}
	right := c.Login().Password.Reveal()
	for _, step := range []struct {
		password string
		ok       bool
		later    int64
	}{{"wrong", false, 0}, {"wrong", false, 0}, {right, true, 0}, {"wrong", false, 0}, {"wrong", false, 0}, {"wrong", false, 0},
		{right, false, 0}, {right, false, 299}, {right, true, 2}} {
		clock.Add(step.later)
		if err := try(step.password); (err == nil) != step.ok {
			t.Fatalf("%+v: %v", step, err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c = lab(t, set)
	}
	if n := c.Counts()[pub]; n.Logins != 2 || n.FailedLogins != 7 {
		t.Errorf("%+v", n)
	}
}

// TestMethods: which ways to log in, and which host key, belong to the release (docs/nodes.md 1.1).
func TestMethods(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		profile            sim.Profile
		password, keyboard bool
		key, kex           string
	}{{sim.Profile115, true, false, "ssh-rsa", "diffie-hellman-group14-sha1"}, {sim.Profile125, true, true, "ssh-rsa", "diffie-hellman-group14-sha1"},
		{sim.Profile15, false, true, "ecdsa-sha2-nistp256", "diffie-hellman-group16-sha512"}, {sim.Slow, true, true, "ssh-rsa", "ecdh-sha2-nistp256"}} {
		c := lab(t, func(o *sim.Options) { o.Profile = x.profile })
		conf := clientConfig(c)
		methods := conf.Auth
		var shown vos.HostKey
		conf.HostKeyCallback = func(_ string, _ net.Addr, key ssh.PublicKey) error {
			shown = vos.HostKey{Type: key.Type(), Fingerprint: ssh.FingerprintSHA256(key)}
			return nil
		}
		conf.KeyExchanges = []string{x.kex}
		for i, want := range []bool{x.keyboard, x.password} {
			conf.Auth = methods[i : i+1]
			conn, err := ssh.Dial("tcp", node(t, c, pub).Dial(vos.PortSSH), conf)
			if (err == nil) != want {
				t.Errorf("%s, method %d: %v", x.profile, i, err)
			}
			if err == nil {
				_ = conn.Close()
			}
		}
		if shown != c.HostKey(pub) || shown.Type != x.key {
			t.Errorf("%s: shown %v, true %v", x.profile, shown, c.HostKey(pub))
		}
	}
}

// TestNoUnixShell: no exec, no other channel, and only one session on a connection.
func TestNoUnixShell(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	conn, err := ssh.Dial("tcp", node(t, c, pub).Dial(vos.PortSSH), clientConfig(c))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	s, err := conn.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run("show status"); err == nil {
		t.Error("exec is answered")
	}
	if _, err := conn.Dial("tcp", "127.0.0.1:1"); err == nil {
		t.Error("a tunnel is opened")
	}
	if ok, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err != nil || ok {
		t.Errorf("keepalive: %v %v", ok, err)
	}
}

// TestHook: the line is cut before, after, and in the middle of an answer; what was done is done.
func TestHook(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	const line = "set csr gen tomcat"
	for i, x := range []struct {
		moment  sim.Moment
		verdict sim.Verdict
		csrs    int
		answer  string
	}{{sim.Before, sim.Cut, 0, ""}, {sim.After, sim.Cut, 1, ""}, {sim.After, sim.CutHalf, 2, "Successfully Genera"}} {
		var mu sync.Mutex
		var events []sim.Event
		c.Hook(func(e sim.Event) sim.Verdict {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, e)
			if e.Line == line && e.Moment == x.moment {
				return x.verdict
			}
			return sim.Go
		})
		h := sitDown(t, c, pub, 24)
		if got := h.say("show myself"); !strings.Contains(got, "uccx1") {
			t.Error(got)
		}
		h.typed(line + "\r")
		_, got, _ := strings.Cut(h.rest(), line+"\n")
		if got != x.answer {
			t.Errorf("%+v: answered %q", x, got)
		}
		if got := c.Counts()[pub].CSRs; got != x.csrs {
			t.Errorf("%+v: %d requests", x, got)
		}
		mu.Lock()
		if e := events[0]; e != (sim.Event{Node: pub, Moment: sim.Before, N: 2*i + 1, Line: "show myself"}) || events[1].Moment != sim.After {
			t.Errorf("%+v", events)
		}
		mu.Unlock()
	}
	c.Hook(nil)
	sitDown(t, c, pub, 24).say("show myself")
}

// TestHookRestart: a restart whose answer is lost has happened.
func TestHookRestart(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	c.Hook(func(e sim.Event) sim.Verdict {
		if e.Line == "utils system restart" && e.Moment == sim.After {
			return sim.Cut
		}
		return sim.Go
	})
	h := sitDown(t, c, sub, 24)
	h.typed("utils system restart\r")
	h.wait(`\(yes/no\)\? $`)
	h.typed("yes\r")
	if got := h.rest(); strings.Contains(got, "reboot") {
		t.Error(got)
	}
	h = sitDown(t, c, sub, 60)
	if up := h.uptime(); up != "0 min" && up != "1 min" || c.Counts()[sub].Restarts != 1 {
		t.Errorf("up %s, %+v", up, c.Counts()[sub])
	}
}

// TestLatency: a round trip takes at least what was asked for, over SSH and over TLS.
func TestLatency(t *testing.T) {
	const rtt = 40 * time.Millisecond
	c := lab(t, func(o *sim.Options) { o.RTT = rtt })
	h := sitDown(t, c, pub, 24)
	start := time.Now()
	const trips = 3
	for range trips {
		h.say("show myself")
	}
	if took := time.Since(start); took < trips*rtt {
		t.Errorf("%d round trips took %s", trips, took)
	}
	served(t, c, pub, 443)
	start = time.Now()
	served(t, c, pub, 443)
	if took := time.Since(start); took < 2*rtt {
		t.Errorf("a TLS handshake took %s", took)
	}
}

// TestInbox: what is laid into the inbox is signed, once, whatever it is called.
func TestInbox(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	ctx := context.Background()
	if n, err := c.CA().Step(ctx); n != 0 || err != nil {
		t.Errorf("an empty inbox: %d, %v", n, err)
	}
	from := requests(t, c, pub, ccp)
	for i, fqdn := range []string{pub, ccp} {
		raw, err := os.ReadFile(filepath.Join(from, fqdn+".csr"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(c.CA().Inbox(), "mail "+fqdn+".TXT"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(c.CA().Inbox(), "notes"), []byte("half a fi"), 0o600); err != nil {
			t.Fatal(err)
		}
		for j, want := range []int{1, 0} {
			if n, err := c.CA().Step(ctx); n != want || err != nil {
				t.Errorf("file %d, step %d: %d new, %v", i, j, n, err)
			}
		}
	}
	a := readAnswer(t, c.CA().Outbox())
	if len(a.leaf) != 2 || a.root == "" || a.issuing == "" {
		t.Errorf("%+v", a)
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { c.CA().Watch(ctx); close(done) }()
	cancel()
	<-done
	if err := c.CA().SignFolder(context.Background(), t.TempDir(), t.TempDir()); err == nil {
		t.Error("an empty folder is signed")
	}
	if err := c.CA().SignFolder(context.Background(), filepath.Join(t.TempDir(), "none"), t.TempDir()); err == nil {
		t.Error("a folder that is not there is signed")
	}
}

// TestOpenSSH logs in with the ssh of this machine, and looks at a port with its openssl.
func TestOpenSSH(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Profile = sim.Profile15 })
	if _, err := exec.LookPath("openssl"); err == nil {
		cmd := exec.Command("openssl", "s_client", "-connect", node(t, c, pub).Dial(8445), "-servername", pub)
		cmd.Stdin = strings.NewReader("GET / HTTP/1.0\r\n\r\n")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "CN = "+pub) && !strings.Contains(string(out), "CN="+pub) {
			t.Errorf("openssl: %v\n%s", err, out)
		}
	}
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("no ssh here")
	}
	ask := filepath.Join(t.TempDir(), "ask")
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho '"+c.Login().Password.Reveal()+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	host, port, _ := strings.Cut(node(t, c, pub).Dial(vos.PortSSH), ":")
	cmd := exec.Command("ssh", "-tt", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-p", port, c.Login().User+"@"+host)
	cmd.Env = append(os.Environ(), "SSH_ASKPASS="+ask, "SSH_ASKPASS_REQUIRE=force", "DISPLAY=:0")
	cmd.Stdin = strings.NewReader("show myself\rquit\r")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Machine Name    : uccx1") {
		t.Errorf("ssh: %v\n%s", err, out)
	}
}
