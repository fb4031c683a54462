package sim

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
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
)

// Behave sets how the CA signs from now on; a CSR that was signed otherwise is signed anew. It is not kept on disk.
func (a *CA) Behave(b Behaviour) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.manner = b
}

// requestLimit is how much of a file is read: more is no request.
const requestLimit = 64 << 10

// readCSRs reads every request in a folder, PEM or DER, whatever the files are called. Other files are passed over.
func readCSRs(ctx context.Context, dir string) ([]*x509.CertificateRequest, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []*x509.CertificateRequest
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > requestLimit {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		csr, err := parseCSR(raw)
		if err != nil || slices.ContainsFunc(all, func(o *x509.CertificateRequest) bool { return string(o.Raw) == string(csr.Raw) }) {
			continue
		}
		all = append(all, csr)
	}
	return all, nil
}

// parseCSR reads one request and checks its signature.
func parseCSR(raw []byte) (*x509.CertificateRequest, error) {
	for rest := raw; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == "CERTIFICATE REQUEST" || block.Type == "NEW CERTIFICATE REQUEST" {
			raw = block.Bytes
			break
		}
	}
	csr, err := x509.ParseCertificateRequest(raw)
	if err != nil {
		return nil, errors.Join(errNoRequest, err)
	}
	return csr, csr.CheckSignature()
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
	for name, data := range a.files(all) {
		path := filepath.Join(to, name)
		if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
			continue
		}
		if err := writeFile(path, data); err != nil {
			return 0, fmt.Errorf("lab CA: %w", err)
		}
	}
	return fresh, nil
}

func (a *CA) id(csr *x509.CertificateRequest) string {
	sum := sha256.Sum256(append([]byte(a.manner), csr.Raw...))
	return hex.EncodeToString(sum[:])
}

// fileName is of no help to the reader, as names from CAs are.
func (a *CA) fileName(made int) string {
	return fmt.Sprintf("%06x", a.c.draw(1<<24, "file", fmt.Sprint(made)))
}

// sign makes the certificate that the CA sends for a request.
func (a *CA) sign(d *caDisk, csr, next *x509.CertificateRequest) ([]byte, error) {
	from := a.c.now().Add(-5 * time.Minute).Truncate(time.Second)
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
	key := csr.PublicKey
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
	case OtherKey:
		other, err := a.c.keys()
		if err != nil {
			return nil, err
		}
		key = other.Public()
	}
	return a.certify(d, t, key, d.Issuing)
}

// files is what the CA sends for requests that are signed: name to contents.
func (a *CA) files(all []*x509.CertificateRequest) map[string][]byte {
	root, issuing := a.disk.Root.Cert, a.disk.Issuing.Cert
	files := map[string][]byte{}
	if a.manner == Chatter {
		files["answer.txt"] = []byte("Dear customer,\n\nyour certificates were made and lie in our portal.\n\nThe Lab CA\n")
		return files
	}
	for _, csr := range all {
		s := a.disk.Signed[a.id(csr)]
		if a.manner == P7B {
			files[s.File+".p7b"] = chainFile(s.Cert, issuing, root)
			continue
		}
		files[s.File+".cer"] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Cert})
	}
	if a.manner == P7B {
		return files
	}
	if a.manner != NoRoot {
		files["root.cer"] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root})
	}
	if a.manner != NoIntermediate {
		files["issuing-ca.crt"] = issuing
	}
	return files
}

// chainFile is a PKCS#7 file in DER that holds certificates and no signature (RFC 2315, 9.1).
func chainFile(certs ...[]byte) []byte {
	type contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"optional,explicit,tag:0"`
	}
	data := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	empty := asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true}
	inner, err := asn1.Marshal(struct {
		Version int
		Digests asn1.RawValue
		Content contentInfo
		Certs   asn1.RawValue
		Signers asn1.RawValue
	}{1, empty, contentInfo{Type: data},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: slices.Concat(certs...)}, empty})
	if err != nil {
		return nil
	}
	outer, err := asn1.Marshal(contentInfo{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
	if err != nil {
		return nil
	}
	return outer
}
