package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookSharedCSR: the publisher holds a CSR with the names of both nodes (PRE-6). It looks before anything is made or asked
// for, so that one that is waited for is not generated again. Where no way into the node can make one, a person is asked.
func lookSharedCSR(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	j.Say("checking for a pending CSR")
	der, err := d.CSR(ctx, j.Unit)
	if err != nil {
		return false, err
	}
	if der != nil {
		j.Seen.CSR = string(cert.RequestPEM(der))
	}
	csr, own := cert.RequestFromPEM(j.Seen.CSR), j.Plan.Survey(j.Node.FQDN)
	if der == nil {
		if err := askUnseen(j); err != nil {
			return false, err
		}
	}
	missing := sharedNames(j, csr)
	_, able := vos.Offered[vos.SharedRequester](d)
	about := aboutPending(j)
	switch {
	case able && (csr == nil || len(missing) == 0 && own != nil && own.CSR == j.Seen.CSR && about == plan.MakeCSR):
		return false, nil
	case csr == nil || len(missing) > 0:
		return false, askPageCSR(j, csr, missing)
	case own == nil || own.CSR != j.Seen.CSR || about == plan.UseCSR:
		return true, nil // it was made since, or it is the one that was chosen
	case about == plan.MakeCSR:
		return false, askPageCSR(j, csr, nil)
	}
	return false, askPending(j)
}

// actSharedCSR makes the request by the API.
func actSharedCSR(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	s, able := vos.Offered[vos.SharedRequester](d)
	if !able {
		return askPageCSR(j, nil, nil)
	}
	j.Say("generating the CSR")
	return s.GenerateSharedCSR(ctx, j.Unit)
}

// wordsSharedCSR are what the API is sent, or where a person clicks.
func wordsSharedCSR(p *plan.Plan, n vos.Node) []string {
	if byAPI(n) {
		return []string{"POST /platformcom/api/v1/certmgr/config/csr", "service: " + p.Change().Main(), "distribution: multi-server"}
	}
	return []string{n.AdminAddress(), "Security > Certificate Management > Generate CSR", "Certificate Purpose: " + p.Change().Main(), "Distribution: Multi-Server(SAN)"}
}

// wordsByPage are what the API is sent, or where a person clicks.
func wordsByPage(p *plan.Plan, n vos.Node) []string {
	if byAPI(n) {
		return []string{"POST /platformcom/api/v1/certmgr/config/identity/certificates", "service: " + p.Change().Main()}
	}
	return []string{n.AdminAddress(), "Security > Certificate Management > Upload Certificate", "Certificate Purpose: " + p.Change().Main()}
}

// byAPI reports whether a node is entered by the certificate API, where it has one.
func byAPI(n vos.Node) bool {
	return n.Connection == vos.ConnectionREST || n.Connection == vos.ConnectionRESTManual
}

// sharedNames returns which names of the pair a request does not hold.
func sharedNames(j *plan.Job, csr *x509.CertificateRequest) []string {
	var missing []string
	for _, n := range j.Plan.Scope().Cluster(j.Node) {
		if csr == nil || !slices.ContainsFunc(csr.DNSNames, func(name string) bool { return strings.EqualFold(name, n.FQDN) }) {
			missing = append(missing, n.FQDN)
		}
	}
	return missing
}

func askPageCSR(j *plan.Job, csr *x509.CertificateRequest, missing []string) error {
	q := plan.Question{ID: plan.AskPageCSR, Kind: plan.Choice, Rule: "PRE-6", Needs: plan.Yes,
		Text: msg.T("Generate the multi-server CSR in OS Administration on %s.", j.Node.FQDN),
		Lines: []msg.Text{msg.Verbatim(j.Node.AdminAddress()), msg.Verbatim("Security > Certificate Management > Generate CSR"),
			msg.Verbatim("Certificate Purpose: " + j.Unit), msg.Verbatim("Distribution: Multi-Server(SAN)"), msg.T("Parent Domain: empty"),
			msg.T("Names: both UCCX nodes and no other. Then select Generate.")},
		Means:   msg.T("The node is then checked. Generate the CSR only once: a second one discards the key of the first."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("Not yet")}, {Value: plan.Yes, Label: msg.T("Generated: check the node")}}}
	if csr != nil && len(missing) > 0 {
		q.Means = msg.T("The current CSR lacks %s. A new CSR discards its key: make sure that no one is waiting for that "+
			"certificate.", msg.And(missing))
	}
	return &plan.Ask{Question: q}
}

// lookByPage: the node holds the CA's certificate. Until then it is asked for on the web page, where there is no API.
func lookByPage(ctx context.Context, j *plan.Job) (bool, error) {
	held, err := lookInstall(ctx, j)
	if held || err != nil || j.Acted {
		return held, err
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	if _, able := vos.Offered[vos.SharedRequester](d); able {
		return false, nil
	}
	return false, &plan.Ask{Question: plan.Question{ID: plan.AskPageUpload, Kind: plan.Choice, Rule: "PRE-6", Needs: plan.Yes,
		Text: msg.T("Upload the certificate in OS Administration on %s.", j.Node.FQDN),
		Lines: []msg.Text{msg.Verbatim(j.Node.AdminAddress()), msg.Verbatim("Security > Certificate Management > Upload Certificate"),
			msg.Verbatim("Certificate Purpose: " + j.Unit), msg.T("Upload File: reply/%s.pem in the session folder", j.Node.FQDN)},
		Means: msg.T("The command line of this release refuses multi-server certificates. The node is checked after the " +
			"upload."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("Not yet")}, {Value: plan.Yes, Label: msg.T("Uploaded: check the node")}}}}
}

// lookShared gives the publisher some time to pass the certificate and its key on to the other node.
func lookShared(ctx context.Context, j *plan.Job) (bool, error) {
	_, done, err := lookHeld(ctx, j)
	if done || err != nil {
		return done, err
	}
	j.Say("waiting for replication from the publisher")
	if err := world.Wait(ctx, j.World.Pace.Settle); err != nil {
		return false, err
	}
	if _, done, err = lookHeld(ctx, j); done || err != nil {
		return done, err
	}
	return false, &vos.Error{Class: vos.ErrRefused, Node: j.Node.FQDN, What: msg.T("The multi-server certificate has not replicated from the publisher"),
		Means: msg.T("The node still has its own certificate."),
		Next: msg.T("Check that Cisco Tomcat and Platform Administrative Web Service are started on both nodes, then " +
			"press Enter.")}
}

func rowSharedCSR() plan.Step {
	return plan.Step{
		ID: plan.StepSharedCSR, Role: plan.RoleRequest, Title: "Generate the multi-server CSR", Risk: plan.Changes, Look: lookSharedCSR, Act: actSharedCSR, Guard: pins.Guard, Usual: 10 * time.Second,
		On: func(s change.Scope, n vos.Node) bool { return s.Shares(n) && n.TakesTrust() },
		Why: "One CSR covers both UCCX nodes. It is generated on the publisher through the certificate API, or on " +
			"its web page where the API is missing. The command line cannot generate it.",
		Effect: "None. The current certificates stay in use.",
		Undo:   requestUndo,
		Rules:  []string{"PRE-6", "SIG-1", "PRE-8"}, Commands: wordsSharedCSR,
	}
}

// byPage reports whether the node's certificate can only be uploaded on the web page: multi-server certificates from
// 14SU2 on (docs/nodes.md 1.5).
func byPage(s change.Scope, n vos.Node) bool {
	return s.Shares(n) && n.TakesTrust() && !n.Release.Before("14.0")
}

func rowByPage() plan.Step {
	return plan.Step{
		ID: plan.StepByPage, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Upload the multi-server certificate", Risk: plan.Changes, Look: lookByPage, Act: actInstall, Guard: pins.Guard, Usual: 8 * time.Second,
		On:   func(s change.Scope, n vos.Node) bool { return byPage(s, n) },
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why: "From 14SU2 the command line refuses multi-server certificates. They are uploaded through the " +
			"certificate API, or in OS Administration where the API is missing.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"SIG-7", "PRE-6"}, Commands: wordsByPage,
	}
}

func rowShared() plan.Step {
	return plan.Step{
		ID: plan.StepShared, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Verify the certificate on the subscriber", Look: lookShared, Usual: 10 * time.Second,
		On:    func(s change.Scope, n vos.Node) bool { return s.Shares(n) && !n.TakesTrust() },
		Owes:  plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why:   "The publisher copies the multi-server certificate and its key to the subscriber.",
		Undo:  installUndo,
		Rules: []string{"PRE-6", "SIG-7"},
	}
}
