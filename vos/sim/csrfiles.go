package sim

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

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
		raw, err := ReadFile(filepath.Join(dir, f.Name()))
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
	csr, err := cert.RequestFromDER(raw)
	if err != nil {
		return nil, errors.Join(errNoRequest, err)
	}
	return csr, csr.CheckSignature()
}
