package steps

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookInstall: the node holds the new identity. Where it does not, the CSR guard looks whether it still can.
func lookInstall(ctx context.Context, j *plan.Job) (bool, error) {
	leaf, done, err := lookHeld(ctx, j)
	if done || err != nil || j.Acted {
		return done, err
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	return false, guardCSR(ctx, j, d, leaf)
}

// lookHeld reads the identity that the node holds: is it the CA's certificate?
func lookHeld(ctx context.Context, j *plan.Job) (leaf *x509.Certificate, done bool, err error) {
	leaf = certs.LeafOf(j.Plan, j.Node.FQDN, j.Unit)
	if leaf == nil {
		return nil, false, j.Refuse("SIG-7", msg.T("Nothing was sent to the node."), msg.T("Load the CA's reply again."), "No certificate for this node was loaded")
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, false, err
	}
	j.Say("reading the current certificate")
	own, err := d.Identity(ctx, j.Unit)
	if err != nil {
		return nil, false, err
	}
	if j.Unit == change.UnitECDSA {
		j.Seen.ECDSA = string(cert.PEM(own))
	} else {
		j.Seen.Identity = string(cert.PEM(own))
	}
	return leaf, own.Equal(leaf), nil
}

// guardCSR says, before the upload would fail, that the CSR was made again or is gone since it went to the CA.
func guardCSR(ctx context.Context, j *plan.Job, d vos.Driver, leaf *x509.Certificate) error {
	der, err := d.CSR(ctx, j.Unit)
	if err != nil {
		return err
	}
	if der == nil {
		return vos.Coded(codes.CSRGone, j.Refuse("SIG-1", msg.T("The node would refuse the certificate: %s.csr and its key are gone.", j.Unit),
			msg.T("Generate a new CSR on this node and have it signed. Find out who deleted the old one."), "The CSR that you sent to the CA is no longer on the node"))
	}
	csr := cert.RequestFromPEM(string(cert.RequestPEM(der)))
	if csr == nil || cert.KeyID(csr.PublicKey) != cert.KeyID(leaf.PublicKey) {
		return vos.Coded(codes.CSRAgain, j.Refuse("SIG-1", msg.T("The node would refuse the certificate: its key is gone."),
			msg.T("Have the node's current CSR signed. Find out who generated it."), "The CSR was generated again after you sent it to the CA"))
	}
	return nil
}

func actInstall(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	leaf := certs.LeafOf(j.Plan, j.Node.FQDN, j.Unit)
	j.Say("uploading %s", cert.Name(leaf))
	if err := d.ImportOwn(ctx, j.Unit, leaf); err != nil {
		return err
	}
	j.Seen.Uploads = []string{cert.Fingerprint(leaf)}
	return nil
}

func wordsInstall(p *plan.Plan, n vos.Node) []string { return wordsOwn(p, n, p.Change().Main()) }

func wordsOwn(p *plan.Plan, n vos.Node, unit string) []string {
	leaf := certs.LeafOf(p, n.FQDN, unit)
	if leaf == nil {
		return []string{vos.DialogueImportOwn(unit, nil).Line}
	}
	return []string{vos.DialogueImportOwn(unit, cert.PEM(leaf)).Line, string(cert.PEM(leaf))}
}

func rowInstall() plan.Step {
	return plan.Step{
		ID: plan.StepInstall, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Install the certificate", Risk: plan.Changes, Look: lookInstall, Act: actInstall, Guard: pins.Guard, Usual: 8 * time.Second,
		On:     func(s change.Scope, n vos.Node) bool { return s.Requests(n) && !byPage(s, n) },
		Owes:   plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why:    "Each node gets its own certificate. Installing it consumes the CSR.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"SIG-7"}, Commands: wordsInstall,
	}
}

const (
	installEffect = "None until the restart. Agents keep working."
	installUndo   = "None: installing consumes the CSR, and the former key is gone. Regenerate creates a self-signed " +
		"certificate."
)
