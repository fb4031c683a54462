package e2e_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// TestThroughOpenSSH: the nodes stand in a network namespace of their own, which the technician's network does not reach; an OpenSSH
// server in it alone reaches them and knows their names. It needs root, ip and sshd.
func TestThroughOpenSSH(t *testing.T) {
	sshd := os.Getenv("UCCX_TUI_SSHD")
	if sshd == "" {
		sshd = "/usr/sbin/sshd"
	}
	if _, err := os.Stat(sshd); err != nil || os.Getuid() != 0 {
		t.Skip("needs root and an OpenSSH server (apt-get install openssh-server, or UCCX_TUI_SSHD)")
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("needs ip of iproute2")
	}
	far, near := newNamespace(t, "far", "192.0.2.2"), newNamespace(t, "near", "192.0.2.1")
	far.join(near)
	p, nodes := newPlace(t), newPlace(t)
	p.in, nodes.in = near.prefix(), far.prefix()
	s := nodes.serve()
	far.hosts("127.0.0.1 localhost " + strings.Join(s.names(), " "))
	key := p.identity()
	print := far.sshd(near, sshd, string(ssh.MarshalAuthorizedKey(key)))
	if out, _, _ := p.run("probe", "--solution", s.far(t, "")); strings.Contains(out, "name OK") {
		t.Fatal("the technician's network reaches the nodes itself: the test proves nothing")
	}
	p.throughJump(s, far.address+":22", print, "root", s.passwordFile(t))
	closed := s.far(t, fmt.Sprintf("jump = \"root@%s\"\njump_keys = [%q]", far.address, print))
	far.hosts("127.0.0.1 localhost")
	out, _, _ := p.run("probe", "--solution", closed)
	if !strings.Contains(out, "cannot be resolved there") || !strings.Contains(out, "seen from the jump host "+far.address) {
		t.Error(out)
	}
}

// namespace is a network of its own; two are joined by one cable (192.0.2.0/30, RFC 5737).
type namespace struct {
	t             *testing.T
	name, address string
}

func newNamespace(t *testing.T, name, address string) namespace {
	n := namespace{t, fmt.Sprintf("uccx-%s-%d", name, os.Getpid()), address}
	if out, err := exec.Command("ip", "netns", "add", n.name).CombinedOutput(); err != nil {
		t.Skipf("this machine makes no network namespaces: %s", out)
	}
	t.Cleanup(func() {
		_ = exec.Command("ip", "netns", "del", n.name).Run()
		_ = os.RemoveAll(filepath.Join("/etc/netns", n.name))
	})
	n.hosts("127.0.0.1 localhost")
	return n
}

func (n namespace) join(o namespace) {
	n.t.Helper()
	for _, line := range []string{
		"-n " + n.name + " link add cable type veth peer name cable netns " + o.name,
		"-n " + n.name + " addr add " + n.address + "/30 dev cable", "-n " + o.name + " addr add " + o.address + "/30 dev cable",
		"-n " + n.name + " link set cable up", "-n " + o.name + " link set cable up",
		"-n " + n.name + " link set lo up", "-n " + o.name + " link set lo up",
	} {
		if out, err := exec.Command("ip", strings.Fields(line)...).CombinedOutput(); err != nil {
			n.t.Skipf("this machine joins no network namespaces: ip %s: %s", line, out)
		}
	}
}

func (n namespace) prefix() []string { return []string{"ip", "netns", "exec", n.name} }

// hosts says which names the namespace knows.
func (n namespace) hosts(line string) {
	n.t.Helper()
	path := filepath.Join("/etc/netns", n.name, "hosts")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		n.t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644) // the same file: it is bound over /etc/hosts
	if err == nil {
		_, err = fmt.Fprintln(f, line)
		_ = f.Close()
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

// sshd starts an OpenSSH server in the namespace, and returns the fingerprint of its key once it answers.
func (n namespace) sshd(from namespace, path, authorized string) string {
	n.t.Helper()
	dir := n.t.TempDir()
	key := filepath.Join(dir, "host")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		n.t.Skipf("needs ssh-keygen: %s", out)
	}
	keys := filepath.Join(dir, "authorized")
	config := filepath.Join(dir, "config")
	text := fmt.Sprintf("Port 22\nListenAddress %s\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nPermitRootLogin yes\nUsePAM no\nPasswordAuthentication no\nPidFile none\n", n.address, key, keys)
	for file, content := range map[string]string{keys: authorized, config: text} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			n.t.Fatal(err)
		}
	}
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
		n.t.Fatal(err)
	}
	c := exec.Command(n.prefix()[0], append(n.prefix()[1:], path, "-D", "-e", "-f", config)...)
	if err := c.Start(); err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	for late := time.Now().Add(20 * time.Second); ; <-time.After(20 * time.Millisecond) {
		out, _ := exec.Command("ip", "netns", "exec", from.name, "ssh-keyscan", "-T", "1", "-t", "ed25519", n.address).Output()
		if k, _, _, _, err := ssh.ParseAuthorizedKey([]byte(strings.TrimPrefix(string(out), n.address+" "))); err == nil {
			return ssh.FingerprintSHA256(k)
		}
		if time.Now().After(late) {
			n.t.Fatal("the OpenSSH server does not answer")
		}
	}
}
