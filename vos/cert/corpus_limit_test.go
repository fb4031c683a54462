package cert_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
)

// limitCases are certificates that crypto/x509 refuses, and Java and OpenSSL take.
func limitCases() []making {
	odd := func(c *x509.Certificate) {
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 14}, Value: []byte("no octets")}}
	}
	return []making{
		spoilt("odd-key-id", "a subject key identifier that is not encoded as one", "", from("uccx1.csr"), odd, "warning not-whole"),
		one("odd-root", "the root has a subject key identifier that is not encoded as one", "", from("uccx1.csr"), func(w *workshop) {
			root := w.authority("Example Root CA G2", w.key("root", 2048), ca{}, odd)
			w.put("root.cer", root)
			w.put("issuing.cer", w.issuing())
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
		}, "warning not-whole"),
		one("serial-negative", "a negative serial number", "", from("uccx1.csr"), func(w *workshop) {
			w.put("reply.cer", w.negated(w.leaf("uccx1.csr", w.issuing(), nil), w.issuing().key))
			w.chain()
		}, "warning serial-negative"),
		one("root-serial-negative", "a root of old whose serial number is negative", "", from("uccx1.csr"), func(w *workshop) {
			w.put("root.cer", w.negated(w.root().cert, w.root().key))
			w.put("issuing.cer", w.issuing())
			w.put("reply.cer", w.leaf("uccx1.csr", w.issuing(), nil))
		}),
	}
}
