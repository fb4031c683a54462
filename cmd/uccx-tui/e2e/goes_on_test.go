package e2e_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// faulty writes a scenario of a usual renewal in which one thing goes wrong.
func faulty(t *testing.T, faults string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "faulty.toml")
	text := `title = 'Faulty renewal'
story = 'A renewal on a pair and CCP.'
goal = 'Every node serves a certificate of the corporate CA.'
path = 'signed'
hints = ['one', 'two', 'three']

[[topology.clusters]]
product = 'uccx'
hosts = ['uccx1', 'uccx2']

[[topology.clusters]]
product = 'ccp'
hosts = ['ccp']

` + faults + `
[rubric]
maxRestarts = 3
maxCSRs = 3
maxRefusals = 0
outageMinutes = 60
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// typedOn is how often a command was typed on a node, as its transcript tells.
func (p place) typedOn(node, command string) int {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "transcripts", node+".lab.example.log"))
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.Count(string(text), "> "+command)
}

// typed fails unless a command was typed so often on a node.
func (p place) typed(times int, node, command string) {
	p.t.Helper()
	if got := p.typedOn(node, command); got != times {
		p.t.Fatalf("%q was typed %d times on %s, want %d", command, got, node, times)
	}
}

// toTheCA starts a change on nodes of a scenario, and has its CSRs signed.
func toTheCA(t *testing.T, faults string) (far, p place, s served, args []string) {
	t.Helper()
	far, p = newPlace(t), newPlace(t)
	s = far.serve(faulty(t, faults))
	args = []string{"run", "--solution", s.solution(t, true), "--password-file", s.passwordFile(t), "--answer", "VER-*=yes"}
	p.must(4, "outbox", args...)
	s.signed(t, p.outbox())
	return far, p, s, append(args, "--reply", s.Outbox)
}

func (p place) outbox() string {
	return filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "outbox")
}

var patience = flag.Bool("patience", false, "wait as long as real nodes may take; takes minutes")

// TestRestartWithoutEffectUnattended, with -patience: a node that acknowledges the restart and stays up ends the run with its name. It is not told
// again before a flag says so.
func TestRestartWithoutEffectUnattended(t *testing.T) {
	if !*patience {
		t.Skip("with -patience; the engine's own test is TestRestartWithoutEffect")
	}
	t.Parallel()
	const order = "utils system restart"
	far, p, _, args := toTheCA(t, `[[faults]]
when = { typed = 'utils system restart', on = 'uccx1', before = true }
do = [{ do = 'no-effect', on = ['uccx1'] }]
`)
	others := append(slices.Clone(args), "--restart", "uccx2,ccp")
	p.must(10, "--restart uccx1", others...)
	p.must(6, "uccx1.lab.example: The node acknowledged the restart and has not shut down", append(slices.Clone(args), "--restart", "uccx1,uccx2,ccp")...)
	p.typed(1, "uccx1", order)
	out := p.must(10, "--restart-again uccx1", append(slices.Clone(args), "--restart", "uccx1,uccx2,ccp")...)
	if !strings.Contains(out, "uccx1.lab.example Restart: failed") || !strings.Contains(out, "The command had no effect") {
		t.Errorf("the node is not named with what became of it: %s", out)
	}
	p.must(10, "--restart-again uccx1", append(slices.Clone(args), "--restart", "uccx1,uccx2,ccp", "--answer", "restart@uccx1=uccx1")...)
	p.typed(1, "uccx1", order)
	p.must(0, "All ports are verified", append(others, "--restart-again", "uccx1")...)
	p.typed(2, "uccx1", order)
	p.must(0, "All ports are verified", append(others, "--restart-again", "uccx1")...)
	p.typed(2, "uccx1", order)
	far.onceEach("serve-1")
}

// TestNewCSRUnattended: a node that refuses its certificate, because another person generated the CSR again, ends the run with its name
// and the flag that leads on. A new CSR is generated once, and only after what it discards was answered.
func TestNewCSRUnattended(t *testing.T) {
	t.Parallel()
	const order = "set csr gen"
	far, p, s, args := toTheCA(t, `[[faults]]
when = { typed = 'set cert import own', on = 'uccx1', before = true }
do = [{ do = 'csr', on = ['uccx1'] }]
`)
	args = append(args, "--restart", "uccx1,uccx2,ccp")
	p.must(5, "uccx1.lab.example: The certificate does not match the node's CSR", args...)
	p.must(5, "--new-csr uccx1", args...)
	p.typed(1, "uccx1", order)
	p.must(10, "--answer csr-pending@uccx1=use|new", append(slices.Clone(args), "--new-csr", "uccx1")...)
	p.must(10, "uccx1.lab.example already holds a CSR that this session did not generate.\nuccx-tui:   CN=uccx1.lab.example", append(slices.Clone(args), "--new-csr", "uccx1")...)
	p.typed(1, "uccx1", order)
	answered := append(slices.Clone(args), "--new-csr", "uccx1", "--answer", "csr-pending@uccx1=new")
	for range 2 { // the former reply does not answer the new CSR
		p.must(4, "The CA has not answered the new CSRs: uccx1.lab.example", answered...)
		p.typed(2, "uccx1", order)
	}
	before, err := filepath.Glob(filepath.Join(s.Outbox, "[^.]*"))
	if err != nil {
		t.Fatal(err)
	}
	copyFiles(t, p.outbox(), s.Inbox, "uccx1.lab.example_tomcat-2.csr")
	for late := time.Now().Add(time.Minute); ; <-time.After(20 * time.Millisecond) {
		if all, _ := filepath.Glob(filepath.Join(s.Outbox, "[^.]*")); len(all) > len(before) {
			break
		}
		if time.Now().After(late) {
			t.Fatal("the CA does not answer")
		}
	}
	p.must(10, "matches no CSR: uccx1.lab.example", args...) // the certificate for the former CSR lies beside the new one
	p.must(0, "All ports are verified", append(args, "--answer", "reply-warnings=yes")...)
	p.typed(2, "uccx1", order)
	for node, c := range far.counts("serve-1") {
		if want := map[bool]int{true: 2, false: 1}[strings.HasPrefix(node, "uccx1")]; c.CSRs != want || c.OwnUploads != 1 || c.Restarts != 1 {
			t.Errorf("%s: %+v", node, c)
		}
	}
}
