package steps

import (
	"context"
	"crypto/x509"
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookRegenerate: the node holds a self-signed certificate that is valid, and is not the one that was read before. Like a
// CSR it is never made twice: that would only throw a key away.
func lookRegenerate(ctx context.Context, j *plan.Job) (bool, error) {
	own, err := regenerated(ctx, j)
	if err != nil {
		return false, err
	}
	if j.Unit == change.UnitECDSA {
		j.Seen.ECDSA = string(cert.PEM(own))
	} else {
		j.Seen.Identity = string(cert.PEM(own))
	}
	if !j.Unsure() && !j.Acted && stays(j, own) {
		return true, nil
	}
	fresh := cert.Classify(own) == cert.SelfSigned && j.World.Now().Before(own.NotAfter)
	if fresh && j.Seen.Own(j.Unit) != identityBefore(j) {
		if j.Acted || j.Unsure() {
			return true, nil
		}
		return true, pins.Guard(ctx, j) // others made it: nothing is regenerated over it
	}
	if j.Acted || j.Unsure() {
		return false, nil
	}
	csr, err := pendingNow(ctx, j)
	if err != nil {
		return false, err
	}
	return false, askLoss(j, own, csr)
}

// pendingNow is the CSR (PEM) that the node holds, "" where it has none: someone may have made it since the node was read. Where the node
// does not show it, and of a node that a person asks, it is the one that was read.
func pendingNow(ctx context.Context, j *plan.Job) (string, error) {
	was := ""
	if s := j.Plan.Survey(j.Node.FQDN); s != nil && j.Unit == j.Plan.Change().Main() {
		was = s.CSR
	}
	if j.Node.Connection.ByHand() {
		return was, nil
	}
	der, err := pendingCSR(ctx, j)
	switch {
	case errors.Is(err, vos.ErrRefused), errors.Is(err, vos.ErrNotOffered):
		return was, nil
	case err != nil || der == nil:
		return "", err
	}
	return string(cert.RequestPEM(der)), nil
}

// stays reports whether a certificate is none that has to be regenerated: its name is the new one already (PRE-3), or a CA has signed
// tomcat-ECDSA, and neither its time nor its name is wrong (SELF-3).
func stays(j *plan.Job, own *x509.Certificate) bool {
	path, now := j.Plan.Change().Path, j.World.Now()
	valid, named := now.After(own.NotBefore) && now.Before(own.NotAfter), own.VerifyHostname(j.Node.FQDN) == nil
	signed := j.Unit == change.UnitECDSA && !j.Plan.Change().OnlyECDSA() && !certs.SelfMade(own)
	return named && (path == change.PathDomain || valid && (path == change.PathFirst || signed))
}

// regenerated reads the identity.
func regenerated(ctx context.Context, j *plan.Job) (*x509.Certificate, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	j.Say("reading the current certificate")
	return d.Identity(ctx, j.Unit)
}

// identityBefore is what the node held before it was regenerated in this session.
func identityBefore(j *plan.Job) string {
	if j.Before != nil {
		return j.Before.Own(j.Unit)
	}
	if s := j.Plan.Survey(j.Node.FQDN); s != nil {
		return s.Own(j.Unit)
	}
	return ""
}

// askLoss asks before something is overwritten that cannot be restored; a self-signed certificate may go without a word. An answer counts
// for what was asked about.
func askLoss(j *plan.Job, own *x509.Certificate, csr string) error {
	q := plan.Question{ID: plan.AskOverwrite, Kind: plan.Choice, Rule: "SELF-3",
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, keep the certificate")}, {Value: plan.Yes, Label: msg.T("Yes, regenerate")}}, Needs: plan.Yes}
	switch {
	case cert.Classify(own) != cert.SelfSigned:
		q.Text = msg.T("%s holds a CA-signed certificate. Regenerating overwrites it.", j.Node.FQDN)
		q.Lines = []msg.Text{msg.T("%s, signed by %s", cert.Name(own), cert.IssuerOf(own)), msg.T("valid until %s", msg.Time(own.NotAfter.UTC(), msg.Stamp))}
		if csr != "" {
			q.Lines = append(append(q.Lines, msg.T("%s holds a pending CSR. Regenerating may discard it.", j.Node.FQDN)), linesOfCSR(csr)...)
		}
		q.Means = msg.T("Its key is then gone. A new CA-signed certificate needs a new CSR.")
	case csr != "":
		q.Text = msg.T("%s holds a pending CSR. Regenerating may discard it.", j.Node.FQDN)
		q.Lines = linesOfCSR(csr)
		q.Means = msg.T("Someone may be waiting for its certificate, which would become worthless.")
	default:
		return nil
	}
	if answeredAbout(j, plan.AskOverwrite, q.Lines) == plan.Yes {
		return nil
	}
	return &plan.Ask{Question: q}
}

func actRegenerate(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	j.Say("regenerating")
	return d.Regenerate(ctx, j.Unit)
}

func wordsRegenerate(p *plan.Plan, _ vos.Node) []string {
	return restart.TypedWords(vos.DialogueRegenerate(p.Change().Main()))
}

func rowRegenerate(owes string) plan.Step {
	return plan.Step{
		ID: plan.StepRegenerate, Role: plan.RoleRegenerate, Title: "Regenerate the certificate", Risk: plan.Changes, Look: lookRegenerate, Act: actRegenerate, Guard: pins.Guard, Usual: 10 * time.Second,
		On: func(s change.Scope, n vos.Node) bool {
			return s.Replaces(n) && !(s.OnlyECDSA() && regeneratesECDSA(s, n))
		},
		Owes:   plan.Owing{Restart: owes, For: plan.ForIdentity},
		Why:    "The node generates a new key and a self-signed certificate with its current host name and domain.",
		Effect: "None until the restart. Agents keep working.",
		Undo:   "None: the former key is gone. A CA-signed certificate needs a new CSR.",
		Rules:  []string{"SELF-3", "PRE-3"}, Commands: wordsRegenerate,
	}
}

// regeneratesECDSA reports whether a node regenerates tomcat-ECDSA, alone or beside tomcat.
func regeneratesECDSA(s change.Scope, n vos.Node) bool { return s.Plan >= 5 && s.HasECDSA(n) }

// rowsRegenerate are the rows that regenerate all tomcat certificates of a node (PRE-3, SELF-3).
func rowsRegenerate(owes string) []plan.Step {
	return rows(rowRegenerate(owes), rowRegenerateECDSA(owes))
}

// rowRegenerateECDSA regenerates the second identity of 11.5 (EC-1).
func rowRegenerateECDSA(owes string) plan.Step {
	return plan.Step{
		ID: plan.StepRegenerateEC, Since: 5, Role: plan.RoleRegenerate, Title: "Regenerate tomcat-ECDSA", Unit: change.UnitECDSA, Risk: plan.Changes, Look: lookRegenerate, Act: actRegenerate, Guard: pins.Guard, Usual: 10 * time.Second,
		On:   regeneratesECDSA,
		Owes: plan.Owing{Restart: owes, For: plan.ForIdentity},
		Why: "This release has a second certificate, tomcat-ECDSA, with the same name and end date as tomcat. It is " +
			"regenerated too. A CA-signed one is kept, unless it has expired or has a wrong name.",
		Effect: "None until the restart. Agents keep working.",
		Undo:   "None: the former key is gone. A CA-signed certificate needs a new CSR.",
		Rules:  []string{"SELF-3", "PRE-3", "EC-1"},
		Commands: func(*plan.Plan, vos.Node) []string {
			return restart.TypedWords(vos.DialogueRegenerate(change.UnitECDSA))
		},
	}
}
