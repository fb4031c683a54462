package ssh_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/uccx-tui/uccx-tui/vos"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
)

// TestKnownHosts: beside the question stands whether known_hosts has the key, another one, or none; the file is left as it is.
func TestKnownHosts(t *testing.T) {
	mine, other := edKey(t).PublicKey(), edKey(t).PublicKey()
	rsa := rsaKey(t).PublicKey()
	key := vos.HostKey{Type: mine.Type(), Fingerprint: ssh.FingerprintSHA256(mine)}
	node := vos.Node{FQDN: "uccx1.example.com", Address: "10.0.0.5", Ports: map[int]string{22: "10.0.0.5:40022"}}
	line := func(k ssh.PublicKey, hosts ...string) string { return knownhosts.Line(hosts, k) + "\n" }
	for name, c := range map[string]struct{ text, want string }{
		"this key":            {"# a comment\n" + line(mine, "uccx1.example.com"), "has this key for uccx1.example.com:22 (line 2)"},
		"by its address":      {line(mine, "[10.0.0.5]:40022"), "has this key for 10.0.0.5:40022 (line 1)"},
		"by its short name":   {line(mine, "uccx1"), "has this key for uccx1:22"},
		"hashed":              {line(mine, knownhosts.HashHostname("uccx1.example.com")), "has this key"},
		"another key":         {line(other, "uccx1.example.com"), "WARNING: "},
		"another and this":    {line(other, "uccx1.example.com") + line(mine, "uccx1.example.com"), "has this key"},
		"a key of other type": {line(rsa, "uccx1.example.com"), "does not have this node"},
		"other nodes":         {line(mine, "uccx2.example.com"), "does not have this node"},
		"empty":               {"", "does not have this node"},
		"broken":              {"uccx1.example.com ssh-rsa !!!\n", "cannot be read"},
	} {
		path := filepath.Join(t.TempDir(), "known_hosts")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := vosssh.KnownHosts(path, node, key).String(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != c.text {
			t.Errorf("%s: the file was changed, %v", name, err)
		}
	}
	if got := vosssh.KnownHosts(filepath.Join(t.TempDir(), "none"), node, key).String(); got != "" {
		t.Errorf("no file: %q", got)
	}
	huge := filepath.Join(t.TempDir(), "huge")
	if err := errors.Join(os.WriteFile(huge, []byte(line(mine, "uccx1.example.com")), 0o600), os.Truncate(huge, 4<<20+1)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{t.TempDir(), huge} {
		if got := vosssh.KnownHosts(path, node, key).String(); !strings.Contains(got, "cannot be read: it is not a regular file, or too large") {
			t.Errorf("%s: %q", path, got)
		}
	}
}
