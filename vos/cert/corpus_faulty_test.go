package cert_test

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

func nameCases() []making {
	names := func(all ...string) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.DNSNames = all }
	}
	ms := func(r vos.Release) asked { return from("uccx-ms.csr").at(r) }
	return []making{
		spoilt("san-www", "www. added", "extra www. SAN", from("uccx1.csr"), names(fqdn1, "www."+fqdn1), "fault san"),
		spoilt("san-parent-added", "the bare domain added", "", from("uccx1.csr"), names(fqdn1, "example.com"), "fault san"),
		spoilt("san-parent-dropped", "the bare domain dropped that was asked for", "dropped SAN", from("uccx1-parent.csr"), names(fqdn1), "fault san"),
		spoilt("san-parent-kept", "the bare domain kept that was asked for", "", from("uccx1-parent.csr"), nil),
		spoilt("san-none", "no names at all", "", from("uccx1.csr"), names(), "fault san", "fault fqdn"),
		spoilt("san-short", "the short name in place of the FQDN", "", from("uccx1.csr"), names("uccx1"), "fault san", "fault fqdn", "note internal-name"),
		spoilt("san-ip", "an IP address added", "", from("uccx1.csr"), func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(10, 1, 2, 3)} }, "fault san", "note internal-name"),
		spoilt("san-mail", "a mail address added", "", from("uccx1.csr"), func(c *x509.Certificate) { c.EmailAddresses = []string{"pki@example.com"} }, "fault san"),
		spoilt("san-capitals", "the names in capital letters", "", from("uccx1.csr"), names("UCCX1.Example.COM")),
		spoilt("wildcard", "a wildcard", "", from("uccx1.csr"), names("*.example.com"), "fault san", "fault fqdn", "fault wildcard"),
		spoilt("wildcard-beside", "a wildcard beside the name", "", from("uccx1.csr"), names(fqdn1, "*.example.com"), "fault san", "fault wildcard"),
		spoilt("other-cn", "another common name than was asked for", "", from("uccx1.csr"), func(c *x509.Certificate) { c.Subject.CommonName = "Contact Centre" }, "note subject"),
		spoilt("long-cn", "a common name of more than 64 letters", "", from("long.csr"), nil, "warning long-cn"),
		spoilt("escapes", "terminal escapes in the common name", "", from("uccx1.csr"), func(c *x509.Certificate) { c.Subject.CommonName = "uccx1\x1b[2J\u202e" }, "note subject"),
		spoilt("multi-server", "one certificate for both nodes", "", ms("12.5(1)SU3"), nil),
		spoilt("multi-server-11.5", "one certificate for both nodes, before 11.6", "", ms("11.5(1)"), nil, "fault multi-server"),
		spoilt("multi-server-11.6", "one certificate for both nodes, where the documents disagree", "", ms("11.6(1)"), nil, "warning multi-disputed"),
		spoilt("ccp-in-san", "CCP among the names of UCCX", "", from("uccx-ms-ccp.csr"), nil, "fault third-node"),
		spoilt("third-unknown", "three names, and no one said whose", "", asked{CSR: "uccx-ms-ccp.csr", Node: fqdn1, Product: vos.UCCX, Release: release}, nil, "fault third-node"),
		several("swapped", "each certificate has the names of the other node", "leaf for the other node", []asked{from("uccx1.csr"), from("uccx2.csr")}, func(w *workshop) {
			w.put("1.cer", w.leaf("uccx1.csr", w.issuing(), func(c *x509.Certificate) { c.DNSNames, c.Subject.CommonName = []string{fqdn2}, fqdn2 }))
			w.put("2.cer", w.leaf("uccx2.csr", w.issuing(), func(c *x509.Certificate) { c.DNSNames, c.Subject.CommonName = []string{fqdn1}, fqdn1 }))
			w.chain()
		}, "fault swapped", "fault san", "fault fqdn", "note subject"),
		one("other-node", "the certificate of the other node only", "leaf for the other node", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx2.csr", w.issuing(), nil))
			w.chain()
		}, "warning stranger", "fault missing"),
		one("older-csr", "made for a CSR of before", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1-older.csr", w.issuing(), nil))
			w.chain()
		}, "fault key-mismatch", "fault missing"),
		several("one-of-two", "one certificate for two requests", "", []asked{from("uccx1.csr"), from("uccx2.csr")}, func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
		}, "fault missing"),
	}
}

func keyCases() []making {
	ecRoot := func(w *workshop) ca { return w.authority("Example EC Root", w.key("ec root", 0), ca{}, nil) }
	signedByEC := func(csr string) func(*workshop) {
		return func(w *workshop) {
			w.put("reply.cer", w.leaf(csr, ecRoot(w), nil))
			w.put("root.cer", ecRoot(w))
		}
	}
	return []making{
		spoilt("4096", "a key of 4096 bits on UCCX", "4096 bit", from("uccx1-4096.csr"), nil, "warning key-size"),
		spoilt("4096-unknown", "a key of 4096 bits on no one knows what", "4096 bit", from("uccx1-4096.csr").nameless(), nil, "warning key-size"),
		spoilt("4096-cucm", "a key of 4096 bits on Unified CM", "", from("cucm1.csr"), nil),
		spoilt("1024", "a key of 1024 bits", "", from("uccx1-1024.csr"), nil, "warning key-weak"),
		spoilt("5120", "a key of 5120 bits", "", from("uccx1-5120.csr"), nil, "fault too-large"),
		spoilt("ec-12.5", "an EC key by an RSA CA, where the node may choose", "", from("uccx1-ec.csr"), nil, "warning ec-by-rsa"),
		one("ec-by-ec", "an EC key by an EC CA", "", from("uccx1-ec.csr"), signedByEC("uccx1-ec.csr")),
		one("ecdsa-11.5", "tomcat-ECDSA of 11.5 by an EC CA", "", from("ccp-ec.csr").at("11.5(1)").as("tomcat-ECDSA"), signedByEC("ccp-ec.csr")),
		spoilt("ecdsa-by-rsa", "tomcat-ECDSA of 11.5 by an RSA CA", "", from("ccp-ec.csr").at("11.5(1)").as("tomcat-ECDSA"), nil, "fault ec-by-rsa-chat"),
		one("ec-as-tomcat", "an EC certificate for tomcat of 11.5", "", from("uccx1-ec.csr").at("11.5(1)"), signedByEC("uccx1-ec.csr"), "fault unit"),
		spoilt("rsa-as-ecdsa", "an RSA certificate for tomcat-ECDSA", "", from("uccx1.csr").at("11.5(1)").as("tomcat-ECDSA"), nil, "fault unit"),
		one("ec-11.6", "an EC certificate where there is no ECDSA", "", from("uccx1-ec.csr").at("11.6(2)"), signedByEC("uccx1-ec.csr"), "warning no-curves"),
		one("key-kind", "a key that no node has", "", asked{CSR: "ed25519.csr", Node: fqdn1}, func(w *workshop) {
			w.put("reply.cer", w.leaf("ed25519.csr", w.issuing(), nil))
			w.chain()
		}, "fault key-kind"),
		spoilt("sha1", "signed with SHA-1", "", from("uccx1.csr"), func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA1WithRSA }, "fault sha1"),
		spoilt("pss", "signed with RSASSA-PSS", "", from("uccx1.csr"), func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA256WithRSAPSS }, "warning pss"),
		one("pss-odd", "signed by openssl with RSASSA-PSS and a long salt", "", from("uccx1.csr"), func(w *workshop) { w.oddPSS() }, "warning pss"),
		spoilt("no-client-auth", "no client authentication", "no clientAuth", from("uccx1.csr"), func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }, "warning eku"),
		spoilt("no-client-auth-mended", "no client authentication, where a mend is announced", "", from("uccx1.csr").at("15.0(1)SU2"), func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }, "note eku-mended"),
		spoilt("no-client-auth-old", "no client authentication, at a release that the notice does not name", "", from("uccx1.csr").at("11.6(2)"), func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }),
		spoilt("no-server-auth", "no server authentication", "", from("uccx1.csr"), func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[1:] }, "fault eku-server"),
		spoilt("no-purposes", "no Extended Key Usage: good for all", "", from("uccx1.csr"), func(c *x509.Certificate) { c.ExtKeyUsage = nil }),
		spoilt("no-data-encipherment", "Data Encipherment dropped", "", from("uccx1.csr"), func(c *x509.Certificate) { c.KeyUsage &^= x509.KeyUsageDataEncipherment }, "warning key-usage"),
		spoilt("critical-uccx", "a critical extension that Java does not know, on UCCX", "", from("uccx1.csr"), critical, "fault critical-unknown"),
		spoilt("critical-cucm", "a critical extension on Unified CM", "", from("cucm1.csr"), critical, "fault critical-cm"),
		spoilt("critical-unknown", "a critical extension on no one knows what", "", from("uccx1.csr").nameless(), critical, "fault critical-unknown"),
		spoilt("critical-known", "a critical name list, which Unified CM alone must not have", "", from("uccx1.csr").nameless(), criticalSAN, "warning critical"),
	}
}

// oddPSS lays a certificate into the case whose signature Go does not know.
func (w *workshop) oddPSS() {
	w.put("ca.pem", w.root())
	w.put("ca.key", keyPEM(w.t, w.key("root", 2048)))
	w.put("a.csr", pemCSR(w.csr("uccx1.csr")))
	w.put("index", "")
	w.put("conf", `[ca]
default_ca=x
[x]
database=index
new_certs_dir=.
rand_serial=yes
policy=p
default_md=sha256
x509_extensions=e
email_in_dn=no
[p]
commonName=supplied
[e]
subjectAltName=DNS:`+fqdn1+`
keyUsage=digitalSignature,keyEncipherment,dataEncipherment
extendedKeyUsage=serverAuth,clientAuth
authorityKeyIdentifier=keyid
`)
	out := w.openssl("ca", "-batch", "-notext", "-config", "conf", "-in", "a.csr", "-cert", "ca.pem", "-keyfile", "ca.key",
		"-startdate", "20261124000000Z", "-enddate", "20270601000000Z", "-sigopt", "rsa_padding_mode:pss")
	w.instead("salted.cer", out)
	w.put("root.cer", w.root())
}

// criticalSAN has the alternative names of node 1 marked critical.
func criticalSAN(c *x509.Certificate) {
	c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 17}, Critical: true, Value: append([]byte{0x30, 19, 0x82, 17}, fqdn1...)}}
}

func critical(c *x509.Certificate) {
	c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 311, 21, 10}, Critical: true, Value: []byte{0x30, 0}}}
}

func lifeCases() []making {
	life := func(from, days int) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.NotBefore = corpusDay.AddDate(0, 0, from)
			c.NotAfter = c.NotBefore.AddDate(0, 0, days)
		}
	}
	windowed := from("uccx1.csr")
	windowed.Window = "2027-06-01"
	late := windowed
	late.Window = "2027-07-01"
	return []making{
		spoilt("expired", "expired yesterday", "expired", from("uccx1.csr"), life(-180, 179), "fault expired"),
		spoilt("not-yet", "valid from tomorrow on", "not yet valid", from("uccx1.csr"), life(1, 180), "fault not-yet"),
		spoilt("ten-days", "ten days left", "", from("uccx1.csr"), life(-180, 190), "warning short"),
		spoilt("window-short", "a few days left at the change window", "", windowed, nil, "warning short"),
		spoilt("window-late", "ends before the change window", "", late, nil, "fault ends-before"),
		spoilt("two-years", "two years, from an internal CA", "", from("uccx1.csr"), life(-1, 730), "note long-life"),
		spoilt("public-398", "398 days, from a public CA", "", from("uccx1.csr"), func(c *x509.Certificate) {
			life(-1, 398)(c)
			c.PolicyIdentifiers = []asn1.ObjectIdentifier{{2, 23, 140, 1, 2, 2}}
			c.Policies = []x509.OID{organisation()}
		}, "warning long-life-public"),
		spoilt("public-398-before", "398 days, from a public CA, issued when that was allowed", "", from("uccx1.csr"), func(c *x509.Certificate) {
			life(-300, 398)(c)
			c.Policies = []x509.OID{organisation()}
		}),
	}
}

// organisation is the policy of public CAs that looked at the organisation.
func organisation() x509.OID {
	id, err := x509.OIDFromInts([]uint64{2, 23, 140, 1, 2, 2})
	if err != nil {
		return x509.OID{}
	}
	return id
}

func chainCases() []making {
	below := func(change func(*x509.Certificate)) func(*workshop) { // a chain whose issuing CA is spoilt
		return func(w *workshop) {
			issuing := w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), change)
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("chain.cer", issuing)
			w.put("root.cer", w.root())
		}
	}
	return []making{
		one("no-intermediate", "the issuing CA was not sent; its address stands in the certificate", "missing intermediate", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"http://pki.example.com/issuing3.crt"} }))
			w.put("root.cer", w.root())
		}, "fault chain"),
		one("no-root", "the root was not sent", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
		}, "fault chain"),
		one("leaf-alone", "no CA at all", "", from("uccx1.csr"), func(w *workshop) { w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil)) }, "fault chain"),
		one("chain-alone", "the CAs alone", "", from("uccx1.csr"), func(w *workshop) { w.chain() }, "fault missing"),
		one("wrong-intermediate", "an issuing CA of that name with another key", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.authority("Example Issuing CA 3", w.key("issuing renewed", 2048), w.root(), nil))
			w.put("root.cer", w.root())
		}, "fault chain"),
		one("cross-signed", "the root also cross-signed by an older one: the short way up", "cross-signed intermediate", from("uccx1.csr"), func(w *workshop) {
			old := w.authority("Example Root CA G1", w.key("other root", 2048), ca{}, nil)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			w.put("cross.cer", w.authority("Example Root CA G2", w.key("root", 2048), old, nil))
			w.put("old.cer", old)
		}, "note left-out"),
		one("cross-signed-alone", "the root cross-signed by an older one, which is there", "cross-signed intermediate", from("uccx1.csr"), func(w *workshop) {
			old := w.authority("Example Root CA G1", w.key("other root", 2048), ca{}, nil)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
			w.put("cross.cer", w.authority("Example Root CA G2", w.key("root", 2048), old, nil))
			w.put("old.cer", old)
		}),
		one("cross-signed-open", "the root cross-signed by an older one, which is not there", "cross-signed intermediate", from("uccx1.csr"), func(w *workshop) {
			old := w.authority("Example Root CA G1", w.key("other root", 2048), ca{}, nil)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
			w.put("cross.cer", w.authority("Example Root CA G2", w.key("root", 2048), old, nil))
		}, "fault chain"),
		one("circle", "two roots that sign each other, and no root", "", from("uccx1.csr"), func(w *workshop) {
			_, one, other := w.circle()
			w.put("fullchain.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), one, other)
		}, "fault chain", "note converted"),
		one("circle-root", "two roots that sign each other, and one of them signed by itself too", "", from("uccx1.csr"), func(w *workshop) {
			old, one, other := w.circle()
			w.put("fullchain.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), one, other, old)
		}, "note converted", "note left-out"),
		one("renamed-ca", "the issuing CA with its key and a new name", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.authority("Example Issuing CA 4", w.key("issuing", 2048), w.root(), nil))
			w.put("root.cer", w.root())
		}, "fault chain"),
		one("authority-id", "the issuing CA with its key and name, and another key identifier than the certificate names", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), func(c *x509.Certificate) { c.SubjectKeyId = []byte{4, 7, 1, 1} }))
			w.put("root.cer", w.root())
		}, "fault authority-id"),
		one("path-length", "a root that allows no CA below it", "", from("uccx1.csr"), func(w *workshop) {
			root := w.authority("Example Root CA G2", w.key("root", 2048), ca{}, func(c *x509.Certificate) { c.MaxPathLenZero = true })
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
			w.put("root.cer", root)
		}, "fault path"),
		one("may-not-sign", "an issuing CA without the right to sign", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature }), "fault path"),
		one("constraints", "an issuing CA for another domain", "", from("uccx1.csr"), below(func(c *x509.Certificate) {
			c.PermittedDNSDomains, c.PermittedDNSDomainsCritical = []string{"example.org"}, true
		}), "fault constraints"),
		one("constraints-fit", "an issuing CA for this domain", "", from("uccx1.csr"), below(func(c *x509.Certificate) {
			c.PermittedDNSDomains, c.PermittedDNSDomainsCritical = []string{"example.com"}, true
		})),
		one("ca-expired", "an issuing CA that has expired", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.NotAfter = corpusDay.AddDate(0, 0, -1) }), "fault ca-expired"),
		one("ca-not-yet", "an issuing CA of tomorrow", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.NotBefore = corpusDay.AddDate(0, 0, 1) }), "fault ca-not-yet"),
		one("ca-ends-first", "an issuing CA that ends before the certificate", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.NotAfter = corpusDay.AddDate(0, 0, 90) }), "warning ca-ends-first"),
		one("ca-purpose", "an issuing CA for servers only", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }), "warning ca-eku"),
		one("ca-weak", "an issuing CA with a key of 1024 bits", "", from("uccx1.csr"), func(w *workshop) {
			issuing := w.authority("Example Issuing CA 1024", w.key("issuing 1024", 1024), w.root(), nil)
			w.put("reply.cer", w.leaf("uccx1.csr", issuing, nil))
			w.put("issuing.cer", issuing)
			w.put("root.cer", w.root())
		}, "warning ca-weak"),
		one("ca-sha1", "an issuing CA that is signed with SHA-1", "", from("uccx1.csr"), below(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA1WithRSA }), "warning ca-weak"),
		one("not-a-ca", "an issuing CA that does not say that it is one", "", from("uccx1.csr"), func(w *workshop) {
			no := w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), func(c *x509.Certificate) { c.IsCA, c.BasicConstraintsValid = false, false })
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", no)
			w.put("root.cer", w.root())
		}, "fault not-ca"),
		spoilt("as-ca", "issued from the template of a CA", "", from("uccx1.csr"), func(c *x509.Certificate) { c.IsCA = true; c.KeyUsage |= x509.KeyUsageCertSign }, "fault as-ca", "fault missing"),
		one("self-signed", "signed by the node's own key", "", asked{CSR: "self.csr", Node: fqdn1}, func(w *workshop) {
			w.put("tomcat.pem", w.leaf("self.csr", ca{nil, w.key("self.csr", 2048)}, nil))
		}, "fault self-signed"),
		one("renewed-root", "a root that was renewed with its key: old and new", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			w.put("old.cer", w.authority("Example Root CA G2", w.key("root", 2048), ca{}, func(c *x509.Certificate) {
				c.NotBefore, c.NotAfter = corpusDay.AddDate(-9, 0, 0), corpusDay.AddDate(0, -1, 0)
			}))
		}, "note left-out"),
	}
}

func storeCases() []making {
	rooted := func(name string, made time.Time, key string) (asked, func(w *workshop)) {
		a := from("uccx1.csr")
		a.Held = []string{name + ".pem"}
		return a, func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			w.hold(name+".pem", w.authority("Example Root CA G2", w.key(key, 2048), ca{}, func(c *x509.Certificate) { c.NotBefore = made }))
		}
	}
	younger, makeYounger := rooted("younger", corpusDay.AddDate(-1, 0, 0), "another root")
	renewed, makeRenewed := rooted("renewed", corpusDay.AddDate(-1, 0, 0), "root")
	older, makeOlder := rooted("older", corpusDay.AddDate(-9, 0, 0), "another root")
	return []making{
		one("kept-out", "an older root than the one of that name that the node holds", "older root with the same CN", younger, makeYounger, "fault kept-out"),
		one("kept-renewed", "the node holds the renewed root already", "", renewed, makeRenewed, "note kept-renewed"),
		one("replaces", "the node holds an older root of that name with another key", "", older, makeOlder, "warning replaces"),
		several("same-cn", "two roots with one common name", "", []asked{from("uccx1.csr"), from("uccx2.csr")}, func(w *workshop) {
			other := w.authority("Example Root CA G2", w.key("another root", 2048), ca{}, nil)
			w.put("1.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("2.cer", w.leaf("uccx2.csr", other, nil))
			w.chain()
			w.put("root2.cer", other)
		}, "warning same-cn"),
		one("nameless-ca", "a root without a common name", "", from("uccx1.csr"), func(w *workshop) {
			root := w.authority("", w.key("nameless", 2048), ca{}, nil)
			w.put("reply.cer", w.leaf("uccx1.csr", root, nil))
			w.put("root.cer", root)
		}, "note file-name"),
		one("odd-ca", "a root with a slash and an escape in its name", "", from("uccx1.csr"), func(w *workshop) {
			root := w.authority("Example/Root \x1b[31mCA", w.key("odd", 2048), ca{}, nil)
			w.put("reply.cer", w.leaf("uccx1.csr", root, nil))
			w.put("root.cer", root)
		}, "note file-name"),
		one("renewed-leaf", "issued twice: the later one counts", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("reply-2.cer", w.leaf("uccx1.csr", w.issuing(), func(c *x509.Certificate) { c.NotBefore = corpusDay.Add(-time.Minute) }))
			w.chain()
		}, "note several"),
	}
}

// trimmed cuts the last line of a PEM text.
func trimmed(text []byte) []byte { return text[:bytes.LastIndex(text, []byte("-----END"))-40] }
