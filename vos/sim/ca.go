package sim

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// CA is the certification authority of the lab: a root and an intermediate, both made when first needed.
type CA struct {
	c    *Cluster
	path string

	mu     sync.Mutex
	disk   *caDisk
	manner Behaviour
}

type caDisk struct {
	Root      identity          `json:"root"`
	Issuing   identity          `json:"issuing"`
	ECRoot    identity          `json:"ecRoot,omitzero"`
	ECIssuing identity          `json:"ecIssuing,omitzero"`
	Before    identity          `json:"before,omitzero"`    // the root of the generation before
	Cross     identity          `json:"cross,omitzero"`     // the issuing CA as another root signed it
	Made      int               `json:"made"`               // certificates made
	Manner    *Behaviour        `json:"manner,omitempty"`   // set by an action; nil: the scenario's, or the program's
	Replies   int               `json:"replies,omitempty"`  // replies sent on request
	Returned  int               `json:"returned,omitempty"` // replies that were sent back for the right reason
	Last      Behaviour         `json:"last,omitempty"`     // how that was
	Sent      []string          `json:"sent,omitempty"`     // names of the files of the last one
	Signed    map[string]signed `json:"signed"`             // SHA-256 of the CSR and behaviour -> what was sent for it
}

type signed struct {
	File string `json:"file"`
	Cert []byte `json:"cert"`
}

func (c *Cluster) outbox() string { return filepath.Join(c.dir, "ca", "outbox") }

func (c *Cluster) openCA() (*CA, error) {
	a := &CA{c: c, path: filepath.Join(c.dir, "ca", "ca.json"), disk: &caDisk{}}
	if _, err := readDoc(a.path, a.disk); err != nil {
		return nil, fmt.Errorf("lab: %w", err)
	}
	a.manner = a.disk.Last
	return a, nil
}

// Inbox is the folder whose CSRs Step signs.
func (a *CA) Inbox() string { return filepath.Join(a.c.dir, "ca", "inbox") }

// Outbox is the folder that replies to the inbox are laid into.
func (a *CA) Outbox() string { return a.c.outbox() }

// SignFolder signs every CSR in a folder and writes the files a CA would send into another, which is made when missing.
// A CSR that was signed before gets the same certificate again, as long as the CA behaves as then: in a scenario it
// answers better when its reply was sent back for the right reason (SendBack). A folder without CSRs is an error.
func (a *CA) SignFolder(ctx context.Context, from, to string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	all, err := readCSRs(ctx, from)
	if err != nil {
		return fmt.Errorf("lab CA: %w", err)
	}
	if len(all) == 0 {
		return fmt.Errorf("lab CA: no certificate request in %s", from)
	}
	a.manner = a.next()
	if _, err = a.reply(all, to); err != nil {
		return err
	}
	return a.change(func(d *caDisk) error { d.Replies++; return nil })
}

// next is how the CA behaves in its next reply. The caller holds the lock.
func (a *CA) next() Behaviour {
	s := a.c.lab.Scenario
	switch {
	case a.disk.Manner != nil:
		return *a.disk.Manner
	case s == nil || len(s.CA) == 0:
		return a.manner
	}
	return s.CA[min(a.disk.Returned, len(s.CA)-1)]
}

// Step signs what lies in the inbox now, and returns how many CSRs were new.
func (a *CA) Step(ctx context.Context) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	all, err := readCSRs(ctx, a.Inbox())
	if err != nil || len(all) == 0 {
		return 0, err
	}
	if !a.known(all) {
		a.manner = a.next()
	}
	fresh, err := a.reply(all, a.Outbox())
	if err == nil && fresh > 0 {
		err = a.change(func(d *caDisk) error { d.Replies++; return nil })
	}
	return fresh, err
}

// known reports whether all requests were answered as the CA behaves now.
func (a *CA) known(all []*x509.CertificateRequest) bool {
	for _, csr := range all {
		if _, done := a.disk.Signed[a.id(csr)]; !done {
			return false
		}
	}
	return true
}

// settle sets how the CA behaves for the rest of the lab's life.
func (a *CA) settle(b Behaviour) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.change(func(d *caDisk) error { d.Manner = &b; return nil })
}

// issue signs one request honestly, from a date on for 200 days, and returns the CAs above it.
func (a *CA) issue(csr *x509.CertificateRequest, from time.Time) (leaf []byte, cas []*x509.Certificate, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	was := a.manner
	a.manner = Honest
	defer func() { a.manner = was }()
	err = a.change(func(d *caDisk) error {
		if err := a.roots(d); err != nil {
			return err
		}
		leaf, err = a.signFrom(d, csr, csr, from)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, id := range []identity{a.disk.Root, a.disk.Issuing} {
		ca, err := cert.FromDER(id.Cert)
		if err != nil {
			return nil, nil, err
		}
		cas = append(cas, ca)
	}
	return leaf, cas, nil
}

// namesake is a root that is called as the CA's and began later: who holds it takes the CA's for an old one.
func (a *CA) namesake() (*x509.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var der []byte
	err := a.change(func(d *caDisk) error {
		id, err := a.authority(d, rootName, identity{}, a.c.now().AddDate(0, -1, 0).Truncate(time.Hour), 15)
		der = id.Cert
		return err
	})
	if err != nil {
		return nil, err
	}
	return cert.FromDER(der)
}

// Watch signs what is laid into the inbox until the context ends.
func (a *CA) Watch(ctx context.Context) {
	for {
		_, _ = a.Step(ctx) // what fails is tried again
		if !pause(ctx, 200*time.Millisecond) {
			return
		}
	}
}

const rootName = "Lab Root CA G1"

// roots makes the CA's own certificates where they are missing.
func (a *CA) roots(d *caDisk) error {
	from := a.c.now().AddDate(-1, 0, 0).Truncate(time.Hour)
	make := func(id *identity, cn string, by identity, from time.Time, years int) (err error) {
		if id.Cert == nil {
			*id, err = a.authority(d, cn, by, from, years)
		}
		return err
	}
	err := make(&d.Root, rootName, identity{}, from, 15)
	if err == nil {
		err = make(&d.Issuing, "Lab Issuing CA 1", d.Root, from, 8)
	}
	switch {
	case err != nil:
	case a.manner == OldRoot:
		err = make(&d.Before, rootName, identity{}, from.AddDate(-10, 0, 0), 20)
	case a.manner == CrossSigned:
		err = a.cross(d, from)
	case a.manner == ECToo:
		if err = make(&d.ECRoot, "Lab EC Root CA", identity{}, from, 15); err == nil {
			err = make(&d.ECIssuing, "Lab EC Issuing CA 1", d.ECRoot, from, 8)
		}
	}
	return err
}

// cross lets another root sign the key of the issuing CA.
func (a *CA) cross(d *caDisk, from time.Time) error {
	if d.Cross.Cert != nil {
		return nil
	}
	other, err := a.authority(d, "Lab Legacy Root CA", identity{}, from, 15)
	if err != nil {
		return err
	}
	issuing, err := cert.FromDER(d.Issuing.Cert)
	if err != nil {
		return err
	}
	t := &x509.Certificate{Subject: issuing.Subject, NotBefore: from, NotAfter: from.AddDate(5, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: issuing.KeyUsage, SubjectKeyId: issuing.SubjectKeyId}
	d.Cross.Cert, err = a.certify(d, t, issuing.PublicKey, other)
	return err
}

func (a *CA) authority(d *caDisk, cn string, by identity, from time.Time, years int) (identity, error) {
	key, err := a.authorityKey(cn)
	if err != nil {
		return identity{}, err
	}
	t := &x509.Certificate{
		Subject:               pkix.Name{CommonName: cn, Organization: []string{"Lab"}, Country: []string{"GB"}},
		NotBefore:             from,
		NotAfter:              from.AddDate(years, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return identity{}, err
	}
	self := identity{Key: pkcs8}
	if by.Key == nil {
		by = self
	}
	self.Cert, err = a.certify(d, t, key.Public(), by)
	return self, err
}

// authorityKey makes the key of a CA.
func (a *CA) authorityKey(cn string) (crypto.Signer, error) {
	if strings.Contains(cn, " EC ") {
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	}
	return a.c.keys()
}

// certify signs a certificate in the name of an authority; one without certificate signs itself.
func (a *CA) certify(d *caDisk, t *x509.Certificate, key crypto.PublicKey, by identity) ([]byte, error) {
	d.Made++
	t.SerialNumber = a.c.serial("ca", d.Made)
	signer, err := x509.ParsePKCS8PrivateKey(by.Key)
	if err != nil {
		return nil, err
	}
	parent := t
	if by.Cert != nil {
		if parent, err = cert.FromDER(by.Cert); err != nil {
			return nil, err
		}
	}
	return x509.CreateCertificate(rand.Reader, t, parent, key, signer)
}

// Roots returns root and issuing CA in DER; they are made when missing.
func (a *CA) Roots() (root, issuing []byte, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	err = a.change(a.roots)
	return a.disk.Root.Cert, a.disk.Issuing.Cert, err
}

// change works on a copy, which counts when it is on disk. The caller holds the lock.
func (a *CA) change(f func(*caDisk) error) error {
	d := *a.disk
	d.Signed = map[string]signed{}
	for k, v := range a.disk.Signed {
		d.Signed[k] = v
	}
	if err := f(&d); err != nil {
		return fmt.Errorf("lab CA: %w", err)
	}
	if err := writeDoc(a.path, &d); err != nil {
		return fmt.Errorf("lab CA: %w", err)
	}
	a.disk = &d
	return nil
}

var errNoRequest = errors.New("no certificate request")
