package ssh_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
)

// labKeys are those of all labs of these tests.
var labKeys certtest.Keys

// labNode is a cluster of a profile, and its publisher.
func labNode(t *testing.T, p sim.Profile) (*sim.Cluster, vos.Node) {
	t.Helper()
	c, err := sim.Start(sim.Options{Dir: filepath.Join(t.TempDir(), "lab"), Seed: time.Now().UnixNano(), Profile: p, Zone: "Asia/Tokyo", Keys: labKeys.Source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, c.Solution().Nodes()[0]
}

func labAccess(c *sim.Cluster) vos.Access {
	return vos.Access{Login: c.Login(), CheckKey: func(vos.HostKey) error { return nil }}
}

// The whole of what a change needs, on each release that the lab plays, over one login.
func TestWholeChange(t *testing.T) {
	t.Parallel()
	for _, p := range []sim.Profile{sim.Profile115, sim.Profile125, sim.Profile15} {
		t.Run(string(p), func(t *testing.T) {
			c, n := labNode(t, p)
			a := labAccess(c)
			a.Legacy = p == sim.Profile115
			d, err := vosssh.New(vosssh.Options{Lab: true}).Dial(t.Context(), n, a)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			lookAround(t, d, n)
			leaf := renew(t, c, d)
			if got, err := d.Identity(t.Context(), "tomcat"); err != nil || !got.Equal(leaf) {
				t.Fatalf("installed, and yet: %v", err)
			}
			if got := served(t, n); got.Equal(leaf) {
				t.Fatal("served before the restart")
			}
			if err := d.Restart(t.Context()); err != nil {
				t.Fatal(err)
			}
			for !served(t, n).Equal(leaf) { // the node may answer once more before it goes
			}
			if k := c.Counts()[n.FQDN]; k.Logins != 1 || k.FailedLogins != 0 || k.CSRs != 1 || k.Restarts != 1 {
				t.Errorf("counted %+v", k)
			}
		})
	}
}

// served is what a port presents, as soon as it presents anything.
func served(t *testing.T, n vos.Node) *x509.Certificate {
	t.Helper()
	for {
		s, err := vos.Probe(t.Context(), n, vos.PortAdmin)
		if err == nil {
			return s.Leaf
		}
		select {
		case <-t.Context().Done():
			t.Fatal(err)
		case <-time.After(10 * time.Millisecond): // between two looks
		}
	}
}

func lookAround(t *testing.T, d vos.Driver, n vos.Node) {
	t.Helper()
	a, err := d.About(t.Context())
	if err != nil || a.FQDN() != n.FQDN || a.Version == "" || !a.ZoneKnown || time.Since(a.Now).Abs() > time.Minute || !a.Boot.Before(time.Now()) || len(a.Disks) != 3 {
		t.Fatalf("about %+v, %v", a, err)
	}
	if all, err := d.Services(t.Context()); err != nil || len(all) < 10 {
		t.Fatalf("services %v, %v", all, err)
	}
	if all, err := d.Members(t.Context()); err != nil || len(all) != 2 || all[0].Role != vos.Publisher {
		t.Fatalf("members %v, %v", all, err)
	}
	if own, err := d.Identity(t.Context(), "tomcat"); err != nil || own.VerifyHostname(n.FQDN) != nil {
		t.Fatalf("identity %v", err)
	}
	if der, err := d.CSR(t.Context(), "tomcat"); err != nil || der != nil {
		t.Fatalf("pending at the beginning: %x, %v", der, err)
	}
}

// renew makes a CSR, has it signed, and uploads the chain and the certificate in order.
func renew(t *testing.T, c *sim.Cluster, d vos.Driver) *x509.Certificate {
	t.Helper()
	ctx := t.Context()
	if err := d.GenerateCSR(ctx, "tomcat"); err != nil {
		t.Fatal(err)
	}
	der, err := d.CSR(ctx, "tomcat")
	if err != nil || der == nil {
		t.Fatalf("no CSR: %v", err)
	}
	reply := sign(t, c, der)
	if len(reply.leaf) != 1 || len(reply.cas) != 2 {
		t.Fatalf("the CA sent %d and %d", len(reply.leaf), len(reply.cas))
	}
	var e *vos.Error
	if err := d.ImportOwn(ctx, "tomcat", reply.leaf[0]); !errors.As(err, &e) || e.Class != vos.ErrRefused {
		t.Fatalf("taken without its chain: %v", err)
	}
	for _, ca := range reply.cas {
		if err := d.ImportTrust(ctx, "tomcat", ca); err != nil {
			t.Fatal(err)
		}
	}
	list, err := d.TrustList(ctx, "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	if found := trusted(t, d, list, reply.cas); found != len(reply.cas) {
		t.Fatalf("%d of the chain found in %v", found, list)
	}
	if err := d.ImportOwn(ctx, "tomcat", reply.leaf[0]); err != nil {
		t.Fatal(err)
	}
	return reply.leaf[0]
}

func trusted(t *testing.T, d vos.Driver, list []vos.TrustFile, want []*x509.Certificate) (found int) {
	t.Helper()
	for _, f := range list {
		got, err := d.Trusted(t.Context(), "tomcat", f)
		if err != nil {
			t.Fatal(err)
		}
		for _, ca := range want {
			if got.Equal(ca) {
				found++
			}
		}
	}
	return found
}

type reply struct{ leaf, cas []*x509.Certificate }

// sign has the lab's CA sign a request; CAs come root first.
func sign(t *testing.T, c *sim.Cluster, der []byte) (r reply) {
	t.Helper()
	from, to := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.csr"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.CA().SignFolder(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(to, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range read.Parse(name, data).Items {
			switch item.Kind {
			case cert.Root:
				r.cas = append([]*x509.Certificate{item.Cert}, r.cas...)
			case cert.Intermediate:
				r.cas = append(r.cas, item.Cert)
			case cert.Application:
				r.leaf = append(r.leaf, item.Cert)
			}
		}
	}
	return r
}

// The line is cut at each moment of a change: the error says whether the node must be looked at, and it is told right.
func TestCutAtEachMoment(t *testing.T) {
	t.Parallel()
	c, n := labNode(t, sim.Profile125)
	for _, m := range []struct {
		moment  sim.Moment
		verdict sim.Verdict
		made    int
	}{{sim.Before, sim.Cut, 0}, {sim.After, sim.Cut, 1}, {sim.After, sim.CutHalf, 1}} {
		d, err := vosssh.New(vosssh.Options{Lab: true}).Dial(t.Context(), n, labAccess(c))
		if err != nil {
			t.Fatal(err)
		}
		made := c.Counts()[n.FQDN].CSRs
		c.Hook(func(e sim.Event) sim.Verdict {
			if e.Moment == m.moment && e.Line == vos.DialogueCSR("tomcat").Line {
				return m.verdict
			}
			return sim.Go
		})
		if err := d.GenerateCSR(t.Context(), "tomcat"); vos.Class(err) != vos.ErrUncertain {
			t.Errorf("%+v: %v", m, err)
		}
		if _, err := d.About(t.Context()); vos.Class(err) != vos.ErrUnreachable {
			t.Errorf("%+v, afterwards: %v", m, err)
		}
		if now := c.Counts()[n.FQDN].CSRs; now-made != m.made {
			t.Errorf("%+v made %d", m, now-made)
		}
		_ = d.Close()
	}
}

// A wrong password is one failed login of three, on each release.
func TestLockoutIsNotNearer(t *testing.T) {
	for _, p := range []sim.Profile{sim.Profile115, sim.Profile125, sim.Profile15} {
		c, n := labNode(t, p)
		a := labAccess(c)
		a.Legacy = p == sim.Profile115
		right := a.Login.Password
		a.Login.Password = vos.NewSecret("not this one")
		for tries := 1; tries <= 2; tries++ {
			if _, err := vosssh.New(vosssh.Options{Lab: true}).Dial(t.Context(), n, a); vos.Class(err) != vos.ErrLogin {
				t.Fatalf("%s: %v", p, err)
			}
			if k := c.Counts()[n.FQDN]; k.FailedLogins != tries {
				t.Errorf("%s: %d failed logins after %d tries", p, k.FailedLogins, tries)
			}
		}
		a.Login.Password = right
		d, err := vosssh.New(vosssh.Options{Lab: true}).Dial(t.Context(), n, a)
		if err != nil {
			t.Fatalf("%s is locked: %v", p, err)
		}
		_ = d.Close()
	}
}

func TestPinnedHostKeyOfTheLab(t *testing.T) {
	c, n := labNode(t, sim.Profile125)
	want := c.HostKey(n.FQDN)
	a := labAccess(c)
	var shown vos.HostKey
	a.CheckKey = func(k vos.HostKey) error { shown = k; return nil }
	a.Pinned = &want
	d, err := vosssh.New(vosssh.Options{Lab: true}).Dial(context.Background(), n, a)
	if err != nil || shown != want {
		t.Fatalf("shown %v, not %v: %v", shown, want, err)
	}
	_ = d.Close()
}
