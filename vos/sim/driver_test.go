package sim_test

import (
	"context"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	driver "github.com/uccx-tui/uccx-tui/vos/ssh"
)

// TestDriver lets the real driver walk the path on a node of every release.
func TestDriver(t *testing.T) {
	t.Parallel()
	for _, p := range []sim.Profile{sim.Profile115, sim.Profile125, sim.Profile15} {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			c := lab(t, func(o *sim.Options) { o.Profile, o.Rough = p, true })
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			trueKey := c.HostKey(pub)
			d, err := driver.New(driver.Options{Lab: true}).Dial(ctx, node(t, c, pub), vos.Access{Login: c.Login(), Legacy: true, CheckKey: func(k vos.HostKey) error {
				if k != trueKey {
					t.Errorf("host key %v, true is %v", k, trueKey)
				}
				return nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			must := func(what string, err error) {
				t.Helper()
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
			}
			about, err := d.About(ctx)
			must("about", err)
			if about.FQDN() != pub || time.Since(about.Now).Abs() > time.Minute || about.Boot.IsZero() || len(about.Disks) != 3 {
				t.Errorf("%+v", about)
			}
			members, err := d.Members(ctx)
			must("members", err)
			if len(members) != 2 || members[0].Role != vos.Publisher || members[1].FQDN != sub {
				t.Errorf("%+v", members)
			}
			csr, err := d.CSR(ctx, "tomcat")
			must("no request", err)
			if csr != nil {
				t.Error("a request before any was made")
			}
			must("request", d.GenerateCSR(ctx, "tomcat"))
			csr, err = d.CSR(ctx, "tomcat")
			must("request", err)
			dir := t.TempDir()
			must("file", os.WriteFile(filepath.Join(dir, "x"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: csr}), 0o600))
			a := signed(t, c, dir)
			if err := d.ImportOwn(ctx, "tomcat", certOf(t, a.leaf[pub])); vos.Class(err) != vos.ErrRefused {
				t.Errorf("without its CA: %v", err)
			}
			must("root", d.ImportTrust(ctx, "tomcat", certOf(t, a.root)))
			must("intermediate", d.ImportTrust(ctx, "tomcat", certOf(t, a.issuing)))
			must("own", d.ImportOwn(ctx, "tomcat", certOf(t, a.leaf[pub])))
			files, err := d.TrustList(ctx, "tomcat")
			must("list", err)
			if want := map[sim.Profile]int{sim.Profile115: 5}[p]; len(files) != max(want, 4) {
				t.Errorf("%d files: %v", len(files), files)
			}
			for _, f := range files {
				_, err := d.Trusted(ctx, "tomcat", f)
				must(f.File, err)
			}
			must("restart", d.Restart(ctx))
			for end := time.Now().Add(20 * time.Second); !served(t, c, pub, 8445).PeerCertificates[0].Equal(certOf(t, a.leaf[pub])); {
				if time.Now().After(end) {
					t.Fatal("the new certificate is not served")
				}
			}
		})
	}
}
