package read

import (
	"bytes"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// now is when the tests take place.
var now = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// seed gives a fuzz target every file of the corpus, beside a few begins of things.
func seed(f *testing.F) {
	f.Helper()
	for _, text := range []string{"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "\xef\xbb\xbf-----BEGIN PKCS7-----\r\n",
		"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "PK\x03\x04", "MIIB", "<html>", "\xff\xfe-\x00-\x00", "\xfe\xed\xfe\xed", "0\x82\x01\x000\x82"} {
		f.Add([]byte(text))
	}
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "replies", "*", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 64<<10 {
			f.Add(data)
		}
	}
}

// clean fails where a text could do something to a terminal.
func clean(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if cert.Printable(s) != s {
			t.Errorf("not printable: %q", s)
		}
	}
}

// wholesome holds what must be true of every file that was read, whatever was in it.
func wholesome(t *testing.T, f cert.File) {
	t.Helper()
	if f.Err == nil && len(f.Items) == 0 {
		t.Error("neither something nor a reason")
	}
	for _, it := range f.Items {
		switch {
		case it.Kind == cert.Key && (it.Cert != nil || it.Request != nil), it.Kind == cert.CSR && it.Request == nil, it.Kind != cert.Key && it.Kind != cert.CSR && it.Cert == nil:
			t.Errorf("%s without what it is: %+v", it.Kind, it)
		case it.Cert != nil:
			for _, l := range cert.Describe(it.Cert, now) {
				clean(t, l.Text)
			}
		case it.Request != nil:
			for _, l := range cert.DescribeRequest(it.Request) {
				clean(t, l.Text)
			}
		}
	}
}

// FuzzParse: PEM, DER, base64, UTF-16, zip and everything else that a file may be.
func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		got := Parse("fuzz", data)
		wholesome(t, got)
		for _, it := range got.Items {
			if it.Cert == nil {
				continue
			}
			if again := Parse("again", cert.PEM(it.Cert)); len(again.Items) != 1 || again.Err != nil || !again.Items[0].Cert.Equal(it.Cert) {
				t.Errorf("what is uploaded reads otherwise: %+v", again)
			}
		}
	})
}

// FuzzPKCS7: signed data in DER and BER, sound and damaged.
func FuzzPKCS7(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		got := file{cert.File{Name: "fuzz"}}
		got.pkcs7(data, "fuzz")
		wholesome(t, got.File)
		for _, raw := range bagged(data) {
			if !bytes.Contains(data, raw) {
				t.Error("bytes that were not there")
			}
		}
	})
}

// FuzzZip: archives of any make stay within their bounds.
func FuzzZip(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, left := file{cert.File{Name: "fuzz"}}, int64(maxUnpacked)
		got.archive(data, "fuzz", 1, &left)
		if left < -MaxFile-1 {
			t.Errorf("unpacked %d bytes too many", -left)
		}
		for _, it := range got.Items {
			if it.Cert != nil && it.Source == "" {
				t.Error("from nowhere")
			}
		}
	})
}

// FuzzText: what undoes the work of mail programs and editors leaves text, and does nothing the second time.
func FuzzText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		once := normal(data)
		if bytes.ContainsRune(once, '\r') || !bytes.HasSuffix(once, []byte("\n")) {
			t.Errorf("%q", once)
		}
		if text := plain(data); len(text) != len(data) && !utf8.Valid(text) {
			t.Errorf("%q is no text", text)
		}
		clean(t, cert.Printable(string(data)))
		if der := bare(data); der != nil && len(der) > len(data) {
			t.Error("more than there was")
		}
	})
}

// FuzzJudge: whatever a file holds, the verdict is made of known findings, all of them printable, and never OK without a
// whole chain for every request.
func FuzzJudge(f *testing.F) {
	seed(f)
	known := map[string]bool{}
	for _, e := range cert.Table() {
		known[e.Code] = true
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := []cert.File{Parse("fuzz\x1b[31m", data)}
		var requests []cert.Request
		var held []*x509.Certificate
		for _, it := range files[0].Items {
			if it.Request != nil {
				requests = append(requests, cert.Request{Node: it.Request.Subject.CommonName, CSR: it.Request})
			}
			if it.Cert != nil {
				held = append(held, it.Cert)
			}
		}
		for _, r := range requests {
			for _, x := range cert.CheckRequest(r) {
				clean(t, x.What, x.Node)
			}
		}
		for _, v := range []cert.Reply{cert.Judge(requests, files, nil, now), cert.Look(cert.Request{Node: "uccx1.example.com", Held: held, Limits: cert.Limits{Title: "x", OwnNodes: true, Neighbour: true}, Others: []string{"ccp.example.com"}}, files, now)} {
			for _, x := range v.Findings {
				clean(t, x.What, x.Cause, x.Cure, x.Says, x.File, x.Node)
				if !known[x.Code] {
					t.Errorf("%q stands in no table", x.Code)
				}
			}
			for _, chain := range v.Chains {
				if v.OK() && (len(chain.CAs) == 0 || cert.Classify(chain.CAs[len(chain.CAs)-1]) != cert.Root) {
					t.Errorf("sound, and no root: %+v", v.Findings)
				}
			}
			_, _ = cert.Build(&x509.Certificate{}, append(v.Roots, v.Intermediates...))
		}
	})
}
