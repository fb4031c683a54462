package cert_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
)

// spelling is how a CA writes a name: the string type, and what it does to the letters.
type spelling struct {
	tag  int
	text func(string) []byte
}

// spelled is a CA under the same name in another form: what it signs bears that form as issuer.
func (w *workshop) spelled(a ca, s spelling) ca {
	var rdns []asn1.RawValue
	rest, err := asn1.Unmarshal(a.cert.RawSubject, &rdns)
	if err != nil || len(rest) > 0 {
		w.t.Fatal(err)
	}
	for i, set := range rdns {
		var at struct {
			Type  asn1.ObjectIdentifier
			Value asn1.RawValue
		}
		_, err := asn1.Unmarshal(set.Bytes, &at)
		w.must(err)
		at.Value = asn1.RawValue{Tag: s.tag, Bytes: s.text(string(at.Value.Bytes))}
		inner, err := asn1.Marshal(at)
		w.must(err)
		rdns[i] = asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: inner}
	}
	raw, err := asn1.Marshal(rdns)
	w.must(err)
	c := *a.cert
	c.RawSubject = raw
	return ca{&c, a.key}
}

// body is the part of a certificate that is signed.
type body struct {
	Version    int `asn1:"explicit,tag:0"`
	Serial     *big.Int
	Algorithm  asn1.RawValue
	Issuer     asn1.RawValue
	Validity   asn1.RawValue
	Subject    asn1.RawValue
	Key        asn1.RawValue
	Extensions []pkix.Extension `asn1:"explicit,tag:3"`
}

// rebuilt changes the signed part of a certificate and has it signed once more, by an RSA key.
func (w *workshop) rebuilt(c *x509.Certificate, by crypto.Signer, change func(*body)) *x509.Certificate {
	var b body
	_, err := asn1.Unmarshal(c.RawTBSCertificate, &b)
	w.must(err)
	change(&b)
	tbs, err := asn1.Marshal(b)
	w.must(err)
	sum := sha256.Sum256(tbs)
	signature, err := rsa.SignPKCS1v15(rand.Reader, by.(*rsa.PrivateKey), crypto.SHA256, sum[:])
	w.must(err)
	der, err := asn1.Marshal(struct {
		Body      asn1.RawValue
		Algorithm asn1.RawValue
		Signature asn1.BitString
	}{asn1.RawValue{FullBytes: tbs}, b.Algorithm, asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)}})
	w.must(err)
	out, err := x509.ParseCertificate(der)
	w.must(err)
	return out
}

// ladder is a chain of CAs below the root, the last one signs.
func (w *workshop) ladder(n int) []ca {
	all := []ca{w.root()}
	for i := range n {
		all = append(all, w.authority(fmt.Sprintf("Example Level %02d CA", i+1), w.key("issuing", 2048), all[i], nil))
	}
	return all
}

func held(a asked, names ...string) asked { a.Held = names; return a }

func extra(ids ...pkix.Extension) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.ExtraExtensions = ids }
}

// names of other kinds behind the FQDN of node 1.
func andName(der ...byte) func(*x509.Certificate) {
	names := append([]byte{0x82, byte(len(fqdn1))}, fqdn1...)
	names = append(names, der...)
	return extra(pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 17}, Value: append([]byte{0x30, byte(len(names))}, names...)})
}

// fieldCases are the kinds of replies that the field sends.
func fieldCases() []making {
	return slices.Concat(fieldForms(), fieldClients(), fieldNotices(), fieldStores(), fieldNames())
}

func fieldForms() []making {
	utf8 := spelling{asn1.TagUTF8String, func(s string) []byte { return []byte(s) }}
	form := func(name, about string, s spelling, want ...string) making {
		return one("field-"+name, about, "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.spelled(w.issuing(), s), nil))
			w.chain()
		}, want...)
	}
	wide := func(s string) []byte {
		var out []byte
		for _, r := range s {
			out = append(out, 0, byte(r))
		}
		return out
	}
	deep := func(name string, n int, want ...string) making {
		return one("field-"+name, fmt.Sprintf("%d intermediates", n), "", from("uccx1.csr"), func(w *workshop) {
			all := w.ladder(n)
			w.put("reply.cer", w.leaf("uccx1.csr", all[n], nil))
			for i, a := range all {
				w.put(fmt.Sprintf("ca%02d.cer", i), a)
			}
		}, want...)
	}
	return []making{
		form("issuer-utf8", "the issuer as UTF8String, the CA as PrintableString", utf8, "note name-form"),
		form("issuer-case", "the issuer in small letters", spelling{asn1.TagPrintableString, func(s string) []byte { return []byte(lowered(s)) }}, "note name-form"),
		form("issuer-blanks", "the issuer with two blanks, and one behind", spelling{asn1.TagPrintableString, func(s string) []byte { return []byte(doubled(s)) }}, "note name-form"),
		form("issuer-bmp", "the issuer in UTF-16", spelling{asn1.TagBMPString, wide}, "warning name-form-java"),
		form("issuer-t61", "the issuer as TeletexString", spelling{asn1.TagT61String, func(s string) []byte { return []byte(s) }}, "warning name-form-java"),
		form("issuer-other", "the issuer has another name", spelling{asn1.TagUTF8String, func(s string) []byte { return []byte(s + "x") }}, "fault chain"),
		one("field-root-utf8", "the intermediate names the root in another form", "", from("uccx1.csr"), func(w *workshop) {
			issuing := w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.spelled(w.root(), utf8), nil)
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("issuing.cer", issuing)
			w.put("root.cer", w.root())
		}, "note name-form"),
		one("field-alike", "a CA of the folded name, with another key", "", from("uccx1.csr"), func(w *workshop) {
			other := w.authority("EXAMPLE Issuing CA 3", w.key("other issuing", 2048), w.root(), nil)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", other)
			w.put("root.cer", w.root())
		}, "fault chain"),
		one("field-sha1-way", "two roots of one name, an intermediate signed with SHA-1 by one of them: the way that verifies", "", from("uccx1.csr"), func(w *workshop) {
			bare := func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA1WithRSA }
			right := w.authority("Example Old Root", w.key("old root", 2048), ca{}, nil)
			wrong := w.authority("Example Old Root", w.key("wrong root", 2048), ca{}, func(c *x509.Certificate) { c.NotAfter = corpusDay.AddDate(20, 0, 0) })
			right.cert.SubjectKeyId, wrong.cert.SubjectKeyId = nil, nil
			issuing := w.authority("Example Old Issuing", w.key("issuing", 2048), right, bare)
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("issuing.cer", issuing)
			w.put("a.cer", wrong)
			w.put("b.cer", right)
		}, "note left-out", "warning ca-weak"),
		one("field-pss-key", "an intermediate whose key is marked for RSASSA-PSS alone", "", from("uccx1.csr"), func(w *workshop) {
			marked := w.rebuilt(w.issuing().cert, w.key("root", 2048), func(b *body) {
				var info struct {
					Algorithm asn1.RawValue
					Key       asn1.BitString
				}
				_, err := asn1.Unmarshal(b.Key.FullBytes, &info)
				w.must(err)
				info.Algorithm = asn1.RawValue{FullBytes: []byte{0x30, 0x0b, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10}}
				b.Key.FullBytes, err = asn1.Marshal(info)
				w.must(err)
			})
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA256WithRSAPSS }))
			w.put("issuing.cer", marked)
			w.put("root.cer", w.root())
		}, "warning pss"),
		one("field-constraints-form", "an issuing CA for another domain, under which the issuer is written in another form", "", from("uccx1.csr"), func(w *workshop) {
			bound := w.authority("Example Bound CA", w.key("issuing", 2048), w.root(), func(c *x509.Certificate) {
				c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"example.net"}
			})
			w.put("reply.cer", w.leaf("uccx1.csr", w.spelled(bound, utf8), nil))
			w.put("issuing.cer", bound)
			w.put("root.cer", w.root())
		}, "fault constraints", "note name-form"),
		deep("depth-5", 5),
		deep("depth-7", 7, "note chain-deep"),
		deep("depth-12", 12, "warning chain-long"),
	}
}

func fieldClients() []making {
	poison := pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 3}, Critical: true, Value: []byte{5, 0}}
	staple := pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Value: []byte{0x30, 3, 2, 1, 5}}
	points := pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 31}, Critical: true, Value: []byte{0x30, 0}}
	noUsage := pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 1, 0}}
	usage := func(u x509.KeyUsage) func(*x509.Certificate) { return func(c *x509.Certificate) { c.KeyUsage = u } }
	below := func(name, cn string, org string, want ...string) making {
		return one("field-"+name, "signed by "+cn, "", from("uccx1.csr"), func(w *workshop) {
			root := w.authority(cn, w.key("root", 2048), ca{}, func(c *x509.Certificate) { c.Subject.Organization = []string{org} })
			w.put("reply.cer", w.leaf("uccx1.csr", root, nil))
			w.put("root.cer", root)
		}, want...)
	}
	return []making{
		spoilt("field-precert-uccx", "the precertificate, on UCCX", "", from("uccx1.csr"), extra(poison), "fault precertificate"),
		spoilt("field-precert-ccp", "the precertificate, on CCP", "", from("ccp.csr"), extra(poison), "fault precertificate"),
		spoilt("field-precert-cucm", "the precertificate, on Unified CM", "", from("cucm1.csr"), extra(poison), "fault precertificate"),
		spoilt("field-precert-unknown", "the precertificate, on an unknown node", "", from("uccx1.csr").nameless(), extra(poison), "fault precertificate"),
		spoilt("field-crl-critical", "CRL distribution points that are critical: OpenSSL takes them, Java does not", "", from("uccx1.csr"), extra(points), "fault critical-unknown"),
		spoilt("field-staple", "must-staple", "", from("uccx1.csr"), extra(staple), "warning must-staple"),
		spoilt("field-usage-ke", "Key Encipherment alone", "", from("uccx1.csr"), usage(x509.KeyUsageKeyEncipherment), "fault no-signing", "warning key-usage"),
		spoilt("field-usage-de", "all but Digital Signature", "", from("uccx1.csr"), usage(x509.KeyUsageKeyEncipherment|x509.KeyUsageDataEncipherment|x509.KeyUsageKeyAgreement), "fault no-signing", "warning key-usage"),
		spoilt("field-usage-ds", "Digital Signature alone", "", from("uccx1.csr"), usage(x509.KeyUsageDigitalSignature), "warning key-usage"),
		spoilt("field-usage-absent", "no Key Usage at all: everything is allowed", "", from("uccx1.csr"), usage(0)),
		spoilt("field-usage-empty", "a Key Usage without any bit: Java and OpenSSL refuse it", "", from("uccx1.csr"), func(c *x509.Certificate) { c.KeyUsage, c.ExtraExtensions = 0, []pkix.Extension{noUsage} }, "fault no-signing"),
		below("staging", "(STAGING) Pretend Pear X1", "(STAGING) Example", "warning test-ca"),
		below("pebble", "Pebble Root CA 2a3f1b", "Example", "warning test-ca"),
		below("brand-test", "DigiCert Test Root", "DigiCert", "warning test-ca"),
		below("own-test", "Corp Test Lab Root", "Corp"),
		below("false-root", "ISRG Root X1", "Internet Security Research Group", "warning root-unlike"),
		one("field-ca-usage-empty", "a CA with a Key Usage without any bit", "", from("uccx1.csr"), func(w *workshop) {
			issuing := w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), func(c *x509.Certificate) { c.KeyUsage, c.ExtraExtensions = 0, []pkix.Extension{noUsage} })
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("issuing.cer", issuing)
			w.put("root.cer", w.root())
		}, "fault path"),
		one("field-ca-critical", "a CA with a critical extension that no client knows", "", from("uccx1.csr"), func(w *workshop) {
			issuing := w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), critical)
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("issuing.cer", issuing)
			w.put("root.cer", w.root())
		}, "fault ca-critical"),
	}
}

func fieldNotices() []making {
	at := func(name, csr string, p vos.Product, r vos.Release, want ...string) making {
		a := from(csr)
		a.Product, a.Release = p, r
		return spoilt("field-eku-"+name, "no client authentication on "+string(p)+" "+string(r), "", a, func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }, want...)
	}
	return []making{
		at("cm-12", "cucm1.csr", vos.CUCM, "12.5(1)SU7"),
		at("cm-14su4", "cucm1.csr", vos.CUCM, "14SU4", "warning eku"),
		at("cm-15su4-build", "cucm1.csr", vos.CUCM, "15.0.1.14900-10", "warning eku"),
		at("cm-15su5", "cucm1.csr", vos.CUCM, "15SU5", "note eku-mended"),
		at("cm-15su5-build", "cucm1.csr", vos.CUCM, "15.0.1.15900-10", "note eku-mended"),
		at("finesse-su2", "uccx1.csr", vos.Finesse, "15.0(1)SU2", "warning eku"),
		at("finesse-su2-build", "uccx1.csr", vos.Finesse, "15.0.1.10200-22", "warning eku"),
		at("uccx-su2-build", "uccx1.csr", vos.UCCX, "15.0.1.11002-20", "note eku-mended"),
		at("uccx-su1-build", "uccx1.csr", vos.UCCX, "15.0.1.11001-20", "warning eku"),
		at("ccp-su2", "ccp.csr", vos.CCP, "15.0(1)SU2", "note eku-mended"),
		at("mediasense", "uccx1.csr", vos.MediaSense, "11.5(1)", "warning eku"),
	}
}
