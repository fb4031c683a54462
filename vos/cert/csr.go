package cert

import (
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// requestCheck is an entry about a CSR, before it goes to the CA, where it can still be put right.
type requestCheck struct {
	entry
	look func(Request) msg.Text // what was found, or "" where all is well
}

// requestChecks is the verdict on one CSR.
func requestChecks() []requestCheck {
	return []requestCheck{
		{entry{"csr-signature", Fault, "", msg.T("The file was damaged: its signature is invalid."), msg.T("Download it from the node again. Do not generate it again."), "SIG-2"}, csrSignature},
		{entry{"csr-fqdn", Fault, "", msg.T("The node's host name or domain was changed, or the Common Name was typed by hand."), msg.T("Check the node's host name and domain, then generate a new CSR."), "TRB-3"}, csrFQDN},
		{entry{"csr-no-san", Warning, "", msg.T("Some releases make such a CSR when the Parent Domain is empty. The CA then sets the names, so they cannot differ from the CSR."), msg.T("Tell the CA to put the node's FQDN into the SAN, and nothing else."), "PRE-8"}, csrNoSAN},
		{entry{"csr-no-cn", Warning, "", msg.T("Nodes name files and trust store entries by the common name. It is unknown what they do without one."), msg.T("Generate the CSR on the node with its FQDN as common name."), "PRE-5"}, csrNoCN},
		{entry{"csr-internal", Note, "", msg.T("Public CAs do not sign internal names and private IP addresses."), msg.T("Use an internal CA. If clients outside must trust the node, give it a public domain first."), "PRE-7"}, csrInternal},
		{entry{"csr-wildcard", Fault, saysWildcard, msg.T("Nodes refuse wildcard certificates."), msg.T("Generate the CSR on the node."), "Cisco document 118731"}, csrWildcard},
		{entry{"csr-parent", Warning, "", msg.T("The CSR page fills in Parent Domain. Many CAs remove the bare domain, and the names then differ."), msg.T("Clear Parent Domain on the CSR page, or ask the CA to keep the name."), "PRE-8"}, csrParent},
		{entry{"csr-third-node", Fault, "", msg.T("A UCCX certificate may contain only UCCX node 1 and node 2, never CCP."), msg.T("Generate a new CSR without that name."), "PRE-6"}, csrThird},
		{entry{"csr-multi-server", Fault, "", msg.T("Only UCCX (11.6 and later) and Unified CM support multi-server certificates."), msg.T("Generate one CSR per node with the node's FQDN as Distribution."), "PRE-6"}, csrMulti},
		{entry{"csr-multi-disputed", Warning, "", msg.T("Cisco's guide says 11.6 in one place and 11.6(2) in another. 11.6(2) is safer."), msg.T("Update to 11.6(2), or generate one CSR per node."), "PRE-6"}, csrMultiDisputed},
		{entry{"csr-key", Warning, "", msg.T("Cisco's guide lists 1024 and 2048 bits for UCCX. Browsers and public CAs require 2048. OS Administration of " +
			"newer releases also offers 3072 and 4096."), msg.T("2048 bits are safe everywhere."), "PRE-4"}, csrKey},
		{entry{"csr-key-refused", Fault, "", msg.T("The platform accepts RSA keys of 1024 to 4096 bits."), msg.T("Generate the CSR with 2048 bits."), "PRE-4"}, csrKeyRefused},
		{entry{"csr-unit", Fault, "", msg.T("RSA and EC keys have separate certificates: tomcat and tomcat-ECDSA."), msg.T("Generate the CSR under the right certificate name."), "EC-2"}, csrUnit},
		{entry{"csr-eku", Warning, "", msg.T("UCCX needs server and client authentication. A CA that copies the CSR leaves out what the CSR does not ask " +
			"for."), msg.T("Ask the CA to include both."), "SIG-7"}, csrEKU},
		{entry{"csr-long-cn", Warning, "", msg.T("X.520 allows 64 characters, and public CAs refuse more."), msg.T("Generate the CSR with a shorter common name."), "ITU-T X.520"}, csrLongCN},
	}
}

// CheckRequest judges a CSR before it goes to the CA.
func CheckRequest(r Request) []Finding {
	if r.CSR == nil {
		return nil
	}
	var found []Finding
	for _, c := range requestChecks() {
		if what := c.look(r); !what.IsZero() {
			found = append(found, c.fill(Finding{Node: r.Node, What: what}))
		}
	}
	return found
}

func csrSignature(r Request) msg.Text {
	pub := &x509.Certificate{PublicKey: r.CSR.PublicKey, SignatureAlgorithm: r.CSR.SignatureAlgorithm}
	if unchecked(pub) || oddKey(pub) || r.CSR.CheckSignature() == nil {
		return msg.Text{}
	}
	return msg.T("the signature of the CSR is invalid")
}

// csrFQDN: a CSR without names leaves them to the CA (PRE-8); then its common name must be the node's.
func csrFQDN(r Request) msg.Text {
	names := san.Hosts(san.OfRequest(r.CSR))
	switch node := strings.ToLower(r.Node); {
	case len(san.OfRequest(r.CSR)) == 0 && san.FullName(r.CSR.Subject.CommonName) && (node == "" || san.CommonFor(r.CSR.Subject.CommonName, node)):
		return msg.Text{}
	case !slices.ContainsFunc(names, san.FullName):
		return msg.T("the CSR contains no full name with a domain: %s", List(asked(r)))
	case node == "" || slices.Contains(names, node):
		return msg.Text{}
	}
	return msg.T("the SAN of the CSR does not contain the node's FQDN: %s", List(asked(r)))
}

func csrNoSAN(r Request) msg.Text {
	if len(san.OfRequest(r.CSR)) == 0 && csrFQDN(r).IsZero() {
		return msg.T("the CSR contains no SAN")
	}
	return msg.Text{}
}

func csrNoCN(r Request) msg.Text {
	if r.CSR.Subject.CommonName == "" {
		return msg.T("the CSR has no common name")
	}
	return msg.Text{}
}

func csrInternal(r Request) msg.Text {
	if names := san.OfRequest(r.CSR); len(names) > 0 {
		return internal(names)
	}
	if r.CSR.Subject.CommonName == "" {
		return msg.Text{}
	}
	return internal([]rfc5280.AltName{{Kind: "DNS", Text: r.CSR.Subject.CommonName}})
}

func csrWildcard(r Request) msg.Text {
	for _, name := range asked(r) {
		if strings.HasPrefix(name, "*.") {
			return msg.T("the CSR asks for a wildcard: %s", List([]string{name}))
		}
	}
	return msg.Text{}
}

func csrParent(r Request) msg.Text {
	if domain := Parent(r.Node, r.CSR); domain != "" {
		return msg.T("the CSR also contains the bare domain %s", domain)
	}
	return msg.Text{}
}

// Parent is the bare domain of a node among the names of its CSR, printable; "" where it is not there (PRE-8).
func Parent(node string, r *x509.CertificateRequest) string {
	_, domain, _ := strings.Cut(node, ".")
	for _, name := range r.DNSNames {
		if domain != "" && strings.EqualFold(name, domain) {
			return Shown(name)
		}
	}
	return ""
}

func csrThird(r Request) msg.Text         { return thirdNode(r, san.Hosts(san.OfRequest(r.CSR))) }
func csrMulti(r Request) msg.Text         { return multiAt(r, asked(r), MultiNo) }
func csrMultiDisputed(r Request) msg.Text { return multiAt(r, asked(r), MultiDisputed) }
func csrUnit(r Request) msg.Text          { return unitFor(r, r.CSR.PublicKey) }

func asked(r Request) []string {
	var all []string
	for _, n := range append([]string{r.CSR.Subject.CommonName}, san.Hosts(san.OfRequest(r.CSR))...) {
		if n != "" && !slices.ContainsFunc(all, func(o string) bool { return strings.EqualFold(n, o) }) {
			all = append(all, n)
		}
	}
	return all
}

func csrBits(r Request) int { return keySize(&x509.Certificate{PublicKey: r.CSR.PublicKey}) }

func csrKey(r Request) msg.Text {
	if n := csrBits(r); n >= minKeySize && n < guideKeySize {
		return msg.T("%s is a short key", KeyWords(r.CSR.PublicKey))
	}
	return lookKeySize(pair{req: r, cert: &x509.Certificate{PublicKey: r.CSR.PublicKey}})
}

func csrKeyRefused(r Request) msg.Text {
	if n := csrBits(r); n > 0 && n < minKeySize || n > maxKeySize {
		return msg.T("key is %s", KeyWords(r.CSR.PublicKey))
	}
	return msg.Text{}
}

// csrEKU: a CSR that asks for purposes at all asks for both.
func csrEKU(r Request) msg.Text {
	if !extension.AskedForBoth(r.CSR) {
		return msg.T("the CSR does not ask for server and client authentication (Extended Key Usage)")
	}
	return msg.Text{}
}

func csrLongCN(r Request) msg.Text {
	return lookLongCN(pair{cert: &x509.Certificate{Subject: r.CSR.Subject}})
}
