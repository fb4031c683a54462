// Package san reads the names that a certificate has, or a CSR asks for, and tells by them which node a CSR is for.
package san

import (
	"crypto/x509"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
)

// OfCertificate are the alternative names of a certificate, of every kind.
func OfCertificate(c *x509.Certificate) []rfc5280.AltName {
	if all, ok := rfc5280.AltNames(c.Extensions); ok {
		return all
	}
	return plainNames(c.DNSNames, c.IPAddresses, c.EmailAddresses, c.URIs)
}

// OfRequest are the alternative names that a CSR asks for, of every kind.
func OfRequest(r *x509.CertificateRequest) []rfc5280.AltName {
	if all, ok := rfc5280.AltNames(r.Extensions); ok {
		return all
	}
	return plainNames(r.DNSNames, r.IPAddresses, r.EmailAddresses, r.URIs)
}

// plainNames are the kinds that crypto/x509 knows.
func plainNames(dns []string, ips []net.IP, mails []string, uris []*url.URL) []rfc5280.AltName {
	var all []rfc5280.AltName
	for _, s := range dns {
		all = append(all, rfc5280.AltName{Kind: "DNS", Text: s})
	}
	for _, s := range mails {
		all = append(all, rfc5280.AltName{Kind: "mail", Text: s})
	}
	for _, ip := range ips {
		all = append(all, rfc5280.AltName{Kind: "IP", Text: ip.String()})
	}
	for _, u := range uris {
		all = append(all, rfc5280.AltName{Kind: "URI", Text: u.String()})
	}
	return all
}

// Beyond are the names of all that are not among others, whatever their case, as they are written.
func Beyond(all, others []rfc5280.AltName) []string {
	seen := map[string]bool{}
	for _, n := range others {
		seen[strings.ToLower(n.String())] = true
	}
	var rest []string
	for _, n := range all {
		if key := strings.ToLower(n.String()); !seen[key] {
			seen[key] = true
			rest = append(rest, n.String())
		}
	}
	slices.Sort(rest)
	return rest
}

// Hosts are the DNS names among alternative names, in small letters.
func Hosts(all []rfc5280.AltName) []string {
	var out []string
	for _, n := range all {
		if n.Kind == "DNS" {
			out = append(out, strings.ToLower(n.Text))
		}
	}
	return out
}

// FullName reports whether a name has a domain (PRE-2).
func FullName(name string) bool {
	host, domain, _ := strings.Cut(name, ".")
	return host != "" && strings.Trim(domain, ".") != ""
}

// Marks are what nodes put behind the host name in a common name: of multi-server and elliptic curve certificates.
func Marks() []string { return []string{"-ec-ms", "-ms", "-ec"} }

// NodeOf tells by a CSR alone which node it is for, and which other nodes share it: the common name of a multi-server CSR
// is HOST-ms.DOMAIN, which is no node, and that of an elliptic curve CSR may be HOST-EC.DOMAIN (docs/nodes.md 3). Names are in
// small letters.
func NodeOf(r *x509.CertificateRequest) (node string, peers []string) {
	cn := strings.ToLower(r.Subject.CommonName)
	names := Hosts(OfRequest(r))
	hosts := hostNames(names)
	host, domain, _ := strings.Cut(cn, ".")
	for _, mark := range Marks() {
		bare, marked := strings.CutSuffix(host, mark)
		if marked && (slices.Contains(names, bare+"."+domain) || len(names) == 0) {
			return bare + "." + domain, without(hosts, []string{bare + "." + domain, cn})
		}
	}
	switch {
	case len(hosts) == 0 || slices.Contains(names, cn) && FullName(cn):
		node = cn
	case strings.HasSuffix(host, "-ms") || !FullName(cn) || len(hosts) > 1: // the common name was typed by hand
		node = hosts[0]
		for _, h := range hosts {
			if strings.HasPrefix(h, cn+".") {
				node = h
			}
		}
	default:
		return cn, nil // the only host is another: the common name is wrong, or it is
	}
	return node, without(hosts, []string{node, cn})
}

// hostNames are the full names that are hosts: none that is the domain of another, and no www.
func hostNames(names []string) []string {
	var hosts []string
	for _, n := range names {
		parent := slices.ContainsFunc(names, func(o string) bool { _, d, _ := strings.Cut(o, "."); return d == n })
		if FullName(n) && !parent && !strings.HasPrefix(n, "www.") && !strings.HasPrefix(n, "*.") {
			hosts = append(hosts, n)
		}
	}
	return hosts
}

// without is what of all is not in minus, once each, sorted.
func without(all, minus []string) []string {
	seen := map[string]bool{}
	for _, s := range minus {
		seen[s] = true
	}
	var rest []string
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			rest = append(rest, s)
		}
	}
	slices.Sort(rest)
	return rest
}
