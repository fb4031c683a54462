package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// TestCopiedSession, with -patience: the folder of a session is copied to another machine, and both go on at the same time. No node gets a second CSR,
// upload or restart without a word for it; the one that comes late says what it found.
func TestCopiedSession(t *testing.T) {
	if !*patience {
		t.Skip("with -patience; the engine's own tests are TestColleagueMadeTheCSRAgain and TestPendingCSR")
	}
	t.Parallel()
	far, p, q := newPlace(t), newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	args := []string{"run", "--solution", file, "--password-file", pw, "--answer", "VER-*=yes"}
	p.must(7, "", append(slices.Clone(args), "--survey")...)
	copied := func() {
		t.Helper()
		from, to := filepath.Join(p.home, "state", "uccx-tui"), filepath.Join(q.home, "state", "uccx-tui")
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		if err := filepath.Walk(to, func(path string, info os.FileInfo, err error) error {
			if err == nil && info.IsDir() {
				err = os.Chmod(path, 0o700)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	both := func(args ...string) (codes []int, said string) {
		var all sync.WaitGroup
		var mu sync.Mutex
		for _, one := range []place{p, q} {
			all.Go(func() {
				out, errout, code := one.run(args...)
				mu.Lock()
				defer mu.Unlock()
				codes, said = append(codes, code), said+out+errout
			})
		}
		all.Wait()
		return codes, said
	}
	most := func(when string, codes []int, said string) {
		t.Helper()
		for node, c := range far.counts("serve-1") {
			if c.CSRs > 1 || c.OwnUploads > 1 || c.Restarts > 1 || c.FailedLogins > 0 {
				t.Errorf("%s: %s: %+v; exits %v\n%s", when, node, c, codes, said)
			}
		}
	}
	copied()
	codes, said := both(args...)
	most("CSRs", codes, said)
	if slices.Contains(codes, 4) == false {
		t.Fatalf("no one came to the CA: %v\n%s", codes, said)
	}
	p.must(4, "", append(slices.Clone(args), "--answer", "csr-pending@uccx1=use", "--answer", "csr-pending@uccx2=use", "--answer", "csr-pending@ccp=use")...)
	s.signed(t, p.outbox())
	copied()
	args = append(args, "--reply", s.Outbox, "--restart", "uccx1,uccx2,ccp")
	codes, said = both(args...)
	most("uploads and restarts", codes, said)
	p.must(0, "All ports are verified", args...)
	codes, said = both(args...)
	most("afterwards", codes, said)
}
