package steps

import (
	"context"
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Leaf returns the application certificate that the CA sent for a node, or nil.
func Leaf(p *Plan, fqdn string) *x509.Certificate { return leafOf(p, fqdn, p.Change().Unit) }

// leafOf returns the certificate that the CA sent for a unit of a node: its own, or the one that it shares.
func leafOf(p *Plan, fqdn, unit string) *x509.Certificate {
	r := p.Reply()
	if r == nil {
		return nil
	}
	n, _ := p.Node(fqdn)
	if unit == p.Change().Unit && p.Scope().Shares(n) {
		first, _ := p.Change().Solution.Publisher(fqdn)
		fqdn = first.FQDN
	}
	return cert.FromPEM(r.Leaves[cert.Request{Node: fqdn, Unit: unit}.ID()])
}

// lookInstall: the node holds the new identity. Where it does not, the CSR guard looks whether it still can.
func lookInstall(ctx context.Context, j *Job) (bool, error) {
	leaf, so, err := lookHeld(ctx, j)
	if so || err != nil || j.Acted {
		return so, err
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	return false, guardCSR(ctx, j, d, leaf)
}

// lookHeld reads the identity that the node holds: is it the CA's certificate?
func lookHeld(ctx context.Context, j *Job) (leaf *x509.Certificate, so bool, err error) {
	leaf = leafOf(j.Plan, j.Node.FQDN, j.Unit)
	if leaf == nil {
		return nil, false, j.refused("SIG-7", "nothing was sent to the node", "take the CA's reply again", "there is no certificate for this node")
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, false, err
	}
	j.Say("reading the certificate that the node holds")
	own, err := d.Identity(ctx, j.Unit)
	if err != nil {
		return nil, false, err
	}
	if j.Unit == unitSecond {
		j.Seen.Second = string(cert.PEM(own))
	} else {
		j.Seen.Identity = string(cert.PEM(own))
	}
	return leaf, own.Equal(leaf), nil
}

// guardCSR says, before the upload would fail, that the CSR was made again or is gone since it went to the CA.
func guardCSR(ctx context.Context, j *Job, d vos.Driver, leaf *x509.Certificate) error {
	der, err := d.CSR(ctx, j.Unit)
	if err != nil {
		return err
	}
	if der == nil {
		return j.refused("SIG-1", "the node would say that "+j.Unit+".csr does not exist: the key for this certificate is gone",
			"make a new CSR on this node and have it signed; find out who deleted it", "the CSR that went to the CA is no longer there")
	}
	csr := cert.RequestFromPEM(string(cert.RequestPEM(der)))
	if csr == nil || cert.KeyID(csr.PublicKey) != cert.KeyID(leaf.PublicKey) {
		return j.refused("SIG-1", "the node would say that the public keys do not match: the key for this certificate is gone",
			"have the CSR that the node holds now signed; find out who made it", "the CSR was made again since it went to the CA")
	}
	return nil
}

func actInstall(ctx context.Context, j *Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	leaf := leafOf(j.Plan, j.Node.FQDN, j.Unit)
	j.Say("uploading %s", cert.Name(leaf))
	if err := d.ImportOwn(ctx, j.Unit, leaf); err != nil {
		return err
	}
	j.Seen.Uploads = []string{cert.Fingerprint(leaf)}
	return nil
}

func wordsInstall(p *Plan, n vos.Node) []string { return wordsOwn(p, n, p.Change().Unit) }

func wordsSecondInstall(p *Plan, n vos.Node) []string { return wordsOwn(p, n, unitSecond) }

func wordsOwn(p *Plan, n vos.Node, unit string) []string {
	leaf := leafOf(p, n.FQDN, unit)
	if leaf == nil {
		return []string{vos.DialogueImportOwn(unit, nil).Line}
	}
	return []string{vos.DialogueImportOwn(unit, cert.PEM(leaf)).Line, string(cert.PEM(leaf))}
}
