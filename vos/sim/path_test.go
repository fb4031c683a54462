package sim_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// requests has every node make a CSR, and lays them into a folder.
func requests(t *testing.T, c *sim.Cluster, nodes ...string) string {
	t.Helper()
	return requestsOU(t, c, false, nodes...)
}

func requestsOU(t *testing.T, c *sim.Cluster, asked bool, nodes ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, fqdn := range nodes {
		h := sitDown(t, c, fqdn, 24)
		h.say("set cli pagination off")
		h.typed("set csr gen tomcat\r")
		if asked {
			h.wait(`Include OU in CSR \(yes\|no\)\? $`)
			h.typed("no\r")
		}
		if got := h.wait(`\nadmin:$`); !strings.Contains(got, "Successfully Generated CSR for tomcat.") {
			t.Fatal(got)
		}
		text := h.say("show csr own tomcat/tomcat.csr")
		if err := os.WriteFile(filepath.Join(dir, fqdn+".csr"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		h.say2("quit")
	}
	return dir
}

// say2 types a line after which the node hangs up.
func (h *hands) say2(line string) string {
	h.typed(line + "\r")
	return h.rest()
}

// answer is what a CA sent: leaves by node, the issuing CA and the root, all in PEM.
type answer struct {
	leaf          map[string]string
	root, issuing string
}

func signed(t *testing.T, c *sim.Cluster, from string) answer {
	t.Helper()
	to := filepath.Join(t.TempDir(), "reply")
	if err := c.CA().SignFolder(context.Background(), from, to); err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, to)
}

func readAnswer(t *testing.T, dir string) answer {
	t.Helper()
	a := answer{leaf: map[string]string{}}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if block, _ := pem.Decode(raw); block != nil {
			raw = block.Bytes
		}
		crt, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		text := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: crt.Raw}))
		switch {
		case !crt.IsCA:
			if strings.Contains(f.Name(), "uccx") {
				t.Errorf("%s: a name that helps", f.Name())
			}
			a.leaf[crt.Subject.CommonName] = text
		case crt.Subject.CommonName == crt.Issuer.CommonName:
			a.root = text
		default:
			a.issuing = text
		}
	}
	return a
}

func certOf(t testing.TB, text string) *x509.Certificate {
	t.Helper()
	_, text, _ = strings.Cut(text, "-----BEGIN CERTIFICATE-----")
	block, _ := pem.Decode([]byte("-----BEGIN CERTIFICATE-----" + text))
	if block == nil {
		t.Fatalf("no certificate in %q", text)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPathByWords walks Path A (SIG-1 to SIG-8) on all three nodes as a technician types it.
func TestPathByWords(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	all := []string{pub, sub, ccp}
	a := signed(t, c, requests(t, c, all...))
	ports := map[string][]int{pub: {443, 7443, 8443, 8444, 8445, 12015}, sub: {443, 7443, 8443, 8444, 8445, 12015}, ccp: {443}}
	before := map[string]*x509.Certificate{}
	for _, fqdn := range all {
		before[fqdn] = served(t, c, fqdn, 443).PeerCertificates[0]
	}
	for _, fqdn := range []string{pub, ccp} {
		h := sitDown(t, c, fqdn, 24)
		for _, ca := range []string{a.root, a.issuing} {
			if got := h.paste("set cert import trust tomcat", ca); !strings.Contains(got, "Successfully imported certificate for tomcat.") {
				t.Fatal(got)
			}
		}
	}
	for _, fqdn := range all {
		h := sitDown(t, c, fqdn, 24)
		h.say("set cli pagination off")
		if got := h.paste("set cert import own tomcat", a.leaf[fqdn]); !strings.Contains(got, "Successfully imported") {
			t.Fatal(got)
		}
		if got := h.say("show csr list own"); strings.Contains(got, "tomcat") {
			t.Errorf("%s: the request was not used up: %q", fqdn, got)
		}
		if got := certOf(t, h.say("show cert own tomcat")); !got.Equal(certOf(t, a.leaf[fqdn])) {
			t.Errorf("%s: holds %v", fqdn, got.Subject)
		}
		if got := h.say("show cert list own"); !strings.Contains(got, "tomcat/tomcat.pem: Certificate Signed by Lab Issuing CA 1\n") {
			t.Errorf("%s: %q", fqdn, got)
		}
		if got := served(t, c, fqdn, 443).PeerCertificates[0]; !got.Equal(before[fqdn]) {
			t.Errorf("%s: serves the new certificate before a restart (SIG-8)", fqdn)
		}
		h.typed("utils system restart\r")
		h.wait(`Do you really want to restart \?\nEnter \(yes/no\)\? $`)
		h.typed("maybe\r")
		h.wait(`Enter \(yes/no\)\? $`)
		h.typed("yes\r")
		if got := h.rest(); !strings.Contains(got, "The system is going down for reboot NOW!\n") {
			t.Fatalf("%s: %q", fqdn, got)
		}
	}
	roots := x509.NewCertPool()
	roots.AddCert(certOf(t, a.root))
	for fqdn, some := range ports {
		for _, port := range some {
			got := served(t, c, fqdn, port).PeerCertificates
			between := x509.NewCertPool()
			for _, ca := range got[1:] {
				between.AddCert(ca)
			}
			if _, err := got[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, DNSName: fqdn}); err != nil {
				t.Errorf("%s port %d: %v", fqdn, port, err)
			}
		}
	}
	counts := c.Counts()
	for _, fqdn := range all {
		n := counts[fqdn]
		uploads := 0
		for _, k := range n.TrustUploads {
			uploads += k
		}
		want := map[string]int{pub: 2, sub: 0, ccp: 2}[fqdn]
		if n.CSRs != 1 || n.OwnUploads != 1 || n.Restarts != 1 || uploads != want || n.FailedLogins != 0 || n.Commands == 0 {
			t.Errorf("%s: %+v", fqdn, n)
		}
	}
}

// TestReplication: what the publisher is told, the subscriber knows (SIG-6), and not where replication is off.
func TestReplication(t *testing.T) {
	t.Parallel()
	for _, off := range []bool{false, true} {
		c := lab(t, func(o *sim.Options) { o.NoReplication = off })
		root, _, err := c.CA().Roots()
		if err != nil {
			t.Fatal(err)
		}
		h := sitDown(t, c, pub, 24)
		h.paste("set cert import trust tomcat", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root})))
		h = sitDown(t, c, sub, 24)
		h.say("set cli pagination off")
		list := strings.Split(h.say("show cert list trust"), "\n")
		if got := slices.Contains(list, "tomcat-trust/Lab_Root_CA_G1.pem: Trust Certificate"); got == off {
			t.Errorf("replication off %v: %q", off, list)
		}
		if !off {
			if got := certOf(t, h.say("show cert trust tomcat-trust/Lab_Root_CA_G1.pem")); string(got.Raw) != string(root) {
				t.Error("another certificate came back")
			}
		}
	}
}
