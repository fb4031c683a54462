package cert_test

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

func pemCSR(r *x509.CertificateRequest) []byte { return cert.RequestPEM(r.Raw) }

// fileCases are files that hold no certificate, or not all of it.
func fileCases() []making {
	sent := func(name string, what func(w *workshop) []byte) func(*workshop) {
		return func(w *workshop) { w.put(name, what(w)) }
	}
	beside := func(name string, what func(w *workshop) []byte) func(*workshop) {
		return func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			w.put(name, what(w))
		}
	}
	text := func(s string) func(*workshop) []byte { return func(*workshop) []byte { return []byte(s) } }
	nothing := []string{"fault missing", "fault unreadable"}
	return []making{
		one("pfx", "PKCS#12, made by openssl", "", from("uccx1.csr"), func(w *workshop) { w.pfx() }, nothing...),
		one("pfx-legacy", "PKCS#12 of old, made by openssl", "", from("uccx1.csr"), func(w *workshop) { w.pfx("-legacy") }, nothing...),
		one("pfx-beside", "PKCS#12 beside the certificate", "", from("uccx1.csr"), func(w *workshop) {
			w.pfx()
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
		}, "warning damaged"),
		one("keystore", "a Java keystore", "", from("uccx1.csr"), sent("reply.jks", text("\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01")), nothing...),
		one("private-key", "a private key beside the certificate", "", from("uccx1.csr"), beside("uccx1.key", func(w *workshop) []byte { return keyPEM(w.t, w.key("stray", 2048)) }), "warning key"),
		one("private-key-der", "a private key in DER beside the certificate", "", from("uccx1.csr"), beside("uccx1.bin", func(w *workshop) []byte {
			der, err := x509.MarshalPKCS8PrivateKey(w.key("stray", 2048))
			w.must(err)
			return der
		}), "warning key"),
		one("csr-back", "the CSR came back", "", from("uccx1.csr"), sent("reply.cer", func(w *workshop) []byte { return pemCSR(w.csr("uccx1.csr")) }), "fault csr", "fault missing"),
		one("crl", "a revocation list", "", from("uccx1.csr"), sent("reply.crl", func(w *workshop) []byte {
			w.seeded("crl")
			der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: corpusDay, NextUpdate: corpusDay.AddDate(0, 1, 0)}, w.root().cert, w.root().key)
			w.must(err)
			return der
		}), nothing...),
		one("crl-beside", "a revocation list beside the certificate", "", from("uccx1.csr"), beside("root.crl", func(w *workshop) []byte {
			w.seeded("crl")
			der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: corpusDay, NextUpdate: corpusDay.AddDate(0, 1, 0)}, w.root().cert, w.root().key)
			w.must(err)
			return pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der})
		}), "note beside"),
		one("web-page", "the CA's login page in place of the certificate", "", from("uccx1.csr"), sent("certnew.cer", text("<!DOCTYPE html>\n<html><body>Please log in.</body></html>\n")), nothing...),
		one("letter", "a letter in place of files", "", from("uccx1.csr"), sent("answer.txt", text("Dear customer,\nyour certificate lies in our portal.\n")), "fault missing", "fault unreadable"),
		one("empty-file", "an empty file", "", from("uccx1.csr"), sent("reply.cer", text("")), "fault missing", "fault unreadable"),
		one("nothing", "an archive without certificates", "", from("uccx1.csr"), func(w *workshop) {
			w.put("letter.txt", "Dear customer,\n")
			w.instead("reply.zip", zipped(w, "letter.txt"))
		}, nothing...),
		one("cut-pem", "a PEM that was cut off", "", from("uccx1.csr"), beside("second.pem", func(w *workshop) []byte { return trimmed(cert.PEM(w.root().cert)) }), "warning damaged"),
		one("cut-leaf", "the certificate was cut off", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", trimmed(cert.PEM(w.leaf("uccx1.csr", w.issuing(), nil))))
			w.chain()
		}, "fault missing", "warning damaged"),
		one("cut-der", "a DER file that was cut off", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil).Raw[:500])
			w.chain()
		}, "fault missing", "warning damaged"),
		one("half", "a bundle whose first block is damaged", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.pem", strings.Replace(pemOf(w.root().cert), "M", "!", 1), w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
		}, "warning partly"),
		one("zip-bomb", "an archive that unpacks to more than there is room for", "", from("uccx1.csr"), func(w *workshop) {
			for _, name := range strings.Split("abcdefghijklmnopqrstuvwxyz0123456789", "") {
				w.put(name, make([]byte, read.MaxFile))
			}
			w.instead("reply.zip", w.run("sh", "-c", "touch -d 2026-11-24T00:00:00Z * && TZ=UTC zip -q -9 -X - * && rm *"))
		}, nothing...),
		one("zip-locked", "an archive under a password", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.instead("reply.zip", locked(zipped(w, "uccx1.cer")))
		}, nothing...),
		one("deep", "PKCS#7 nested without end", "", from("uccx1.csr"), sent("reply.p7b", func(*workshop) []byte {
			oid := "0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
			return []byte(oid + strings.Repeat("0\x80", 20000) + strings.Repeat("\x00\x00", 20001))
		}), nothing...),
		one("p7b-cut", "PKCS#7 that was cut off", "", from("uccx1.csr"), func(w *workshop) {
			w.put("all.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), w.root())
			p7b := w.openssl("crl2pkcs7", "-nocrl", "-certfile", "all.pem", "-outform", "DER")
			w.instead("reply.p7b", p7b[:len(p7b)/2])
		}, nothing...),
	}
}

// pfx lays a PKCS#12 file into the case: a certificate with a key that was made outside of the node.
func (w *workshop) pfx(args ...string) {
	w.put("a.pem", w.leaf("uccx1.csr", w.issuing(), nil))
	w.put("ca.pem", w.issuing(), w.root())
	w.put("a.key", keyPEM(w.t, w.key("uccx1.csr", 2048)))
	out := w.openssl(append([]string{"pkcs12", "-export", "-in", "a.pem", "-inkey", "a.key", "-certfile", "ca.pem", "-passout", "pass:changeit"}, args...)...)
	w.instead("reply.pfx", out)
}

// locked sets the mark of encryption on every file of an archive.
func locked(z []byte) []byte {
	z = bytes.Clone(z)
	for _, head := range []struct {
		mark string
		at   int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for i := 0; i+30 < len(z); i++ {
			if bytes.HasPrefix(z[i:], []byte(head.mark)) {
				z[i+head.at] |= 1
			}
		}
	}
	return z
}

// odd makes the requests that no VOS node makes.
func (w *workshop) odd() {
	key := keyPEM(w.t, w.key("self.csr", 2048))
	w.seeded("request self.csr")
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: w.csr("uccx1.csr").Subject, DNSNames: []string{fqdn1}}, w.key("self.csr", 2048))
	w.must(err)
	w.save(filepath.Join("requests", "self.csr"), cert.RequestPEM(der))
	ed := filepath.Join("testdata", "requests", "ed25519.csr")
	if _, err := os.Stat(ed); err == nil && len(key) > 0 {
		return // its key was thrown away
	}
	w.files = map[string][]byte{}
	out := w.run("sh", "-c", "openssl genpkey -algorithm ed25519 -out k && openssl req -new -key k -subj /CN="+fqdn1+" -addext subjectAltName=DNS:"+fqdn1)
	block, _ := pem.Decode(out)
	w.save(filepath.Join("requests", "ed25519.csr"), cert.RequestPEM(block.Bytes))
}
