package main

import (
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestCheckFetch: nothing is fetched unasked; with --fetch a chain is completed step by step, shown before, judged, and
// written out, and what was fetched is a decision.
func TestCheckFetch(t *testing.T) {
	mux := http.NewServeMux()
	served := httptest.NewServer(mux)
	defer served.Close()
	asked := 0
	make := func(cn, at string, serial int64, by *x509.Certificate, key *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		own := certtest.Key(t)
		tpl := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: cn}, NotBefore: fieldDay().AddDate(0, 0, -1), NotAfter: fieldDay().AddDate(0, 0, 190), BasicConstraintsValid: true}
		if tpl.IsCA = cn != "uccx1.example.com"; tpl.IsCA {
			tpl.KeyUsage, tpl.NotAfter = x509.KeyUsageCertSign, fieldDay().AddDate(9, 0, 0)
		} else {
			tpl.DNSNames, tpl.KeyUsage = []string{cn}, x509.KeyUsageDigitalSignature
		}
		if at != "" {
			tpl.IssuingCertificateURL = []string{served.URL + at}
		}
		if by == nil {
			by, key = tpl, own
		}
		c := certtest.Sign(t, tpl, by, own.Public(), key)
		mux.HandleFunc("/"+strings.ReplaceAll(cn, " ", "")+".cer", func(w http.ResponseWriter, _ *http.Request) { asked++; _, _ = w.Write(c.Raw) })
		return c, own
	}
	root, rootKey := make("Fetched Root", "", 1, nil, nil)
	issuing, issuingKey := make("Fetched Issuing", "/FetchedRoot.cer", 2, root, rootKey)
	leaf, _ := make("uccx1.example.com", "/FetchedIssuing.cer", 3, issuing, issuingKey)
	reply := filepath.Join(t.TempDir(), "reply.cer")
	if err := os.WriteFile(reply, cert.PEM(leaf), 0o600); err != nil {
		t.Fatal(err)
	}
	j, code := answer(t, reply)
	if code != exitcode.Refused || asked != 0 || len(j.Missing) != 1 || !slices.Equal(j.Missing[0].Addresses, []string{served.URL + "/FetchedIssuing.cer"}) {
		t.Errorf("exit %d, %d requests, %+v", code, asked, j.Missing)
	}
	out := filepath.Join(t.TempDir(), "out")
	text, errout, code := checked(t, nil, reply, "--fetch", "--out", out)
	for _, words := range []string{"downloading the issuer of uccx1.example.com from " + served.URL, "downloading the issuer of Fetched Issuing from "} {
		if !strings.Contains(errout, words) {
			t.Errorf("%q is missing: %s", words, errout)
		}
	}
	for _, words := range []string{"warning: " + served.URL, "Its SHA-256 is " + cert.Fingerprint(root), "1. tomcat-trust root         Fetched Root", "Fetched Issuing"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing:\n%s", words, text)
		}
	}
	if files, err := os.ReadDir(out); code != 0 || err != nil || len(files) != 3 || asked != 2 {
		t.Errorf("exit %d, %d requests, %v %v", code, asked, files, err)
	}
	if j, code := answer(t, reply, "--fetch"); code != 0 || !slices.Contains(codes(j), "warning fetched") {
		t.Errorf("exit %d %q", code, codes(j))
	}
}
