package rfc5280

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
)

var (
	oidKeyUsage       = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidAuthorityKeyID = asn1.ObjectIdentifier{2, 5, 29, 35}
)

// KeyFits reports whether the Authority Key Identifier of c allows a CA for its issuer: it is that CA's Subject Key Identifier, or
// one of the two is not there (4.2.1.1).
func KeyFits(c, ca *x509.Certificate) bool {
	return len(c.AuthorityKeyId) == 0 || len(ca.SubjectKeyId) == 0 || bytes.Equal(c.AuthorityKeyId, ca.SubjectKeyId)
}

// SerialFits reports whether the Authority Key Identifier of c names no serial number, or that of the CA (4.2.1.1).
func SerialFits(c, ca *x509.Certificate) bool {
	for _, e := range c.Extensions {
		var id struct {
			Key    []byte        `asn1:"optional,tag:0"`
			Issuer asn1.RawValue `asn1:"optional,tag:1"`
			Serial *big.Int      `asn1:"optional,tag:2"`
		}
		if !e.Id.Equal(oidAuthorityKeyID) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &id); err == nil && id.Serial != nil && ca.SerialNumber != nil && id.Serial.Cmp(ca.SerialNumber) != 0 {
			return false
		}
	}
	return true
}

// IssuerRank orders CAs by how c names them: 0 by the key identifier, 1 not at all, 2 for one that it does not allow.
func IssuerRank(c, ca *x509.Certificate) int {
	switch {
	case !KeyFits(c, ca) || !SerialFits(c, ca):
		return 2
	case len(c.AuthorityKeyId) > 0 && bytes.Equal(c.AuthorityKeyId, ca.SubjectKeyId):
		return 0
	}
	return 1
}

// SignsNothing reports whether the Key Usage of a CA is there, can be read, and does not allow to sign certificates (4.2.1.3).
func SignsNothing(ca *x509.Certificate) bool {
	return ca.KeyUsage != 0 || slices.ContainsFunc(ca.Extensions, func(e pkix.Extension) bool {
		var bits asn1.BitString
		_, err := asn1.Unmarshal(e.Value, &bits)
		return e.Id.Equal(oidKeyUsage) && err == nil && bits.At(5) == 0
	})
}

// Joined is a chain, lowest first, in which each issuer is written as the CA above writes its name: Go's verifier compares bytes.
func Joined(chain []*x509.Certificate) []*x509.Certificate {
	all := slices.Clone(chain)
	for i := range all[:len(all)-1] {
		if !bytes.Equal(all[i].RawIssuer, all[i+1].RawSubject) {
			same := *all[i]
			same.RawIssuer = all[i+1].RawSubject
			all[i] = &same
		}
	}
	return all
}
