package rfc5280

import (
	"crypto"
	"crypto/ecdsa"
	_ "crypto/md5" // old CAs
	"crypto/rsa"
	_ "crypto/sha1" // old CAs
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
)

// Proof is what is known of a signature.
type Proof int

// Unknown: this program cannot check it, and key identifiers have to do. Wrong: another key signed. Right: this key signed.
const (
	Unknown Proof = iota
	Wrong
	Right
)

// Keys of RSA outside of these bounds, in bits, are not used to check signatures: Go refuses smaller ones, and a hostile
// larger one would take hours.
const (
	minRSA = 1024
	maxRSA = 16384
)

// Verify checks the signature on a certificate with the key of a CA. Whether the CA may sign is not asked.
func Verify(c, ca *x509.Certificate) Proof {
	if ca == nil || c == nil {
		return Unknown
	}
	key := PublicKey(ca)
	if k, ok := key.(*rsa.PublicKey); key == nil || ok && (k.N.BitLen() < minRSA || k.N.BitLen() > maxRSA) {
		return Unknown
	}
	if c.SignatureAlgorithm != x509.UnknownSignatureAlgorithm {
		err := (&x509.Certificate{PublicKey: key}).CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature)
		var insecure x509.InsecureAlgorithmError
		switch {
		case err == nil:
			return Right
		case !errors.As(err, &insecure) && !errors.Is(err, x509.ErrUnsupportedAlgorithm):
			return Wrong
		}
	}
	return byHand(c, key)
}

// PublicKey is the key of a certificate. Go does not read RSA keys that are marked for RSASSA-PSS alone (RFC 4055).
func PublicKey(c *x509.Certificate) any {
	if c.PublicKey != nil {
		return c.PublicKey
	}
	var info struct {
		Algorithm algorithm
		Key       asn1.BitString
	}
	if rest, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info); err != nil || len(rest) > 0 || !info.Algorithm.ID.Equal(oidPSS) {
		return nil
	}
	key, err := x509.ParsePKCS1PublicKey(info.Key.RightAlign())
	if err != nil {
		return nil
	}
	return key
}

// PSSKey reports whether the key of a certificate is marked for RSASSA-PSS alone (RFC 4055).
func PSSKey(c *x509.Certificate) bool {
	if c.PublicKeyAlgorithm != x509.UnknownPublicKeyAlgorithm {
		return false
	}
	var info struct {
		Algorithm algorithm
		Key       asn1.BitString
	}
	_, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info)
	return err == nil && info.Algorithm.ID.Equal(oidPSS)
}

// algorithm is an AlgorithmIdentifier.
type algorithm struct {
	ID         asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

var (
	oidPSS  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidSHA1 = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA2 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2} // and 1 to 4
)

// scheme is how a signature was made.
type scheme struct {
	hash crypto.Hash
	kind string // "rsa", "pss", "ecdsa"
	salt int    // bytes, of pss
}

// schemes are the ones that Go does not check, by their dotted number.
func schemes(id string) (scheme, bool) {
	s, ok := map[string]scheme{
		"1.2.840.113549.1.1.4":  {crypto.MD5, "rsa", 0},
		"1.2.840.113549.1.1.5":  {crypto.SHA1, "rsa", 0},
		"1.3.14.3.2.29":         {crypto.SHA1, "rsa", 0},
		"1.2.840.113549.1.1.14": {crypto.SHA224, "rsa", 0},
		"1.2.840.10045.4.1":     {crypto.SHA1, "ecdsa", 0},
		"1.2.840.10045.4.3.1":   {crypto.SHA224, "ecdsa", 0},
	}[id]
	return s, ok
}

// schemeOf reads the algorithm of a signature from the certificate itself.
func schemeOf(c *x509.Certificate) (scheme, bool) {
	var outer struct {
		TBS       asn1.RawValue
		Algorithm algorithm
		Signature asn1.BitString
	}
	if _, err := asn1.Unmarshal(c.Raw, &outer); err != nil {
		return scheme{}, false
	}
	if outer.Algorithm.ID.Equal(oidPSS) {
		return pss(outer.Algorithm.Parameters)
	}
	return schemes(outer.Algorithm.ID.String())
}

// pss reads the parameters of RSASSA-PSS (RFC 4055 3.1); what is left out is SHA-1 with a salt of 20 bytes.
func pss(raw asn1.RawValue) (scheme, bool) {
	p := struct {
		Hash algorithm `asn1:"explicit,optional,tag:0"`
		MGF  algorithm `asn1:"explicit,optional,tag:1"`
		Salt int       `asn1:"explicit,optional,tag:2,default:20"`
	}{Salt: 20}
	if len(raw.FullBytes) > 0 && raw.Tag == asn1.TagSequence {
		if _, err := asn1.Unmarshal(raw.FullBytes, &p); err != nil {
			return scheme{}, false
		}
	}
	hash, ok := hashOf(p.Hash.ID)
	mask, known := crypto.SHA1, true
	if len(p.MGF.Parameters.FullBytes) > 0 {
		var inner algorithm
		if _, err := asn1.Unmarshal(p.MGF.Parameters.FullBytes, &inner); err != nil {
			return scheme{}, false
		}
		mask, known = hashOf(inner.ID)
	}
	return scheme{hash, "pss", p.Salt}, ok && known && mask == hash && p.Salt >= 0
}

func hashOf(id asn1.ObjectIdentifier) (crypto.Hash, bool) {
	switch {
	case len(id) == 0 || id.Equal(oidSHA1):
		return crypto.SHA1, true
	case len(id) == len(oidSHA2)+1 && id[:len(oidSHA2)].Equal(oidSHA2):
		h, ok := map[int]crypto.Hash{1: crypto.SHA256, 2: crypto.SHA384, 3: crypto.SHA512, 4: crypto.SHA224}[id[len(id)-1]]
		return h, ok
	}
	return 0, false
}

// byHand checks what crypto/x509 refuses to.
func byHand(c *x509.Certificate, key any) Proof {
	s, ok := schemeOf(c)
	if !ok || !s.hash.Available() {
		return Unknown
	}
	h := s.hash.New()
	h.Write(c.RawTBSCertificate)
	sum := h.Sum(nil)
	switch k := key.(type) {
	case *rsa.PublicKey:
		switch s.kind {
		case "rsa":
			return proof(rsa.VerifyPKCS1v15(k, s.hash, sum, c.Signature) == nil)
		case "pss":
			return proof(rsa.VerifyPSS(k, s.hash, sum, c.Signature, &rsa.PSSOptions{SaltLength: saltLength(s.salt), Hash: s.hash}) == nil)
		}
	case *ecdsa.PublicKey:
		if s.kind == "ecdsa" {
			return proof(ecdsa.VerifyASN1(k, sum, c.Signature))
		}
	}
	return Wrong // a key of one kind makes no signature of another
}

// saltLength: to Go a length of 0 means "find out".
func saltLength(n int) int {
	if n == 0 {
		return rsa.PSSSaltLengthAuto
	}
	return n
}

func proof(ok bool) Proof {
	if ok {
		return Right
	}
	return Wrong
}

// WeakSignature reports whether a certificate is signed with MD2, MD5 or SHA-1, which clients refuse.
func WeakSignature(c *x509.Certificate) bool {
	switch c.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return true
	}
	return false
}
