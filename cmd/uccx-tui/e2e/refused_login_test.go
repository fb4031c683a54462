package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRefusedLoginSaysSo: the last line of an unattended run says that a node refused the login, which node, and what to correct;
// that no login was given it says only where none was.
func TestRefusedLoginSaysSo(t *testing.T) {
	t.Parallel()
	far := newPlace(t)
	served := far.serve()
	file, right := served.solution(t, true), served.passwordFile(t)
	wrong := filepath.Join(t.TempDir(), "wrong")
	if err := os.WriteFile(wrong, []byte("not-the-password\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const refused, none = "The node refused the user and password, and no others were given", "No user and password were given"
	for name, c := range map[string]struct {
		args      []string
		node      string
		says, not string
	}{
		"one wrong for all":       {[]string{"--password-file", wrong}, "", refused, none},
		"one wrong for one":       {[]string{"--password-file", right, "--password-file", "uccx2=" + wrong}, "uccx2.lab.example: ", refused, none},
		"none":                    {nil, "", none, "refused the user"},
		"one is missing, untried": {[]string{"--password-file", "uccx1=" + right, "--password-file", "uccx2=" + right}, "ccp.lab.example: ", none, "refused the user"},
	} {
		p := newPlace(t)
		args := append([]string{"run", "--solution", file, "--survey"}, c.args...)
		_, errout, code := p.run(args...)
		last := errout[strings.LastIndex(strings.TrimSpace(errout), "\n")+1:]
		if code != 11 || !strings.Contains(last, c.node+c.says) || strings.Contains(last, c.not) || !strings.Contains(last, "--password-file") {
			t.Errorf("%s: exit %d, %q", name, code, last)
		}
		if c.says == refused && c.node == "" && !strings.Contains(last, ".lab.example: The node refused") {
			t.Errorf("%s: which node? %q", name, last)
		}
		out, _, _ := p.run(append(args, "--json")...)
		var end struct{ Missing string }
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &end); err != nil || !strings.Contains(end.Missing, c.says) {
			t.Errorf("%s as JSON: %q, %v", name, end.Missing, err)
		}
	}
}
