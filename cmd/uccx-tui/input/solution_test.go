package input

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
)

// TestImpossible: what no node of a solution can do is refused when the file is read, not found out on the nodes (PRE-6, EC-1, REL-3).
func TestImpossible(t *testing.T) {
	t.Parallel()
	const uccx, pair, cucm = "[[node]]\nfqdn = \"uccx1.example.com\"\nproduct = \"uccx\"\n",
		"[[node]]\nfqdn = \"uccx1.example.com\"\nproduct = \"uccx\"\nrole = \"publisher\"\n[[node]]\nfqdn = \"uccx2.example.com\"\nproduct = \"uccx\"\nrole = \"subscriber\"\n",
		"[[node]]\nfqdn = \"cucm1.example.com\"\nproduct = \"cucm\"\n"
	for name, c := range map[string]struct{ text, says string }{
		"another unit":                    {"unit = \"ipsec\"\n" + uccx, "only tomcat and tomcat-ECDSA"},
		"letter case of the unit":         {"unit = \"tomcat-ecdsa\"\n" + uccx, "only tomcat and tomcat-ECDSA"},
		"scripts without UCCX":            {"path = \"thirdparty\"\n" + cucm + "[[target]]\nhost = \"crm.example.net\"\n", "needs a UCCX node"},
		"scripts without a server":        {"path = \"thirdparty\"\n" + uccx, "needs a [[target]]"},
		"shared, self-signed":             {"path = \"regenerate\"\nmulti_server = true\n" + pair, "no CA signs"},
		"shared tomcat-ECDSA":             {"unit = \"tomcat-ECDSA\"\nmulti_server = true\n" + pair, "has no multi-server"},
		"tomcat-ECDSA, domain changed":    {"unit = \"tomcat-ECDSA\"\npath = \"domain\"\n" + uccx, "use signed, expired or regenerate"},
		"tomcat-ECDSA is possible":        {"unit = \"tomcat-ECDSA\"\n" + uccx, ""},
		"shared, CA-signed, is possible":  {"multi_server = true\n" + pair, ""},
		"scripts with UCCX, are possible": {"path = \"thirdparty\"\n" + uccx + "[[target]]\nhost = \"crm.example.net\"\n", ""},
	} {
		path := filepath.Join(t.TempDir(), "x.toml")
		if err := os.WriteFile(path, []byte("name = \"x\"\n"+c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		switch _, err := Solution(path); {
		case c.says == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "Nothing was done") || exitcode.Of(err) != exitcode.Usage):
			t.Errorf("%s: %v (exit %d)", name, err, exitcode.Of(err))
		}
	}
}
