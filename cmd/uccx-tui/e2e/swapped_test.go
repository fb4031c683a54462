package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// stopped fails unless a run stopped for a changed key, with both fingerprints, and no password went to the impostor.
func stopped(t *testing.T, i *vostest.Impostor, stop, was, out string, code int) {
	t.Helper()
	for _, want := range []string{stop, was, i.Print} {
		if !strings.Contains(out, want) {
			t.Errorf("without %q:\n%s", want, out)
		}
	}
	if code != 10 || i.Secrets.Load() != 0 || i.Visits.Load() == 0 {
		t.Errorf("exit %d, %d passwords went out, %d visits", code, i.Secrets.Load(), i.Visits.Load())
	}
}

// TestJumpHostSwapped: another machine answers for the jump host, or for a node behind it, in the middle of a run, when the connection
// was lost: no password goes out, and the run stops with both fingerprints. So does the next run.
func TestJumpHostSwapped(t *testing.T) {
	t.Parallel()
	for _, moment := range []int32{2, 4, 7, 12} { // connections to nodes before it
		for _, node := range []bool{false, true} {
			t.Run(fmt.Sprintf("node %v, connection %d", node, moment), func(t *testing.T) {
				t.Parallel()
				p, s, other := newPlace(t), newPlace(t).serve(), vostest.NewImpostor(t)
				h, at := &hop{known: s.names()}, atomic.Int32{}
				addr, print := h.sshd(t, "jump-secret-9", nil)
				was, f := print, loopback.NewFork(t, addr)
				if node {
					was, f = s.Nodes[0].HostKey, loopback.NewFork(t, s.Nodes[0].SSH)
					s.Nodes[0].SSH = f.Addr
				} else {
					addr = f.Addr
				}
				h.each = func(string) {
					if at.Add(1) == moment {
						f.Lead(other.Addr)
					}
				}
				file := s.far(t, fmt.Sprintf("jump = \"tester@%s\"\njump_keys = [%q]", addr, print))
				secret := filepath.Join(t.TempDir(), "pw")
				if err := os.WriteFile(secret, []byte("jump-secret-9\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				stop := "STOP: the SSH host key of"
				if node && moment == 2 { // before its key was accepted by the one in the solution file
					stop = "the flag or the solution file has another one"
				}
				for range 2 {
					out, errs, code := p.run("run", "--solution", file, "--password-file", s.passwordFile(t), "--password-file", "127.0.0.1="+secret, "--answer", "*=yes")
					stopped(t, other, stop, was, out+errs, code)
				}
			})
		}
	}
}
