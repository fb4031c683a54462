package rest

import (
	"context"
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Unsupported is a driver that offers nothing. A driver that embeds it offers what it has itself.
type Unsupported struct{ FQDN string }

var _ vos.Driver = Unsupported{}

// NotOffered is the error of a call that a way does not have.
func (l Unsupported) NotOffered(what msg.Text) error {
	return &vos.Error{Class: vos.ErrRefused, Node: l.FQDN, What: msg.T("%s is not available on this connection", what), Err: vos.ErrNotOffered, Means: msg.T("Nothing was sent. The node is unchanged."),
		Next: msg.T("Choose another connection for this node (v).")}
}

// About is not offered.
func (l Unsupported) About(context.Context) (vos.About, error) {
	return vos.About{}, l.NotOffered(msg.T("show status"))
}

// Services is not offered.
func (l Unsupported) Services(context.Context) ([]vos.Service, error) {
	return nil, l.NotOffered(msg.T("the service list"))
}

// Members is not offered.
func (l Unsupported) Members(context.Context) ([]vos.Member, error) {
	return nil, l.NotOffered(msg.T("the cluster list"))
}

// Show is not offered.
func (l Unsupported) Show(_ context.Context, d vos.Dialogue) (string, error) {
	return "", l.NotOffered(msg.Verbatim(d.Line))
}

// Identity is not offered.
func (l Unsupported) Identity(_ context.Context, unit string) (*x509.Certificate, error) {
	return nil, l.NotOffered(msg.T("the certificate of %s", unit))
}

// CSR is not offered.
func (l Unsupported) CSR(_ context.Context, unit string) ([]byte, error) {
	return nil, l.NotOffered(msg.T("the CSR of %s", unit))
}

// TrustList is not offered.
func (l Unsupported) TrustList(_ context.Context, unit string) ([]vos.TrustFile, error) {
	return nil, l.NotOffered(msg.T("%s-trust", unit))
}

// OwnList is not offered.
func (l Unsupported) OwnList(context.Context) ([]vos.Own, error) {
	return nil, l.NotOffered(msg.T("the list of certificates"))
}

// CertType is not offered.
func (l Unsupported) CertType(context.Context) (vos.CertType, error) {
	return vos.CertTypeUnknown, l.NotOffered(msg.T("the type of the certificate"))
}

// Trusted is not offered.
func (l Unsupported) Trusted(_ context.Context, _ string, f vos.TrustFile) (*x509.Certificate, error) {
	return nil, l.NotOffered(msg.T("%s/%s", f.Store, f.File))
}

// GenerateCSR is not offered.
func (l Unsupported) GenerateCSR(context.Context, string) error { return l.NotOffered(msg.T("a CSR")) }

// ImportTrust is not offered.
func (l Unsupported) ImportTrust(context.Context, string, *x509.Certificate) error {
	return l.NotOffered(msg.T("uploading a CA certificate"))
}

// ImportOwn is not offered.
func (l Unsupported) ImportOwn(context.Context, string, *x509.Certificate) error {
	return l.NotOffered(msg.T("uploading a certificate"))
}

// Regenerate is not offered.
func (l Unsupported) Regenerate(context.Context, string) error {
	return l.NotOffered(msg.T("regenerating"))
}

// DeleteTrust is not offered.
func (l Unsupported) DeleteTrust(context.Context, string, vos.TrustFile) error {
	return l.NotOffered(msg.T("deleting a certificate"))
}

// RestartService is not offered.
func (l Unsupported) RestartService(_ context.Context, name string) error {
	return l.NotOffered(msg.T("restarting %s", name))
}

// Restart is not offered.
func (l Unsupported) Restart(context.Context) error {
	return l.NotOffered(msg.T("restarting the node"))
}

// Close has nothing to end.
func (Unsupported) Close() error { return nil }
