package sim

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"strings"
)

// request makes a key and a CSR (SIG-1). That of a multi-server certificate holds the names of all nodes of the cluster,
// and is called HOST-ms.DOMAIN (docs/nodes.md 3).
func (n *node) request(f Form) (pending, error) {
	unit := f.Unit
	if unit == "" {
		unit = "tomcat"
	}
	key, err := n.requestKey(unit, f.Bits)
	if err != nil {
		return pending{}, err
	}
	usage, err := asn1.Marshal(asn1.BitString{Bytes: []byte{0xb8}, BitLength: 5}) // 0, 2, 3, 4
	if err != nil {
		return pending{}, err
	}
	extended, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 1}, {1, 3, 6, 1, 5, 5, 7, 3, 2}, ipsecEndSystem()})
	if err != nil {
		return pending{}, err
	}
	fqdn := n.called(n.look())
	t := &x509.CertificateRequest{
		Subject:  subject(unit, fqdn, f.OU),
		DNSNames: n.requestNames(fqdn, f),
		ExtraExtensions: []pkix.Extension{
			{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Value: usage},
			{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: extended},
		},
	}
	if f.Multi {
		host, domain, _ := strings.Cut(t.Subject.CommonName, ".")
		t.Subject.CommonName = host + "-ms." + domain
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, t, key)
	if err != nil {
		return pending{}, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	return pending{der, pkcs8, f.Multi}, err
}

// requestKey makes a key of the length that the form says.
func (n *node) requestKey(unit string, bits int) (crypto.Signer, error) {
	if bits == 0 || bits == 2048 || strings.HasSuffix(unit, "-ECDSA") {
		return unitKey(unit, n.c.keys)
	}
	return rsa.GenerateKey(rand.Reader, bits)
}

// requestNames are the SANs of a request.
func (n *node) requestNames(fqdn string, f Form) []string {
	all := []string{fqdn}
	if f.Multi {
		for _, peer := range n.g.nodes {
			if peer.at() == ready { // a peer whose Tomcat is down is left out without a word (docs/nodes.md 6.23)
				all = append(all, peer.called(peer.look()))
			}
		}
	}
	if f.Parent != "" {
		all = append(all, f.Parent)
	}
	all = append(all, f.Names...)
	slices.Sort(all)
	return slices.Compact(all)
}
