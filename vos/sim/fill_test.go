package sim_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// request reads a request that a node has shown.
func request(t *testing.T, text []byte) *x509.CertificateRequest {
	t.Helper()
	block, _ := pem.Decode(bytes.ReplaceAll(text[bytes.Index(text, []byte("-----BEGIN")):], []byte("\r"), nil))
	if block == nil {
		t.Fatalf("no request: %s", text)
	}
	csr, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return csr
}

// TestFilled: a node that stands for another has its certificates in all but the keys, its CSR, its trust store, its
// services and its silence.
func TestFilled(t *testing.T) {
	t.Parallel()
	far := lab(t, nil)
	if err := far.Do(sim.Action{Do: sim.ActSign, On: []string{"uccx1"}}); err != nil {
		t.Fatal(err)
	}
	was := served(t, far, pub, 443).PeerCertificates
	strange := served(t, far, "ccp.lab.example", 443).PeerCertificates[0]
	raw, err := os.ReadFile(filepath.Join(requests(t, far, pub), pub+".csr"))
	if err != nil {
		t.Fatal(err)
	}
	csr := request(t, raw)
	top := sim.Topology{Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"uccx1"}, Domain: "lab.example"}, {Product: vos.CCP, Hosts: []string{"uccx1"}, Domain: "other.example"}}}
	f := sim.Snapshot{Own: map[string]*x509.Certificate{"tomcat": was[0]}, Served: map[int]*x509.Certificate{8444: strange}, Silent: []int{12015},
		Requests: map[string]*x509.CertificateRequest{"tomcat": csr}, Above: was[1:],
		Trust:    []sim.Entry{{TrustFile: vos.TrustFile{Store: "tomcat-trust", File: "Corporate_Root.pem", About: "Trust Certificate"}}},
		Services: []vos.Service{{Name: "Cisco Tomcat", State: "STARTED"}, {Name: "Odd Service", State: "STOPPED", Reason: "Commanded Out of Service"}}}
	c := lab(t, func(o *sim.Options) { o.Topology, o.Fill = &top, map[string]sim.Snapshot{pub: f} })

	is := served(t, c, pub, 443).PeerCertificates
	if is[0].SerialNumber.Cmp(was[0].SerialNumber) != 0 || !bytes.Equal(is[0].RawSubject, was[0].RawSubject) || !bytes.Equal(is[0].RawIssuer, was[0].RawIssuer) ||
		!is[0].NotAfter.Equal(was[0].NotAfter) || is[0].DNSNames[0] != pub || bytes.Equal(is[0].RawSubjectPublicKeyInfo, was[0].RawSubjectPublicKeyInfo) {
		t.Errorf("%v is not like %v", is[0].Subject, was[0].Subject)
	}
	if got := served(t, c, pub, 8444).PeerCertificates[0]; got.SerialNumber.Cmp(strange.SerialNumber) != 0 {
		t.Errorf("8444 serves %v", got.Subject)
	}
	if _, ok := c.Solution().Node("uccx1.other.example"); !ok {
		t.Error("the same host name in another domain is another node")
	}
	if _, err := vos.Probe(t.Context(), node(t, c, pub), 12015); !errors.Is(err, vos.ErrUnreachable) {
		t.Errorf("12015 answers: %v", err)
	}
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	if got := h.say("show cert list trust"); !strings.Contains(got, "tomcat-trust/Corporate_Root.pem: Trust Certificate") || strings.Contains(got, "lab.example") {
		t.Error(got)
	}
	if got := h.say("utils service list"); !strings.Contains(got, "Odd Service[STOPPED]") || strings.Contains(got, "CCX Engine") {
		t.Error(got)
	}
	to := filepath.Join(t.TempDir(), "reply")
	from := t.TempDir()
	pending := []byte(h.say("show csr own tomcat/tomcat.csr"))
	if again := request(t, pending); !bytes.Equal(again.RawSubject, csr.RawSubject) || bytes.Equal(again.RawSubjectPublicKeyInfo, csr.RawSubjectPublicKeyInfo) {
		t.Errorf("the request is for %v", again.Subject)
	}
	if err := os.WriteFile(filepath.Join(from, "x.csr"), pending, 0o600); err != nil {
		t.Fatal(err)
	}
	ok, err := c.SignLike(context.Background(), from, to, map[string]sim.Model{"unknown.lab.example": {Leaf: was[0]}}, nil)
	if ok || err != nil {
		t.Fatalf("a request without a model: %v, %v", ok, err)
	}
	if ok, err = c.SignLike(context.Background(), from, to, map[string]sim.Model{pub: {Leaf: was[0], Renewed: true}}, was[1:]); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if files, _ := filepath.Glob(filepath.Join(to, "*.cer")); len(files) != 1+len(was[1:]) {
		t.Errorf("%v", files)
	}
}
