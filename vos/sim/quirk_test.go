package sim_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	driver "github.com/uccx-tui/uccx-tui/vos/ssh"
)

// odd is a lab of one pair whose publisher has quirks.
func odd(t *testing.T, all ...sim.Quirk) *sim.Cluster {
	t.Helper()
	return lab(t, func(o *sim.Options) {
		o.Topology = &sim.Topology{Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"uccx1", "uccx2"}, Nodes: map[string]sim.NodeSpec{"uccx1": {Quirks: all}}}}}
	})
}

// Whatever a node's terminal does, the real driver reads the same.
func TestQuirks(t *testing.T) {
	t.Parallel()
	for _, all := range [][]sim.Quirk{{sim.QuirkPager}, {sim.QuirkNarrow}, {sim.QuirkChatty}, {sim.QuirkHostile}, {sim.QuirkRough, sim.QuirkPager, sim.QuirkNarrow, sim.QuirkChatty}} {
		t.Run(string(all[0]), func(t *testing.T) {
			t.Parallel()
			c := odd(t, all...)
			d := enter(t, c, pub)
			if about, err := d.About(t.Context()); err != nil || about.FQDN() != pub || len(about.Disks) != 3 {
				t.Errorf("%+v, %v", about, err)
			}
			if list, err := d.Services(t.Context()); err != nil || len(list) < 25 {
				t.Errorf("%d services, %v", len(list), err)
			}
			if err := d.GenerateCSR(t.Context(), "tomcat"); err != nil {
				t.Error(err)
			}
			if csr, err := d.CSR(t.Context(), "tomcat"); err != nil || csr == nil {
				t.Error(err)
			}
			files, err := d.TrustList(t.Context(), "tomcat")
			if err != nil || len(files) != 2 {
				t.Errorf("%v, %v", files, err)
			}
			for _, f := range files {
				if one, err := d.Trusted(t.Context(), "tomcat", f); err != nil || one.Subject.CommonName+".pem" != f.File {
					t.Errorf("%s: %v", f.File, err)
				}
			}
			if err := d.Regenerate(t.Context(), "tomcat"); err != nil {
				t.Error(err)
			}
			long := vos.TrustFile{Store: "tomcat-trust", File: strings.Repeat("A_long_name_", 12) + ".pem"}
			if err := d.DeleteTrust(t.Context(), "tomcat", long); vos.Class(err) != vos.ErrRefused || !strings.Contains(err.Error(), "does not exist") {
				t.Errorf("%v", err)
			}
			if k := c.Counts()[pub]; k.CSRs != 1 || k.Regenerated != 1 {
				t.Errorf("%+v", k)
			}
		})
	}
}

// An account of level 0 sees the node and none of its certificates, and cannot turn the pager off (docs/nodes.md 1.4).
func TestLevel0(t *testing.T) {
	t.Parallel()
	c := odd(t, sim.QuirkLevel0)
	d := enter(t, c, pub)
	if about, err := d.About(t.Context()); err != nil || about.FQDN() != pub {
		t.Errorf("%+v, %v", about, err)
	}
	for what, err := range map[string]error{"identity": second(d.Identity(t.Context(), "tomcat")), "CSR": second(d.CSR(t.Context(), "tomcat")),
		"trust": second(d.TrustList(t.Context(), "tomcat")), "generate": d.GenerateCSR(t.Context(), "tomcat"), "regenerate": d.Regenerate(t.Context(), "tomcat")} {
		if vos.Class(err) != vos.ErrRefused || !strings.Contains(err.Error(), "lacks permission") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if k := c.Counts()[pub]; k.CSRs+k.Regenerated != 0 {
		t.Errorf("%+v", k)
	}
}

func second[V any](_ V, err error) error { return err }

// Old algorithms are spoken only where the technician allows them for this node.
func TestLegacy(t *testing.T) {
	t.Parallel()
	c := odd(t, sim.QuirkLegacy)
	dial := func(legacy bool) (vos.Driver, error) {
		return driver.New(driver.Options{Lab: true}).Dial(t.Context(), node(t, c, pub),
			vos.Access{Login: c.Login(), Legacy: legacy, CheckKey: func(vos.HostKey) error { return nil }})
	}
	if d, err := dial(false); err == nil {
		_ = d.Close()
		t.Error("entered with algorithms that are insecure today")
	}
	d, err := dial(true)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if about, err := d.About(t.Context()); err != nil || about.FQDN() != pub {
		t.Errorf("%+v, %v", about, err)
	}
}
