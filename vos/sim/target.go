package sim

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"os"
	"path/filepath"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// ChainDir is the folder that holds root.pem and intermediate.pem of a target: what its owner would send by mail.
func (c *Cluster) ChainDir(host string) string { return filepath.Join(c.dir, "targets", host) }

// found gives a target its chain: a root, an intermediate and the certificate that it serves. Each target has CAs of its
// own name: a trust store holds one certificate per name.
func (n *node) found(d *nodeDisk) error {
	now := n.now().Truncate(time.Hour)
	root, rootKey, err := n.sign(d, n.fqdn+" Root CA", now.AddDate(-3, 0, 0), 20, nil, nil)
	if err != nil {
		return err
	}
	between, key, err := n.sign(d, n.fqdn+" Issuing CA 2", now.AddDate(-2, 0, 0), 10, root, rootKey)
	if err != nil {
		return err
	}
	leaf, leafKey, err := n.sign(d, n.fqdn, now.AddDate(0, -2, 0), 1, between, key)
	if err != nil {
		return err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(leafKey)
	if err != nil {
		return err
	}
	fp := fingerprint(leaf.Raw)
	d.Identities[fp], d.Held["tomcat"] = identity{leaf.Raw, pkcs8}, fp
	chain := [][]byte{between.Raw}
	switch n.target.Sends {
	case SendsLeaf:
		chain = nil
	case SendsAll:
		chain = append(chain, root.Raw)
	}
	d.Served[servedAt("tomcat", n.ports[0])] = served{fp, chain}
	return n.publish(map[string]*x509.Certificate{"root.pem": root, "intermediate.pem": between})
}

// publish lays CA certificates into the target's folder.
func (n *node) publish(files map[string]*x509.Certificate) error {
	dir := n.c.ChainDir(n.fqdn)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for name, c := range files {
		if err := writeFile(filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})); err != nil {
			return err
		}
	}
	return nil
}

// sign makes one certificate of a target's chain; without issuer it signs itself. The leaf is the one named as the target.
func (n *node) sign(d *nodeDisk, cn string, from time.Time, years int, by *x509.Certificate, byKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	t := &x509.Certificate{
		SerialNumber:          n.c.serial(n.fqdn, d.Made),
		Subject:               pkix.Name{CommonName: cn, Organization: []string{"Partner"}, Country: []string{"GB"}},
		NotBefore:             from,
		NotAfter:              from.AddDate(years, 0, 0),
		BasicConstraintsValid: true,
		IsCA:                  true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if cn == n.fqdn {
		t.IsCA, t.KeyUsage, t.DNSNames = false, x509.KeyUsageDigitalSignature, []string{cn}
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	d.Made++
	if by == nil {
		by, byKey = t, key
	}
	der, err := x509.CreateCertificate(rand.Reader, t, by, key.Public(), byKey)
	if err != nil {
		return nil, nil, err
	}
	c, err := cert.FromDER(der)
	return c, key, err
}
