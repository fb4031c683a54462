package cert

import (
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Severity is how grave a finding is: a Fault is refused before anything is uploaded.
type Severity int

// Note informs; Warning may be gone past knowingly; Fault may not.
const (
	Note Severity = iota
	Warning
	Fault
)

// String is the word for people and journals.
func (s Severity) String() string { return [...]string{"note", "warning", "fault"}[s] }

// Finding is one thing that the verdict has to say.
type Finding struct {
	Code     string
	Severity Severity
	File     string // where the certificate was found
	Node     string // FQDN
	What     string // what was found
	Cause    string // how it comes about
	Cure     string // what to do next
	Says     string // what the node would have said, or ""
	Rule     string // id of domain.md
}

// The node's own words that are predicted (vos-facts 3).
const (
	saysKey  = "CSR public key and certificate public key do not match"
	saysSAN  = "CSR SAN and Certificate SAN does not match"
	saysCA   = "CA certificate is not available in the trust-store"
	saysForm = "Certificate is not in PEM format"
)

// pair is an application certificate next to the request that it answers.
type pair struct {
	req   Request
	cert  *x509.Certificate
	chain Chain
	now   time.Time
}

// check is one entry of the verdict: what it looks for, and everything there is to say when it finds it.
type check struct {
	code     string
	severity Severity
	says     string
	cause    string
	cure     string
	rule     string
	look     func(pair) string // what was found, or "" where all is well
}

// checks is the verdict on one application certificate. A rule about certificates is one entry here.
func checks() []check {
	return []check{
		{"san", Fault, saysSAN, "the CA added or dropped names (www., a bare domain)", "send the request back: the names must stay exactly as requested", "TRB-2", lookSAN},
		{"fqdn", Fault, "", "browsers ignore the common name since Chrome 58", "have the CA put the node's FQDN among the names (SAN)", "TRB-3", lookFQDN},
		{"wildcard", Fault, "", "nodes do not take wildcard certificates", "have the CA sign the request as it is", "vos-facts 3", lookWildcard},
		{"expired", Fault, "", "an old file was sent, or it lay too long", "have the CA issue it anew", "SIG-3", lookExpired},
		{"not-yet", Fault, "", "the CA's clock, or its begin date, lies ahead", "wait until then, or have it issued anew", "SIG-3", lookNotYet},
		{"sha1", Fault, "", "the CA signs with an algorithm that clients refuse", "have it signed with SHA-256 or stronger", "PRE-4", lookSHA1},
		{"self-signed", Fault, saysCA, "this is no answer of a CA", "choose the file that the CA sent", "SIG-3", lookSelf},
		{"too-large", Fault, "", "the platform takes keys up to 4096 bits", "make the CSR with 2048 bits", "vos-facts 3", lookTooLarge},
		{"path", Fault, saysCA, "a CA in the chain may not sign what stands below it", "ask the CA for the right chain", "SIG-5", lookPath},
		{"ec-by-rsa", Warning, "", "nodes do not present an EC certificate that an RSA CA signed; on SocialMiner 11.5 chat breaks (CSCvb58580)", "have it signed by an EC CA, or use RSA", "EC-3", lookECByRSA},
		{"critical", Warning, "", "UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)", "ask the CA to issue it without them", "TRB-1", lookCritical},
		{"key-usage", Warning, "", "the CA dropped usages that the request asked for", "ask the CA to keep the key usages of the request", "SIG-3", lookKeyUsage},
		{"long-life", Note, "", "public CAs may issue for 200 days, 100 from March 2027, 47 from March 2029 (CA/Browser Forum)", "fine for an internal CA; browsers refuse it from a public one", "SIG-3", lookLongLife},
		{"eku", Warning, "", "public CAs drop client authentication; UCCX 12.5(1) to 15.0(1)SU1 and CCP expect both (FN74382)", "ask the CA for server and client authentication, or read FN74382", "SIG-7", lookEKU},
		{"key-size", Warning, "", "the guide names 1024 and 2048 bits for UCCX; the platform page of newer releases offers 3072 and 4096", "know that sources disagree before going on", "PRE-4", lookKeySize},
		{"short", Warning, "", "the certificate ends soon", "plan the next change now", "SIG-3", lookShort},
		{"ca-expired", Fault, saysCA, "the chain holds a CA that is no longer valid", "ask the CA for its present chain", "SIG-5", lookCAExpired},
	}
}

func lookSAN(p pair) string {
	if p.req.CSR == nil {
		return ""
	}
	r, c := p.req.CSR, p.cert
	want, got := names(r.DNSNames, r.IPAddresses, r.EmailAddresses, r.URIs), names(c.DNSNames, c.IPAddresses, c.EmailAddresses, c.URIs)
	added, dropped := without(got, want), without(want, got)
	if len(added)+len(dropped) == 0 {
		return ""
	}
	var parts []string
	if len(added) > 0 {
		parts = append(parts, "added "+strings.Join(added, ", "))
	}
	if len(dropped) > 0 {
		parts = append(parts, "dropped "+strings.Join(dropped, ", "))
	}
	return "the names differ from the request: " + Printable(strings.Join(parts, "; "))
}

// names is a set of alternative names in small letters: order and case do not matter to a node.
func names(dns []string, ips []net.IP, mails []string, uris []*url.URL) []string {
	all := append(lower(dns), lower(mails)...)
	for _, ip := range ips {
		all = append(all, ip.String())
	}
	for _, u := range uris {
		all = append(all, u.String())
	}
	return all
}

func lower(all []string) []string {
	out := make([]string, 0, len(all))
	for _, s := range all {
		out = append(out, strings.ToLower(s))
	}
	return out
}

func without(all, minus []string) []string {
	var rest []string
	for _, s := range all {
		if !slices.Contains(minus, s) && !slices.Contains(rest, s) {
			rest = append(rest, s)
		}
	}
	slices.Sort(rest)
	return rest
}

func lookFQDN(p pair) string {
	if p.req.Node == "" || slices.Contains(lower(p.cert.DNSNames), strings.ToLower(p.req.Node)) {
		return ""
	}
	return "the node's FQDN is not among the names: " + Printable(strings.Join(p.cert.DNSNames, ", "))
}

func lookWildcard(p pair) string {
	for _, name := range append([]string{p.cert.Subject.CommonName}, p.cert.DNSNames...) {
		if strings.HasPrefix(name, "*.") {
			return "it is a wildcard certificate: " + Printable(name)
		}
	}
	return ""
}

func lookExpired(p pair) string {
	if p.now.After(p.cert.NotAfter) {
		return "it has expired on " + p.cert.NotAfter.UTC().Format(time.DateOnly)
	}
	return ""
}

func lookNotYet(p pair) string {
	if p.now.Before(p.cert.NotBefore) {
		return "it is not valid before " + p.cert.NotBefore.UTC().Format("2006-01-02 15:04 MST")
	}
	return ""
}

func lookSHA1(p pair) string {
	if weakSignature(p.cert) {
		return "it is signed with " + p.cert.SignatureAlgorithm.String()
	}
	return ""
}

func lookSelf(p pair) string {
	if k := Classify(p.cert); k == SelfSigned || k == Root {
		return "it is signed by its own key"
	}
	return ""
}

func lookEKU(p pair) string {
	server := slices.Contains(p.cert.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	client := slices.Contains(p.cert.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
	switch {
	case server && client, slices.Contains(p.cert.ExtKeyUsage, x509.ExtKeyUsageAny), len(p.cert.ExtKeyUsage)+len(p.cert.UnknownExtKeyUsage) == 0:
		return ""
	case server:
		return "it lacks client authentication (Extended Key Usage)"
	}
	return "it lacks server authentication (Extended Key Usage)"
}

// guideKeySize is what the guide allows for UCCX, in bits.
const guideKeySize = 2048

func lookKeySize(p pair) string {
	if k, ok := p.cert.PublicKey.(*rsa.PublicKey); ok && k.N.BitLen() > guideKeySize {
		return fmt.Sprintf("its key has %d bits", k.N.BitLen())
	}
	return ""
}

// shortLife is below what number of days a fresh certificate deserves a word.
const shortLife = 30

func lookShort(p pair) string {
	if left := DaysLeft(p.cert, p.now); left >= 0 && left < shortLife {
		return fmt.Sprintf("it is valid for %d more days only", left)
	}
	return ""
}

func lookCAExpired(p pair) string {
	for _, ca := range p.chain.CAs {
		if p.now.After(ca.NotAfter) {
			return fmt.Sprintf("%s has expired on %s", Name(ca), ca.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	return ""
}
