package sim

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// clones makes certificates that look like given ones but for their keys, which are not available: subject, names, dates,
// serial and extensions are the same, and what signed one signs its clone. So a simulated node can stand for a real one.
type clones struct {
	c    *Cluster
	cas  []*x509.Certificate          // all that may have signed another
	made map[string]*x509.Certificate // DER of the original -> clone
	keys map[string]crypto.Signer     // public key of the original -> key of the clone
	busy map[string]bool              // being made: CAs that signed each other would go round for ever
}

func newClones(c *Cluster) *clones {
	return &clones{c: c, made: map[string]*x509.Certificate{}, keys: map[string]crypto.Signer{}, busy: map[string]bool{}}
}

// knows adds certificates that may have signed others.
func (t *clones) knows(all ...*x509.Certificate) {
	for _, c := range all {
		if c != nil && c.IsCA && !slices.ContainsFunc(t.cas, c.Equal) {
			t.cas = append(t.cas, c)
		}
	}
}

// key is the key of a clone: one for each key of an original.
func (t *clones) key(of *x509.Certificate) (crypto.Signer, error) {
	id := string(of.RawSubjectPublicKeyInfo)
	if k := t.keys[id]; k != nil {
		return k, nil
	}
	k, err := t.fresh(of.PublicKey)
	t.keys[id] = k
	return k, err
}

// fresh makes a key of the kind of another.
func (t *clones) fresh(like any) (crypto.Signer, error) {
	if ec, ok := like.(*ecdsa.PublicKey); ok {
		return ecdsa.GenerateKey(ec.Curve, rand.Reader)
	}
	return t.c.first()
}

// get returns the clone of a certificate.
func (t *clones) get(c *x509.Certificate) (*x509.Certificate, error) {
	if clone := t.made[string(c.Raw)]; clone != nil {
		return clone, nil
	}
	t.busy[string(c.Raw)] = true
	defer delete(t.busy, string(c.Raw))
	key, err := t.key(c)
	if err != nil {
		return nil, err
	}
	clone, err := t.sign(c, t.copy(c), key.Public())
	if err != nil {
		return nil, fmt.Errorf("a certificate like that of %q cannot be made: %w", c.Subject.CommonName, err)
	}
	t.made[string(c.Raw)] = clone
	return clone, nil
}

// copy is a template of all that a certificate says, but what follows from keys.
func (t *clones) copy(c *x509.Certificate) *x509.Certificate {
	serial := c.SerialNumber
	if serial == nil || serial.Sign() <= 0 || serial.BitLen() > 159 {
		serial = t.c.serial("twin", len(t.made))
	}
	return &x509.Certificate{RawSubject: c.RawSubject, SerialNumber: serial, NotBefore: c.NotBefore, NotAfter: c.NotAfter, IsCA: c.IsCA,
		ExtraExtensions: without(c.Extensions, 14, 35)}
}

// without leaves out the extensions 2.5.29.n.
func without(all []pkix.Extension, last ...int) []pkix.Extension {
	var some []pkix.Extension
	for _, e := range all {
		if len(e.Id) == 4 && e.Id[0] == 2 && e.Id[1] == 5 && e.Id[2] == 29 && slices.Contains(last, e.Id[3]) {
			continue
		}
		some = append(some, e)
	}
	return some
}

// sign signs a template in the name of the clone of what signed an original.
func (t *clones) sign(original, template *x509.Certificate, public crypto.PublicKey) (*x509.Certificate, error) {
	parent, key := template, crypto.Signer(nil)
	err := error(nil)
	if issued(original, original) {
		key, err = t.key(original)
	} else {
		parent, key, err = t.above(original)
	}
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		return nil, err
	}
	return cert.FromDER(der)
}

// above is the clone of the CA that signed a certificate; an unknown one is generated, as a root.
func (t *clones) above(of *x509.Certificate) (*x509.Certificate, crypto.Signer, error) {
	for _, sure := range []bool{true, false} {
		for _, ca := range t.cas {
			if t.busy[string(ca.Raw)] || string(ca.RawSubject) != string(of.RawIssuer) || sure && !issued(ca, of) {
				continue
			}
			clone, err := t.get(ca)
			if err != nil {
				return nil, nil, err
			}
			key, err := t.key(ca)
			return clone, key, err
		}
	}
	return t.invent(of.RawIssuer, of.NotBefore.AddDate(-1, 0, 0), of.NotAfter.AddDate(5, 0, 0))
}

// chain is the CAs above a clone, the nearest first.
func (t *clones) chain(of *x509.Certificate) []*x509.Certificate {
	var all []*x509.Certificate
	for at := of; len(all) < 10 && !issued(at, at); {
		next := (*x509.Certificate)(nil)
		for _, c := range t.made {
			if c.IsCA && !c.Equal(at) && issued(c, at) {
				next = c
			}
		}
		if next == nil {
			break
		}
		all = append(all, next)
		at = next
	}
	return all
}

// invent makes a root of which nothing but the name is known.
func (t *clones) invent(subject []byte, from, to time.Time) (*x509.Certificate, crypto.Signer, error) {
	id := "name " + string(subject)
	if ca := t.made[id]; ca != nil {
		return ca, t.keys[id], nil
	}
	key, err := t.c.first()
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{RawSubject: subject, SerialNumber: t.c.serial(id, 0), NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, err
	}
	ca, err := cert.FromDER(der)
	t.made[id], t.keys[id] = ca, key
	return ca, key, err
}

// request makes a pending request like another, with a key of its own.
func (t *clones) request(csr *x509.CertificateRequest) (pending, error) {
	key, err := t.fresh(csr.PublicKey)
	if err != nil {
		return pending{}, err
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{RawSubject: csr.RawSubject, ExtraExtensions: csr.Extensions}, key)
	if err != nil {
		return pending{}, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	return pending{CSR: der, Key: pkcs8}, err
}

// Model is a certificate after which an answer to a request is made.
type Model struct {
	Leaf *x509.Certificate
	// Renewed: the answer is valid from now on, as long as the model was, for the subject and the names of the request. Else it
	// says what the model says.
	Renewed bool
}

// SignLike answers the requests in a folder as another CA did or would: by models, one a node. The CA certificates above
// them lie in the answer too, as far as they were given. ok is false, and nothing is written, where a request has no model.
func (c *Cluster) SignLike(ctx context.Context, from, to string, models map[string]Model, cas []*x509.Certificate) (ok bool, err error) {
	all, err := readCSRs(ctx, from)
	if err != nil || len(all) == 0 {
		return false, errors.Join(err, errNoRequest)
	}
	c.clones.knows(cas...)
	files := map[string][]byte{}
	for i, csr := range all {
		m, ok := modelFor(csr, models)
		if !ok {
			return false, nil
		}
		leaf, err := c.clones.answer(csr, m)
		if err != nil {
			return false, fmt.Errorf("lab CA: %w", err)
		}
		files[fmt.Sprintf("answer-%d.cer", i+1)] = certPEM(leaf.Raw)
	}
	for i, ca := range cas {
		clone, err := c.clones.get(ca)
		if err != nil {
			return false, fmt.Errorf("lab CA: %w", err)
		}
		files[fmt.Sprintf("ca-%d.cer", i+1)] = certPEM(clone.Raw)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return false, fmt.Errorf("lab CA: %w", err)
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(to, name), data); err != nil {
			return false, fmt.Errorf("lab CA: %w", err)
		}
	}
	return true, nil
}

// modelFor finds the model of a request: by the node's name, and " tomcat-ECDSA" behind it where the key is an EC key.
func modelFor(csr *x509.CertificateRequest, models map[string]Model) (Model, bool) {
	second := ""
	if csr.PublicKeyAlgorithm == x509.ECDSA {
		second = " tomcat-ECDSA"
	}
	for _, name := range append([]string{csr.Subject.CommonName}, csr.DNSNames...) {
		if m, ok := models[strings.ToLower(name)+second]; ok {
			return m, true
		}
	}
	return Model{}, false
}

// answer signs one request.
func (t *clones) answer(csr *x509.CertificateRequest, m Model) (*x509.Certificate, error) {
	template := t.copy(m.Leaf)
	if m.Renewed {
		now := t.c.now().Add(-5 * time.Minute).Truncate(time.Second)
		template.NotBefore, template.NotAfter = now, now.Add(m.Leaf.NotAfter.Sub(m.Leaf.NotBefore))
		template.SerialNumber = new(big.Int).Add(t.c.serial("again "+csr.Subject.CommonName, len(t.made)), big.NewInt(1))
		template.RawSubject, template.DNSNames, template.IPAddresses = csr.RawSubject, csr.DNSNames, csr.IPAddresses
		template.ExtraExtensions = without(template.ExtraExtensions, 17)
	}
	return t.sign(m.Leaf, template, csr.PublicKey)
}
