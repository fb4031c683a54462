package sim

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Behaviour is how well the CA does its work.
type Behaviour string

// Honest is the zero value; all others are mistakes that CAs make, or habits.
const (
	Honest         Behaviour = ""
	DropSAN        Behaviour = "drop-san"        // a name is missing: here the only one (TRB-2)
	AddSAN         Behaviour = "add-san"         // "www." is added (TRB-2)
	OtherKey       Behaviour = "other-key"       // signed for a key that the node does not hold
	Swap           Behaviour = "swap"            // each certificate has the key of its request and the names of the next
	NoIntermediate Behaviour = "no-intermediate" // the issuing CA is not sent
	NoRoot         Behaviour = "no-root"         // the root is not sent
	Expired        Behaviour = "expired"         // certificates of last year
	NoClientAuth   Behaviour = "no-client-auth"  // serverAuth alone (FN74382)
	P7B            Behaviour = "p7b"             // one PKCS#7 file (DER) for each request, with its chain, and nothing else
	Chatter        Behaviour = "chatter"         // a letter instead of files
	Early          Behaviour = "early"           // valid from the day after tomorrow on
	CCPInSAN       Behaviour = "ccp-in-san"      // the chat node's name is added (PRE-6)
	Big            Behaviour = "4096"            // signed for a key of 4096 bits that the CA made itself
	CrossSigned    Behaviour = "cross-signed"    // the issuing CA as another root signed it, which is not sent
	OldRoot        Behaviour = "old-root"        // the root of the generation before: same CN, older, another key
	Bundle         Behaviour = "bundle"          // one PEM file for all
	P7BText        Behaviour = "p7b-pem"         // as p7b, but in PEM
	ECToo          Behaviour = "ec-ca"           // requests with an EC key are signed by an EC CA (EC-2); else honest
	ChatLater      Behaviour = "chat-later"      // the requests of chat nodes are still being worked on; the others are answered
	All            Behaviour = "all"             // honest too: every request is answered, also where the CA answered some before
)

// behaviours are all of them.
func behaviours() []Behaviour {
	return []Behaviour{Honest, DropSAN, AddSAN, OtherKey, Swap, NoIntermediate, NoRoot, Expired, NoClientAuth, P7B, Chatter,
		Early, CCPInSAN, Big, CrossSigned, OldRoot, Bundle, P7BText, ECToo, ChatLater, All}
}

// Behave sets how the CA signs from now on; a CSR that was signed otherwise is signed again.
func (a *CA) Behave(b Behaviour) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.manner = b
}

// reply signs and writes the files. It returns how many requests were new. The caller holds the lock.
func (a *CA) reply(all []*x509.CertificateRequest, to string) (int, error) {
	fresh := 0
	err := a.change(func(d *caDisk) error {
		if err := a.roots(d); err != nil {
			return err
		}
		for i, csr := range all {
			id := a.id(csr)
			if _, done := d.Signed[id]; done {
				continue
			}
			fresh++
			der, err := a.sign(d, csr, all[(i+1)%len(all)])
			if err != nil {
				return err
			}
			d.Signed[id] = signed{a.fileName(d.Made), der}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return 0, fmt.Errorf("lab CA: %w", err)
	}
	files := a.files(all)
	if err := a.sent(files, to); err != nil {
		return 0, fmt.Errorf("lab CA: %w", err)
	}
	for name, data := range files {
		path := filepath.Join(to, name)
		if old, err := ReadFile(path); err == nil && string(old) == string(data) {
			continue
		}
		if err := writeFile(path, data); err != nil {
			return 0, fmt.Errorf("lab CA: %w", err)
		}
	}
	return fresh, nil
}

func (a *CA) id(csr *x509.CertificateRequest) string {
	manner := a.manner
	if manner == ChatLater || manner == All { // what it answers it answers honestly, and the rest comes later
		manner = Honest
	}
	sum := sha256.Sum256(append([]byte(manner), csr.Raw...))
	return hex.EncodeToString(sum[:])
}

// fileName is of no help to the reader, as names from CAs are.
func (a *CA) fileName(made int) string {
	return fmt.Sprintf("%06x", a.c.draw(1<<24, "file", fmt.Sprint(made)))
}

// sign makes the certificate that the CA sends for a request.
func (a *CA) sign(d *caDisk, csr, next *x509.CertificateRequest) ([]byte, error) {
	return a.signFrom(d, csr, next, a.c.now().Add(-5*time.Minute))
}

// signFrom makes a certificate of 200 days.
func (a *CA) signFrom(d *caDisk, csr, next *x509.CertificateRequest, from time.Time) ([]byte, error) {
	from = from.Truncate(time.Second)
	t := &x509.Certificate{
		Subject:               csr.Subject,
		DNSNames:              csr.DNSNames,
		IPAddresses:           csr.IPAddresses,
		NotBefore:             from,
		NotAfter:              from.AddDate(0, 0, 200),
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment | x509.KeyUsageKeyAgreement,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	key, by := csr.PublicKey, d.Issuing
	switch a.manner {
	case DropSAN:
		t.DNSNames = slices.Clone(csr.DNSNames)[:max(len(csr.DNSNames)-1, 0)]
	case AddSAN:
		t.DNSNames = append(slices.Clone(csr.DNSNames), "www."+csr.Subject.CommonName)
	case Swap:
		t.Subject, t.DNSNames = next.Subject, next.DNSNames
	case Expired:
		t.NotBefore, t.NotAfter = from.AddDate(-1, 0, 0), from.AddDate(0, 0, -1)
	case NoClientAuth:
		t.ExtKeyUsage = t.ExtKeyUsage[:1]
	case Early:
		t.NotBefore = from.AddDate(0, 0, 2)
	case CCPInSAN:
		t.DNSNames = append(slices.Clone(csr.DNSNames), a.c.chatNames()...)
	case OtherKey, Big:
		other, err := a.otherKey()
		if err != nil {
			return nil, err
		}
		key = other.Public()
	case ECToo:
		if csr.PublicKeyAlgorithm == x509.ECDSA {
			by = d.ECIssuing
		}
	}
	return a.certify(d, t, key, by)
}

// otherKey is a key that no node holds.
func (a *CA) otherKey() (*rsa.PrivateKey, error) {
	if a.manner == Big {
		return rsa.GenerateKey(rand.Reader, 4096)
	}
	return a.c.keys()
}

// chatNames are the names of the chat nodes.
func (c *Cluster) chatNames() []string {
	var all []string
	for _, n := range c.nodes {
		if n.product.Traits().Chat {
			all = append(all, n.fqdn)
		}
	}
	return all
}

// sent takes the files of the reply before away, where this one has others: a new mail, a new folder.
func (a *CA) sent(files map[string][]byte, to string) error {
	for _, name := range a.disk.Sent {
		if _, again := files[name]; again {
			continue
		}
		if err := os.Remove(filepath.Join(to, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return a.change(func(d *caDisk) error {
		d.Last, d.Sent = a.manner, slices.Sorted(maps.Keys(files))
		return nil
	})
}
