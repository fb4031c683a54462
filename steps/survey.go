package steps

import (
	"context"
	"crypto/x509"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/ports"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookSurvey reads what the node is, holds and serves, in as few round trips as it takes.
func lookSurvey(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	s := j.Seen
	probed := make(chan []plan.Served, 1)
	go func() { probed <- ports.Probe(ctx, j) }() // the TLS ports are another line: they need not wait for the CLI
	defer func() { s.Served = <-probed }()

	j.Say("reading version, clock and disk usage")
	about, err := d.About(ctx)
	if err != nil {
		return false, err
	}
	s.About = &about
	boot.Keep(s, about, j.World.Now())
	j.Say("reading cluster and services")
	if s.Members, err = d.Members(ctx); j.Failing(msg.T("the cluster"), err) {
		return false, err
	}
	if s.Services, err = d.Services(ctx); j.Failing(msg.T("the services"), err) {
		return false, err
	}
	j.Say("reading certificates")
	return true, surveyCertificates(ctx, j, d)
}

func surveyCertificates(ctx context.Context, j *plan.Job, d vos.Driver) error {
	unit := j.Plan.Change().Main()
	own, err := d.Identity(ctx, unit)
	if err != nil {
		return err
	}
	j.Seen.Identity = string(cert.PEM(own))
	der, err := d.CSR(ctx, unit)
	if err != nil {
		return err
	}
	if der != nil {
		j.Seen.CSR = string(cert.RequestPEM(der))
	}
	if j.Seen.Trust, err = d.TrustList(ctx, unit); err != nil {
		return err
	}
	if err = surveyECDSA(ctx, j, d); err != nil || cert.Classify(own) == cert.SelfSigned {
		return err
	}
	return surveyChain(ctx, j, d, own)
}

// surveyECDSA reads the second identity (EC-1), where the node has one: 11.5 does, and a release that serves either one where
// the node says that it serves this one.
func surveyECDSA(ctx context.Context, j *plan.Job, d vos.Driver) error {
	f, _ := vos.Lookup(j.Node.Product, vos.Release(j.Seen.About.Version))
	if f.ECDSA.Value == vos.ECDSAChoice {
		served, err := d.CertType(ctx)
		if j.Seen.CertType = served; served != vos.CertTypeECDSA || err != nil {
			return notOffered(err)
		}
	} else if f.ECDSA.Value != vos.ECDSASecond && f.ECDSA.Value != vos.ECDSABeside {
		return nil
	}
	second, err := d.Identity(ctx, change.UnitECDSA)
	if f.ECDSA.Value == vos.ECDSABeside && !j.Plan.Change().OnlyECDSA() {
		err = notOffered(err) // nothing stands on it
	}
	if second != nil && err == nil {
		j.Seen.ECDSA = string(cert.PEM(second))
	}
	if j.Failing(msg.T(change.UnitECDSA), err) {
		return err
	}
	return nil
}

// notOffered takes a question that a node, or the connection to it, does not know for one that needs no answer.
func notOffered(err error) error {
	if errors.Is(err, vos.ErrRefused) {
		return nil
	}
	return err
}

// surveyChain reads the CA certificates above the identity from the node's own trust store: where peers are to be told
// whom to believe, they are what is uploaded there.
func surveyChain(ctx context.Context, j *plan.Job, d vos.Driver, own *x509.Certificate) error {
	if j.Plan.Step(plan.StepExchange).Look == nil {
		return nil // no one is told
	}
	if err := readStore(ctx, j, j.Seen.Trust, []*x509.Certificate{own}); err != nil {
		return err
	}
	chain, err := cert.Build(own, slices.Collect(maps.Values(j.Files)))
	if err != nil {
		j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.Chain, plan.Warning, "SELF-1", msg.T("upload the missing CA certificate to its tomcat-trust, or regenerate"), "%s", err)...)
	}
	for i := len(chain.CAs) - 1; i >= 0; i-- {
		j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(chain.CAs[i])))
	}
	return nil
}

func rowSurvey() plan.Step {
	return plan.Step{
		ID: plan.StepSurvey, Role: plan.RoleSurvey, Title: "Read every node", On: Every, Look: lookSurvey, Usual: 15 * time.Second,
		Why:   "Records what is installed on each node and what it presents now, to compare before and after.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "CLI-1", "CLI-8"}, Commands: wordsSurvey,
	}
}
