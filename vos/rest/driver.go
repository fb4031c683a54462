package rest

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cli"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// driver is the API of one node. What the API lacks is not offered.
type driver struct {
	Unsupported
	*client
	files map[string]*x509.Certificate // of the trust store that was listed last: "store/file" -> what it holds
}

var (
	_ vos.Driver          = (*driver)(nil)
	_ vos.SharedRequester = (*driver)(nil)
)

// Close ends the connection.
func (d *driver) Close() error {
	d.close()
	return nil
}

func (d *driver) get(ctx context.Context, path, unit string) (reply, error) {
	if unit != "" {
		path += "?service=" + url.QueryEscape(unit)
	}
	return d.do(ctx, http.MethodGet, path, nil)
}

// strange is an answer that could not be read; its body is in the transcript.
func (d *driver) strange(path string) error {
	return &vos.Error{Class: vos.ErrRefused, Node: d.node.FQDN, What: msg.T("The reply to GET %s was not understood", path),
		Means: msg.T("The command only reads. The node is unchanged."), Next: msg.T("Read the transcript (c), or use SSH for this node (v).")}
}

// Identity looks into the snapshot, and where that does not tell, asks for the certificate alone.
func (d *driver) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	r, err := d.get(ctx, "/snapshot/server", "")
	if err != nil {
		return nil, err
	}
	if s, ok := snapshotIn(r); ok {
		for _, one := range s.Identities {
			if c := certificateIn(one.Certificate); c != nil && strings.EqualFold(one.Service, unit) {
				return c, nil
			}
		}
	}
	const path = "/identity/certificate"
	if r, err = d.get(ctx, path, unit); err != nil {
		return nil, err
	}
	if all := certificatesIn(r); len(all) > 0 {
		return all[0], nil
	}
	return nil, d.strange(path)
}

var noCSR = lazyregexp.MustCompile(`(?i)does(n't| not) exist|\bno\b.*\b(csr|request|certificate)|not (found|available|present)|no such`)

// CSR looks into the snapshot; that there is none is believed only when the node says so a second time, asked for it
// alone: to believe it wrongly would cost the key that a CA is signing.
func (d *driver) CSR(ctx context.Context, unit string) ([]byte, error) {
	r, err := d.get(ctx, "/snapshot/server", "")
	if err != nil {
		return nil, err
	}
	silent := false
	if s, ok := snapshotIn(r); ok {
		for _, one := range s.Identities {
			if !strings.EqualFold(one.Service, unit) {
				continue
			}
			silent = one.CSR == ""
			if der, ok := vos.ParseRequest(one.CSR); ok {
				return der, nil
			}
		}
	}
	const path = "/csr"
	r, err = d.get(ctx, path, unit)
	if der, ok := requestIn(r); ok {
		return der, nil
	}
	switch {
	case errors.Is(err, vos.ErrRefused) && noCSR.MatchString(said(r)), silent && r.status == http.StatusNotFound:
		return nil, nil
	case err != nil:
		return nil, err
	case silent:
		return nil, nil
	}
	return nil, d.strange(path)
}

// TrustList looks into the snapshot.
func (d *driver) TrustList(ctx context.Context, unit string) ([]vos.TrustFile, error) {
	const path = "/snapshot/server"
	r, err := d.get(ctx, path, "")
	if err != nil {
		return nil, err
	}
	s, ok := snapshotIn(r)
	if !ok {
		return nil, d.strange(path)
	}
	d.files = map[string]*x509.Certificate{}
	var all []vos.TrustFile
	for _, store := range s.Trusts {
		if !strings.EqualFold(strings.TrimSuffix(store.Service, "-trust"), unit) {
			continue
		}
		for _, f := range store.Files {
			one := vos.TrustFile{Store: unit + "-trust", File: d.access.Redact(d.node, f.Filename)}
			if c := certificateIn(f.Certificate); c != nil {
				one.About = cert.Name(c)
				d.files[one.Store+"/"+one.File] = c
			}
			all = append(all, one)
		}
	}
	return cli.BoundTrust(all), nil
}

// Trusted gives what came with the list; the API is asked for no single file.
func (d *driver) Trusted(ctx context.Context, unit string, f vos.TrustFile) (*x509.Certificate, error) {
	if d.files == nil {
		if _, err := d.TrustList(ctx, unit); err != nil {
			return nil, err
		}
	}
	if c := d.files[f.Store+"/"+f.File]; c != nil {
		return c, nil
	}
	return nil, d.NotOffered(msg.T("%s/%s", f.Store, f.File))
}

// OwnList looks into the snapshot.
func (d *driver) OwnList(ctx context.Context) ([]vos.Own, error) {
	const path = "/snapshot/server"
	r, err := d.get(ctx, path, "")
	if err != nil {
		return nil, err
	}
	s, ok := snapshotIn(r)
	if !ok {
		return nil, d.strange(path)
	}
	var all []vos.Own
	for _, one := range s.Identities {
		all = append(all, vos.Own{Unit: d.access.Redact(d.node, one.Service), About: aboutOf(certificateIn(one.Certificate))})
	}
	return cli.BoundOwn(all), nil
}

// post sends a change. What was listed before it is worth nothing behind it.
func (d *driver) post(ctx context.Context, path string, body any) error {
	d.files = nil
	_, err := d.do(ctx, http.MethodPost, path, body)
	return err
}

// GenerateCSR sends what the oldest working client sends: the rest of the form is the node's own choice.
func (d *driver) GenerateCSR(ctx context.Context, unit string) error {
	return d.post(ctx, "/csr", map[string]any{"service": unit, "distribution": "this-server", "commonName": d.node.FQDN})
}

// GenerateSharedCSR asks for one request for all nodes of the cluster (PRE-6). Guess [I]: the word; the page calls it
// Multi-server(SAN). The names are the node's own choice: it knows its cluster.
func (d *driver) GenerateSharedCSR(ctx context.Context, unit string) error {
	return d.post(ctx, "/csr", map[string]any{"service": unit, "distribution": "multi-server", "commonName": d.node.FQDN})
}

// ImportTrust uploads one CA certificate.
func (d *driver) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	return d.post(ctx, "/trust/certificates", map[string]any{"service": []string{unit}, "certificates": []string{string(cert.PEM(ca))}, "description": "Trust Certificate"})
}

// ImportOwn uploads the application certificate alone: its CAs are there, or the node says so.
func (d *driver) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	return d.post(ctx, "/identity/certificates", map[string]any{"service": unit, "certificates": []string{string(cert.PEM(leaf))}})
}

// aboutOf says of an identity what the command line would.
func aboutOf(c *x509.Certificate) string {
	switch {
	case c == nil:
		return ""
	case cert.Classify(c) == cert.SelfSigned:
		return "Self-signed certificate generated by system"
	}
	return "Certificate Signed by " + c.Issuer.CommonName
}
