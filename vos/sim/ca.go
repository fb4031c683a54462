package sim

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"
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
	Root    identity          `json:"root"`
	Issuing identity          `json:"issuing"`
	Made    int               `json:"made"`   // certificates made
	Signed  map[string]signed `json:"signed"` // SHA-256 of the CSR and behaviour -> what was sent for it
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
	return a, nil
}

// Inbox is the folder whose CSRs Step signs.
func (a *CA) Inbox() string { return filepath.Join(a.c.dir, "ca", "inbox") }

// Outbox is the folder that replies to the inbox are laid into.
func (a *CA) Outbox() string { return a.c.outbox() }

// SignFolder signs every CSR in a folder and writes the files a CA would send into another, which is made when missing.
// A CSR that was signed before gets the same certificate again. A folder without CSRs is an error.
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
	_, err = a.reply(all, to)
	return err
}

// Step signs what lies in the inbox now, and returns how many CSRs were new.
func (a *CA) Step(ctx context.Context) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	all, err := readCSRs(ctx, a.Inbox())
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return a.reply(all, a.Outbox())
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

// roots makes the CA's own certificates where they are missing.
func (a *CA) roots(d *caDisk) error {
	if d.Root.Cert != nil {
		return nil
	}
	from := a.c.now().AddDate(-1, 0, 0).Truncate(time.Hour)
	var err error
	if d.Root, err = a.authority(d, "Lab Root CA G1", identity{}, from, 15); err != nil {
		return err
	}
	d.Issuing, err = a.authority(d, "Lab Issuing CA 1", d.Root, from, 8)
	return err
}

func (a *CA) authority(d *caDisk, cn string, by identity, from time.Time, years int) (identity, error) {
	key, err := a.c.keys()
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
		if parent, err = x509.ParseCertificate(by.Cert); err != nil {
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
