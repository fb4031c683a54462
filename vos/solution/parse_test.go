package solution

import (
	"github.com/pelletier/go-toml/v2"

	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

var paths = []string{"signed", "regenerate", "selfsigned", "first"}

// TestWrong: whatever is wrong is said with the line on which it stands.
func TestWrong(t *testing.T) {
	const head = "name = \"x\"\n"
	node := func(lines ...string) string { return head + "[[node]]\n" + strings.Join(lines, "\n") + "\n" }
	for name, c := range map[string]struct {
		text string
		line int
		says string
	}{
		"no TOML":         {head + "this is not\n", 2, "expected"},
		"unclosed":        {"name = \"x\n", 1, ""},
		"key twice":       {head + head, 2, "name"},
		"typo":            {head + "usr = \"a\"\n", 2, `Did you mean "user"?`},
		"typo in node":    {node(`fqdn = "a.b"`, `prodcut = "uccx"`), 4, `Did you mean "product"?`},
		"unknown":         {head + "colour = \"red\"\n", 2, "Known keys: name, path"},
		"password":        {head + "password = \"x\"\n", 2, "unknown"},
		"two unknown":     {head + "a_b = 1\nc_d = 2\n", 3, "c_d"},
		"short name":      {node(`fqdn = "uccx1"`, `product = "uccx"`), 3, "Enter the full name"},
		"address as name": {node(`product = "uccx"`, `fqdn = "10.0.0.1"`), 4, "not an IP address"},
		"no host name":    {node(`fqdn = "a_b.example"`, `product = "uccx"`), 3, "not a valid host name"},
		"no one to share": {head + "multi_server = true\n[[node]]\nfqdn = \"a.b\"\nproduct = \"uccx\"\n", 2, "needs a UCCX publisher and its subscriber"},
		"product":         {node(`fqdn = "a.b"`, `product = "pbx"`), 4, "not a product"},
		"role":            {node(`fqdn = "a.b"`, `product = "uccx"`, `role = "boss"`), 5, "not a role"},
		"address":         {node(`fqdn = "a.b"`, `product = "uccx"`, `address = "10.0.0.1:22"`), 5, "not a host name or an IP address"},
		"port":            {node(`fqdn = "a.b"`, `product = "uccx"`, `ports = { 22 = 70000 }`), 2, "8443 = 40843"},
		"port is a word":  {node(`fqdn = "a.b"`, `product = "uccx"`, `ports = { ssh = 22 }`), 2, "8443 = 40843"},
		"certificate":     {node(`fqdn = "a.b"`, `product = "uccx"`, `certs = ["SHA256:AB"]`), 5, "not the fingerprint of a certificate"},
		"zone":            {node(`fqdn = "a.b"`, `product = "uccx"`, `address = "fe80::1%a b"`), 5, "not a host name or an IP address"},
		"fingerprint":     {node(`fqdn = "a.b"`, `product = "uccx"`, `host_keys = ["SHA256:short"]`), 5, "not a fingerprint"},
		"no fqdn":         {node(`product = "uccx"`), 2, "fqdn is missing"},
		"no product":      {node(`fqdn = "a.b"`), 2, "product is missing"},
		"twice":           {node(`fqdn = "a.b"`, `product = "uccx"`, "[[node]]", `fqdn = "A.B"`, `product = "ccp"`), 5, "is listed twice"},
		"no publisher":    {node(`fqdn = "a.b"`, `product = "uccx"`, `role = "subscriber"`), 2, "List the publisher"},
		"no name":         {"path = \"signed\"\n[[node]]\nfqdn = \"a.b\"\nproduct = \"uccx\"\n", 0, "name is missing"},
		"path":            {"name = \"x\"\npath = \"best\"\n[[node]]\nfqdn = \"a.b\"\nproduct = \"uccx\"\n", 2, "not a path"},
		"no nodes":        {head, 0, "0 nodes"},
		"empty":           {"", 0, ""},
		"wrong type":      {"name = 5\n", 1, ""},
		"way":             {node(`fqdn = "a.b"`, `product = "uccx"`, `way = "telnet"`), 5, "not a connection type"},
		"replace":         {"name = \"x\"\nreplace = [\"c.d\"]\n[[node]]\nfqdn = \"a.b\"\nproduct = \"uccx\"\n", 2, "not one of the nodes"},
		"neighbour twice": {node(`fqdn = "a.b"`, `product = "uccx"`, "[[node]]", `fqdn = "a.b"`, `product = "cucm"`, "neighbour = true"), 5, "is listed twice"},
		"neighbours only": {node(`fqdn = "a.b"`, `product = "uccx"`, "neighbour = true"), 0, "nothing to change"},
		"target":          {node(`fqdn = "a.b"`, `product = "uccx"`, "[[target]]", `host = "api.x"`, `dial = "y"`), 0, "host:port"},
		"typo in target":  {node(`fqdn = "a.b"`, `product = "uccx"`, "[[target]]", `hots = "api.x"`), 6, `Did you mean "host"?`},
		"large":           {strings.Repeat("#", MaxFile+1), 0, "larger"},
	} {
		_, err := Parse("x.toml", []byte(c.text), paths)
		var bad *Problems
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		last := bad.All[len(bad.All)-1]
		if name == "no name" {
			last = bad.All[0]
		}
		if last.Line != c.line || !strings.Contains(last.What.String(), c.says) {
			t.Errorf("%s: line %d %q, want line %d and %q", name, last.Line, last.What, c.line, c.says)
		}
	}
}

// TestAround: what is written is read as it was.
func TestAround(t *testing.T) {
	f := File{Name: `HQ "renewal" é`, Path: "regenerate", Unit: "ipsec", User: "admin", Users: map[string]string{"ccp.b": "other"},
		Keys:  map[string][]string{"u1.b": {"SHA256:" + strings.Repeat("k", 43)}},
		Certs: map[string][]string{"ccp.b": {strings.TrimSuffix(strings.Repeat("AB:", 32), ":")}}, Legacy: map[string]bool{"ccp.b": true, "cm.b": true}}
	f.Solution.Name, f.MultiServer, f.Replace = f.Name, true, []string{"u1.b"}
	f.Solution.Peers = []vos.Node{{FQDN: "cm.b", Product: vos.CUCM, Role: vos.Publisher}}
	f.Solution.Targets = []vos.Target{{Host: "api.b", Port: 8443, Dial: "10.0.0.9:443"}}
	for _, n := range []vos.Node{{FQDN: "u1.b", Product: vos.UCCX, Role: vos.Publisher, Address: "10.0.0.1", Ports: map[int]string{22: "10.0.0.1:40022", 443: "10.0.0.1:40443"}},
		{FQDN: "u2.b", Product: vos.UCCX, Role: vos.Subscriber, Connection: vos.ConnectionManual}, {FQDN: "ccp.b", Product: vos.CCP, Role: vos.Standalone, Address: "fe80::1%eth0"}} {
		if err := f.Solution.Join(n); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Parse("x.toml", Format(f), paths)
	if err != nil {
		t.Fatalf("%v\n%s", err, Format(f))
	}
	if !reflect.DeepEqual(got, f) {
		t.Errorf("got %+v\nwant %+v", got, f)
	}
}

// TestDocument: every example of docs/solutions.md is sound.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "solutions.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(data), "```toml\n")
	if len(blocks) < 6 {
		t.Fatalf("%d examples", len(blocks)-1)
	}
	for _, b := range blocks[1:] {
		text, _, _ := strings.Cut(b, "```")
		if _, err := Parse("docs/solutions.md", []byte(text), paths); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
}

// TestDocumentProducts: docs/solutions.md lists the ids of all products.
func TestDocumentProducts(t *testing.T) {
	var all []string
	for _, p := range vos.Products() {
		f := p.Facts()
		name := "`" + string(p) + "` (" + f.Title
		if f.Former != "" {
			name += ", formerly " + f.Former
		}
		all = append(all, name+")")
	}
	last := len(all) - 1
	prefix := "| `product` | node | "
	goldentest.Line(t, filepath.Join("..", "..", "docs", "solutions.md"), prefix, prefix+strings.Join(all[:last], ", ")+" or "+all[last]+". Required |")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("name = \"x\"\n[[node]]\nfqdn = \"a.b\"\nproduct = \"uccx\"\nports = { 22 = 40022 }\n"))
	f.Add([]byte("node = [{fqdn = \"a.b\"}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse("x", data, paths)
		if err != nil {
			return
		}
		if again, err := Parse("x", Format(got), paths); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%v\n%+v\n%+v", err, got, again)
		}
	})
}

// TestNothingHidden: what is written escapes what cannot be displayed and is read back as it was; and a file that a person
// sends with such signs in a name is refused.
func TestNothingHidden(t *testing.T) {
	for _, word := range []string{"HQ\u009b31m", "HQ \u202egpj", "a\u200bb", "x\x1b]52;c;SE9T\x07", "tag\U000e0041", "del\x7f"} {
		f := File{Name: word, Path: "signed", Unit: "tomcat", User: word, Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Standalone}}}}}}
		text := Format(f)
		if strings.ContainsFunc(string(text), func(r rune) bool { return r != '\n' && hidden(r) }) {
			t.Errorf("%q is written raw: %q", word, text)
		}
		var doc document
		if err := toml.Unmarshal(text, &doc); err != nil || doc.Name != word {
			t.Errorf("%q comes back as %q, %v", word, doc.Name, err)
		}
		if _, err := Parse("x.toml", text, []string{"signed"}); err == nil || !strings.Contains(err.Error(), "cannot be displayed") || strings.ContainsFunc(err.Error(), func(r rune) bool { return r != '\n' && hidden(r) }) {
			t.Errorf("%q: %v", word, err)
		}
	}
}

// TestErrorsHaveAnEnd: whatever a file of the largest size holds, what is said of it fits a screen or two.
func TestErrorsHaveAnEnd(t *testing.T) {
	long, node := strings.Repeat("a", 200_000), "[[node]]\nfqdn = 'uccx1.example.com'\nproduct = 'uccx'\n"
	for name, text := range map[string]string{
		"a key":     "name = 'x'\n" + node + long + " = 1\n",
		"deep keys": "name = 'x'\n" + node + "[a" + strings.Repeat(".a", 100_000) + "]\n",
		"nesting":   "name = " + strings.Repeat("[", 100_000),
		"fqdn":      "name = 'x'\n[[node]]\nfqdn = '" + long + "'\nproduct = 'uccx'\n",
		"product":   "name = 'x'\n[[node]]\nfqdn = 'a.b'\nproduct = '" + long + "'\n",
		"address":   "name = 'x'\n[[node]]\nfqdn = 'a.b'\nproduct = 'uccx'\naddress = '" + long + "'\n",
		"way":       "name = 'x'\n[[node]]\nfqdn = 'a.b'\nproduct = 'uccx'\nway = '" + long + "'\n",
		"name":      "name = '" + long + "'\n" + node,
		"user":      "name = 'x'\nuser = '" + long + "'\n" + node,
		"path":      "name = 'x'\npath = '" + long + "'\n" + node,
		"faults":    "name = 'x'\n" + strings.Repeat("[[node]]\nfqdn='1'\nproduct='uccx'\n", 2_000),
		"too large": strings.Repeat("#\n", MaxFile),
	} {
		_, err := Parse("x.toml", []byte(text), []string{"signed"})
		if err == nil || len(err.Error()) > 64<<10 {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}
