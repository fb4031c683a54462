package vostest

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// answers is what the lab's CA made of the requests.
type answers struct {
	csrs          [][]byte // DER, publisher first
	leaves        []*x509.Certificate
	root, issuing *x509.Certificate
}

// sign has the CA sign the requests as it behaves.
func (e *Exam) sign(how sim.Behaviour) {
	e.t.Helper()
	from, to := e.t.TempDir(), filepath.Join(e.t.TempDir(), "reply")
	for i, der := range e.a.csrs {
		file := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
		e.must("write", os.WriteFile(filepath.Join(from, fmt.Sprint(i)), file, 0o600))
	}
	e.Cluster.CA().Behave(how)
	e.must("sign", e.Cluster.CA().SignFolder(e.ctx, from, to))
	files, err := os.ReadDir(to)
	e.must("read", err)
	e.a.leaves = nil
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(to, f.Name()))
		e.must("read", err)
		for _, it := range read.Parse(f.Name(), data).Items {
			switch {
			case it.Cert == nil:
			case !it.Cert.IsCA:
				e.a.leaves = append(e.a.leaves, it.Cert)
			case it.Cert.CheckSignatureFrom(it.Cert) == nil:
				e.a.root = it.Cert
			default:
				e.a.issuing = it.Cert
			}
		}
	}
	if e.a.root == nil || e.a.issuing == nil || len(e.a.leaves) != len(e.a.csrs) {
		e.t.Fatalf("the CA sent %d files", len(files))
	}
}

// leaf returns the certificate for a node.
func (a answers) leaf(t *testing.T, fqdn string) *x509.Certificate {
	t.Helper()
	for _, c := range a.leaves {
		if slices.Contains(c.DNSNames, fqdn) {
			return c
		}
	}
	t.Fatalf("the CA sent nothing for %s", fqdn)
	return nil
}

// saidIn returns the node's own words in an error.
func saidIn(err error) string {
	var e *vos.Error
	if errors.As(err, &e) {
		return e.Said
	}
	return ""
}

func contains(text, words string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(words))
}
