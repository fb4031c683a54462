//go:build unix

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiscover: one node of a cluster names the others, in a file that plan, and a change, can be made of. No host key is
// accepted without a flag or a person; a node that a plan leaves out is named before the start.
func TestDiscover(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	pub, sub, ccp := s.Nodes[0], s.Nodes[1], s.Nodes[2]
	pw := s.passwordFile(t)
	login := []string{"--user", s.User, "--password-file", pw}
	hosts := append([]string{"discover", sub.SSH, ccp.SSH, "--name", "Found"}, login...)
	p.must(11, "no user and password", "discover", sub.SSH)
	p.must(2, "HOST:PORT", append([]string{"discover", "x:y"}, login...)...)
	p.must(10, "--host-key "+sub.SSH+"="+sub.HostKey, hosts...)
	p.must(10, "", append(hosts, "--host-key", sub.SSH+"="+ccp.HostKey)...)
	file := filepath.Join(p.home, "config", "uccx-tui", "solutions", "Found.toml")
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Fatal("written, although a host key was not accepted")
	}
	keys := []string{"--host-key", sub.SSH + "=" + sub.HostKey, "--host-key", ccp.SSH + "=" + ccp.HostKey}
	out := p.must(0, "Written to "+file, append(hosts, keys...)...)
	for _, says := range []string{"fqdn = \"uccx1.lab.example\"\nproduct = \"uccx\"\nrole = \"publisher\"\n", "fqdn = \"uccx2.lab.example\"\nproduct = \"uccx\"\nrole = \"subscriber\"\naddress",
		"fqdn = \"ccp.lab.example\"\nproduct = \"ccp\"\naddress", "uccx 12.5.1.11001-348"} {
		if !strings.Contains(out, says) {
			t.Errorf("%q is not said:\n%s", says, out)
		}
	}
	p.must(0, "uccx1, uccx2, ccp", "plan", "--solution", "Found")

	k := p.sit("discover", ccp.SSH, "--user", s.User, "--name", "ByHand") // a person looks at the key
	k.see("Password of " + s.User)
	k.press(s.Password + enter)
	k.see(ccp.HostKey, "Type yes:")
	k.press("no" + enter)
	<-k.gone
	if code := k.cmd.ProcessState.ExitCode(); code != 10 {
		t.Errorf("exit %d", code)
	}
	k = p.sit("discover", ccp.SSH, "--user", s.User, "--password-file", pw, "--name", "ByHand")
	k.see(ccp.HostKey, "Type yes:")
	k.press("yes" + enter)
	<-k.gone
	if code := k.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit %d\n%s", code, k.screen())
	}

	alone := s
	alone.Nodes = s.Nodes[:1]
	if alone.Nodes[0].FQDN != pub.FQDN {
		t.Fatal(pub.FQDN)
	}
	p.must(10, "uccx2.lab.example belongs to this cluster but is not in the plan", "run", "--solution", alone.solution(t, true), "--password-file", pw)
	for fqdn, n := range far.counts("serve-1") {
		if n.CSRs != 0 {
			t.Errorf("%s was changed", fqdn)
		}
	}
	if data, err := os.ReadFile(file); err != nil || strings.Contains(string(data), s.Password) {
		t.Errorf("the password stands in the solution file, or %v", err)
	}
}
