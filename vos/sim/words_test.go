package sim_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	driver "github.com/uccx-tui/uccx-tui/vos/ssh"
)

// enter logs the real driver in.
func enter(t *testing.T, c *sim.Cluster, fqdn string) vos.Driver {
	t.Helper()
	d, err := driver.New(driver.Options{Lab: true}).Dial(t.Context(), node(t, c, fqdn),
		vos.Access{Login: c.Login(), Legacy: true, CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// TestMoreWords lets the real driver regenerate, delete, and restart services on every release, on rough nodes too.
func TestMoreWords(t *testing.T) {
	t.Parallel()
	kinds := map[sim.Profile]vos.CertType{sim.Profile115: vos.CertTypeUnknown, sim.Profile125: vos.CertTypeUnknown, sim.Profile15: vos.CertTypeRSA}
	for p, kind := range kinds {
		for _, rough := range []bool{false, true} {
			name := string(p) + map[bool]string{true: " rough"}[rough]
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c := lab(t, func(o *sim.Options) { o.Profile, o.Rough = p, rough })
				d := enter(t, c, pub)
				if got, err := d.CertType(t.Context()); err != nil || got != kind {
					t.Errorf("serves %q, %v", got, err)
				}
				own, err := d.OwnList(t.Context())
				has := slices.ContainsFunc(own, func(o vos.Own) bool { return o.Unit == "tomcat-ECDSA" })
				if err != nil || own[0].Unit != "tomcat" || has != (p == sim.Profile115) {
					t.Errorf("own %+v, %v", own, err)
				}
				regenerated(t, c, d)
				deleted(t, c, d)
				serviceRestarted(t, c, d)
			})
		}
	}
}

func regenerated(t *testing.T, c *sim.Cluster, d vos.Driver) {
	t.Helper()
	before, err := d.Identity(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.GenerateCSR(t.Context(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	if err := d.Regenerate(t.Context(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	after, err := d.Identity(t.Context(), "tomcat")
	if err != nil || after.Equal(before) || after.Issuer.String() != after.Subject.String() {
		t.Errorf("after: %v", err)
	}
	if got := served(t, c, pub, 8443).PeerCertificates[0]; !got.Equal(before) {
		t.Error("served before any restart")
	}
	if csr, err := d.CSR(t.Context(), "tomcat"); err != nil || csr == nil {
		t.Errorf("the request is gone: %v", err)
	}
	if k := c.Counts()[pub]; k.Regenerated != 1 {
		t.Errorf("counted %+v", k)
	}
}

// deleted takes the node's own certificate out of its trust store: the request goes with it (docs/nodes.md 3).
func deleted(t *testing.T, c *sim.Cluster, d vos.Driver) {
	t.Helper()
	mine, err := d.Identity(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	files, err := d.TrustList(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if held, err := d.Trusted(t.Context(), "tomcat", f); err != nil || !held.Equal(mine) {
			continue
		}
		if err := d.DeleteTrust(t.Context(), "tomcat", f); err != nil {
			t.Fatal(err)
		}
		if err := d.DeleteTrust(t.Context(), "tomcat", f); vos.Class(err) != vos.ErrRefused {
			t.Errorf("deleted twice: %v", err)
		}
	}
	left, err := d.TrustList(t.Context(), "tomcat")
	if csr, csrErr := d.CSR(t.Context(), "tomcat"); err != nil || len(left) != len(files)-1 || csr != nil || csrErr != nil {
		t.Errorf("%d of %d are left, %v; request %v, %v", len(left), len(files), err, csr != nil, csrErr)
	}
	if err := d.DeleteTrust(t.Context(), "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "tomcat.pem"}); vos.Class(err) != vos.ErrRefused {
		t.Errorf("an identity was deleted: %v", err)
	}
	if k := c.Counts()[pub]; k.Deleted != 1 {
		t.Errorf("counted %+v", k)
	}
}

func serviceRestarted(t *testing.T, c *sim.Cluster, d vos.Driver) {
	t.Helper()
	const engine, tomcat = "Cisco Unified CCX Engine", "Cisco Tomcat"
	for _, name := range []string{engine, tomcat} {
		if err := d.RestartService(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		stands(t, d, name)
	}
	for _, name := range []string{"Cisco Nothing", "Cisco Identity Service"} {
		if err := d.RestartService(t.Context(), name); vos.Class(err) != vos.ErrRefused {
			t.Errorf("%s: %v", name, err)
		}
	}
	mine, err := d.Identity(t.Context(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := served(t, c, pub, 8443).PeerCertificates[0], served(t, c, pub, 8445).PeerCertificates[0]; !a.Equal(mine) || b.Equal(mine) {
		t.Error("Tomcat serves its own ports again, and no others")
	}
	k := c.Counts()[pub].Services
	if len(k) != 2 || k[engine].Times != 1 || k[tomcat].Times != 1 || time.Since(k[tomcat].Last).Abs() > time.Minute {
		t.Errorf("counted %+v", k)
	}
}

// stands waits until the node says that a service has started.
func stands(t *testing.T, d vos.Driver, name string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		all, err := d.Services(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(all, vos.Service{Name: name, State: "STARTED"}) {
			return
		}
	}
}
