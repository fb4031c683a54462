package cert

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/smallstep/pkcs7"
)

// MaxFile is the largest file that is read, in bytes: a CA's reply has some thousands.
const MaxFile = 1 << 20

// Item is one thing found in a file.
type Item struct {
	Kind    Kind
	Cert    *x509.Certificate        // of certificates
	Request *x509.CertificateRequest // of CSRs
	Source  string                   // file name, and the place in it where it holds several
}

// File is what one file holds. A private key is noted, never kept.
type File struct {
	Name  string
	Items []Item
	Err   error // why nothing, or not everything, could be read, for a person
}

// Parse finds out by content what is in a file: PEM (several, with text around), DER, PKCS#7 in PEM, DER or BER, CSRs, and
// zip archives of these.
func Parse(name string, data []byte) File {
	f := File{Name: name}
	switch {
	case IsArchive(data) && len(data) <= MaxArchive:
		left := int64(maxUnpacked)
		f.archive(data, name, 1, &left)
	case len(data) > MaxFile:
		f.Err = fmt.Errorf("is larger than 1 MiB: no reply of a CA is")
		return f
	case len(bytes.TrimSpace(data)) == 0:
		f.Err = errors.New("is empty")
		return f
	case bytes.Contains(data, []byte("-----BEGIN ")):
		f.pem(data)
	default:
		f.der(data, name)
	}
	if len(f.Items) == 0 && f.Err == nil {
		f.Err = errors.New("holds no certificate")
	}
	return f
}

// pem reads every block; a bad one does not hide the good ones.
func (f *File) pem(data []byte) {
	data = normal(data)
	for n := 1; ; n++ {
		block, rest := pem.Decode(data)
		if block == nil {
			if bytes.Contains(data, []byte("-----BEGIN ")) {
				f.trouble(fmt.Errorf("block %d is cut off or is no PEM: copy the whole file anew", n))
			}
			return
		}
		f.block(block, fmt.Sprintf("%s, block %d", f.Name, n))
		data = rest
	}
}

// normal undoes what mail programs and editors do to PEM: CR LF and CR line ends, a byte order mark, blanks around lines.
func normal(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	lines := bytes.Split(data, []byte("\n"))
	for i, l := range lines {
		l = bytes.TrimSpace(l)
		if at := bytes.Index(l, []byte("-----BEGIN ")); at > 0 { // a node prints "]-----BEGIN" on one line
			l = append(append(append([]byte{}, l[:at]...), '\n'), l[at:]...)
		}
		lines[i] = l
	}
	return append(bytes.Join(lines, []byte("\n")), '\n')
}

func (f *File) block(b *pem.Block, source string) {
	switch {
	case strings.HasSuffix(b.Type, "PRIVATE KEY"):
		f.Items = append(f.Items, Item{Kind: Key, Source: source})
	case strings.HasSuffix(b.Type, "REQUEST"):
		f.request(b.Bytes, source)
	case b.Type == "TRUSTED CERTIFICATE":
		f.trusted(b.Bytes, source)
	case b.Type == "CERTIFICATE" || b.Type == "X509 CERTIFICATE" || b.Type == "PKCS7" || b.Type == "CMS":
		f.der(b.Bytes, source)
	}
}

// trusted reads OpenSSL's TRUSTED CERTIFICATE: a certificate with trust settings behind it.
func (f *File) trusted(der []byte, source string) {
	var raw asn1.RawValue
	if _, err := asn1.Unmarshal(der, &raw); err != nil {
		f.trouble(fmt.Errorf("%s: is no certificate: %w", Printable(source), err))
		return
	}
	f.der(raw.FullBytes, source)
}

// der tells by its content what a DER (or BER) object is.
func (f *File) der(der []byte, source string) {
	if c, err := x509.ParseCertificate(der); err == nil {
		f.Items = append(f.Items, Item{Kind: Classify(c), Cert: c, Source: source})
		return
	} else if looksLikeCertificate(der) {
		f.trouble(fmt.Errorf("%s: a certificate that cannot be used: %w", Printable(source), err))
		return
	}
	if isPKCS7(der) {
		f.pkcs7(der, source)
		return
	}
	if _, err := x509.ParseCertificateRequest(der); err == nil {
		f.request(der, source)
		return
	}
	if isKey(der) {
		f.Items = append(f.Items, Item{Kind: Key, Source: source})
		return
	}
	if isPKCS12(der) {
		f.trouble(fmt.Errorf("is a PKCS#12 file (.pfx, .p12): it brings a foreign private key; the key of a node never leaves it, ask the CA for the certificate alone"))
		return
	}
	f.trouble(errors.New("is not a certificate"))
}

func (f *File) request(der []byte, source string) {
	r, err := x509.ParseCertificateRequest(der)
	if err != nil {
		f.trouble(fmt.Errorf("%s: a CSR that cannot be read: %w", Printable(source), err))
		return
	}
	f.Items = append(f.Items, Item{Kind: CSR, Request: r, Source: source})
}

func (f *File) pkcs7(der []byte, source string) {
	p7, err := pkcs7.Parse(der)
	if err != nil {
		f.trouble(fmt.Errorf("%s: a PKCS#7 file that cannot be read: %w", Printable(source), err))
		return
	}
	if len(p7.Certificates) == 0 {
		f.trouble(fmt.Errorf("%s: a PKCS#7 file without certificates", Printable(source)))
	}
	for i, c := range p7.Certificates {
		f.Items = append(f.Items, Item{Kind: Classify(c), Cert: c, Source: fmt.Sprintf("%s, certificate %d", source, i+1)})
	}
}

func (f *File) trouble(err error) {
	if f.Err == nil {
		f.Err = err
	}
}

var (
	oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidData       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
)

// signedDataOID is the object identifier of PKCS#7 signedData as it stands in DER and BER.
var signedDataOID = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

func isPKCS7(der []byte) bool {
	return len(der) > 16 && der[0] == 0x30 && bytes.Contains(der[:16], signedDataOID)
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

func isKey(der []byte) bool {
	if _, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return true
	}
	if _, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return true
	}
	_, err := x509.ParseECPrivateKey(der)
	return err == nil
}

// isPKCS12: SEQUENCE { INTEGER 3, SEQUENCE { OID data or signedData ... }.
func isPKCS12(der []byte) bool {
	var pfx struct {
		Version  int
		AuthSafe struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue `asn1:"optional"`
		}
		Mac asn1.RawValue `asn1:"optional"`
	}
	_, err := asn1.Unmarshal(der, &pfx)
	return err == nil && pfx.Version == 3 && (pfx.AuthSafe.Type.Equal(oidData) || pfx.AuthSafe.Type.Equal(oidSignedData))
}
