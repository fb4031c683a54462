package aia_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/aia"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// issue makes a certificate that says where its issuer is; without an issuer it signs itself.
func issue(t *testing.T, cn string, by *x509.Certificate, key *ecdsa.PrivateKey, at ...string) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	own := certtest.Key(t)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: cn}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, IssuingCertificateURL: at}
	if by == nil {
		by, key = tpl, own
	}
	c := certtest.Sign(t, tpl, by, own.Public(), key)
	return c, own
}

// TestIssuers: an issuer is fetched in DER and in PEM, shown before, and believed only where its key signed.
func TestIssuers(t *testing.T) {
	root, key := issue(t, "Root", nil, nil)
	other, _ := issue(t, "Root", nil, nil)
	mux := http.NewServeMux()
	served := httptest.NewServer(mux)
	defer served.Close()
	asked := 0
	page := func(path string, data []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { asked++; _, _ = w.Write(data) })
	}
	page("/root.cer", root.Raw)
	page("/root.pem", cert.PEM(root))
	page("/other.cer", other.Raw)
	page("/letter", []byte("<html>not here</html>"))
	page("/huge", make([]byte, aia.MaxSize+1))
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/root.cer", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/ftp", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://127.0.0.1/x", http.StatusFound)
	})
	for _, c := range []struct {
		paths []string
		found bool
		words string // of an error
	}{
		{[]string{"/root.cer"}, true, ""},
		{[]string{"/root.pem"}, true, ""},
		{[]string{"/moved"}, true, ""},
		{[]string{"/other.cer"}, false, "did not sign"},
		{[]string{"/letter"}, false, "did not sign"},
		{[]string{"/huge"}, false, "more than 256 KiB"},
		{[]string{"/none"}, false, "404"},
		{[]string{"/loop"}, false, "redirects"},
		{[]string{"/ftp"}, false, "ftp"},
		{[]string{"/none", "/other.cer", "/root.cer"}, true, "404"},
		{nil, false, "no issuer address"},
	} {
		var at []string
		for _, p := range c.paths {
			at = append(at, served.URL+p)
		}
		leaf, _ := issue(t, "Leaf", root, key, at...)
		var said []string
		before := asked
		f := aia.New(func(url, of string) {
			if asked != before {
				t.Error("said after it was fetched")
			}
			before, said = -1, append(said, url+" "+of)
		})
		if len(c.paths) > 1 {
			f.Say = func(url, of string) { said = append(said, url+" "+of) }
		}
		files, errs := f.Issuers(context.Background(), leaf)
		if found := len(files) == 1 && len(files[0].Items) == 1 && files[0].Items[0].Cert.Equal(root); found != c.found {
			t.Errorf("%v: %+v %v", c.paths, files, errs)
		}
		if text := fmt.Sprint(errs); !strings.Contains(text, c.words) || c.words == "" && len(errs) > 0 {
			t.Errorf("%v: %v", c.paths, errs)
		}
		if len(said) != len(c.paths) || len(said) > 0 && !strings.HasSuffix(said[0], " Leaf") {
			t.Errorf("%v: said %q", c.paths, said)
		}
	}
}

// TestOnlyPlainHTTP: other schemes, accounts in addresses and escapes are never asked, and the escapes are not shown raw.
func TestOnlyPlainHTTP(t *testing.T) {
	root, key := issue(t, "Root", nil, nil)
	for _, at := range []string{"ldap:///CN=x", "file:///etc/passwd", "https://127.0.0.1:1/x", "http://user:pw@127.0.0.1:1/x", "ftp://127.0.0.1/x", "http://", "http://127.0.0.1:1/\x1b[2J"} {
		leaf, _ := issue(t, "Leaf", root, key, at)
		f := aia.New(func(url, _ string) { t.Errorf("%q is asked", url) })
		files, errs := f.Issuers(context.Background(), leaf)
		if len(files) > 0 || len(errs) != 1 || strings.Contains(errs[0].Error(), "\x1b") {
			t.Errorf("%q: %v %v", at, files, errs)
		}
	}
}

// TestFetchesAreBounded: no more requests than MaxFetches, whatever certificates say, and no address twice.
func TestFetchesAreBounded(t *testing.T) {
	asked := 0
	served := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; w.WriteHeader(http.StatusNotFound) }))
	defer served.Close()
	root, key := issue(t, "Root", nil, nil)
	f := aia.New(func(string, string) {})
	for round := range 3 {
		var at []string
		for i := range 20 {
			at = append(at, fmt.Sprintf("%s/%d", served.URL, i/2+round))
		}
		leaf, _ := issue(t, "Leaf", root, key, at...)
		if files, errs := f.Issuers(context.Background(), leaf); len(files) > 0 || len(errs) == 0 {
			t.Errorf("%v %v", files, errs)
		}
	}
	if asked != aia.MaxFetches {
		t.Errorf("%d requests", asked)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	leaf, _ := issue(t, "Leaf", root, key, served.URL+"/x")
	if _, errs := aia.New(func(string, string) {}).Issuers(ctx, leaf); len(errs) != 1 || asked != aia.MaxFetches {
		t.Errorf("after the end: %v", errs)
	}
}
