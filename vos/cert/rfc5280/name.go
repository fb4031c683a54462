package rfc5280

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// SameName reports whether two distinguished names in DER are equal by RFC 5280 7.1: the string type, the letter case and
// the number of blanks do not count.
func SameName(a, b []byte) bool {
	return string(a) == string(b) || FoldName(a) == FoldName(b)
}

// SelfIssued reports whether the subject and the issuer of a certificate are the same name (3.2).
func SelfIssued(c *x509.Certificate) bool {
	return alike(c.Subject.CommonName, c.Issuer.CommonName) && SameName(c.RawSubject, c.RawIssuer)
}

// alike is a cheap look before names are compared whole: false only where they cannot be the same.
func alike(a, b string) bool {
	for i, j := 0, 0; ; i, j = i+1, j+1 {
		for i < len(a) && a[i] == ' ' {
			i++
		}
		for j < len(b) && b[j] == ' ' {
			j++
		}
		switch {
		case i == len(a) || j == len(b):
			return i == len(a) && j == len(b)
		case a[i] >= utf8.RuneSelf || b[j] >= utf8.RuneSelf:
			return true
		case a[i]|0x20 != b[j]|0x20: // letters differ in case alone
			return false
		}
	}
}

// SameNameJava reports whether Java takes two names for equal: it folds PrintableString and UTF8String of the attributes of
// RFC 2253, and compares all others byte by byte (sun.security.x509.AVA, toRFC2253CanonicalString).
func SameNameJava(a, b []byte) bool {
	return string(a) == string(b) || fold(a, foldJava) == fold(b, foldJava)
}

// FoldName returns a key that is the same for all forms of a distinguished name in DER (RFC 5280 7.1). Names that cannot
// be read are their own key.
func FoldName(raw []byte) string {
	return fold(raw, func(_, value asn1.RawValue) string { return foldValue(value) })
}

// fold makes the key of a name, with a way to fold the value of an attribute of a type.
func fold(raw []byte, value func(kind, value asn1.RawValue) string) string {
	var b strings.Builder
	rdns, ok := children(raw, asn1.TagSequence)
	if !ok {
		return string(raw)
	}
	for _, rdn := range rdns {
		attributes, ok := children(rdn.FullBytes, asn1.TagSet)
		if !ok {
			return string(raw)
		}
		var all []string
		for _, a := range attributes {
			pair, ok := children(a.FullBytes, asn1.TagSequence)
			if !ok || len(pair) != 2 {
				return string(raw)
			}
			all = append(all, string(pair[0].FullBytes)+"="+value(pair[0], pair[1]))
		}
		slices.Sort(all) // a relative name is a set
		b.WriteString(strings.Join(all, "\x00+"))
		b.WriteString("\x00,")
	}
	return b.String()
}

// children are the elements of a constructed value with that universal tag.
func children(der []byte, tag int) ([]asn1.RawValue, bool) {
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(der, &outer)
	if err != nil || len(rest) > 0 || outer.Class != asn1.ClassUniversal || outer.Tag != tag || !outer.IsCompound {
		return nil, false
	}
	return elements(outer.Bytes)
}

// elements are values that follow each other.
func elements(der []byte) ([]asn1.RawValue, bool) {
	var all []asn1.RawValue
	for len(der) > 0 {
		var one asn1.RawValue
		rest, err := asn1.Unmarshal(der, &one)
		if err != nil {
			return nil, false
		}
		all, der = append(all, one), rest
	}
	return all, true
}

// foldValue is the text of an attribute in small letters, with single blanks; what is no text is kept as it is.
func foldValue(v asn1.RawValue) string {
	text, ok := textOf(v)
	if !ok {
		return "#" + string(v.FullBytes)
	}
	return strings.Join(strings.Fields(strings.ToLower(text)), " ")
}

func foldJava(kind, value asn1.RawValue) string {
	folds := value.Class == asn1.ClassUniversal && (value.Tag == asn1.TagPrintableString || value.Tag == asn1.TagUTF8String)
	if folds && slices.Contains(keywords, string(kind.Bytes)) {
		return foldValue(value)
	}
	return "#" + string(value.FullBytes)
}

// keywords are the attributes of RFC 2253: CN, C, L, ST, O, OU, STREET, DC and UID, as the content of their identifiers.
var keywords = []string{"\x55\x04\x03", "\x55\x04\x06", "\x55\x04\x07", "\x55\x04\x08", "\x55\x04\x0a", "\x55\x04\x0b", "\x55\x04\x09",
	"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01"}

// Tags of strings that encoding/asn1 has no name for.
const (
	tagVisible   = 26
	tagUniversal = 28
)

// textOf decodes a string of any type (X.680).
func textOf(v asn1.RawValue) (string, bool) {
	if v.Class != asn1.ClassUniversal {
		return "", false
	}
	switch v.Tag {
	case asn1.TagUTF8String:
		if utf8.Valid(v.Bytes) {
			return string(v.Bytes), true
		}
		return latin(v.Bytes), true
	case asn1.TagPrintableString, asn1.TagIA5String, asn1.TagNumericString, asn1.TagT61String, tagVisible:
		return latin(v.Bytes), true
	case asn1.TagBMPString:
		var units []uint16
		for i := 0; i+1 < len(v.Bytes); i += 2 {
			units = append(units, binary.BigEndian.Uint16(v.Bytes[i:]))
		}
		return string(utf16.Decode(units)), len(v.Bytes)%2 == 0
	case tagUniversal:
		var runes []rune
		for i := 0; i+3 < len(v.Bytes); i += 4 {
			runes = append(runes, rune(binary.BigEndian.Uint32(v.Bytes[i:])))
		}
		return string(runes), len(v.Bytes)%4 == 0
	}
	return "", false
}

// latin decodes ISO 8859-1, of which ASCII is a part.
func latin(data []byte) string {
	runes := make([]rune, len(data))
	for i, c := range data {
		runes[i] = rune(c)
	}
	return string(runes)
}
