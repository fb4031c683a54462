package san

import (
	"net"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
)

// Among is what of some names is in all, in small letters.
func Among(names, all []string) []string {
	var found []string
	for _, n := range lower(names) {
		if slices.Contains(lower(all), n) {
			found = append(found, n)
		}
	}
	return found
}

// Foreign are names of hosts that are neither a node nor a form of its name, in small letters.
func Foreign(node string, names []string) []string {
	host, domain, _ := strings.Cut(strings.ToLower(node), ".")
	own := []string{host + "." + domain, domain, "www." + host + "." + domain, host}
	for _, mark := range Marks() {
		own = append(own, host+mark+"."+domain)
	}
	var rest []string
	for _, n := range lower(names) {
		if !slices.Contains(own, n) && !strings.HasPrefix(n, "*.") {
			rest = append(rest, n)
		}
	}
	return rest
}

// ForSeveral reports whether names make a certificate one for a node and its peers (PRE-6).
func ForSeveral(node string, peers, names []string) bool {
	host, domain, _ := strings.Cut(strings.ToLower(node), ".")
	return len(Among(names, peers)) > 0 || slices.ContainsFunc(lower(names), func(n string) bool { return n == host+"-ms."+domain || n == host+"-ec-ms."+domain })
}

// CommonFor reports whether a common name is that of a node, with or without the marks of nodes.
func CommonFor(cn, node string) bool {
	host, domain, _ := strings.Cut(node, ".")
	return strings.EqualFold(cn, node) || slices.ContainsFunc(Marks(), func(m string) bool { return strings.EqualFold(cn, host+m+"."+domain) })
}

func lower(all []string) []string {
	out := make([]string, 0, len(all))
	for _, s := range all {
		out = append(out, strings.ToLower(s))
	}
	return out
}

// Internal are the names that no public CA signs: internal host names, and private addresses.
func Internal(names []rfc5280.AltName) []string {
	var all []string
	for _, n := range names {
		if n.Kind == "DNS" && InternalName(n.Text) || n.Kind == "IP" && privateIP(net.ParseIP(n.Text)) {
			all = append(all, n.Text)
		}
	}
	return all
}

// InternalName reports whether a DNS name exists on no public server: no public CA signs it (CA/Browser Forum baseline requirements 4.2.2).
func InternalName(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	last := name[strings.LastIndex(name, ".")+1:]
	return !strings.Contains(name, ".") || strings.HasSuffix(name, ".home.arpa") ||
		slices.Contains([]string{"local", "localdomain", "lan", "internal", "intranet", "corp", "home", "private", "priv", "loc", "domain", "workgroup", "test", "invalid", "localhost"}, last)
}

func privateIP(ip net.IP) bool {
	if ip == nil {
		return false
	}
	shared := net.IPNet{IP: net.IPv4(100, 64, 0, 0), Mask: net.CIDRMask(10, 32)} // RFC 6598
	return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || shared.Contains(ip)
}
