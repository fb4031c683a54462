// Package lenient reads certificates and CSRs that crypto/x509 refuses, such as those with a negative serial number, signs
// that a string type may not hold, or an extension that is not encoded as the standard says. Nodes run Java and OpenSSL,
// which take many of them.
//
// What is read this way is good for showing, for pairing by key and name, and for checking signatures: all of it comes from
// the bytes as they are, which Raw holds unchanged. What could not be read is left empty.
package lenient

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// Tags as they stand in the first byte of an object.
const (
	tagInteger   = 0x02
	tagBits      = 0x03
	tagOctets    = 0x04
	tagOID       = 0x06
	tagUTCTime   = 0x17
	tagTime      = 0x18
	tagSequence  = 0x30
	tagSet       = 0x31
	tagExplicit0 = 0xa0
	tagExplicit3 = 0xa3
)

var errShape = errors.New("it is not a certificate")

// outer is what certificates and CSRs are: a body, an algorithm, and a signature over the body.
type outer struct {
	raw, tbs, alg []byte
	parts         []ber.Element // of the body
	signature     []byte
}

// open takes the outer shape of a certificate or CSR apart.
func open(der []byte) (outer, error) {
	whole, _, err := ber.First(der)
	if err != nil || whole.Tag != tagSequence {
		return outer{}, errShape
	}
	three := ber.Parts(whole.Body)
	if len(three) < 3 || !are(three[:3], tagSequence, tagSequence, tagBits) || len(three[2].Body) == 0 {
		return outer{}, errShape
	}
	return outer{whole.Full, three[0].Full, three[1].Full, ber.Parts(three[0].Body), three[2].Body[1:]}, nil
}

// are reports whether objects have these tags.
func are(all []ber.Element, tags ...byte) bool {
	if len(all) < len(tags) {
		return false
	}
	for i, t := range tags {
		if all[i].Tag != t {
			return false
		}
	}
	return true
}

// Certificate reads a certificate from DER or BER. Trailing bytes are passed over. The error says that the bytes have not
// the shape of a certificate at all.
func Certificate(der []byte) (*x509.Certificate, error) {
	o, err := open(der)
	if err != nil {
		return nil, err
	}
	parts, version := o.parts, 1
	if are(parts, tagExplicit0) {
		version, parts = versionOf(parts[0].Body), parts[1:]
	}
	if !are(parts, tagInteger, tagSequence, tagSequence, tagSequence, tagSequence, tagSequence) || !isSpan(parts[3].Body) || !isKey(parts[5].Body) {
		return nil, errShape
	}
	key, issuer, subject := parts[5].Full, parts[2], parts[4]
	var exts []pkix.Extension
	for _, p := range parts[6:] {
		if p.Tag == tagExplicit3 {
			exts = extensions(p.Body)
		}
	}
	c := assembled(o.alg, key, exts)
	c.Raw, c.RawTBSCertificate, c.RawSubjectPublicKeyInfo, c.RawSubject, c.RawIssuer = o.raw, o.tbs, key, subject.Full, issuer.Full
	c.Version, c.SerialNumber, c.Signature, c.Extensions = version, number(parts[0].Body), o.signature, exts
	c.Subject, c.Issuer = name(subject.Body), name(issuer.Body)
	span := ber.Parts(parts[3].Body)
	c.NotBefore, c.NotAfter = moment(span[0]), moment(span[1])
	return c, nil
}

// versionOf is the version as people count: 1 where there is none.
func versionOf(body []byte) int {
	if p := ber.Parts(body); are(p, tagInteger) && len(p[0].Body) == 1 {
		return int(p[0].Body[0]) + 1
	}
	return 0
}

// isSpan: two times.
func isSpan(body []byte) bool {
	p := ber.Parts(body)
	return len(p) == 2 && (p[0].Tag == tagUTCTime || p[0].Tag == tagTime) && (p[1].Tag == tagUTCTime || p[1].Tag == tagTime)
}

// isKey: an algorithm and the bits of a key.
func isKey(body []byte) bool { return are(ber.Parts(body), tagSequence, tagBits) }

// number reads an INTEGER of any sign, as short as it may be or not.
func number(body []byte) *big.Int {
	n := new(big.Int).SetBytes(body)
	if len(body) > 0 && body[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(body))*8))
	}
	return n
}

// Attributes of a CSR that hold the extensions it asks for: PKCS#9, and what Windows calls the same.
var (
	oidExtensionRequest   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 14}
	oidMicrosoftExtension = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 311, 2, 1, 14}
)

// Request reads a CSR as Certificate reads certificates.
func Request(der []byte) (*x509.CertificateRequest, error) {
	o, err := open(der)
	if err != nil {
		return nil, err
	}
	if !are(o.parts, tagInteger, tagSequence, tagSequence) || !isKey(o.parts[2].Body) {
		return nil, errShape
	}
	var exts []pkix.Extension
	if len(o.parts) > 3 {
		for _, attribute := range ber.Parts(o.parts[3].Body) {
			p := ber.Parts(attribute.Body)
			if id := oid(p); are(p, tagOID, tagSet) && (id.Equal(oidExtensionRequest) || id.Equal(oidMicrosoftExtension)) {
				exts = append(exts, extensions(p[1].Body)...)
			}
		}
	}
	key, subject := o.parts[2].Full, o.parts[1]
	c := assembled(o.alg, key, exts)
	return &x509.CertificateRequest{Raw: o.raw, RawTBSCertificateRequest: o.tbs, RawSubjectPublicKeyInfo: key, RawSubject: subject.Full, Version: int(number(o.parts[0].Body).Int64()),
		Signature: o.signature, SignatureAlgorithm: c.SignatureAlgorithm, PublicKeyAlgorithm: c.PublicKeyAlgorithm, PublicKey: c.PublicKey, Subject: name(subject.Body),
		Extensions: exts, DNSNames: c.DNSNames, EmailAddresses: c.EmailAddresses, IPAddresses: c.IPAddresses, URIs: c.URIs}, nil
}

// oid reads the object identifier at the begin of some objects; nil where there is none.
func oid(parts []ber.Element) asn1.ObjectIdentifier {
	var id asn1.ObjectIdentifier
	if len(parts) == 0 || parts[0].Tag != tagOID {
		return nil
	}
	if _, err := asn1.Unmarshal(parts[0].Full, &id); err != nil {
		return nil
	}
	return id
}
