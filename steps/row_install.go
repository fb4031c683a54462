package steps

import (
	"context"
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// leafFor returns the application certificate that the CA sent for a node, or nil.
func leafFor(p *Plan, fqdn string) *x509.Certificate {
	if r := p.Reply(); r != nil {
		return parsePEM(r.Leaves[fqdn])
	}
	return nil
}

// lookInstall: the node holds the new identity. Where it does not, the CSR guard looks whether it still can.
func lookInstall(ctx context.Context, j *Job) (bool, error) {
	leaf := leafFor(j.Plan, j.Node.FQDN)
	if leaf == nil {
		return false, j.refused("SIG-7", "nothing was sent to the node", "take the CA's reply again", "there is no certificate for this node")
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	unit := j.Plan.Change().Unit
	j.Say("reading the certificate that the node holds")
	own, err := d.Identity(ctx, unit)
	if err != nil {
		return false, err
	}
	j.Seen.Identity = string(cert.PEM(own))
	if own.Equal(leaf) {
		return true, nil
	}
	if j.Acted {
		return false, nil
	}
	return false, guardCSR(ctx, j, d, leaf)
}

// guardCSR says, before the upload would fail, that the CSR was made again or is gone since it went to the CA.
func guardCSR(ctx context.Context, j *Job, d vos.Driver, leaf *x509.Certificate) error {
	der, err := d.CSR(ctx, j.Plan.Change().Unit)
	if err != nil {
		return err
	}
	if der == nil {
		return j.refused("SIG-1", "the node would say that tomcat.csr does not exist: the key for this certificate is gone",
			"make a new CSR on this node and have it signed; find out who deleted it", "the CSR that went to the CA is no longer there")
	}
	csr := parseCSR(string(cert.RequestPEM(der)))
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
	leaf := leafFor(j.Plan, j.Node.FQDN)
	j.Say("uploading %s", cert.Name(leaf))
	if err := d.ImportOwn(ctx, j.Plan.Change().Unit, leaf); err != nil {
		return err
	}
	j.Seen.Uploads = []string{cert.Fingerprint(leaf)}
	return nil
}

func wordsInstall(p *Plan, n vos.Node) []string {
	leaf := leafFor(p, n.FQDN)
	if leaf == nil {
		return []string{vos.DialogueImportOwn(p.Change().Unit, nil).Line}
	}
	return []string{vos.DialogueImportOwn(p.Change().Unit, cert.PEM(leaf)).Line, string(cert.PEM(leaf))}
}
