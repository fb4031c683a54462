package cert_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

func lowered(s string) string { return strings.ToLower(s) }

func doubled(s string) string { return strings.ReplaceAll(s, " ", "  ") + " " }

// fieldStores are replies that are judged with what the nodes hold.
func fieldStores() []making {
	const rootFile, issuingFile = "field-root.pem", "field-issuing.pem"
	// cross is the younger form of the root that another root signed.
	cross := func(w *workshop) (x1, crossed ca) {
		x1 = w.authority("Example Elder Root", w.key("elder", 2048), ca{}, nil)
		return x1, w.authority("Example Root CA G2", w.key("root", 2048), x1, func(c *x509.Certificate) { c.NotBefore = corpusDay.AddDate(-1, 0, 0) })
	}
	bare := func(w *workshop) {
		w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
		w.hold(rootFile, w.root())
		w.hold(issuingFile, w.issuing())
	}
	whole := func(w *workshop) {
		w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
		w.chain()
		x1, crossed := cross(w)
		w.hold("field-crossed.pem", crossed)
		w.hold("field-elder.pem", x1)
	}
	return []making{
		one("field-renewal", "a renewal without the root, which the node holds", "", held(from("uccx1.csr"), rootFile), func(w *workshop) {
			bare(w)
			w.put("issuing.cer", w.issuing())
		}, "note from-store"),
		one("field-renewal-leaf", "a renewal of the certificate alone: the node holds its chain", "", held(from("uccx1.csr"), issuingFile, rootFile), bare, "note from-store"),
		one("field-renewal-half", "a renewal of the certificate alone: the node holds the root alone", "", held(from("uccx1.csr"), rootFile), bare, "fault chain"),
		several("field-renewal-two", "a renewal without the root, which both nodes hold", "", []asked{held(from("uccx1.csr"), rootFile), held(from("uccx2.csr"), rootFile)}, func(w *workshop) {
			bare(w)
			w.put("reply2.cer", w.leaf("uccx2.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
		}, "note from-store"),
		several("field-renewal-one", "a renewal without the root, which one of two nodes holds", "", []asked{held(from("uccx1.csr"), rootFile), from("ccp.csr")}, func(w *workshop) {
			bare(w)
			w.put("reply2.cer", w.leaf("ccp.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
		}, "note from-store", "fault chain"),
		one("field-renewal-expired", "a renewal without the root, which the node holds and which has expired", "", held(from("uccx1.csr"), "field-expired.pem"), func(w *workshop) {
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
			w.hold("field-expired.pem", w.authority("Example Root CA G2", w.key("root", 2048), ca{}, func(c *x509.Certificate) { c.NotAfter = corpusDay.AddDate(0, -1, 0) }))
		}, "note from-store", "fault ca-expired"),
		one("field-kept-cross", "the node holds the root cross-signed by a CA that is nowhere, and keeps it", "", held(from("uccx1.csr"), "field-crossed.pem"), whole, "warning kept-cross"),
		one("field-kept-cross-held", "the node holds the root cross-signed by a CA that it holds too", "", held(from("uccx1.csr"), "field-crossed.pem", "field-elder.pem"), whole, "note kept-renewed"),
		one("field-kept-cross-sent", "the node holds the root cross-signed by a CA that was sent too", "", held(from("uccx1.csr"), "field-crossed.pem"), func(w *workshop) {
			whole(w)
			x1, _ := cross(w)
			w.put("elder.cer", x1)
		}, "note kept-renewed"),
		one("field-kept-cross-expired", "the node holds the root cross-signed by a CA that has expired", "", held(from("uccx1.csr"), "field-crossed.pem", "field-elder-expired.pem"), func(w *workshop) {
			whole(w)
			w.hold("field-elder-expired.pem", w.authority("Example Elder Root", w.key("elder", 2048), ca{}, func(c *x509.Certificate) { c.NotAfter = corpusDay.AddDate(0, -1, 0) }))
		}, "warning kept-cross"),
		several("field-stores-differ", "two nodes whose stores begin with the same certificate: one holds the root, the other does not", "", []asked{
			held(from("uccx1.csr"), issuingFile, rootFile), held(from("ccp.csr"), issuingFile)}, func(w *workshop) {
			bare(w)
			w.put("reply2.cer", w.leaf("ccp.csr", w.issuing(), nil))
		}, "note from-store", "fault chain"),
		one("field-replaces-cross", "the cross-signed root takes the place of the self-signed one", "", held(from("uccx1.csr"), rootFile), func(w *workshop) {
			x1, crossed := cross(w)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.put("issuing.cer", w.issuing())
			w.put("crossed.cer", crossed)
			w.put("elder.cer", x1)
			w.hold(rootFile, w.root())
		}, "note replaces-cross"),
		one("field-cross-alone", "the root cross-signed by a CA that was not sent, as ACME does", "", from("uccx1.csr"), func(w *workshop) {
			_, crossed := cross(w)
			w.put("fullchain.pem", w.leaf("uccx1.csr", w.issuing(), nil), w.issuing(), crossed)
		}, "fault chain", conv),
		one("field-twin", "the root and its cross-signed twin: one goes up, one stays behind", "", from("uccx1.csr"), func(w *workshop) {
			x1, crossed := cross(w)
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
			w.chain()
			w.put("crossed.cer", crossed)
			w.put("elder.cer", x1)
		}, "note left-out"),
	}
}

func fieldNames() []making {
	upn := append([]byte{0xa0, 0x1f, 6, 10, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 0x14, 2, 3, 0xa0, 0x11, 0x0c, 0x0f}, "uccx1@corp.test"...)
	dir := append([]byte{0xa4, 0x12, 0x30, 0x10, 0x31, 0x0e, 0x30, 0x0c, 6, 3, 0x55, 4, 3, 0x0c, 5}, "uccx1"...)
	local := asked{CSR: "field-local.csr", Node: "uccx1.corp.local", Unit: "tomcat", Product: vos.UCCX, Release: release}
	noSAN := asked{CSR: "field-nosan.csr", Node: fqdn1, Unit: "tomcat", Product: vos.UCCX, Release: release}
	names := func(all ...string) func(*x509.Certificate) { return func(c *x509.Certificate) { c.DNSNames = all } }
	cm := asked{CSR: "field-ms-cm.csr", Node: fqdnCM, Unit: "tomcat", Product: vos.CUCM, Release: "15SU2"}
	return []making{
		spoilt("field-upn", "a user principal name among the names", "", from("uccx1.csr"), andName(upn...), "fault san"),
		spoilt("field-directory-name", "a directory name among the names", "", from("uccx1.csr"), andName(dir...), "fault san"),
		spoilt("field-registered-id", "a registered ID among the names", "", from("uccx1.csr"), andName(0x88, 3, 0x2a, 3, 4), "fault san"),
		spoilt("field-uri-odd", "a URI among the names that does not parse", "", from("uccx1.csr"), func(c *x509.Certificate) { c.EmailAddresses = []string{"root@localhost"} }, "fault san"),
		spoilt("field-no-cn", "no common name", "", from("uccx1.csr"), func(c *x509.Certificate) { c.Subject.CommonName = "" }, "warning no-common-name"),
		spoilt("field-no-subject", "no subject, as some public profiles have it", "", from("uccx1.csr"), func(c *x509.Certificate) {
			c.Subject, c.ExtKeyUsage, c.KeyUsage = pkix.Name{}, c.ExtKeyUsage[:1], x509.KeyUsageDigitalSignature
		}, "warning no-common-name", "warning key-usage", "warning eku"),
		spoilt("field-local", "an internal name", "", local, nil, "note internal-name"),
		spoilt("field-private-ip", "a private address among the names", "", from("uccx1.csr"), func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(192, 168, 1, 9)} }, "fault san", "note internal-name"),
		spoilt("field-nosan", "the CSR has no names, the certificate has the FQDN", "", noSAN, names(fqdn1)),
		spoilt("field-nosan-www", "the CSR has no names, the certificate has the FQDN and www.", "", noSAN, names(fqdn1, "www."+fqdn1)),
		spoilt("field-nosan-none", "the CSR has no names, and neither has the certificate", "", noSAN, nil, "fault fqdn"),
		spoilt("field-nosan-parent", "the CSR has no names, the certificate has the domain alone", "", noSAN, names("example.com"), "fault fqdn"),
		spoilt("field-ms-cm", "multi-server with presence and the domain on Unified CM", "", cm, nil),
		spoilt("field-ms-cn", "multi-server, the common name replaced by the first name", "", cm, func(c *x509.Certificate) { c.Subject.CommonName = fqdnCM }, "note subject"),
		spoilt("field-ms-dropped", "multi-server, one node dropped", "", cm, func(c *x509.Certificate) { c.DNSNames = c.DNSNames[:2] }, "fault san"),
	}
}
