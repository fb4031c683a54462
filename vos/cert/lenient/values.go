package lenient

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"encoding/hex"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// name reads an RDNSequence, whatever types its strings have.
func name(body []byte) pkix.Name {
	var all pkix.RDNSequence
	for _, set := range ber.Parts(body) {
		var rdn pkix.RelativeDistinguishedNameSET
		for _, one := range ber.Parts(set.Body) {
			p := ber.Parts(one.Body)
			if id := oid(p); id != nil && len(p) > 1 {
				rdn = append(rdn, pkix.AttributeTypeAndValue{Type: id, Value: text(p[1])})
			}
		}
		all = append(all, rdn)
	}
	var n pkix.Name
	n.FillFromRDNSequence(&all)
	return n
}

// text reads a string of any type. Bytes that are no UTF-8 are taken for Latin-1; what is no string is shown in hex.
func text(e ber.Element) string {
	switch e.Tag {
	case asn1.TagBMPString:
		units := make([]uint16, 0, len(e.Body)/2)
		for i := 0; i+1 < len(e.Body); i += 2 {
			units = append(units, binary.BigEndian.Uint16(e.Body[i:]))
		}
		return string(utf16.Decode(units))
	case tagUniversalString:
		var s strings.Builder
		for i := 0; i+3 < len(e.Body); i += 4 {
			s.WriteRune(rune(binary.BigEndian.Uint32(e.Body[i:])))
		}
		return s.String()
	case asn1.TagUTF8String, asn1.TagPrintableString, asn1.TagIA5String, asn1.TagT61String, asn1.TagNumericString, asn1.TagGeneralString, tagVisibleString, tagVideotex:
		return letters(e.Body)
	}
	return "#" + hex.EncodeToString(e.Full)
}

// String types that encoding/asn1 has no name for.
const (
	tagVideotex        = 0x15
	tagVisibleString   = 0x1a
	tagUniversalString = 0x1c
)

// letters are bytes as text: UTF-8, or else Latin-1.
func letters(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// moment reads a time of any precision, with a zone or without one; the zero time where it is none.
func moment(e ber.Element) time.Time {
	digits := string(e.Body)
	end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	zone := ""
	if end >= 0 {
		digits, zone = digits[:end], digits[end:]
	}
	if e.Tag == tagUTCTime && len(digits) < len("20060102150405") {
		if len(digits) < 2 {
			return time.Time{}
		}
		century := "20"
		if digits >= "50" { // RFC 5280, 4.1.2.5.1
			century = "19"
		}
		digits = century + digits
	}
	const layout = "20060102150405"
	if len(digits) > len(layout) || len(digits) < len("2006010215") {
		return time.Time{}
	}
	at, err := time.Parse(layout[:len(digits)], digits)
	if err != nil {
		return time.Time{}
	}
	return at.Add(-offset(zone))
}

// offset reads a zone such as "+0130" behind a time; fractions of a second before it do not matter.
func offset(zone string) time.Duration {
	i := strings.IndexAny(zone, "+-")
	if i < 0 || len(zone) < i+5 {
		return 0
	}
	n, err := strconv.Atoi(zone[i+1 : i+5])
	if err != nil {
		return 0
	}
	d := time.Duration(n/100)*time.Hour + time.Duration(n%100)*time.Minute
	if zone[i] == '-' {
		d = -d
	}
	return d
}

// Extensions that matter to a node, by the last number of 2.5.29.
const (
	subjectKeyID     = 14
	keyUsage         = 15
	alternativeNames = 17
	basicConstraints = 19
	authorityKeyID   = 35
	extendedKeyUsage = 37
)

// mend takes what it can from an extension that crypto/x509 refuses.
func mend(c *x509.Certificate, e pkix.Extension) {
	if len(e.Id) != 4 || !e.Id[:3].Equal(asn1.ObjectIdentifier{2, 5, 29}) {
		return
	}
	whole, _, err := ber.First(e.Value)
	if err != nil {
		return
	}
	switch parts := ber.Parts(whole.Body); e.Id[3] {
	case subjectKeyID:
		c.SubjectKeyId = whole.Body
	case keyUsage:
		c.KeyUsage = usage(whole)
	case alternativeNames:
		for _, one := range parts {
			mendName(c, one)
		}
	case basicConstraints:
		c.BasicConstraintsValid, c.MaxPathLen = true, -1
		c.IsCA = whole.Tag == tagSequence && len(parts) > 0 && parts[0].Tag == asn1.TagBoolean && isTrue(parts[0].Body)
	case authorityKeyID:
		if len(parts) > 0 && parts[0].Tag == 0x80 {
			c.AuthorityKeyId = parts[0].Body
		}
	case extendedKeyUsage:
		mendPurposes(c, parts)
	}
}

// mendName adds one alternative name: as it is written, whether it may be one or not.
func mendName(c *x509.Certificate, one ber.Element) {
	switch one.Tag {
	case 0x81:
		c.EmailAddresses = append(c.EmailAddresses, letters(one.Body))
	case 0x82:
		c.DNSNames = append(c.DNSNames, letters(one.Body))
	case 0x86:
		u, err := url.Parse(letters(one.Body))
		if err != nil {
			u = &url.URL{Opaque: letters(one.Body)}
		}
		c.URIs = append(c.URIs, u)
	case 0x87:
		if len(one.Body) == net.IPv4len || len(one.Body) == net.IPv6len {
			c.IPAddresses = append(c.IPAddresses, one.Body)
		}
	}
}

// usage reads the bits of Key Usage, the first one lowest.
func usage(e ber.Element) x509.KeyUsage {
	var all x509.KeyUsage
	if e.Tag != tagBits || len(e.Body) < 2 {
		return 0
	}
	for i := range min(9, (len(e.Body)-1)*8) {
		if e.Body[1+i/8]&(0x80>>(i%8)) != 0 {
			all |= 1 << i
		}
	}
	return all
}

// mendPurposes adds those purposes of Extended Key Usage that are object identifiers.
func mendPurposes(c *x509.Certificate, list []ber.Element) {
	for i := range list {
		id := oid(list[i:])
		if id == nil {
			continue
		}
		value, err := asn1.Marshal([]asn1.ObjectIdentifier{id})
		if err != nil {
			continue
		}
		one, err := parts{fallbackAlgorithm(), fallbackKey(), []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, extendedKeyUsage}, Value: value}}}.parse()
		if err == nil {
			c.ExtKeyUsage, c.UnknownExtKeyUsage = append(c.ExtKeyUsage, one.ExtKeyUsage...), append(c.UnknownExtKeyUsage, one.UnknownExtKeyUsage...)
		}
	}
}
