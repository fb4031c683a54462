package vos

import (
	"context"
	"crypto/x509"
	"errors"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ErrNotOffered is the cause of a refusal by which a way says that it has no such call: nothing was sent.
var ErrNotOffered = errors.New("not available on this connection")

// Fallback is several ways into one node: each call takes the first that offers it. Where one cannot be reached, and so has
// surely sent nothing, the next is taken too; a refusal or an unknown outcome stands, and so does a certificate that was not
// accepted: another machine may be answering, and no other way may hide that.
type Fallback []Driver

var _ Driver = Fallback(nil)

// firstThatOffers makes a call.
func firstThatOffers[T any](all Fallback, call func(Driver) (T, error)) (out T, err error) {
	err = msg.Errorf("no connection to the node: %w", ErrUnreachable)
	for _, d := range all {
		out, err = call(d)
		if !errors.Is(err, ErrNotOffered) && !errors.Is(err, ErrUnreachable) || unconfirmed(err) {
			break
		}
	}
	return out, err
}

func unconfirmed(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == CodeUnconfirmed
}

// noResult lets a call without a result be made like the others.
func noResult(call func(Driver) error) func(Driver) (struct{}, error) {
	return func(d Driver) (struct{}, error) { return struct{}{}, call(d) }
}

// About tells what the node says of itself.
func (f Fallback) About(ctx context.Context) (About, error) {
	return firstThatOffers(f, func(d Driver) (About, error) { return d.About(ctx) })
}

// Services lists the services.
func (f Fallback) Services(ctx context.Context) ([]Service, error) {
	return firstThatOffers(f, func(d Driver) ([]Service, error) { return d.Services(ctx) })
}

// Members lists the cluster.
func (f Fallback) Members(ctx context.Context) ([]Member, error) {
	return firstThatOffers(f, func(d Driver) ([]Member, error) { return d.Members(ctx) })
}

// Identity returns the certificate that the node holds for the unit.
func (f Fallback) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	return firstThatOffers(f, func(d Driver) (*x509.Certificate, error) { return d.Identity(ctx, unit) })
}

// CSR returns the pending request of the unit.
func (f Fallback) CSR(ctx context.Context, unit string) ([]byte, error) {
	return firstThatOffers(f, func(d Driver) ([]byte, error) { return d.CSR(ctx, unit) })
}

// TrustList lists the unit's trust store.
func (f Fallback) TrustList(ctx context.Context, unit string) ([]TrustFile, error) {
	return firstThatOffers(f, func(d Driver) ([]TrustFile, error) { return d.TrustList(ctx, unit) })
}

// OwnList lists the units whose identity the node holds.
func (f Fallback) OwnList(ctx context.Context) ([]Own, error) {
	return firstThatOffers(f, func(d Driver) ([]Own, error) { return d.OwnList(ctx) })
}

// CertType tells which identity the node serves.
func (f Fallback) CertType(ctx context.Context) (CertType, error) {
	return firstThatOffers(f, func(d Driver) (CertType, error) { return d.CertType(ctx) })
}

// Show types a dialogue that changes nothing.
func (f Fallback) Show(ctx context.Context, d Dialogue) (string, error) {
	return firstThatOffers(f, func(one Driver) (string, error) { return one.Show(ctx, d) })
}

// Trusted returns one certificate of the unit's trust store.
func (f Fallback) Trusted(ctx context.Context, unit string, file TrustFile) (*x509.Certificate, error) {
	return firstThatOffers(f, func(d Driver) (*x509.Certificate, error) { return d.Trusted(ctx, unit, file) })
}

// GenerateCSR makes a new key and request (SIG-1).
func (f Fallback) GenerateCSR(ctx context.Context, unit string) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.GenerateCSR(ctx, unit) }))
	return err
}

// ImportTrust uploads one CA certificate (SIG-4, SIG-5).
func (f Fallback) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.ImportTrust(ctx, unit, ca) }))
	return err
}

// ImportOwn uploads the application certificate (SIG-7).
func (f Fallback) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.ImportOwn(ctx, unit, leaf) }))
	return err
}

// Regenerate replaces the unit's identity (SELF-3).
func (f Fallback) Regenerate(ctx context.Context, unit string) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.Regenerate(ctx, unit) }))
	return err
}

// DeleteTrust removes one file from the unit's trust store.
func (f Fallback) DeleteTrust(ctx context.Context, unit string, file TrustFile) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.DeleteTrust(ctx, unit, file) }))
	return err
}

// RestartService restarts one service (REL-3).
func (f Fallback) RestartService(ctx context.Context, name string) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.RestartService(ctx, name) }))
	return err
}

// Restart restarts the whole node (SIG-8).
func (f Fallback) Restart(ctx context.Context) error {
	_, err := firstThatOffers(f, noResult(func(d Driver) error { return d.Restart(ctx) }))
	return err
}

// SharedRequester is a Driver that can make one request for all nodes of a cluster (PRE-6). The command line cannot.
type SharedRequester interface {
	// GenerateSharedCSR makes a new key and a multi-server request. A pending one, and its key, is lost: look first.
	GenerateSharedCSR(ctx context.Context, unit string) error
}

// Offered finds the way into a node that can do more than every Driver can: a SharedRequester, a Reader of package health.
func Offered[T any](d Driver) (able T, ok bool) {
	all, _ := d.(Fallback)
	for _, one := range append(all[:len(all):len(all)], d) {
		if able, ok = one.(T); ok {
			return able, true
		}
	}
	return able, false
}

// Close ends all of them.
func (f Fallback) Close() error {
	var errs []error
	for _, d := range f {
		errs = append(errs, d.Close())
	}
	return errors.Join(errs...)
}
