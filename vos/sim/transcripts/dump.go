package transcripts

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Certificate is what show cert prints of a certificate, for both dialects, but its extensions; times are those of a zone.
func Certificate(c *x509.Certificate, zone *time.Location) Values {
	v := Values{
		"Serial":        fmt.Sprintf("%X", c.SerialNumber),
		"SerialDecimal": c.SerialNumber.String(),
		"Algorithm":     algorithmWords(c.SignatureAlgorithm),
		"Issuer":        nameWords(c.Issuer),
		"Subject":       nameWords(c.Subject),
		"From":          c.NotBefore.In(zone).Format(javaDate),
		"To":            c.NotAfter.In(zone).Format(javaDate),
		"KeyType":       "EC (1.2.840.10045.2.1)",
		"KeyValue":      "",
		"Signature":     Rows("show_cert_signature.txt", hexLines(c.Signature)),
		"PEM":           PEM("CERTIFICATE", c.Raw),
	}
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		v["KeyType"], v["KeyValue"] = "RSA (1.2.840.113549.1.1.1)", fmt.Sprintf("%x", x509.MarshalPKCS1PublicKey(key))
	case *ecdsa.PublicKey:
		if raw, err := key.Bytes(); err == nil {
			v["KeyValue"] = fmt.Sprintf("%x", raw)
		}
	}
	return v
}

// Extensions are what it prints of the extensions, each.
func Extensions(c *x509.Certificate) (all []Values) {
	for _, e := range c.Extensions {
		all = append(all, extensionOf(c, e))
	}
	return all
}

const javaDate = "Mon Jan 02 15:04:05 MST 2006"

// PEM is PEM without the newline at the end.
func PEM(kind string, der []byte) string {
	return strings.TrimSuffix(string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})), "\n")
}

func algorithmWords(a x509.SignatureAlgorithm) string {
	switch a {
	case x509.SHA256WithRSA:
		return "SHA256withRSA (1.2.840.113549.1.1.11)"
	case x509.SHA384WithRSA:
		return "SHA384withRSA (1.2.840.113549.1.1.12)"
	case x509.SHA512WithRSA:
		return "SHA512withRSA (1.2.840.113549.1.1.13)"
	case x509.ECDSAWithSHA256:
		return "SHA256withECDSA (1.2.840.10045.4.3.2)"
	case x509.ECDSAWithSHA384:
		return "SHA384withECDSA (1.2.840.10045.4.3.3)"
	}
	return a.String()
}

// nameWords writes a name in the order in which nodes print it.
func nameWords(n pkix.Name) string {
	var parts []string
	add := func(kind string, values ...string) {
		for _, v := range values {
			if v != "" {
				parts = append(parts, kind+"="+v)
			}
		}
	}
	add("L", n.Locality...)
	add("ST", n.Province...)
	add("CN", n.CommonName)
	add("OU", n.OrganizationalUnit...)
	add("O", n.Organization...)
	add("C", n.Country...)
	return strings.Join(parts, ", ")
}

func extensionOf(c *x509.Certificate, e pkix.Extension) Values {
	x := Values{"OID": e.Id.String(), "Critical": e.Critical, "Value": fmt.Sprintf("value: %x", e.Value), "Name": e.Id.String()}
	switch x["OID"] {
	case "2.5.29.15":
		x["Name"], x["Value"] = "KeyUsage", "Usages: "+usageWords(c.KeyUsage)
	case "2.5.29.37":
		x["Name"], x["Value"] = "ExtKeyUsageSyntax", "Usage oids: "+oidWords(e.Value)
	case "2.5.29.14":
		x["Name"], x["Value"] = "SubjectKeyIdentifier", fmt.Sprintf("keyID: %x", c.SubjectKeyId)
	case "2.5.29.35":
		x["Name"], x["Value"] = "AuthorityKeyIdentifier", fmt.Sprintf("keyID: %x", c.AuthorityKeyId)
	case "2.5.29.19":
		x["Name"], x["Value"] = "BasicConstraints", fmt.Sprintf("CA: %v", c.IsCA)
	case "2.5.29.17":
		x["Name"], x["Value"] = "SubjectAltName", "names: "+strings.Join(slices.Concat(c.DNSNames, c.EmailAddresses), ", ")
	}
	return x
}

func usageWords(u x509.KeyUsage) string {
	var b strings.Builder
	for i, word := range []string{"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign"} {
		if u&(1<<i) != 0 {
			b.WriteString(word + ", ")
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

func oidWords(der []byte) string {
	var ids []asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(der, &ids); err != nil {
		return ""
	}
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(id.String() + ", ")
	}
	return strings.TrimSuffix(b.String(), " ")
}

// hexLines is a dump of sixteen bytes a line with their letters.
func hexLines(data []byte) (all []Values) {
	for at := 0; at < len(data); at += 16 {
		row := data[at:min(at+16, len(data))]
		letters := bytes.Map(func(r rune) rune {
			if r < 32 || r > 126 {
				return '.'
			}
			return r
		}, latin(row))
		all = append(all, Values{"Row": fmt.Sprintf("%04x: % x [%s]", at, row, letters)})
	}
	return all
}

// latin turns each byte into one character.
func latin(row []byte) []byte {
	var b strings.Builder
	for _, c := range row {
		b.WriteRune(rune(c))
	}
	return []byte(b.String())
}
