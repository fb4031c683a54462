package sim_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smallstep/pkcs7"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestECDSA: 11.5 has a tomcat-ECDSA, which Socket.IO prefers while it is signed with an EC key (EC-1, EC-3, EC-4).
func TestECDSA(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Profile = sim.Profile115 })
	ca := signed(t, c, requests(t, c, pub))
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if got := h.say("show cert list own"); !strings.Contains(got, "tomcat-ECDSA/tomcat-ECDSA.pem: Self-signed") {
		t.Error(got)
	}
	key := func(port int) x509.PublicKeyAlgorithm {
		return served(t, c, pub, port).PeerCertificates[0].PublicKeyAlgorithm
	}
	if key(12015) != x509.ECDSA || key(443) != x509.RSA || served(t, c, pub, 443).Version != tls.VersionTLS12 {
		t.Error("12015 shows tomcat-ECDSA, 443 shows tomcat")
	}
	h.paste("set cert import trust tomcat", ca.root)
	h.paste("set cert import trust tomcat", ca.issuing)
	h.say("set csr gen tomcat-ECDSA")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "ec"), []byte(h.say("show csr own tomcat-ECDSA/tomcat-ECDSA.csr")), 0o600); err != nil {
		t.Fatal(err)
	}
	a := signed(t, c, dir)
	if got := h.paste("set cert import own tomcat-ECDSA", a.leaf["uccx1-EC.lab.example"]); !strings.Contains(got, "Successfully imported certificate for tomcat-ECDSA.") {
		t.Fatal(got)
	}
	h.restart()
	sitDown(t, c, pub, 24)
	if key(12015) != x509.RSA {
		t.Error("an ECDSA certificate that an RSA CA signed is not shown")
	}
}

// TestRelease15: the CLI of 15 has the other dialect of show cert, and a question about the certificate type.
func TestRelease15(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Profile = sim.Profile15 })
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	got := h.say("show cert own tomcat/tomcat.pem")
	for _, want := range []string{"IssuerDN: ", "Start Date: ", "Final Date: ", "SubjectDN: ", "\n]-----BEGIN CERTIFICATE-----\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if got := h.say("show tls server cert_type"); got != "The server certificate type is set to RSA\n\nCommand successful\n" {
		t.Error(got)
	}
	if served(t, c, pub, 8443).Version != tls.VersionTLS13 {
		t.Error("15 speaks TLS 1.3")
	}
}

// TestPages: every port that a node of its product has answers a browser.
func TestPages(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	get := func(fqdn string, port int) (string, error) {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: fqdn}, DisableKeepAlives: true}}
		r, err := client.Get("https://" + node(t, c, fqdn).Dial(port) + "/appadmin/main")
		if err != nil {
			return "", err
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		return r.Status + " " + string(body), err
	}
	for _, port := range []int{443, 7443, 8443, 8444, 8445, 12015} {
		if got, err := get(sub, port); err != nil || !strings.HasPrefix(got, "200 OK") || !strings.Contains(got, "<h1>"+sub+"</h1>") {
			t.Errorf("%d: %v %s", port, err, got)
		}
	}
	for _, port := range []int{443, 7443, 8443} {
		if got, err := get(ccp, port); err != nil || !strings.HasPrefix(got, "200 OK") {
			t.Errorf("%d on the chat node: %v", port, err)
		}
	}
}

// TestFullDisk: what cannot be written has not happened, and is not answered with success.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := lab(t, func(o *sim.Options) { o.Dir = dir })
	h := sitDown(t, c, pub, 24)
	nodes := filepath.Join(dir, "nodes")
	if err := os.Rename(nodes, nodes+"-away"); err != nil {
		t.Skip(err) // a system that holds open folders
	}
	if got := h.say("set csr gen tomcat"); strings.Contains(got, "Successfully") || !strings.Contains(got, "Internal error") {
		t.Error(got)
	}
	h.typed("utils system restart\r")
	h.wait(`\(yes/no\)\? $`)
	h.typed("yes\r")
	if got := h.wait(`\nadmin:$`); strings.Contains(got, "reboot") {
		t.Error(got)
	}
	if err := os.Rename(nodes+"-away", nodes); err != nil {
		t.Fatal(err)
	}
	if got := h.say("show csr list own"); strings.Contains(got, "tomcat") {
		t.Error(got)
	}
	if n := c.Counts()[pub]; n.CSRs != 0 || n.Restarts != 0 {
		t.Errorf("%+v", n)
	}
}

// TestCrashBetweenNodes: the publisher was written, the subscriber was not: the next start makes it good (SIG-6).
func TestCrashBetweenNodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := lab(t, func(o *sim.Options) { o.Dir = dir })
	a := signed(t, c, requests(t, c, pub))
	h := sitDown(t, c, pub, 24)
	h.paste("set cert import trust tomcat", a.root)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "nodes", sub+".json")
	var disk map[string]any
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &disk)
	}
	disk["trust"] = []any{}
	if err == nil {
		raw, err = json.Marshal(disk)
	}
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	c = lab(t, func(o *sim.Options) { o.Dir = dir })
	h = sitDown(t, c, sub, 24)
	h.say("set cli pagination off")
	got := h.say("show cert list trust")
	for _, want := range []string{"tomcat-trust/Lab_Root_CA_G1.pem: ", "tomcat-trust/" + pub + ".pem: ", "tomcat-trust/" + sub + ".pem: "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

// TestBehaviours: what a CA sends when it does its work otherwise.
func TestBehaviours(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	from := requests(t, c, pub, sub)
	send := func(b sim.Behaviour) string {
		c.CA().Behave(b)
		to := t.TempDir()
		if err := c.CA().SignFolder(context.Background(), from, to); err != nil {
			t.Fatal(err)
		}
		return to
	}
	honest := readAnswer(t, send(sim.Honest))
	if again := readAnswer(t, send(sim.Honest)); again.leaf[pub] != honest.leaf[pub] || len(again.leaf) != 2 {
		t.Error("the same request gets the same certificate")
	}
	leaf := certOf(t, honest.leaf[pub])
	if days := leaf.NotAfter.Sub(leaf.NotBefore).Hours() / 24; days != 200 || len(leaf.ExtKeyUsage) != 2 || leaf.DNSNames[0] != pub {
		t.Errorf("%v days, %v, %v", days, leaf.ExtKeyUsage, leaf.DNSNames)
	}
	if a := readAnswer(t, send(sim.NoIntermediate)); a.issuing != "" || a.root == "" {
		t.Error("the intermediate was sent, or the root was not")
	}
	if a := readAnswer(t, send(sim.NoRoot)); a.issuing == "" || a.root != "" {
		t.Error("the root was sent, or the intermediate was not")
	}
	if a := readAnswer(t, send(sim.NoClientAuth)); len(certOf(t, a.leaf[pub]).ExtKeyUsage) != 1 {
		t.Error("clientAuth is there")
	}
	if files, err := os.ReadDir(send(sim.Chatter)); err != nil || len(files) != 1 || files[0].Name() != "answer.txt" {
		t.Errorf("%v %v", files, err)
	}
	to := send(sim.P7B)
	files, err := filepath.Glob(filepath.Join(to, "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pkcs7.Parse(raw)
		if err != nil || len(p.Certificates) != 3 || p.Certificates[0].IsCA {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// TestBigLab: nodes of a big lab share the keys they came with, and never those of their requests.
func TestBigLab(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Pairs = 20; o.Domain = "Big.Example" })
	seen := map[string]string{}
	for _, n := range c.Solution().Nodes()[:8] {
		h := sitDown(t, c, n.FQDN, 24)
		h.say("set cli pagination off")
		h.say("set csr gen tomcat")
		csr := h.say("show csr own tomcat")
		if other, ok := seen[csr]; ok || n.Product != vos.UCCX || !strings.HasSuffix(n.FQDN, ".big.example") {
			t.Errorf("%s and %q have one request", n.FQDN, other)
		}
		seen[csr] = n.FQDN
	}
}
