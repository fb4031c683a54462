package read

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// other says what a file is that a CA or a mail program may hand over in place of a certificate.
func (f *file) other(data []byte) {
	lower := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 200)]))
	switch {
	case isPKCS12(data):
		f.trouble(errors.New("PKCS#12 file (.pfx, .p12): it contains a private key from elsewhere. Ask the CA for the certificate " +
			"only."))
	case bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")):
		f.trouble(errors.New("Java keystore: it may contain a private key from elsewhere. Ask the CA for the certificate only."))
	case isRevocationList(data):
		f.trouble(errors.New("revocation list (CRL), not a certificate"))
	case isCutOff(data):
		f.trouble(errors.New("truncated: copy the whole file again"))
	case bytes.HasPrefix(lower, []byte("<!doctype")) || bytes.HasPrefix(lower, []byte("<html")):
		f.trouble(errors.New("web page, not a certificate: download the certificate from the CA again"))
	case f.Err == nil:
		f.Err, f.Other = errors.New("not a certificate"), true
	}
}

// signedDataOID is the object identifier of PKCS#7 signedData as it stands in DER and BER.
var signedDataOID = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

func isPKCS7(der []byte) bool {
	return len(der) > 16 && der[0] == 0x30 && bytes.Contains(der[:16], signedDataOID)
}

// wholeDER reports whether the bytes are one DER object from the first to the last.
func wholeDER(data []byte) bool {
	var one asn1.RawValue
	rest, err := asn1.Unmarshal(data, &one)
	return err == nil && data[0] == 0x30 && len(bytes.TrimSpace(rest)) == 0
}

// looksLikeCertificate: SEQUENCE { SEQUENCE { [0] version ... : the outer shape of a version 3 certificate.
func looksLikeCertificate(der []byte) bool {
	var outer, tbs, version asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil || outer.Tag != asn1.TagSequence || !outer.IsCompound {
		return false
	}
	if _, err := asn1.Unmarshal(outer.Bytes, &tbs); err != nil || tbs.Tag != asn1.TagSequence || !tbs.IsCompound {
		return false
	}
	_, err := asn1.Unmarshal(tbs.Bytes, &version)
	return err == nil && version.Class == asn1.ClassContextSpecific && version.Tag == 0
}

// isKey knows keys by their shape alone, so that no key is ever read: PKCS#8, PKCS#1, SEC 1, and PKCS#8 under a password.
func isKey(der []byte) bool {
	var parts []asn1.RawValue
	if rest, err := asn1.Unmarshal(der, &parts); err != nil || len(rest) > 0 || len(parts) < 2 {
		return false
	}
	is := func(i, tag int) bool {
		return i < len(parts) && parts[i].Class == asn1.ClassUniversal && parts[i].Tag == tag
	}
	small := is(0, asn1.TagInteger) && len(parts[0].Bytes) == 1 && parts[0].Bytes[0] < 2 // a version
	switch {
	case small && is(1, asn1.TagSequence) && is(2, asn1.TagOctetString): // PKCS#8
		return isAlgorithm(parts[1].FullBytes)
	case small && len(parts) >= 9: // PKCS#1: version and eight numbers
		for i := 1; i < 9; i++ {
			if !is(i, asn1.TagInteger) {
				return false
			}
		}
		return true
	case small && is(1, asn1.TagOctetString): // SEC 1
		return len(parts[1].Bytes) >= 20
	}
	return len(parts) == 2 && is(1, asn1.TagOctetString) && isPasswordAlgorithm(parts[0].FullBytes)
}

// algorithm is an AlgorithmIdentifier.
type algorithm struct {
	ID         asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

func isAlgorithm(der []byte) bool {
	var a algorithm
	_, err := asn1.Unmarshal(der, &a)
	return err == nil
}

func isPasswordAlgorithm(der []byte) bool {
	var a algorithm
	_, err := asn1.Unmarshal(der, &a)
	return err == nil && len(a.ID) > 5 && a.ID[:5].Equal(oidPKCS) && (a.ID[5] == 5 || a.ID[5] == 12)
}

// oidPKCS is the arc of the PKCS documents; 5 and 12 under it encrypt with passwords.
var oidPKCS = asn1.ObjectIdentifier{1, 2, 840, 113549, 1}

// isPKCS12: SEQUENCE { INTEGER 3, SEQUENCE { OID data or signedData ... , in DER or BER.
func isPKCS12(data []byte) bool {
	pfx := ber.Inside(data)
	if len(pfx) < 2 || !bytes.Equal(pfx[0], []byte{2, 1, 3}) {
		return false
	}
	safe := ber.Inside(pfx[1])
	return len(safe) > 0 && len(safe[0]) == len(signedDataOID) && bytes.HasPrefix(safe[0], signedDataOID[:len(signedDataOID)-1])
}

func isRevocationList(data []byte) bool {
	_, err := x509.ParseRevocationList(data)
	return err == nil
}

// isCutOff: the bytes begin as certificates, requests and PKCS#7 do, and promise more than there is.
func isCutOff(data []byte) bool {
	return len(data) > 4 && data[0] == 0x30 && data[1] == 0x82 && (data[4] == 0x30 || data[4] == 0x06) &&
		int(data[2])<<8|int(data[3]) > len(data)-4
}
