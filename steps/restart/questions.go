package restart

import (
	"context"
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// GuardHeld asks a person where the certificate on the node is not the one that it is to serve: it was regenerated or
// replaced since. A restart would put that one into service.
func GuardHeld(ctx context.Context, j *plan.Job) error {
	want := certs.IdentityOf(j.Plan, j.Node.FQDN)
	if want == nil {
		return nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	j.Say("reading the current certificate")
	own, err := d.Identity(ctx, j.Plan.Change().Main())
	if err != nil || own.Equal(want) {
		return err
	}
	return askOther(j, want, own)
}

// askOther asks what becomes of a node that holds another certificate (own) than the one that it is to serve (want).
func askOther(j *plan.Job, want, own *x509.Certificate) error {
	q := plan.Question{ID: plan.AskOther, Kind: plan.Choice, Rule: "SIG-7", Held: string(cert.PEM(own)),
		Text: msg.T("%s has a different certificate from the one that this change installed.", j.Node.FQDN),
		Means: msg.T("It was regenerated or replaced since then. After a restart, the node presents the certificate that is on it " +
			"now. Find out who did it before you continue."),
		Lines:   append(certLines(msg.T("on the node"), own), certLines(msg.T("expected"), want)...),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again: it was corrected")}}}
	if s := j.Plan.Survey(j.Node.FQDN); s != nil && s.Identity == q.Held {
		q.Text = msg.T("%s has the certificate from before this change again.", j.Node.FQDN)
	}
	if _, signs := plan.RoleTask(j.Plan, plan.RoleRequest, j.Node.FQDN); signs {
		q.Options = append(q.Options, plan.Option{Value: plan.MakeCSR, Label: msg.T("Generate a new CSR on this node and have it signed")})
	}
	q.Options = append(q.Options, plan.Option{Value: plan.Accept, Label: msg.T("Accept the certificate on the node: verify that one")})
	return &plan.Ask{Question: q}
}

// AskStale asks what becomes of a node that was restarted and serves a former certificate on these ports.
func AskStale(n vos.Node, open []msg.Text) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskStale, Kind: plan.Choice, Rule: "SIG-8", Lines: open,
		Text: msg.T("%s was restarted and is up, but some ports still present an old certificate.", n.FQDN),
		Means: msg.T("A service did not load the new certificate. The other nodes need not wait. These ports stay pending until " +
			"they present it."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again")}, {Value: plan.RestartAgain, Label: msg.T("Restart this node again")},
			{Value: plan.Yes, Label: msg.T("Continue with the other nodes: these ports stay pending")}}}}
}

// AskRestarted asks whether a node was restarted, where neither a shutdown nor its uptime was seen.
func AskRestarted(n vos.Node) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskRestarted, Kind: plan.Choice, Rule: "SIG-8",
		Text: msg.T("It is unknown whether %s restarted: the command was sent, no shutdown was seen, and the node does not say how long it has been up.", n.FQDN),
		Means: msg.T("Check the node before you answer. If it did not restart, its services still use the old trust store. If it " +
			"did, another restart is an unnecessary outage."),
		Lines: []msg.Text{msg.T("show status: the line with the uptime, if there is one"), msg.T("file list activelog syslog/messages* date detail, then file view: the last start of the system"),
			msg.T("the hypervisor or CIMC: how long the machine has been running")},
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, it did not restart: ask for its name again")}, {Value: plan.Yes, Label: msg.T("Yes, it restarted")},
			{Value: plan.Again, Label: msg.T("Check again")}}}}
}

// certLines are what tells two certificates apart, for a person.
func certLines(what msg.Text, c *x509.Certificate) []msg.Text {
	first := msg.T("%s: %s, self-signed", what, cert.Name(c))
	if cert.Classify(c) != cert.SelfSigned {
		first = msg.T("%s: %s, signed by %s", what, cert.Name(c), cert.IssuerOf(c))
	}
	return []msg.Text{first, msg.T("  serial %s, valid until %s", cert.Serial(c), msg.Time(c.NotAfter.UTC(), msg.Stamp)), msg.T("  SHA-256 %s", cert.Fingerprint(c))}
}

// Fit names the services in the question before a restart, where the node itself keeps running (Unified CM).
func Fit(n vos.Node, q plan.Question) plan.Question {
	row, ok := RuleFor(n.Product, n.Release, plan.ForIdentity)
	if q.ID != plan.AskRestart || !ok || len(row.Services) == 0 {
		return q
	}
	q.Text = msg.T("Type the node's name to restart %s on it now.", msg.And(row.Services))
	q.Means = msg.T("The node itself does not restart.")
	return q
}
