package rfc5280

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"net"
	"strings"
	"unicode/utf8"
)

// AltName is one alternative name.
type AltName struct {
	Kind string // "DNS", "IP", "mail", "URI", "UPN", "other name", "directory name", "registered ID", "X.400 address", "EDI party"
	Text string // not printable before it is made so
}

// String is the name with its kind, where it is not one that servers have.
func (n AltName) String() string {
	switch n.Kind {
	case "DNS", "IP", "mail", "URI":
		return n.Text
	}
	return strings.TrimSpace(n.Kind + " " + n.Text)
}

var (
	oidSAN = asn1.ObjectIdentifier{2, 5, 29, 17}
	oidUPN = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 311, 20, 2, 3} // user principal name, of Windows CAs
)

// AltNames lists the alternative names (RFC 5280 4.2.1.6) among extensions, of every kind and in their order. ok is false
// where there is no such extension, or where it cannot be read.
func AltNames(extensions []pkix.Extension) (all []AltName, ok bool) {
	for _, e := range extensions {
		if !e.Id.Equal(oidSAN) {
			continue
		}
		names, whole := children(e.Value, asn1.TagSequence)
		if !whole {
			return nil, false
		}
		for _, n := range names {
			all = append(all, altName(n))
		}
		return all, true
	}
	return nil, false
}

func altName(v asn1.RawValue) AltName {
	switch v.Tag {
	case 0:
		return otherName(v)
	case 1:
		return AltName{"mail", latin(v.Bytes)}
	case 2:
		if utf8.Valid(v.Bytes) { // some CAs forget to write it as xn--
			return AltName{"DNS", string(v.Bytes)}
		}
		return AltName{"DNS", latin(v.Bytes)}
	case 3:
		return AltName{"X.400 address", ""}
	case 4:
		return AltName{"directory name", directoryName(v.Bytes)}
	case 5:
		return AltName{"EDI party", ""}
	case 6:
		return AltName{"URI", latin(v.Bytes)}
	case 7:
		if len(v.Bytes) == net.IPv4len || len(v.Bytes) == net.IPv6len {
			return AltName{"IP", net.IP(v.Bytes).String()}
		}
		return AltName{"IP", fmt.Sprintf("%x", v.Bytes)}
	case 8:
		return AltName{"registered ID", dotted(v.Bytes)}
	}
	return AltName{"other name", fmt.Sprintf("%x", v.Bytes)}
}

// otherName: [0] { type OID, [0] EXPLICIT value }.
func otherName(v asn1.RawValue) AltName {
	parts, ok := elements(v.Bytes)
	if !ok || len(parts) != 2 {
		return AltName{"other name", fmt.Sprintf("%x", v.Bytes)}
	}
	var value asn1.RawValue
	text := fmt.Sprintf("%x", parts[1].Bytes)
	if _, err := asn1.Unmarshal(parts[1].Bytes, &value); err == nil {
		if t, ok := textOf(value); ok {
			text = t
		}
	}
	id := dotted(parts[0].Bytes)
	if id == oidUPN.String() {
		return AltName{"UPN", text}
	}
	return AltName{"other name", id + " " + text}
}

// dotted reads the content of an OBJECT IDENTIFIER.
func dotted(content []byte) string {
	if len(content) > 0 && len(content) < 128 {
		var id asn1.ObjectIdentifier
		if _, err := asn1.Unmarshal(append([]byte{asn1.TagOID, byte(len(content))}, content...), &id); err == nil {
			return id.String()
		}
	}
	return fmt.Sprintf("%x", content)
}

func directoryName(der []byte) string {
	var rdn pkix.RDNSequence
	if _, err := asn1.Unmarshal(der, &rdn); err != nil {
		return fmt.Sprintf("%x", der)
	}
	return rdn.String()
}
