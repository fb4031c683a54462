package vos

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
)

// ErrNotOffered is the cause of a refusal by which a way says that it has no such call: nothing was sent.
var ErrNotOffered = errors.New("not available on this connection")

// Lacking is a Driver that offers nothing. A driver that embeds it offers what it has itself.
type Lacking struct{ FQDN string }

var _ Driver = Lacking{}

// NotOffered is the error of a call that a way does not have.
func (l Lacking) NotOffered(what string) error {
	return &Error{Class: ErrRefused, Node: l.FQDN, What: fmt.Sprintf("%s is not available on this connection", what), Err: ErrNotOffered, Means: "Nothing was sent. The node is unchanged.",
		Next: "Choose another connection for this node (v)."}
}

// About is not offered.
func (l Lacking) About(context.Context) (About, error) { return About{}, l.NotOffered("show status") }

// Services is not offered.
func (l Lacking) Services(context.Context) ([]Service, error) {
	return nil, l.NotOffered("the service list")
}

// Members is not offered.
func (l Lacking) Members(context.Context) ([]Member, error) {
	return nil, l.NotOffered("the cluster list")
}

// Identity is not offered.
func (l Lacking) Identity(_ context.Context, unit string) (*x509.Certificate, error) {
	return nil, l.NotOffered(fmt.Sprintf("the certificate of %s", unit))
}

// CSR is not offered.
func (l Lacking) CSR(_ context.Context, unit string) ([]byte, error) {
	return nil, l.NotOffered(fmt.Sprintf("the CSR of %s", unit))
}

// TrustList is not offered.
func (l Lacking) TrustList(_ context.Context, unit string) ([]TrustFile, error) {
	return nil, l.NotOffered(unit + "-trust")
}

// OwnList is not offered.
func (l Lacking) OwnList(context.Context) ([]Own, error) {
	return nil, l.NotOffered("the list of certificates")
}

// CertType is not offered.
func (l Lacking) CertType(context.Context) (CertType, error) {
	return CertTypeUnknown, l.NotOffered("the type of the certificate")
}

// Trusted is not offered.
func (l Lacking) Trusted(_ context.Context, _ string, f TrustFile) (*x509.Certificate, error) {
	return nil, l.NotOffered(f.Store + "/" + f.File)
}

// GenerateCSR is not offered.
func (l Lacking) GenerateCSR(context.Context, string) error { return l.NotOffered("a CSR") }

// ImportTrust is not offered.
func (l Lacking) ImportTrust(context.Context, string, *x509.Certificate) error {
	return l.NotOffered("uploading a CA certificate")
}

// ImportOwn is not offered.
func (l Lacking) ImportOwn(context.Context, string, *x509.Certificate) error {
	return l.NotOffered("uploading a certificate")
}

// Regenerate is not offered.
func (l Lacking) Regenerate(context.Context, string) error { return l.NotOffered("regenerating") }

// DeleteTrust is not offered.
func (l Lacking) DeleteTrust(context.Context, string, TrustFile) error {
	return l.NotOffered("deleting a certificate")
}

// RestartService is not offered.
func (l Lacking) RestartService(_ context.Context, name string) error {
	return l.NotOffered("restarting " + name)
}

// Restart is not offered.
func (l Lacking) Restart(context.Context) error { return l.NotOffered("restarting the node") }

// Close has nothing to end.
func (Lacking) Close() error { return nil }

// First is several ways into one node: each call takes the first that offers it. Where one cannot be reached, and so has
// surely sent nothing, the next is taken too; a refusal or an unknown outcome stands.
type First []Driver

var _ Driver = First(nil)

// first makes a call.
func first[T any](all First, call func(Driver) (T, error)) (out T, err error) {
	err = fmt.Errorf("no connection to the node: %w", ErrUnreachable)
	for _, d := range all {
		if out, err = call(d); !errors.Is(err, ErrNotOffered) && !errors.Is(err, ErrUnreachable) {
			break
		}
	}
	return out, err
}

// none lets a call without a result be made like the others.
func none(call func(Driver) error) func(Driver) (struct{}, error) {
	return func(d Driver) (struct{}, error) { return struct{}{}, call(d) }
}

// About tells what the node says of itself.
func (f First) About(ctx context.Context) (About, error) {
	return first(f, func(d Driver) (About, error) { return d.About(ctx) })
}

// Services lists the services.
func (f First) Services(ctx context.Context) ([]Service, error) {
	return first(f, func(d Driver) ([]Service, error) { return d.Services(ctx) })
}

// Members lists the cluster.
func (f First) Members(ctx context.Context) ([]Member, error) {
	return first(f, func(d Driver) ([]Member, error) { return d.Members(ctx) })
}

// Identity returns the certificate that the node holds for the unit.
func (f First) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	return first(f, func(d Driver) (*x509.Certificate, error) { return d.Identity(ctx, unit) })
}

// CSR returns the pending request of the unit.
func (f First) CSR(ctx context.Context, unit string) ([]byte, error) {
	return first(f, func(d Driver) ([]byte, error) { return d.CSR(ctx, unit) })
}

// TrustList lists the unit's trust store.
func (f First) TrustList(ctx context.Context, unit string) ([]TrustFile, error) {
	return first(f, func(d Driver) ([]TrustFile, error) { return d.TrustList(ctx, unit) })
}

// OwnList lists the units whose identity the node holds.
func (f First) OwnList(ctx context.Context) ([]Own, error) {
	return first(f, func(d Driver) ([]Own, error) { return d.OwnList(ctx) })
}

// CertType tells which identity the node serves.
func (f First) CertType(ctx context.Context) (CertType, error) {
	return first(f, func(d Driver) (CertType, error) { return d.CertType(ctx) })
}

// Trusted returns one certificate of the unit's trust store.
func (f First) Trusted(ctx context.Context, unit string, file TrustFile) (*x509.Certificate, error) {
	return first(f, func(d Driver) (*x509.Certificate, error) { return d.Trusted(ctx, unit, file) })
}

// GenerateCSR makes a new key and request (SIG-1).
func (f First) GenerateCSR(ctx context.Context, unit string) error {
	_, err := first(f, none(func(d Driver) error { return d.GenerateCSR(ctx, unit) }))
	return err
}

// ImportTrust uploads one CA certificate (SIG-4, SIG-5).
func (f First) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	_, err := first(f, none(func(d Driver) error { return d.ImportTrust(ctx, unit, ca) }))
	return err
}

// ImportOwn uploads the application certificate (SIG-7).
func (f First) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	_, err := first(f, none(func(d Driver) error { return d.ImportOwn(ctx, unit, leaf) }))
	return err
}

// Regenerate replaces the unit's identity (SELF-3).
func (f First) Regenerate(ctx context.Context, unit string) error {
	_, err := first(f, none(func(d Driver) error { return d.Regenerate(ctx, unit) }))
	return err
}

// DeleteTrust removes one file from the unit's trust store.
func (f First) DeleteTrust(ctx context.Context, unit string, file TrustFile) error {
	_, err := first(f, none(func(d Driver) error { return d.DeleteTrust(ctx, unit, file) }))
	return err
}

// RestartService restarts one service (REL-3).
func (f First) RestartService(ctx context.Context, name string) error {
	_, err := first(f, none(func(d Driver) error { return d.RestartService(ctx, name) }))
	return err
}

// Restart restarts the whole node (SIG-8).
func (f First) Restart(ctx context.Context) error {
	_, err := first(f, none(func(d Driver) error { return d.Restart(ctx) }))
	return err
}

// Sharer is a Driver that can make one request for all nodes of a cluster (PRE-6). The command line cannot.
type Sharer interface {
	// GenerateSharedCSR makes a new key and a multi-server request. A pending one, and its key, is lost: look first.
	GenerateSharedCSR(ctx context.Context, unit string) error
}

// SharerOf finds the way into a node that can make such a request.
func SharerOf(d Driver) (Sharer, bool) {
	if all, ok := d.(First); ok {
		for _, one := range all {
			if s, ok := one.(Sharer); ok {
				return s, true
			}
		}
	}
	s, ok := d.(Sharer)
	return s, ok
}

// Close ends all of them.
func (f First) Close() error {
	var errs []error
	for _, d := range f {
		errs = append(errs, d.Close())
	}
	return errors.Join(errs...)
}
