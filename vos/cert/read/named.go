package read

import (
	"bytes"
	"encoding/asn1"

	"golang.org/x/crypto/ocsp"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Cures that several troubles share.
const (
	unpackFirst  = "Unpack it first, and select the files in it."
	copyAgain    = "Copy the whole file again."
	copyInBinary = "Copy it again in binary mode, or ask the CA for it as PEM."
	certAlone    = "Ask the CA for the certificate alone."
)

const isCRL = "is a revocation list (CRL), not a certificate"

// sign is how a kind of file begins.
type sign struct {
	magic  string
	weight cert.Weight
	what   msg.Text
	cure   msg.Text
}

// signs are the kinds of files that are not read, but named.
func signs() []sign {
	return []sign{
		{"7z\xbc\xaf\x27\x1c", cert.Damaged, msg.T("is a 7-Zip archive"), msg.T(unpackFirst)},
		{"Rar!\x1a\x07", cert.Damaged, msg.T("is a RAR archive"), msg.T(unpackFirst)},
		{"\xfd7zXZ\x00", cert.Damaged, msg.T("is an xz archive"), msg.T(unpackFirst)},
		{"\x28\xb5\x2f\xfd", cert.Damaged, msg.T("is a Zstandard archive"), msg.T(unpackFirst)},
		{"MSCF", cert.Damaged, msg.T("is a cabinet archive (.cab)"), msg.T(unpackFirst)},
		{"\x1f\x9d", cert.Damaged, msg.T("is a compressed file (.Z)"), msg.T(unpackFirst)},
		{"PK\x05\x06", cert.Letter, msg.T("is a zip archive without files"), msg.Text{}},
		{"\x78\x9f\x3e\x22", cert.Damaged, msg.T("is a winmail.dat file of Outlook"), msg.T("Open the mail in Outlook, and save its attachments.")},
		{"%PDF-", cert.Damaged, msg.T("is a PDF document"), msg.T("Ask the CA for the certificate as a file: text copied from a PDF may lose line ends.")},
		{"\xfe\xed\xfe\xed", cert.Damaged, msg.T("is a Java keystore: it may contain a private key that was not generated on the node"), msg.T(certAlone)},
		{"\xce\xce\xce\xce", cert.Damaged, msg.T("is a Java keystore (JCEKS): it may contain a private key that was not generated on the node"), msg.T(certAlone)},
		{"\x00\x00\x00\x00CERT", cert.Damaged, msg.T("is a Windows certificate store (.sst)"), msg.T("Export the certificates from it as PKCS#7 (.p7b) or Base-64 (.cer).")},
		{"\x89PNG", cert.Letter, msg.T("is an image"), msg.Text{}},
		{"\xff\xd8\xff", cert.Letter, msg.T("is an image"), msg.Text{}},
		{"GIF8", cert.Letter, msg.T("is an image"), msg.Text{}},
		{"MZ", cert.Beside, msg.T("is a program"), msg.Text{}},
		{"L\x00\x00\x00\x01\x14\x02\x00", cert.Damaged, msg.T("is a Windows shortcut, not the file that it points to"), msg.T("Select the file itself.")},
		{"ssh-", cert.Beside, msg.T("is an SSH key, not a certificate"), msg.Text{}},
	}
}

// named says what bytes are that hold nothing to take.
func (f *file) named(data []byte, source string) {
	lower := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 200)]))
	for _, s := range signs() {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			f.trouble(s.weight, source, s.what, s.cure)
			return
		}
	}
	switch {
	case isPKCS12(data):
		f.trouble(cert.Damaged, source, msg.T("is a PKCS#12 file (.pfx, .p12): it contains a private key that was not generated on the node"), msg.T(certAlone))
	case bytes.HasPrefix(data, []byte{0x30}) && bytes.Contains(data[:min(len(data), 20)], envelopedOID):
		f.trouble(cert.Damaged, source, msg.T("is encrypted (PKCS#7)"), msg.T("Decrypt it first, or ask the CA for the certificate alone."))
	case isRevocationList(data):
		f.trouble(cert.Beside, source, msg.T(isCRL), msg.Text{})
	case !isOCSP(data).IsZero():
		f.trouble(cert.Beside, source, isOCSP(data), msg.Text{})
	case isPublicKey(data):
		f.trouble(cert.Beside, source, msg.T("is a public key, not a certificate"), msg.Text{})
	case !spoilt(data).IsZero():
		f.trouble(cert.Damaged, source, msg.T("was damaged in transfer: %s", spoilt(data)), msg.T(copyInBinary))
	case missingBytes(data) > 0:
		f.trouble(cert.Damaged, source, msg.T("is cut off or lost bytes in transfer: %d of %d are present", len(data), len(data)+missingBytes(data)), msg.T(copyInBinary))
	case bytes.HasPrefix(lower, []byte("<!doctype")) || bytes.HasPrefix(lower, []byte("<html")):
		f.trouble(cert.Damaged, source, msg.T("is a web page, not a certificate"), msg.T("Download the certificate from the CA again."))
	case bytes.HasPrefix(lower, []byte("certificate:")) && bytes.Contains(data, []byte("Signature Algorithm:")):
		f.trouble(cert.Damaged, source, msg.T("is the text that openssl prints about a certificate, without the certificate itself"), msg.T("Ask for the PEM file, with its BEGIN and END lines."))
	case bytes.HasPrefix(data, []byte{0x30, 0x80}) || bytes.HasPrefix(data, []byte{0x30, 0x82}):
		f.trouble(cert.Damaged, source, msg.T("is not a certificate, and may be a damaged one"), msg.T(copyInBinary))
	default:
		f.trouble(cert.Letter, source, msg.T("is not a certificate"), msg.Text{})
	}
}

// signedDataOID is the object identifier of PKCS#7 signedData as it stands in DER and BER.
var signedDataOID = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

// envelopedOID is that of PKCS#7 envelopedData.
var envelopedOID = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03}

func isPKCS7(der []byte) bool {
	return len(der) > 16 && der[0] == 0x30 && bytes.Contains(der[:min(len(der), 20)], signedDataOID)
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

// isRevocationList: SEQUENCE { SEQUENCE { version?, algorithm, issuer, time ... }, algorithm, BIT STRING }.
func isRevocationList(data []byte) bool {
	whole, _, err := ber.First(data)
	if err != nil || whole.Tag != 0x30 {
		return false
	}
	outer := ber.Parts(whole.Body)
	if len(outer) != 3 || outer[0].Tag != 0x30 || outer[1].Tag != 0x30 || outer[2].Tag != 3 {
		return false
	}
	list := ber.Parts(outer[0].Body)
	if len(list) > 0 && list[0].Tag == 2 {
		list = list[1:]
	}
	return len(list) > 2 && list[0].Tag == 0x30 && list[1].Tag == 0x30 && (list[2].Tag == 0x17 || list[2].Tag == 0x18)
}

// basicOCSP is the object identifier of what every OCSP answer holds.
var basicOCSP = []byte{0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01}

// isOCSP says which message of OCSP the bytes are; "" where they are none.
func isOCSP(data []byte) msg.Text {
	if _, err := ocsp.ParseRequest(data); err == nil {
		return msg.T("is an OCSP request, not a certificate")
	}
	if parts := ber.Inside(data); len(parts) > 0 && bytes.HasPrefix(parts[0], []byte{0x0a, 1}) && (len(parts) == 1 || bytes.Contains(parts[1][:min(len(parts[1]), 40)], basicOCSP)) {
		return msg.T("is an OCSP response, not a certificate")
	}
	return msg.Text{}
}

// isPublicKey: SEQUENCE { algorithm, BIT STRING } and nothing more.
func isPublicKey(data []byte) bool {
	whole, rest, err := ber.First(data)
	if err != nil || len(rest) > 0 || whole.Tag != 0x30 {
		return false
	}
	p := ber.Parts(whole.Body)
	return len(p) == 2 && p[0].Tag == 0x30 && p[1].Tag == 3 && isAlgorithm(p[0].Full)
}

// missingBytes is how many bytes an object promises beyond those that are there: certificates, requests and PKCS#7 begin with
// a SEQUENCE whose length has two or three bytes.
func missingBytes(data []byte) int {
	if len(data) < 6 || data[0] != 0x30 || data[1] != 0x82 && data[1] != 0x83 {
		return 0
	}
	n, size := 0, int(data[1]&0x7f)
	for _, b := range data[2 : 2+size] {
		n = n<<8 | int(b)
	}
	if inner := data[2+size]; inner != 0x30 && inner != 0x06 && inner != 0x02 {
		return 0
	}
	return max(0, n+2+size-len(data))
}

// shortOf is the words for base64 that ends too early.
func shortOf(der []byte) msg.Text {
	if n := missingBytes(der); n > 0 {
		return msg.T("is cut off: %d of %d bytes are present", len(der), len(der)+n)
	}
	return msg.Text{}
}
