package read

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
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
			for _, l := range describe.Certificate(it.Cert, now) {
				clean(t, l.Text.String())
			}
		case it.Request != nil:
			for _, l := range describe.Request(it.Request) {
				clean(t, l.Text.String())
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

// fuzzed reads bytes with one reader, and holds what must be true of the result.
func fuzzed(f *testing.F, read func(*file, []byte)) {
	f.Helper()
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		one := &file{File: cert.File{Name: "fuzz"}, room: newRoom()}
		read(one, data)
		one.finish()
		wholesome(t, one.File)
		if one.room.bytes < -MaxArchive-1 {
			t.Errorf("unpacked %d bytes too many", -one.room.bytes)
		}
		for _, it := range one.Items {
			if it.Source == "" {
				t.Error("from nowhere")
			}
		}
	})
}

// FuzzPKCS7: signed data in DER and BER, sound and damaged.
func FuzzPKCS7(f *testing.F) {
	fuzzed(f, func(one *file, data []byte) { one.pkcs7(data, "fuzz") })
}

// FuzzZip: archives and documents of any make stay within their bounds.
func FuzzZip(f *testing.F) { fuzzed(f, (*file).zip) }

// FuzzPacked: gzip, bzip2 and tar.
func FuzzPacked(f *testing.F) { fuzzed(f, func(one *file, data []byte) { one.packed(data) }) }

// FuzzOutlook: compound files of Microsoft's.
func FuzzOutlook(f *testing.F) {
	f.Add(outlook(bytes.Repeat([]byte("MII\n"), cfbLarge/4)))
	fuzzed(f, (*file).ole)
}

// FuzzMail: mails of any make.
func FuzzMail(f *testing.F) {
	f.Add([]byte("MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; name=a.cer\nContent-Transfer-Encoding: base64\n\nMIIB\n--b--\n"))
	fuzzed(f, func(one *file, data []byte) { one.mail(data) })
}

// FuzzScan: marks and base64 in any text.
func FuzzScan(f *testing.F) { fuzzed(f, func(one *file, data []byte) { one.scan(string(data)) }) }

// FuzzPaste: whatever is pasted around it, with or without its line ends, no certificate that was whole is broken.
func FuzzPaste(f *testing.F) {
	whole := string(cert.PEM(made(f)))
	f.Add("x", "y", true)
	f.Add("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", false)
	f.Add("\xff\xfe", "0", true)
	f.Add("-\xa5----BEGIN 0----\xa5-", "0", false)
	f.Fuzz(func(t *testing.T, before, after string, lines bool) {
		paste := before + "\n" + whole + after
		if !lines {
			paste = before + " " + strings.ReplaceAll(whole, "\n", " ") + after
		}
		got := Text("x", paste)
		wholesome(t, got)
		if !strings.Contains(before+after, "--") && len(got.Items) != 1 && count(before) < smallest && count(after) < smallest {
			t.Errorf("%d certificates", len(got.Items))
		}
	})
}

// made is a certificate.
func made(t testing.TB) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Lab Root", Organization: []string{"Example Certification Authority"}}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(9, 0, 0)}
	return certtest.Sign(t, tpl, nil, key.Public(), key)
}

// FuzzDress: what takes the forms of texts off ends, and leaves text.
func FuzzDress(f *testing.F) {
	f.Add([]byte(`{\rtf1 -----BEGIN CERTIFICATE-----\par MII\'2d}`))
	f.Add([]byte("<br>&#45;&#45;-BEGIN%20CERTIFICATE-----=\n\\n\\u002b"))
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _, _ := decoded(data)
		if !utf8.ValidString(text) {
			t.Errorf("%q is no text", text)
		}
		tidy, _ := tidied(text)
		if again, _ := tidied(tidy); again != tidy {
			t.Errorf("%q, and then %q", tidy, again)
		}
		for _, d := range dresses() {
			if d.is(tidy) && len(d.off(tidy)) > 4*len(tidy)+64 {
				t.Errorf("%s: more than there was", d.name)
			}
		}
		clean(t, cert.Printable(text))
	})
}

// FuzzDamage: what is mended is one whole object.
func FuzzDamage(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if der, how := undone(data); der != nil && (how == "" || !isObject(der)) {
			t.Errorf("%q, %x", how, der)
		}
		_ = spoilt(data).String()
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
				clean(t, x.What.String(), x.Node)
			}
		}
		for _, v := range []cert.Verdict{cert.Judge(requests, files, nil, now), cert.Look(cert.Request{Node: "uccx1.example.com", Held: held, Limits: cert.Limits{Title: "x", OwnNodes: true, Peer: true}, Others: []string{"ccp.example.com"}}, files, now)} {
			for _, x := range v.Findings {
				clean(t, x.What.String(), x.Cause.String(), x.Cure.String(), x.Says, x.File, x.Node)
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
