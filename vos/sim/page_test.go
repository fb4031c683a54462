package sim_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

func page(t *testing.T, c *sim.Cluster, fqdn string) *sim.Page {
	t.Helper()
	p, err := c.Page(fqdn)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// asked lays the request of a page into a folder.
func asked(t *testing.T, p *sim.Page) (string, *x509.CertificateRequest) {
	t.Helper()
	der, err := p.DownloadCSR("")
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, csr
}

// A multi-server certificate is asked for on the publisher, and given to both nodes (PRE-6). From 14 on the CLI does not
// take it.
func TestMultiServer(t *testing.T) {
	t.Parallel()
	for profile, byCLI := range map[sim.Profile]bool{sim.Profile125: true, sim.Profile15: false} {
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			c := lab(t, func(o *sim.Options) { o.Profile = profile })
			p := page(t, c, pub)
			if err := p.GenerateCSR(sim.Form{Multi: true}); err != nil {
				t.Fatal(err)
			}
			dir, csr := asked(t, p)
			if !slices.Equal(csr.DNSNames, []string{pub, sub}) || csr.Subject.CommonName != "uccx1-ms.lab.example" {
				t.Errorf("asked for %s, %v", csr.Subject, csr.DNSNames)
			}
			if _, exported := asked(t, page(t, c, sub)); string(exported.Raw) != string(csr.Raw) {
				t.Error("the request was not exported to the subscriber")
			}
			to := t.TempDir()
			if err := c.CA().SignFolder(t.Context(), dir, to); err != nil {
				t.Fatal(err)
			}
			leaf := multi(t, c, p, to)
			d := enter(t, c, pub)
			err := d.ImportOwn(t.Context(), "tomcat", leaf)
			if byCLI != (err == nil) || !byCLI && (vos.Class(err) != vos.ErrRefused || !strings.Contains(err.Error(), "command line refuses multi-server")) {
				t.Fatalf("over the CLI: %v", err)
			}
			if !byCLI {
				if err := p.UploadOwn("", leaf); err != nil {
					t.Fatal(err)
				}
			}
			for _, fqdn := range []string{pub, sub} {
				e := enter(t, c, fqdn)
				own, err := e.Identity(t.Context(), "tomcat")
				csr, left := e.CSR(t.Context(), "tomcat")
				if err != nil || !own.Equal(leaf) || csr != nil || left != nil {
					t.Errorf("%s: %v, request %v, %v", fqdn, err, csr != nil, left)
				}
			}
		})
	}
}

// multi uploads the chain by the page, and returns the leaf.
func multi(t *testing.T, c *sim.Cluster, p *sim.Page, dir string) *x509.Certificate {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var leaf *x509.Certificate
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if block, _ := pem.Decode(raw); block != nil {
			raw = block.Bytes
		}
		one, err := x509.ParseCertificate(raw)
		switch {
		case err != nil:
			t.Fatal(err)
		case one.IsCA:
			if err := p.UploadTrust("", one); err != nil {
				t.Error(err)
			}
		default:
			leaf = one
		}
	}
	return leaf
}

func TestPageForm(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	p := page(t, c, pub)
	if err := p.GenerateCSR(sim.Form{Parent: "lab.example", Names: []string{"alias.lab.example"}, Bits: 1024, OU: true}); err != nil {
		t.Fatal(err)
	}
	_, csr := asked(t, p)
	if !slices.Equal(csr.DNSNames, []string{"alias.lab.example", "lab.example", pub}) || len(csr.Subject.OrganizationalUnit) != 1 {
		t.Errorf("asked for %s, %v", csr.Subject, csr.DNSNames)
	}
	for words, f := range map[string]sim.Form{
		"Invalid key length":           {Bits: 8192},
		"Invalid Other Domains: 10.0.": {Names: []string{"10.0.0.1"}},
		"Invalid certificate type":     {Unit: "tomcat-ECDSA"},
	} {
		if err := p.GenerateCSR(f); err == nil || !strings.HasPrefix(err.Error(), words) {
			t.Errorf("%+v: %v", f, err)
		}
	}
	for _, fqdn := range []string{sub, ccp} {
		if err := page(t, c, fqdn).GenerateCSR(sim.Form{Multi: true}); err == nil || !strings.Contains(err.Error(), "Multi-server(SAN)") {
			t.Errorf("%s: %v", fqdn, err)
		}
	}
	if _, err := page(t, c, sub).DownloadCSR(""); err == nil || err.Error() != "File /usr/local/platform/.security/tomcat/keys/tomcat.csr does not exist" {
		t.Errorf("%v", err)
	}
	if err := p.Regenerate(""); err != nil || c.Counts()[pub].Regenerated != 1 {
		t.Errorf("%v", err)
	}
	if err := p.Delete("", "uccx1.lab.example.pem"); err != nil {
		t.Error(err)
	}
	if err := p.Delete("", "uccx1.lab.example.pem"); err == nil {
		t.Error("deleted twice")
	}
	if _, err := c.Page("unknown.lab.example"); err == nil {
		t.Error("a page of an unknown node")
	}
}

// A peer that is down is left out of a multi-server request without a word (docs/nodes.md 6.23).
func TestMultiServerPeerDown(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	if err := c.Do(sim.Action{Do: sim.ActDown, On: []string{"uccx2"}}); err != nil {
		t.Fatal(err)
	}
	p := page(t, c, pub)
	if err := p.GenerateCSR(sim.Form{Multi: true}); err != nil {
		t.Fatal(err)
	}
	if _, csr := asked(t, p); !slices.Equal(csr.DNSNames, []string{pub}) {
		t.Errorf("asked for %v", csr.DNSNames)
	}
}
