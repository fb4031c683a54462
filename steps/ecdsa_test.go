package steps_test

import (
	"crypto/ecdsa"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// letterTo is the text for the CA of a plan that has come to the reply.
func (p *program) letterTo(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.disk.Dir(), plan.Outbox, "to-the-ca.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLetterSaysWhichCA: requests of both kinds of keys name the kind of CA, and what an EC key cannot have is asked of none;
// where only RSA keys are asked for, no EC CA is spoken of (EC-2, EC-3).
func TestLetterSaysWhichCA(t *testing.T) {
	t.Parallel()
	both, alone := labOf(t, of115(sim.ECToo)), labOf(t, signed115())
	alone.adapt = func(c *change.Change) { c.Unit = change.UnitECDSA }
	for name, c := range map[string]struct {
		l          *lab
		want, none []string
	}{
		"both":     {both, []string{"PART A", "PART B", "an EC CA (ECDSA signature)", "an RSA CA", "Do not sign the requests of part B", "_tomcat-ECDSA.csr"}, []string{"Data\n", "plain RSA"}},
		"EC alone": {alone, []string{"an EC CA (ECDSA signature)", "Do not sign these requests with an RSA CA", "ECDSA with SHA-256", "_tomcat-ECDSA.csr"}, []string{"RSA PKCS#1", "Data Encipherment", "_tomcat.csr"}},
		"RSA":      {newLab(t), []string{"an RSA CA", "RSA PKCS#1 v1.5 (not RSASSA-PSS)", "Data Encipherment"}, []string{"EC CA", "PART"}},
	} {
		p := c.l.start()
		p.until(plan.StepReply)
		text := p.letterTo(t)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, text)
			}
		}
		for _, not := range c.none {
			if strings.Contains(text, not) {
				t.Errorf("%s: %q is in\n%s", name, not, text)
			}
		}
		p.end()
	}
}

// TestCAIsRSAOnly: the CA has signed tomcat-ECDSA with an RSA key. The certificates are refused, the decision can be changed,
// and the same files are then taken for tomcat (EC-3, EC-6).
func TestCAIsRSAOnly(t *testing.T) {
	t.Parallel()
	l := labOf(t, of115())
	p := l.start()
	defer p.end()
	p.until(plan.StepReply)
	files, err := p.signed()
	if err != nil {
		t.Fatal(err)
	}
	for asks, all := range map[bool][]cert.File{true: files, false: files[:1]} { // the screens offer the files to TakeReply only then
		if v := reply.Verdict(p.runner.Plan(), all, p.runner.Now()); intake.Asks(p.runner.Plan(), all, v, p.runner.Now()) != asks {
			t.Errorf("%d files: asks %v", len(all), !asks)
		}
	}
	if verdict, err := intake.TakeReply(p.runner, files); err != nil || verdict.OK() {
		t.Fatalf("taken: %v", err)
	}
	rsaOnly := p.question()
	if verdict, err := intake.TakeReply(p.runner, withoutEC(files)); err != nil || verdict.OK() {
		t.Fatalf("taken: %v", err)
	}
	q := p.question()
	if rsaOnly == nil || !strings.Contains(rsaOnly.Question.Text.String(), "with an RSA key") || !strings.Contains(q.Question.Text.String(), "sent no certificate for tomcat-ECDSA") {
		t.Errorf("asked %+v, then %+v", rsaOnly, q)
	}
	if q == nil || q.Question.ID != plan.AskNoEC || !q.Question.Allows(change.ECDSACOP) || q.Question.Options[0].Value != plan.Back {
		t.Fatalf("asked is %+v", q)
	}
	if err := p.runner.Answer(*q, change.ECDSACOP); err != nil {
		t.Fatal(err)
	}
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	l.finished()
	for fqdn, c := range l.cluster.Counts() {
		if c.CSRs != 2 || c.OwnUploads != 1 || c.Restarts != 1 {
			t.Errorf("%s: %d CSRs, %d installs, %d restarts", fqdn, c.CSRs, c.OwnUploads, c.Restarts)
		}
	}
}

// withoutEC are files without the certificates for EC keys.
func withoutEC(files []cert.File) []cert.File {
	return slices.DeleteFunc(slices.Clone(files), func(f cert.File) bool {
		return slices.ContainsFunc(f.Items, func(it cert.Item) bool {
			_, ec := it.Cert.PublicKey.(*ecdsa.PublicKey)
			return ec && !it.Cert.IsCA
		})
	})
}

// TestKitHasBothRoots: where an EC CA signed tomcat-ECDSA, PCs get its root too: Live Data and chat present that certificate (EC-2, SELF-4).
func TestKitHasBothRoots(t *testing.T) {
	long(t)
	t.Parallel()
	l := labOf(t, of115(sim.ECToo))
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	var roots []string
	for _, f := range kit.Of(p.runner.Plan(), p.runner.Now(), nil).Files {
		if strings.HasSuffix(f.Name, ".pem") {
			roots = append(roots, cert.FromPEM(string(f.Data)).Subject.CommonName)
		}
	}
	slices.Sort(roots)
	if got := strings.Join(roots, ", "); got != "Lab EC Root CA, Lab Root CA G1" {
		t.Errorf("roots: %s", got)
	}
}

// TestWhoIsOfferedACOP: products without a COP file are not offered one. Products of whose tomcat-ECDSA no document of the solution asks
// anything are not asked about it; a session of a former program goes on asking.
func TestWhoIsOfferedACOP(t *testing.T) {
	t.Parallel()
	one := func(p vos.Product, r vos.Release) vos.Cluster {
		return vos.Cluster{Nodes: []vos.Node{{FQDN: string(p) + ".x.example", Product: p, Role: vos.Standalone, Release: r}}}
	}
	for _, c := range []struct {
		product vos.Product
		release vos.Release
		want    string // values of the answers; "" where nothing is asked
		version int
	}{
		{vos.UCCX, "11.5.1", "again sign cop", 5}, {vos.CCP, "11.5.1", "again sign cop", 5}, {vos.MediaSense, "11.5.1", "again sign", 5}, {vos.Finesse, "11.5.1", "again sign", 5},
		{vos.CUIC, "11.5.1", "again sign", 5}, {vos.CUCM, "15.0.1", "", 5}, {vos.CUCM, "11.5.1", "", 5}, {vos.CUCM, "11.5.1", "leave sign", 4}, {vos.CUCM, "15.0.1", "leave sign", 0},
		{"imp", "11.5.1", "", 5}, {"cuc", "12.5.1", "", 5}, {"cer", "12.5.1", "", 4},
		{vos.UCCX, "11.6.1", "", 5}, {vos.UCCX, "15.0.1", "", 5}, {vos.MediaSense, "11.6.1", "", 5}, {vos.Finesse, "12.6.1", "", 5},
	} {
		j := &stepstest.Journal{}
		j.Add(t, plan.KindOpened, "", "", change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", Plan: c.version, Solution: vos.Solution{Clusters: []vos.Cluster{one(c.product, c.release)}}})
		stepstest.DoneUntil(t, j, plan.StepECDSA)
		p := stepstest.Fold(t, j)
		got := ""
		if next := p.Next(); next.Row.Step.ID == plan.StepECDSA && next.Question != nil {
			for _, o := range next.Question.Question.Options {
				got += " " + o.Value
			}
			if told := strings.Join(msg.Strings(next.Question.Question.Told()), " "); strings.Contains(told, "Live Data") != (c.product == vos.UCCX || c.product == vos.CCP) {
				t.Errorf("%s %s is told %q", c.product, c.release, told)
			}
		}
		if got = strings.TrimSpace(got); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.product, c.release, got, c.want)
		}
	}
}
