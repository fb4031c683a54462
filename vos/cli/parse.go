package cli

import (
	"net/netip"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// field cuts a line of the form "Name   : value". The name comes in lower case with single blanks.
func field(line string) (name, value string) {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", ""
	}
	return strings.ToLower(strings.Join(strings.Fields(name), " ")), strings.TrimSpace(value)
}

// column cuts a value at the second column of its line: "10.0.10.10         IP Mask    : ...".
func column(value string) string {
	value, _, _ = strings.Cut(strings.ReplaceAll(value, "\t", "  "), "  ")
	return strings.TrimSpace(value)
}

// address reads an IP address as nodes print it: also with zeros before its numbers, with a prefix length, and in
// brackets. It returns "" where there is none.
func address(value string) string {
	value, _, _ = strings.Cut(strings.Trim(value, "[]"), "/")
	if a, err := netip.ParseAddr(value); err == nil {
		return a.String()
	}
	parts := strings.Split(value, ".")
	for i, p := range parts {
		if parts[i] = strings.TrimLeft(p, "0"); parts[i] == "" && p != "" {
			parts[i] = "0"
		}
	}
	if a, err := netip.ParseAddr(strings.Join(parts, ".")); err == nil && a.Is4() {
		return a.String()
	}
	return ""
}

var (
	domainWord = lazyregexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`)
	resolvers  = lazyregexp.MustCompile(`(?i)\b(?:primary|secondary)(?:\s+dns)?\s*:\s*(\S+)`)
)

// parseNetwork reads show network eth0: address, DNS servers and domain; empty where the node has none.
func parseNetwork(text string) (ip, domain string, dns []string) {
	for line := range strings.Lines(text) {
		name, value := field(line)
		value = column(value)
		switch {
		case name == "ip address" || name == "ipv4 address":
			if a := address(value); a != "" {
				ip = a
			}
		case name == "ipv6 address" && ip == "":
			ip = address(value)
		case name == "domain" || name == "domain name" || name == "dns domain":
			domain = domainOf(value)
		default:
			for _, m := range resolvers.FindAllStringSubmatch(line, -1) {
				if a := address(m[1]); a != "" {
					dns = append(dns, a)
				}
			}
		}
	}
	return ip, domain, dns
}

func domainOf(value string) string {
	value = strings.Trim(value, ".")
	switch strings.ToLower(value) {
	case "none", "null", "unset", "undefined":
		return ""
	}
	if !domainWord.MatchString(value) {
		return ""
	}
	return value
}

// ParseCluster reads show network cluster: one node a line, "IP FQDN host role product database state". A node without a
// domain prints no FQDN. The table below is passed over.
func ParseCluster(text string) []vos.Member {
	var all []vos.Member
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		at := roleAt(f)
		if at < 0 || address(f[0]) == "" {
			continue
		}
		m := vos.Member{IP: address(f[0]), FQDN: f[1], Host: f[at-1], Role: roleOf(f[at])}
		m.Host, _, _ = strings.Cut(m.Host, ".")
		rest := f[at+1:]
		if len(rest) > 0 {
			m.Product, rest = rest[0], rest[1:]
		}
		if len(rest) > 0 && strings.HasPrefix(strings.ToLower(rest[0]), "db") {
			rest = rest[1:]
		}
		m.State = strings.Join(rest, " ")
		all = append(all, m)
	}
	return all
}

// roleAt finds the role among the words of a line: the fourth, or the third where no FQDN is printed; -1 where there is none.
func roleAt(words []string) int {
	for i := 2; i < len(words) && i < 4; i++ {
		if roleOf(words[i]) != "" {
			return i
		}
	}
	return -1
}

func roleOf(word string) vos.Role {
	switch strings.ToLower(word) {
	case "publisher", "primary":
		return vos.Publisher
	case "subscriber", "secondary":
		return vos.Subscriber
	case "standalone":
		return vos.Standalone
	}
	return ""
}

var serviceLine = lazyregexp.MustCompile(`^\s*(\S.*?)\s*\[\s*([A-Za-z][A-Za-z _-]*?)\s*\]\s*(.*?)\s*$`)

// parseServices reads utils service list.
func parseServices(text string) []vos.Service {
	var all []vos.Service
	for line := range strings.Lines(text) {
		if m := serviceLine.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil {
			all = append(all, vos.Service{Name: m[1], State: strings.ToUpper(m[2]), Reason: m[3]})
		}
	}
	return all
}

// listedFile is a line of a list: what stands before the first colon is the name that show cert takes.
var listedFile = lazyregexp.MustCompile(`(?i)^\s*([a-z0-9_.+-]+)/([^:]+?\.(?:pem|der|csr|crt|cer)|[^:]+?)\s*(?::\s*(.*?)\s*)?$`)

// parseTrust reads show cert list trust (or own, or show csr list): "store/file.pem: description", one a line. One source
// has blocks of Unit, Type, Name, Issuer and Expires for old releases (docs/nodes.md 7.6).
func parseTrust(text string) []vos.TrustFile {
	var all []vos.TrustFile
	unit := ""
	for line := range strings.Lines(text) {
		m := listedFile.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m != nil && isCertFile(m[2]) {
			all = append(all, vos.TrustFile{Store: m[1], File: m[2], About: m[3]})
			continue
		}
		switch name, value := field(line); {
		case name == "unit":
			unit = value
		case name == "type" && unit != "" && strings.Contains(strings.ToLower(value), "trust") && !strings.HasSuffix(strings.ToLower(unit), "-trust"):
			unit += "-trust"
		case (name == "name" || name == "file" || name == "file name") && unit != "" && isCertFile(value):
			all = append(all, vos.TrustFile{Store: unit, File: value[strings.LastIndex(value, "/")+1:], About: ""})
		}
	}
	return all
}

func isCertFile(name string) bool {
	name = strings.ToLower(name)
	for _, end := range []string{".pem", ".der", ".csr", ".crt", ".cer"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

var versionLine = lazyregexp.MustCompile(`(?i)\bactive\s+(?:\w+\s+)?version\s*:\s*(\d\S*)`)

// parseVersion reads show version active, or show uccx version; empty where there is none.
func parseVersion(text string) string {
	if m := versionLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

var certTypeWord = lazyregexp.MustCompile(`(?i)\bcert(?:ificate)?[ _]types?\b[^\n]*?\b(rsa|ecdsa|ec)\b`)

// parseCertType reads show tls server cert_type; ok is false where another text was given.
func parseCertType(text string) (t vos.CertType, ok bool) {
	m := certTypeWord.FindStringSubmatch(text)
	switch {
	case m == nil:
		return vos.CertTypeUnknown, false
	case strings.EqualFold(m[1], "rsa"):
		return vos.CertTypeRSA, true
	}
	return vos.CertTypeECDSA, true
}

// lastState is the last state that a text tells of a service, upper case; empty where it tells none.
func lastState(text, service string) string {
	state := ""
	for _, s := range parseServices(text) {
		if strings.EqualFold(strings.Join(strings.Fields(s.Name), " "), service) {
			state = s.State
		}
	}
	return state
}
