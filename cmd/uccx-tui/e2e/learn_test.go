package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// acme is a lesson of a person's own: a site with names, and a colleague who makes a CSR again.
const acme = `title = "Acme"
story = "A night at Acme."
goal = "All ports are verified."
path = "signed"
hints = ["one", "two", "three"]
ca = ["add-san", ""]

[[topology.clusters]]
product = "uccx"
hosts = ["acme-ucc"]
domain = "acme-corp.example"

[[setup]]
do = "self-sign"
on = ["uccx"]
days = 30

[[faults]]
when = {typed = "set cert import trust tomcat", on = "acme-ucc"}
do = [{do = "csr", on = ["acme-ucc"]}]

[rubric]
maxRestarts = 1
maxCSRs = 1
`

// What went wrong in a session becomes a lesson of its own, which bears no name of the site and can be brought to its end.
func TestLearn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	own, learnt := filepath.Join(p.home, "acme.toml"), filepath.Join(p.home, "learnt.toml")
	if err := os.WriteFile(own, []byte(acme), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errout, code := p.run("lab", own, "--auto"); code != 0 || !strings.Contains(out, "Result: passed") {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	out, errout, code := p.run("lab", "learn", "acme", learnt)
	if code != 0 || !strings.Contains(out, "While you wait for the CA") || !strings.Contains(out, "The CA's first reply") {
		t.Fatalf("exit %d\n%s%s", code, out, errout)
	}
	text, err := os.ReadFile(learnt)
	if err != nil || strings.Contains(strings.ToLower(string(text)), "acme") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, want := range []string{"add-san", "do = 'csr'", "product = 'uccx'", "12.5.1"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("without %q:\n%s", want, text)
		}
	}
	if out, errout, code := p.run("lab", learnt, "--auto"); code != 0 || !strings.Contains(out, "Result: passed") {
		t.Errorf("exit %d\n%s%s", code, out, errout)
	}
	if _, errout, code := p.run("lab", "learn", "acme", learnt); code == 0 || !strings.Contains(errout, "exists") {
		t.Errorf("a file was written over: exit %d %s", code, errout)
	}
	if err := os.WriteFile(own, []byte(strings.Replace(acme, `do = "self-sign"`, `do = "dance"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errout, code := p.run("lab", own, "--auto"); code != 2 || !strings.Contains(errout, `line 13: "dance" is not an action`) {
		t.Errorf("exit %d %s", code, errout)
	}
}
