package lenient

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"math/big"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

var (
	oidPKCS1 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1}
	oidRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidPSS   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidEC    = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
)

// maxExponent is the largest public exponent that is read: as large as crypto/rsa takes.
const maxExponent = 1<<31 - 1

// Key reads a SubjectPublicKeyInfo that crypto/x509 refuses, or whose kind it does not know: RSA with odd or missing
// parameters, RSA that is bound to RSASSA-PSS, and a known curve whose parameters are written out. The key is nil where it is
// of another kind.
func Key(spki []byte) (x509.PublicKeyAlgorithm, any) {
	whole, _, err := ber.First(spki)
	if err != nil {
		return x509.UnknownPublicKeyAlgorithm, nil
	}
	p := ber.Parts(whole.Body)
	if !are(p, tagSequence, tagBits) || len(p[1].Body) < 2 {
		return x509.UnknownPublicKeyAlgorithm, nil
	}
	alg, bits := ber.Parts(p[0].Body), p[1].Body[1:]
	switch id := oid(alg); {
	case id.Equal(oidRSA) || id.Equal(oidPSS):
		if k := rsaKey(bits); k != nil {
			return x509.RSA, k
		}
	case id.Equal(oidEC) && len(alg) > 1:
		if k := curveKey(alg[1], bits); k != nil {
			return x509.ECDSA, k
		}
	}
	return x509.UnknownPublicKeyAlgorithm, nil
}

// rsaKey: SEQUENCE { modulus, exponent }, each as short as it may be or not.
func rsaKey(bits []byte) *rsa.PublicKey {
	whole, _, err := ber.First(bits)
	if err != nil || whole.Tag != tagSequence {
		return nil
	}
	p := ber.Parts(whole.Body)
	if !are(p, tagInteger, tagInteger) {
		return nil
	}
	n, e := new(big.Int).SetBytes(p[0].Body), number(p[1].Body)
	if n.Sign() <= 0 || !e.IsInt64() || e.Int64() <= 0 || e.Int64() > maxExponent {
		return nil
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}
}

// curveKey reads a point on a curve whose parameters are written out: it is known by the prime of its field.
func curveKey(params ber.Element, bits []byte) *ecdsa.PublicKey {
	p := ber.Parts(params.Body)
	if !are(p, tagInteger, tagSequence) {
		return nil
	}
	field := ber.Parts(p[1].Body)
	if !are(field, tagOID, tagInteger) {
		return nil
	}
	prime := new(big.Int).SetBytes(field[1].Body)
	for _, curve := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		if curve.Params().P.Cmp(prime) != 0 {
			continue
		}
		if k, err := ecdsa.ParseUncompressedPublicKey(curve, bits); err == nil {
			return k
		}
	}
	return nil
}
