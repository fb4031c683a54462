package cert

import (
	"crypto/x509"
	"encoding/pem"
)

// FromPEM reads back the first block of a text that PEM made; nil where it is no certificate. What people and CAs send is
// read by Parse.
func FromPEM(text string) *x509.Certificate {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil
	}
	c, err := FromDER(block.Bytes)
	if err != nil {
		return nil
	}
	return c
}

// AllFromPEM reads back several; what is none is left out.
func AllFromPEM(texts []string) []*x509.Certificate {
	var all []*x509.Certificate
	for _, text := range texts {
		if c := FromPEM(text); c != nil {
			all = append(all, c)
		}
	}
	return all
}

// RequestFromPEM reads back what RequestPEM made; nil where it is no request.
func RequestFromPEM(text string) *x509.CertificateRequest {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil
	}
	csr, err := RequestFromDER(block.Bytes)
	if err != nil {
		return nil
	}
	return csr
}
