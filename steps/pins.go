package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// guardUnchanged stops before a node is changed that is not as it was read: its certificate was replaced, or its host name
// or domain was changed, and not by this change. A node that a person asks is not asked for it.
func guardUnchanged(ctx context.Context, j *plan.Job) error {
	if j.Acted || j.Unsure() || j.Node.Connection.ByHand() || j.Plan.Survey(j.Node.FQDN) == nil {
		return nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	about, err := d.About(ctx)
	if err != nil {
		return err
	}
	own, err := d.Identity(ctx, j.Unit)
	if err != nil {
		return err
	}
	return askChanged(j, append(otherNames(j, about), otherIdentity(j, own)...))
}

// askChanged puts what has changed before a person; nil where nothing has, or where a person said to continue.
func askChanged(j *plan.Job, changes []string) error {
	if len(changes) == 0 || j.Answered(plan.AskChanged) == plan.Yes {
		return nil
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskChanged, Kind: plan.Choice, Rule: "PRE-3", Args: []string{j.Node.FQDN}, Lines: changes,
		Text: "%s was changed since it was read, and not by this change.",
		Means: msg.T("A colleague or another program may be working on it. After a change of host name or domain the certificates of this plan " +
			"are for the wrong name. Find out who did it before you continue."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again: it was corrected")}, {Value: plan.Yes, Label: msg.T("Continue: the change was intended")}}}}
}

// otherNames tells that a node calls itself otherwise than when it was read.
func otherNames(j *plan.Job, about vos.About) []string {
	s := j.Plan.Survey(j.Node.FQDN)
	if s == nil || s.About == nil || strings.EqualFold(s.About.FQDN(), about.FQDN()) {
		return nil
	}
	return []string{fmt.Sprintf("name: %s, was %s", about.FQDN(), s.About.FQDN())}
}

// otherIdentity tells that a node holds a certificate that it neither held when it was read nor was given by this change.
func otherIdentity(j *plan.Job, own *x509.Certificate) []string {
	s := j.Plan.Survey(j.Node.FQDN)
	was := cert.FromPEM(s.Identity)
	if j.Unit == plan.UnitECDSA {
		was = cert.FromPEM(s.ECDSA)
	}
	want := certs.IdentityOf(j.Plan, j.Node.FQDN)
	if was == nil || own.Equal(was) || want != nil && own.Equal(want) || own.Equal(certs.LeafOf(j.Plan, j.Node.FQDN, j.Unit)) {
		return nil
	}
	return []string{fmt.Sprintf("certificate %s: serial %s, was %s", j.Unit, cert.Serial(own), cert.Serial(was)),
		"SHA-256 " + cert.Fingerprint(own)}
}
