package cert

import (
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"strings"
)

// requestCheck is an entry about a CSR, before it goes to the CA, where it can still be put right.
type requestCheck struct {
	entry
	look func(Request) string // what was found, or "" where all is well
}

// requestChecks is the verdict on one CSR.
func requestChecks() []requestCheck {
	return []requestCheck{
		{entry{"csr-signature", Fault, "", "The file was damaged: its signature is invalid.", "Download it from the node again. Do not generate it again.", "SIG-2"}, csrSignature},
		{entry{"csr-fqdn", Fault, "", "The node's host name or domain was changed, or the Common Name was typed by hand.", "Check the node's host name and domain, then generate a new CSR.", "TRB-3"}, csrFQDN},
		{entry{"csr-wildcard", Fault, saysWildcard, "Nodes refuse wildcard certificates.", "Generate the CSR on the node.", "vos-facts 3"}, csrWildcard},
		{entry{"csr-parent", Warning, "", "The CSR page fills in Parent Domain. Many CAs drop the bare domain, and the names then differ.", "Clear Parent Domain on the CSR page, or ask the CA to keep the name.", "PRE-8"}, csrParent},
		{entry{"csr-third-node", Fault, "", "A UCCX certificate may contain only UCCX node 1 and node 2, never CCP.", "make the CSR anew without that name", "PRE-6"}, csrThird},
		{entry{"csr-multi-server", Fault, "", "Only UCCX (11.6 and later) and Unified CM support multi-server certificates.", "Generate one CSR per node with the node's FQDN as Distribution.", "PRE-6"}, csrMulti},
		{entry{"csr-multi-disputed", Warning, "", "Cisco's guide says 11.6 in one place and 11.6(2) in another. 11.6(2) is safer.", "Update to 11.6(2), or generate one CSR per node.", "PRE-6"}, csrMultiDisputed},
		{entry{"csr-key", Warning, "", "the guide names 1024 and 2048 bits for UCCX, browsers and public CAs ask for 2048; the platform page of newer releases offers 3072 and 4096", "2048 bits are safe everywhere", "PRE-4"}, csrKey},
		{entry{"csr-key-refused", Fault, "", "the platform takes RSA keys of 1024 to 4096 bits", "Generate the CSR with 2048 bits.", "PRE-4"}, csrKeyRefused},
		{entry{"csr-unit", Fault, "", "RSA and EC keys have separate certificates: tomcat and tomcat-ECDSA.", "make the CSR under the name that it is meant for", "EC-2"}, csrUnit},
		{entry{"csr-eku", Warning, "", "UCCX needs server and client authentication. A CA that copies the CSR leaves out what it lacks.", "Ask the CA to include both.", "SIG-7"}, csrEKU},
		{entry{"csr-long-cn", Warning, "", "X.520 allows 64 letters, and public CAs refuse more", "make the CSR with a shorter common name", "vos-facts 3"}, csrLongCN},
	}
}

// CheckRequest judges a CSR before it goes to the CA.
func CheckRequest(r Request) []Finding {
	if r.CSR == nil {
		return nil
	}
	var found []Finding
	for _, c := range requestChecks() {
		if what := c.look(r); what != "" {
			found = append(found, c.fill(Finding{Node: r.Node, What: what}))
		}
	}
	return found
}

func csrSignature(r Request) string {
	pub := &x509.Certificate{PublicKey: r.CSR.PublicKey, SignatureAlgorithm: r.CSR.SignatureAlgorithm}
	if unchecked(pub) || oddKey(pub) || r.CSR.CheckSignature() == nil {
		return ""
	}
	return "the signature of the CSR is invalid"
}

func csrFQDN(r Request) string {
	if r.Node == "" || len(among([]string{r.Node}, r.CSR.DNSNames)) > 0 {
		return ""
	}
	return fmt.Sprintf("the SAN of the CSR does not contain the node's FQDN: %s", list(asked(r)))
}

func csrWildcard(r Request) string {
	for _, name := range asked(r) {
		if strings.HasPrefix(name, "*.") {
			return fmt.Sprintf("the CSR asks for a wildcard: %s", list([]string{name}))
		}
	}
	return ""
}

func csrParent(r Request) string {
	if domain := Parent(r.Node, r.CSR); domain != "" {
		return fmt.Sprintf("the CSR also contains the bare domain %s", domain)
	}
	return ""
}

// Parent is the bare domain of a node among the names of its CSR, printable; "" where it is not there (PRE-8).
func Parent(node string, r *x509.CertificateRequest) string {
	_, domain, _ := strings.Cut(node, ".")
	for _, name := range r.DNSNames {
		if domain != "" && strings.EqualFold(name, domain) {
			return shorten(Printable(name))
		}
	}
	return ""
}

func csrThird(r Request) string         { return thirdNode(r, r.CSR.DNSNames) }
func csrMulti(r Request) string         { return multiAt(r, asked(r), MultiNo) }
func csrMultiDisputed(r Request) string { return multiAt(r, asked(r), MultiDisputed) }
func csrUnit(r Request) string          { return unitFor(r, r.CSR.PublicKey) }

func asked(r Request) []string {
	return append([]string{r.CSR.Subject.CommonName}, r.CSR.DNSNames...)
}

func csrBits(r Request) int { return keySize(&x509.Certificate{PublicKey: r.CSR.PublicKey}) }

func csrKey(r Request) string {
	if n := csrBits(r); n >= minKeySize && n < guideKeySize {
		return fmt.Sprintf("%s is a short key", KeyWords(r.CSR.PublicKey))
	}
	return lookKeySize(pair{req: r, cert: &x509.Certificate{PublicKey: r.CSR.PublicKey}})
}

func csrKeyRefused(r Request) string {
	if n := csrBits(r); n > 0 && n < minKeySize || n > maxKeySize {
		return fmt.Sprintf("key is %s", KeyWords(r.CSR.PublicKey))
	}
	return ""
}

var (
	oidEKU        = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidServerAuth = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
	oidClientAuth = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
)

// csrEKU: a CSR that asks for purposes at all asks for both.
func csrEKU(r Request) string {
	for _, e := range r.CSR.Extensions {
		var asked []asn1.ObjectIdentifier
		if !e.Id.Equal(oidEKU) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &asked); err != nil {
			continue
		}
		server, client := false, false
		for _, id := range asked {
			server, client = server || id.Equal(oidServerAuth), client || id.Equal(oidClientAuth)
		}
		if !server || !client {
			return "the CSR does not ask for server and client authentication (Extended Key Usage)"
		}
	}
	return ""
}

func csrLongCN(r Request) string {
	return lookLongCN(pair{cert: &x509.Certificate{Subject: r.CSR.Subject}})
}
