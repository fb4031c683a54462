package sim_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// restart types the restart and waits until the node has hung up.
func (h *hands) restart() {
	h.t.Helper()
	h.typed("utils system restart\r")
	h.wait(`Enter \(yes/no\)\? $`)
	h.typed("yes\r")
	if got := h.rest(); !strings.Contains(got, "going down for reboot NOW") {
		h.t.Fatal(got)
	}
}

var upWord = regexp.MustCompile(`(?m)^ \d\d:\d\d:\d\d up (.*),  1 user,  load average`)

// uptime is what show status says between "up" and the users.
func (h *hands) uptime() string {
	h.t.Helper()
	text := h.say("show status")
	m := upWord.FindStringSubmatch(text)
	if m == nil {
		h.t.Fatalf("no uptime in %q", text)
	}
	return m[1]
}

// TestRestart: the node goes away, its ports refuse, it comes back on the same ports with a new boot time.
func TestRestart(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if up := h.uptime(); !strings.Contains(up, "days") {
		t.Errorf("up %q", up)
	}
	other := sitDown(t, c, pub, 24)
	before := c.Solution()
	h.restart()
	other.rest()
	n := node(t, c, pub)
	for _, port := range []int{22, 443, 12015} {
		conn, err := net.Dial("tcp", n.Dial(port))
		if err == nil {
			_ = conn.Close()
		}
		if !errors.Is(err, syscall.ECONNREFUSED) && runtime.GOOS != "windows" {
			t.Errorf("port %d of a node that is away: %v", port, err)
		}
	}
	h = sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if up := h.uptime(); up != "0 min" && up != "1 min" {
		t.Errorf("up %q", up)
	}
	if got := h.say("show network cluster"); !strings.Contains(got, "Publisher") {
		t.Error(got)
	}
	for _, port := range []int{443, 7443, 8443, 8444, 8445, 12015} {
		served(t, c, pub, port)
	}
	h.typed("\r")
	h.wait(`admin:$`)
	for got := ""; !strings.Contains(got, "Cisco Tomcat[STARTED]"); { // the services are up a moment after the ports
		got = h.say("utils service list")
	}
	if !reflect.DeepEqual(before, c.Solution()) {
		t.Error("the ports moved")
	}
	if got := c.Counts()[pub].Restarts; got != 1 {
		t.Errorf("%d restarts", got)
	}
}

// withoutPorts is a solution without the ports at which its nodes are reached: another lab may have taken them while it was
// closed (TestTopologyIsKept looks at them).
func withoutPorts(s vos.Solution) vos.Solution {
	s.Clusters = slices.Clone(s.Clusters)
	for i, c := range s.Clusters {
		s.Clusters[i].Nodes = slices.Clone(c.Nodes)
		for j := range c.Nodes {
			s.Clusters[i].Nodes[j].Ports = nil
		}
	}
	return s
}

// TestServedAgain: a lab that was closed is served again as it was: requests, stores, identities, keys, counts.
func TestServedAgain(t *testing.T) {
	dir := t.TempDir()
	at := func(o *sim.Options) { o.Dir = dir }
	c := lab(t, at)
	a := signed(t, c, requests(t, c, pub))
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	h.paste("set cert import trust tomcat", a.root)
	csr, own, list, key := h.say("show csr own tomcat"), h.say("show cert own tomcat"), h.say("show cert list trust"), c.HostKey(pub)
	shown := served(t, c, pub, 8445).PeerCertificates[0]
	where, counts := c.Solution(), c.Counts()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = lab(t, func(o *sim.Options) { at(o); o.Seed, o.Pairs, o.Domain, o.Profile = 99, 5, "else.where", sim.Profile15 })
	if !reflect.DeepEqual(withoutPorts(where), withoutPorts(c.Solution())) || c.HostKey(pub) != key || key.Type != "ssh-rsa" {
		t.Error("it is another lab")
	}
	if got := c.Counts(); !reflect.DeepEqual(got, counts) {
		t.Errorf("counted %+v, was %+v", got, counts)
	}
	h = sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if h.say("show csr own tomcat") != csr || h.say("show cert own tomcat") != own || h.say("show cert list trust") != list {
		t.Error("the disk has changed")
	}
	if !served(t, c, pub, 8445).PeerCertificates[0].Equal(shown) {
		t.Error("another certificate is served")
	}
}

// TestOneServer: two programs never serve one lab.
func TestOneServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := lab(t, func(o *sim.Options) { o.Dir = dir })
	if _, err := sim.Start(sim.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "another program serves it") {
		t.Errorf("%v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	lab(t, func(o *sim.Options) { o.Dir = dir })
}

// TestBadLabs: what cannot be served says why.
func TestBadLabs(t *testing.T) {
	t.Parallel()
	broken := t.TempDir()
	lab(t, func(o *sim.Options) { o.Dir = broken }).Close()
	if err := os.WriteFile(filepath.Join(broken, "nodes", pub+".json"), []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, o := range map[string]sim.Options{
		"no folder given": {}, "profile": {Dir: t.TempDir(), Profile: "9"}, "time zone": {Dir: t.TempDir(), Zone: "Nowhere/Else"},
		pub: {Dir: broken}, "file": {Dir: file},
	} {
		if _, err := sim.Start(o); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestSweep: what a crash left half written is gone, and hurts nothing.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	if err := lab(t, func(o *sim.Options) { o.Dir = dir }).Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".writing-" + pub + ".json-123", "." + pub + ".json.tmp-123"} { // the second of an older program
		left := filepath.Join(dir, "nodes", name)
		if err := os.WriteFile(left, []byte("{half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := lab(t, func(o *sim.Options) { o.Dir = dir }).Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("still there: %v", err)
		}
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			if path != dir { // the test's own folder
				t.Errorf("%s: mode %v", path, info.Mode())
			}
		}
		raw, _ := os.ReadFile(path)
		if strings.Contains(string(raw), "Lab-Pass") {
			t.Errorf("%s holds the password", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

const childVar = "SIM_TEST_CHILD_DIR"

// TestChild serves a lab, and kills itself in the middle of a restart; it runs only as a child of TestKilledWhileRestarting.
func TestChild(t *testing.T) {
	dir := os.Getenv(childVar)
	if dir == "" {
		t.Skip("a child of another test")
	}
	c, err := sim.Start(sim.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	c.Hook(func(e sim.Event) sim.Verdict {
		if e.Line == "utils system restart" && e.Moment == sim.After {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {} // until the signal is here
		}
		return sim.Go
	})
	fmt.Println("SERVING", c.Solution().Nodes()[0].Ports[vos.PortSSH])
	select {}
}

// serveInChild serves a lab in a process of its own. It returns where SSH of its first node is reached.
func serveInChild(t *testing.T, dir string) (*exec.Cmd, string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childVar+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill(); _ = child.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "SERVING "); ok {
			return child, at
		}
	}
	t.Fatal("the child does not serve")
	return nil, ""
}

// TestKilledAnywhere: the program is killed in the middle of whatever it does. The disk is whole, what was answered has
// happened, and at most the one thing that was under way has happened besides.
func TestKilledAnywhere(t *testing.T) {
	dir := t.TempDir()
	c := lab(t, func(o *sim.Options) { o.Dir = dir })
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	answered := 0
	for round := range 5 {
		child, at := serveInChild(t, dir)
		h := sitDownAt(t, c, at, 24)
		enough := round * 2
		for i := 0; i <= enough; i++ {
			h.typed("set csr gen tomcat\r")
			if i == enough {
				break // killed while it works on this one
			}
			h.wait(`Successfully Generated CSR for tomcat\.\nadmin:$`)
			answered++
		}
		if round%2 == 1 {
			h.wait(`set csr gen tomcat\n`) // the echo is here, the work has begun
		}
		_ = child.Process.Kill()
		_ = child.Wait()
		served, err := sim.Start(sim.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		got := served.Counts()[pub].CSRs
		if got < answered || got > answered+1 {
			t.Errorf("round %d: %d answered, %d on disk", round, answered, got)
		}
		answered = got
		if err := served.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledWhileRestarting: the program is killed while a node goes down. Served again, the node has restarted, once, and
// serves what it held.
func TestKilledWhileRestarting(t *testing.T) {
	dir := t.TempDir()
	c := lab(t, func(o *sim.Options) { o.Dir = dir })
	a := signed(t, c, requests(t, c, pub))
	h := sitDown(t, c, pub, 24)
	h.paste("set cert import trust tomcat", a.root)
	h.paste("set cert import trust tomcat", a.issuing)
	h.paste("set cert import own tomcat", a.leaf[pub])
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	child, at := serveInChild(t, dir)
	h = sitDownAt(t, c, at, 24)
	h.typed("utils system restart\r")
	h.wait(`Enter \(yes/no\)\? $`)
	h.typed("yes\r")
	h.rest()
	_ = child.Wait()
	c = lab(t, func(o *sim.Options) { o.Dir = dir })
	if got := c.Counts()[pub]; got.Restarts != 1 {
		t.Errorf("%+v", got)
	}
	if got := served(t, c, pub, 8444).PeerCertificates; !got[0].Equal(certOf(t, a.leaf[pub])) || len(got) != 2 {
		t.Errorf("%d certificates served, first %v", len(got), got[0].Subject)
	}
	h = sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if up := h.uptime(); up != "0 min" && up != "1 min" {
		t.Errorf("up %q", up)
	}
}

// TestManyNodes: a big lab starts soon, since keys are made when they are needed, and leaves nothing running.
func TestManyNodes(t *testing.T) {
	before := runtime.NumGoroutine()
	c, err := sim.Start(sim.Options{Dir: t.TempDir(), Pairs: 60, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	all := c.Solution().Nodes()
	if len(all) != 121 || all[120].FQDN != ccp || all[119].FQDN != "uccx120.lab.example" {
		t.Errorf("%d nodes", len(all))
	}
	seen := map[string]bool{}
	for _, n := range all {
		for _, at := range n.Ports {
			if seen[at] {
				t.Errorf("%s: %s is given twice", n.FQDN, at)
			}
			seen[at] = true
		}
	}
	if extra := runtime.NumGoroutine() - before; extra > 121*7+10 {
		t.Errorf("%d goroutines for idle nodes", extra)
	}
	served(t, c, "uccx77.lab.example", 443)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before; {
		if time.Now().After(end) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
}

// TestSeed: the same seed gives the same answers where no key is in them.
func TestSeed(t *testing.T) {
	t.Parallel()
	fixed := time.Date(2026, 3, 2, 0, 36, 32, 0, time.UTC)
	var got [2]string
	for i := range got {
		c := lab(t, func(o *sim.Options) { o.Now = func() time.Time { return fixed }; o.Zone = "Asia/Jerusalem" })
		h := sitDown(t, c, pub, 24)
		h.say("set cli pagination off")
		text := h.say("show cert own tomcat")
		text, _, _ = strings.Cut(text, "Key value")
		got[i] = h.say("show status") + text
	}
	if got[0] != got[1] || !strings.Contains(got[0], "Date               : Mon Mar 2, 2026 02:36:32\nTime Zone          : Asia/Jerusalem (Asia/Jerusalem)\n") {
		t.Errorf("%q\n%q", got[0], got[1])
	}
}
