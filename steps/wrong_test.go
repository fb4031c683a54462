package steps_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// untouched fails if anything was changed on any node.
func (l *lab) untouched() {
	l.t.Helper()
	for fqdn, c := range l.cluster.Counts() {
		if c.CSRs+c.OwnUploads+c.Restarts+len(c.TrustUploads) > 0 {
			l.t.Errorf("%s was changed: %+v", fqdn, c)
		}
	}
}

// until plays until the given row is next.
func (p *program) until(step string) {
	p.lab.t.Helper()
	for range 100 {
		next := p.runner.Plan().Next()
		if next.Finished {
			p.lab.t.Fatalf("%s is not reached", step)
		}
		if next.Row.Step.ID == step {
			return
		}
		if err := p.do(next); err != nil {
			p.lab.t.Fatal(err)
		}
	}
	p.lab.t.Fatalf("%s is not reached", step)
}

// trouble returns what a task says went wrong.
func (p *program) trouble(step, node string) plan.Trouble {
	p.lab.t.Helper()
	v, _ := p.runner.Plan().Task(plan.Task{Step: step, Node: node})
	if v.Trouble == nil {
		p.lab.t.Fatalf("%s on %s is %s, without trouble", step, node, v.State)
	}
	return *v.Trouble
}

// TestWrongPassword: one refused try a run, and never a third one by itself.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.logins = func(vos.Node) (vos.Login, bool) {
		return vos.Login{User: l.cluster.Login().User, Password: vos.NewSecret("wrong")}, true
	}
	p := l.start()
	defer p.end()
	node := l.cluster.Solution().Nodes()[0].FQDN
	for range 2 { // the host keys first
		for q := p.runner.Plan().Next().Question; q != nil; q = p.runner.Plan().Next().Question {
			if err := p.answer(*q); err != nil {
				t.Fatal(err)
			}
		}
		_ = p.runner.Run(p.ctx, "login")
	}
	if got := l.cluster.Counts()[node].FailedLogins; got != 1 {
		t.Fatalf("%d refused logins after one wrong password, want 1", got)
	}
	if tr := p.trouble("login", node); tr.Class != "login" || tr.Next.IsZero() {
		t.Errorf("got %+v", tr)
	}
	for range 5 {
		_ = p.runner.Run(p.ctx, "login")
	}
	if got := l.cluster.Counts()[node].FailedLogins; got != 2 {
		t.Errorf("%d refused logins, want 2: a third may lock the account", got)
	}
	if q := p.runner.Plan().Next().Question; q == nil || q.Question.ID != "lockout" {
		t.Errorf("a third try needs a person's word: %+v", q)
	}
	l.untouched()
}

// TestLockoutCountedOn: refused logins are counted in the journal: a program that is begun again does not try a third time
// by itself, and a person's word allows one, not two.
func TestLockoutCountedOn(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.logins = func(vos.Node) (vos.Login, bool) {
		return vos.Login{User: l.cluster.Login().User, Password: vos.NewSecret("wrong")}, true
	}
	node := l.cluster.Solution().Nodes()[0].FQDN
	var q *plan.Asked
	for life := range 5 {
		p := l.start()
		_ = p.runner.Run(p.ctx, "login")
		for q = p.runner.Plan().Next().Question; q != nil && q.Question.ID == "hostkey"; q = p.runner.Plan().Next().Question {
			if err := p.answer(*q); err != nil {
				t.Fatal(err)
			}
			_ = p.runner.Run(p.ctx, "login")
		}
		if got := l.cluster.Counts()[node].FailedLogins; got > 2 {
			t.Fatalf("life %d: %d refused logins", life, got)
		}
		p.end()
	}
	if got := l.cluster.Counts()[node].FailedLogins; got != 2 || q == nil || q.Question.ID != "lockout" {
		t.Fatalf("%d refused logins, want 2, and a question: %+v", got, q)
	}
	p := l.start()
	defer p.end()
	if err := p.runner.Answer(*q, q.Task.Node); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_ = p.runner.Run(p.ctx, "login")
	}
	if got := l.cluster.Counts()[q.Task.Node].FailedLogins; got != 3 {
		t.Errorf("%d refused logins after one word, want 3", got)
	}
}

// TestHostKeys: an unknown key is asked for before any password goes out; a changed one stops.
func TestHostKeys(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	_ = p.runner.Run(p.ctx, "login")
	q := p.runner.Plan().Next().Question
	if q == nil || q.Question.ID != "hostkey" || q.Question.Key == nil || *q.Question.Key != l.cluster.HostKey(q.Task.Node) {
		t.Fatalf("got %+v", q)
	}
	for fqdn, c := range l.cluster.Counts() {
		if c.Logins+c.FailedLogins > 0 {
			t.Errorf("%s saw a login before its key was accepted", fqdn)
		}
	}
	wrong := *q
	key := vos.HostKey{Type: q.Question.Key.Type, Fingerprint: "SHA256:somebodyElse"}
	wrong.Question.Key = &key
	if err := p.runner.Answer(wrong, "yes"); err != nil {
		t.Fatal(err)
	}
	_ = p.runner.Run(p.ctx, "login")
	p.end()

	p = l.start()
	defer p.end()
	v, _ := p.runner.Plan().Task(q.Task)
	if v.Asked == nil || v.Asked.Question.ID != "hostkey-changed" || v.Asked.Question.Kind != plan.NodeName {
		t.Fatalf("a changed key must stop: %+v", v.Asked)
	}
	if c := l.cluster.Counts()[q.Task.Node]; c.Logins+c.FailedLogins > 0 {
		t.Error("a password went to a node with another key")
	}
	if err := p.runner.Answer(*v.Asked, "yes"); err == nil {
		t.Error("a changed key is accepted with the node's name alone")
	}
	l.untouched()
}

// TestBadReplies: what is wrong with the CA's reply is said before anything is uploaded.
func TestBadReplies(t *testing.T) {
	t.Parallel()
	for name, c := range only(t, map[string]struct {
		does sim.Behaviour
		code string
	}{
		"a name added":    {sim.AddSAN, "san"},
		"a name dropped":  {sim.DropSAN, "san"},
		"no intermediate": {sim.NoIntermediate, "chain"},
		"expired":         {sim.Expired, "expired"},
		"another key":     {sim.OtherKey, "key-mismatch"},
		"a letter only":   {sim.Chatter, "unreadable"},
	}, "a name added", "no intermediate", "a letter only") {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			p := l.start()
			defer p.end()
			p.until("reply")
			l.cluster.CA().Behave(c.does)
			files, err := p.signed()
			if err != nil {
				t.Fatal(err)
			}
			verdict, err := intake.TakeReply(p.runner, files)
			if err != nil || verdict.OK() {
				t.Fatalf("was taken: %v", err)
			}
			if letter := reply.FixLetter(p.runner.Plan(), verdict, nil); !strings.Contains(letter, "CORRECTIONS") || !strings.Contains(letter, "Please:  ") ||
				strings.Contains(letter, "uccx1.lab.example_tomcat.csr") == (c.code == "chain") { // CA certificates alone: no request is signed again
				t.Errorf("the letter does not say it:\n%s", letter)
			}
			for _, f := range verdict.Findings {
				if f.Code == c.code && !f.What.IsZero() && !f.Cure.IsZero() {
					if p.runner.Plan().Reply() != nil {
						t.Error("it stands in the plan")
					}
					l.nothingUploaded()
					return
				}
			}
			t.Errorf("no finding %q in %+v", c.code, verdict.Findings)
		})
	}
}

func (l *lab) nothingUploaded() {
	l.t.Helper()
	for fqdn, c := range l.cluster.Counts() {
		if c.OwnUploads+len(c.TrustUploads) > 0 {
			l.t.Errorf("%s: something was uploaded", fqdn)
		}
	}
}

// TestOneCertificateForTwo: only the publisher's certificate, under the subscriber's name too.
func TestOneCertificateForTwo(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("reply")
	files, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	pub := l.cluster.Solution().Nodes()[0].FQDN
	var kept []cert.File
	for _, f := range files {
		if len(f.Items) > 0 && f.Items[0].Kind == cert.Application && f.Items[0].Cert.Subject.CommonName != pub {
			continue
		}
		kept = append(kept, f, cert.File{Name: "uccx2.cer", Items: f.Items})
	}
	verdict, err := intake.TakeReply(p.runner, kept)
	if err != nil || verdict.OK() || len(verdict.Missing) != 2 {
		t.Errorf("missing %d, want 2: %v", len(verdict.Missing), err)
	}
}

// TestUnreadable: an empty folder, a folder that cannot be read, a path that is not there.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files, err := read.Files([]string{dir})
	if err != nil || len(files) != 0 {
		t.Errorf("an empty folder: %d files, %v", len(files), err)
	}
	if v := cert.Judge(nil, files, nil, time.Now()); v.OK() || len(v.Findings) == 0 {
		t.Error("an empty folder has no finding")
	}
	if _, err := read.Files([]string{filepath.Join(dir, "not\x1b[31mthere")}); err == nil || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("a missing path: %q", err)
	}
	below := filepath.Join(dir, "file")
	if err := os.WriteFile(below, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Files([]string{filepath.Join(below, "folder")}); err == nil || !strings.Contains(err.Error(), "Nothing was loaded") {
		t.Errorf("a folder that is none: %v", err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root reads every folder")
	}
	locked := filepath.Join(dir, "locked")
	if err := os.Mkdir(locked, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Files([]string{locked}); err == nil {
		t.Error("a folder that cannot be read gives no error")
	}
}

// TestColleagueMadeTheCSRAgain: the guard says so before the upload would fail, and nothing is uploaded on that node.
func TestColleagueMadeTheCSRAgain(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("install")
	n := l.cluster.Solution().Nodes()[2]
	d, err := dialer().Dial(context.Background(), n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.GenerateCSR(context.Background(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	if err := p.runner.Run(p.ctx, "install"); err == nil {
		t.Fatal("the install went through")
	}
	if tr := p.trouble("install", n.FQDN); tr.Code != codes.CSRAgain || tr.Class != "refused" {
		t.Errorf("got %+v", tr)
	}
	if got := l.cluster.Counts()[n.FQDN].OwnUploads; got != 0 {
		t.Errorf("%d uploads", got)
	}
	if d := debts.Of(p.runner.Plan()); len(d) != 2 {
		t.Errorf("%d debts, want those of the two nodes that took theirs", len(d))
	}
	if err := p.runner.NewCSR(n.FQDN); err != nil { // the way out: the colleague's CSR goes to the CA
		t.Fatal(err)
	}
	if next := p.runner.Plan().Next(); next.Row.Step.ID != "csr" || len(next.Tasks) != 1 {
		t.Fatalf("next is %s for %v", next.Row.Step.ID, next.Tasks)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.proven()
	if c := l.cluster.Counts()[n.FQDN]; c.CSRs != 2 || c.OwnUploads != 1 {
		t.Errorf("%+v, want the two CSRs that were made, and one upload", c)
	}
	if d := debts.Of(p.runner.Plan()); len(d) != 0 {
		t.Errorf("%d debts", len(d))
	}
}

// TestPendingCSR: a CSR that another person made is not thrown away without a word.
func TestPendingCSR(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	n := l.cluster.Solution().Nodes()[0]
	d, err := dialer().Dial(context.Background(), n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.GenerateCSR(context.Background(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
	p := l.start()
	defer p.end()
	p.until("csr")
	if err := p.runner.Run(p.ctx, "csr"); err != nil {
		t.Fatal(err)
	}
	q := p.runner.Plan().Next().Question
	if q == nil || q.Question.ID != plan.AskPending || q.Task.Node != n.FQDN {
		v, _ := p.runner.Plan().Task(plan.Task{Step: "csr", Node: n.FQDN})
		t.Fatalf("got %+v; the task is %+v, the survey saw %q", q, v, p.runner.Plan().Survey(n.FQDN).CSR)
	}
	if got := l.cluster.Counts()[n.FQDN].CSRs; got != 1 {
		t.Fatalf("%d CSRs", got)
	}
	if err := p.runner.Answer(*q, "use"); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	if got := l.cluster.Counts()[n.FQDN].CSRs; got != 1 {
		t.Errorf("%d CSRs, want 1", got)
	}
}

// TestOtherReply: files that were taken can be taken back; what is on the nodes already is not uploaded again.
func TestOtherReply(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("install")
	if err := p.runner.OtherReply(); err != nil {
		t.Fatal(err)
	}
	if next := p.runner.Plan().Next(); next.Row.Step.ID != "reply" || next.Question == nil {
		t.Fatalf("next is %s", next.Row.Step.ID)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	l.onceEach()
}

// TestSameNameTrap: a CA of the same name that begins later keeps the new one out without a word of the node; the
// program says so, and goes on after it was deleted.
func TestSameNameTrap(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start()
	defer p.end()
	p.until("root")
	root, _ := pem.Decode([]byte(p.runner.Plan().Reply().Roots[0]))
	name, err := x509.ParseCertificate(root.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	key := certtest.Key(t)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: name.Subject.CommonName}, NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true}
	rival := certtest.Sign(t, tpl, nil, key.Public(), key)
	n := l.cluster.Solution().Nodes()[0]
	d, err := dialer().Dial(context.Background(), n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.ImportTrust(context.Background(), "tomcat", rival); err != nil {
		t.Fatal(err)
	}
	if err := p.runner.Run(p.ctx, "root"); err == nil {
		t.Fatal("the trap was not seen")
	}
	if tr := p.trouble("root", n.FQDN); tr.Class != "refused" || tr.Code != codes.KeptOut || !strings.Contains(tr.Next.String(), "delete") {
		t.Errorf("got %+v", tr)
	}
	if up := l.cluster.Counts()[n.FQDN].TrustUploads; len(up) != 1 {
		t.Errorf("beside the rival something was uploaded in vain: %v", up)
	}
}
