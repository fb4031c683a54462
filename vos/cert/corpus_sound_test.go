package cert_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"unicode/utf16"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// making is a case with the work that makes it.
type making struct {
	reply
	make func(*workshop)
}

const (
	fqdn1, fqdn2, fqdnChat, fqdnCM = "uccx1.example.com", "uccx2.example.com", "ccp.example.com", "cucm1.example.com"
	release                        = "12.5(1)SU3"
)

// from is a request of publisher, subscriber, chat or Unified CM, by its file.
func from(csr string) asked {
	switch {
	case strings.HasPrefix(csr, "uccx2"):
		return asked{CSR: csr, Node: fqdn2, Unit: "tomcat", Product: vos.UCCX, Release: release, Peers: []string{fqdn1}, Others: []string{fqdnChat}}
	case strings.HasPrefix(csr, "ccp"):
		return asked{CSR: csr, Node: fqdnChat, Unit: "tomcat", Product: vos.CCP, Release: release, Others: []string{fqdn1, fqdn2}}
	case strings.HasPrefix(csr, "cucm"):
		return asked{CSR: csr, Node: fqdnCM, Unit: "tomcat", Product: vos.CUCM, Release: "15"}
	}
	return asked{CSR: csr, Node: fqdn1, Unit: "tomcat", Product: vos.UCCX, Release: release, Peers: []string{fqdn2}, Others: []string{fqdnChat}}
}

// at is the request at another release.
func (a asked) at(r vos.Release) asked { a.Release = r; return a }

// as is the request under another identity.
func (a asked) as(unit string) asked { a.Unit = unit; return a }

// nameless is the request of a node of which no one said what it is.
func (a asked) nameless() asked { return asked{CSR: a.CSR, Node: a.Node, Unit: a.Unit} }

// one is a case of one request.
func one(name, about, seam string, a asked, do func(*workshop), want ...string) making {
	return making{reply{Name: name, About: about, Seam: seam, Asked: []asked{a}, Want: want}, do}
}

// several is a case of several requests.
func several(name, about, seam string, all []asked, do func(*workshop), want ...string) making {
	return making{reply{Name: name, About: about, Seam: seam, Asked: all, Want: want}, do}
}

// spoilt is a case of one certificate that differs from an honest one, with its chain beside it.
func spoilt(name, about, seam string, a asked, change func(*x509.Certificate), want ...string) making {
	return one(name, about, seam, a, func(w *workshop) {
		w.put("reply.cer", w.leaf(a.CSR, w.issuing(), change))
		w.chain()
	}, want...)
}

// dressed is a sound case: certificate and chain in PEM, of which the work makes something else.
func dressed(name, about string, dress func(w *workshop, all []byte), want ...string) making {
	return one(name, about, "", from("uccx1.csr"), func(w *workshop) {
		w.put("all.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), w.root())
		dress(w, w.files["all.pem"])
	}, want...)
}

const conv = "note converted"

func swapText(from, to string) func(*workshop, []byte) {
	return func(w *workshop, all []byte) { w.instead("reply.txt", bytes.ReplaceAll(all, []byte(from), []byte(to))) }
}

// soundCases are replies that a node takes, as they are or converted.
func soundCases() []making {
	p7b := func(w *workshop, form string) []byte {
		return w.openssl("crl2pkcs7", "-nocrl", "-certfile", "all.pem", "-outform", form)
	}
	return []making{
		one("separate", "three files, as asked for", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
		}),
		several("three-nodes", "one certificate for each node, names that tell nothing", "", []asked{from("uccx1.csr"), from("uccx2.csr"), from("ccp.csr")}, func(w *workshop) {
			w.put("4711.cer", w.leaf("ccp.csr", w.issuing(), nil))
			w.put("4712.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("4713.cer", w.leaf("uccx2.csr", w.issuing(), nil))
			w.chain()
		}),
		dressed("bundle", "everything in one PEM", func(*workshop, []byte) {}, conv),
		one("bundle-upside-down", "everything in one PEM, the root first, some of it twice", "", from("uccx1.csr"), func(w *workshop) {
			w.put("chain.pem", w.root(), w.issuing(), w.root(), w.leaf("uccx1.csr", w.issuing(), nil), w.issuing())
		}, conv),
		dressed("windows-lines", "Windows line ends", swapText("\n", "\r\n"), conv),
		dressed("mac-lines", "line ends of old Macs", swapText("\n", "\r"), conv),
		dressed("byte-order-mark", "a byte order mark before the text", func(w *workshop, all []byte) { w.instead("reply.cer", append([]byte("\xef\xbb\xbf"), all...)) }, conv),
		dressed("utf-16", "saved by PowerShell", func(w *workshop, all []byte) {
			out := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(string(all))) {
				out = append(out, byte(u), byte(u>>8))
			}
			w.instead("reply.cer", out)
		}, conv),
		dressed("openssl-text", "openssl x509 -text before each certificate", func(w *workshop, all []byte) {
			w.instead("reply.pem", append(w.openssl("x509", "-text", "-in", "all.pem"), all...))
		}, conv),
		dressed("mail-quotes", "quoted by a mail program", func(w *workshop, all []byte) {
			w.instead("mail.txt", []byte("> Hello,\n> "+strings.ReplaceAll(string(all), "\n", "\n> ")))
		}, conv),
		dressed("quoted-printable", "equal signs written as =3D", swapText("=\n", "=3D\n"), conv),
		dressed("indented", "blanks before each line", swapText("\n", "\n    "), conv),
		dressed("long-lines", "base64 in one line", func(w *workshop, all []byte) {
			var b strings.Builder
			for block, rest := pem.Decode(all); block != nil; block, rest = pem.Decode(rest) {
				b.WriteString("-----BEGIN CERTIFICATE-----\n" + base64.StdEncoding.EncodeToString(block.Bytes) + "\n-----END CERTIFICATE-----\n")
			}
			w.instead("reply.pem", []byte(b.String()))
		}, conv),
		dressed("x509-label", "BEGIN X509 CERTIFICATE", swapText("CERTIFICATE", "X509 CERTIFICATE"), conv),
		dressed("p7b-der", "PKCS#7 in DER, made by openssl", func(w *workshop, _ []byte) { w.instead("reply.p7b", p7b(w, "DER")) }, conv),
		dressed("p7b-pem", "PKCS#7 in PEM, made by openssl", func(w *workshop, _ []byte) { w.instead("reply.p7b", p7b(w, "PEM")) }, conv),
		dressed("p7b-mislabelled", "PKCS#7 that calls itself CERTIFICATE, as Windows CAs do", func(w *workshop, _ []byte) {
			w.instead("certnew.p7b", bytes.ReplaceAll(p7b(w, "PEM"), []byte("PKCS7"), []byte("CERTIFICATE")))
		}, conv),
		dressed("p7b-ber", "PKCS#7 in BER, with lengths that are indefinite", func(w *workshop, _ []byte) { w.instead("reply.p7b", indefinite(p7b(w, "DER"), 5)) }, conv),
		dressed("p7b-base64", "PKCS#7 in base64 without its lines", func(w *workshop, _ []byte) {
			w.instead("reply.txt", []byte(base64.StdEncoding.EncodeToString(p7b(w, "DER"))))
		}, conv),
		one("der", "one DER file each, all with the wrong suffix", "p7b", from("uccx1.csr"), func(w *workshop) {
			w.put("a.p7b", w.leaf("uccx1.csr", w.issuing(), nil).Raw)
			w.put("b.pfx.txt", w.issuing().cert.Raw)
			w.put("c", w.root().cert.Raw)
		}, conv),
		one("der-in-a-row", "DER one behind the other, and a line end", "", from("uccx1.csr"), func(w *workshop) {
			w.put("all.der", w.leaf("uccx1.csr", w.issuing(), nil).Raw, w.issuing().cert.Raw, w.root().cert.Raw, "\r\n")
		}, conv),
		dressed("trusted", "openssl's TRUSTED CERTIFICATE", func(w *workshop, all []byte) {
			first := w.openssl("x509", "-in", "all.pem", "-trustout", "-addtrust", "serverAuth", "-setalias", "uccx1")
			_, rest := pem.Decode(all)
			w.instead("reply.pem", append(first, rest...))
		}, conv),
		one("zip", "a zip archive, made by zip, with a letter in it", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("readme.txt", "Dear customer,\nattached you will find your certificate.\n")
			w.chain()
			w.instead("reply.zip", zipped(w, "uccx1.cer", "readme.txt", "root.cer", "issuing.cer"))
		}, conv),
		one("zip-in-zip", "a zip archive in a zip archive", "", from("uccx1.csr"), func(w *workshop) {
			w.put("all.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), w.root())
			w.instead("inner.zip", zipped(w, "all.pem"))
			w.instead("reply.zip", zipped(w, "inner.zip"))
		}, conv),
		one("letter-beside", "a letter, a picture and an empty file beside it", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("letter.txt", "Dear customer,\n")
			w.put("logo.png", "\x89PNG\r\n\x1a\n")
			w.put("empty.cer", "")
			w.chain()
		}),
		one("more-cas", "all CAs that the company has", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			other := w.authority("Example Root CA G1", w.key("other root", 2048), ca{}, nil)
			w.put("others.pem", other, w.authority("Example Issuing CA 1", w.key("other issuing", 2048), other, nil))
		}, conv),
		one("three-tiers", "a policy CA between root and issuing CA", "", from("uccx1.csr"), func(w *workshop) {
			policy := w.authority("Example Policy CA", w.key("policy", 2048), w.root(), func(c *x509.Certificate) { c.MaxPathLen = 1 })
			issuing := w.authority("Example Issuing CA 4", w.key("issuing 4", 2048), policy, func(c *x509.Certificate) { c.MaxPathLenZero = true })
			w.put("uccx1.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("1.cer", issuing)
			w.put("2.cer", w.root())
			w.put("3.cer", policy)
		}),
		one("root-alone-signs", "no intermediate: the root signs", "", from("uccx1.csr"), func(w *workshop) {
			w.put("uccx1.cer", w.leaf("uccx1.csr", w.root(), nil))
			w.put("root.cer", w.root())
		}),
	}
}

// zipped is what zip makes of some files of the case; without times, so that it is the same each time.
func zipped(w *workshop, names ...string) []byte {
	return w.run("sh", "-c", "touch -d 2026-11-24T00:00:00Z * && TZ=UTC zip -q -X - "+strings.Join(names, " "))
}

// indefinite writes the outer levels of DER with indefinite lengths.
func indefinite(der []byte, depth int) []byte {
	n, length := 2, int(der[1])
	if der[1]&0x80 != 0 {
		n, length = 2+int(der[1]&0x7f), 0
		for _, b := range der[2:n] {
			length = length<<8 | int(b)
		}
	}
	body := der[n : n+length]
	out := []byte{der[0], 0x80}
	for len(body) > 0 {
		size := elementSize(body)
		if body[0]&0x20 != 0 && depth > 1 && size > 200 {
			out = append(out, indefinite(body[:size], depth-1)...)
		} else {
			out = append(out, body[:size]...)
		}
		body = body[size:]
	}
	return append(out, 0, 0)
}

func elementSize(der []byte) int {
	if der[1]&0x80 == 0 {
		return 2 + int(der[1])
	}
	n, length := int(der[1]&0x7f), 0
	for _, b := range der[2 : 2+n] {
		length = length<<8 | int(b)
	}
	return 2 + n + length
}

// pemOf is a certificate in PEM as a text.
func pemOf(c *x509.Certificate) string { return string(cert.PEM(c)) }
