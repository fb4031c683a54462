// Package aia fetches the certificates of issuers from where a certificate says that they are (Authority Information
// Access, RFC 5280 4.2.2.1). It does so only when it is asked to, over plain HTTP as the standard has it, bounded in number,
// size and time. What comes back is believed only where its key made the signature in question; that says nothing about
// whether it is to be trusted.
package aia

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Limits of fetching.
const (
	MaxFetches = 8         // requests in all
	MaxSize    = 256 << 10 // bytes of one answer
	MaxTime    = 10 * time.Second
	maxHops    = 3 // redirects
)

// Fetcher fetches issuers, MaxFetches times at most.
type Fetcher struct {
	Say    func(url, of string) // told before each request: the address, and whose issuer it is; both printable
	client *http.Client
	done   map[string]bool
}

// New makes a fetcher.
func New(say func(url, of string)) *Fetcher {
	client := &http.Client{Timeout: MaxTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		switch {
		case len(via) > maxHops:
			return errors.New("too many redirects")
		case r.URL.Scheme != "http" && r.URL.Scheme != "https":
			return msg.Errorf("redirected to %q", r.URL.Scheme)
		}
		return nil
	}}
	return &Fetcher{say, client, map[string]bool{}}
}

// Issuers fetches the issuers of a certificate, from each address that it names until one answers. The files are what was
// fetched, reduced to CAs that signed it; the errors say what did not work, for a person.
func (f *Fetcher) Issuers(ctx context.Context, of *x509.Certificate) (files []cert.File, errs []error) {
	if len(of.IssuingCertificateURL) == 0 {
		return nil, []error{msg.Errorf("%s contains no issuer address (AIA)", cert.Name(of))}
	}
	for _, address := range of.IssuingCertificateURL {
		if f.done[address] {
			continue
		}
		if len(f.done) >= MaxFetches {
			return nil, append(errs, msg.Errorf("stopped after %d addresses", MaxFetches))
		}
		f.done[address] = true
		shown := cert.Printable(address)
		data, err := f.get(ctx, address, of)
		if err != nil {
			errs = append(errs, msg.Errorf("%s: %w", shown, err))
			continue
		}
		file, ok := issuersIn(read.Parse(shown, data), of)
		if ok {
			return []cert.File{file}, errs
		}
		errs = append(errs, msg.Errorf("%s: the certificate at this address did not sign %s", shown, cert.Name(of)))
	}
	return nil, errs
}

func (f *Fetcher) get(ctx context.Context, address string, of *x509.Certificate) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.Host == "" || u.User != nil {
		return nil, errors.New("is not an http address: download it by hand")
	}
	f.Say(cert.Printable(address), cert.Name(of))
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errors.New("is not a valid address")
	}
	answer, err := f.client.Do(r)
	if err != nil {
		return nil, errors.New(cert.Printable(reason(err)))
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, msg.Errorf("answers with HTTP status %d", answer.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, MaxSize+1))
	switch {
	case err != nil:
		return nil, errors.New(cert.Printable(reason(err)))
	case len(data) > MaxSize:
		return nil, msg.Errorf("sends more than %d KiB", MaxSize>>10)
	}
	return data, nil
}

// reason strips the address, which is shown already.
func reason(err error) string {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err.Error()
	}
	return err.Error()
}

// issuersIn keeps the CAs of a file that signed a certificate, and those above them.
func issuersIn(file cert.File, of *x509.Certificate) (cert.File, bool) {
	kept := cert.File{Name: file.Name}
	signed := false
	for _, it := range file.Items {
		if it.Kind != cert.Root && it.Kind != cert.Intermediate {
			continue
		}
		signed = signed || rfc5280.SameName(it.Cert.RawSubject, of.RawIssuer) && rfc5280.Verify(of, it.Cert) == rfc5280.Right
		kept.Items = append(kept.Items, it)
	}
	return kept, signed
}
