package steps

import (
	"context"
	"crypto/x509"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lookSurvey reads what the node is, holds and serves, in as few round trips as it takes.
func lookSurvey(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	s := j.Seen
	probed := make(chan []plan.Served, 1)
	go func() { probed <- probeAll(ctx, j) }() // the TLS ports are another line: they need not wait for the CLI
	defer func() { s.Served = <-probed }()

	j.Say("reading version, clock and disk usage")
	about, err := d.About(ctx)
	if err != nil {
		return false, err
	}
	s.About = &about
	boot.Keep(s, about, j.World.Now())
	j.Say("reading cluster and services")
	if s.Members, err = d.Members(ctx); failing(j, "the cluster", err) {
		return false, err
	}
	if s.Services, err = d.Services(ctx); failing(j, "the services", err) {
		return false, err
	}
	j.Say("reading certificates")
	return true, surveyCertificates(ctx, j, d)
}

// failing reports whether an error ends a look. What a node has no command for, or does not let this account see, is
// noted: the change does not stand on it.
func failing(j *plan.Job, what string, err error) bool {
	if errors.Is(err, vos.ErrRefused) {
		j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.NotShown, plan.Note, "", "", "could not read %s from the node: %s", what, plan.TroubleOf(err).Said)...)
		return false
	}
	return err != nil
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
	} else if f.ECDSA.Value != vos.ECDSASecond {
		return nil
	}
	second, err := d.Identity(ctx, plan.UnitECDSA)
	if err == nil {
		j.Seen.ECDSA = string(cert.PEM(second))
	}
	if failing(j, plan.UnitECDSA, err) {
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
		j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.Chain, plan.Warning, "SELF-1", "upload the missing CA certificate to its tomcat-trust, or regenerate", "%s", err)...)
	}
	for i := len(chain.CAs) - 1; i >= 0; i-- {
		j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(chain.CAs[i])))
	}
	return nil
}

// probeAll looks at every client address of the node at once. Whether a chain is whole is asked once of each certificate
// that is served: most often it is the same on all ports.
func probeAll(ctx context.Context, j *plan.Job) []plan.Served {
	ports := release.FactsOf(j.Plan, j.Node).Ports
	got, errs := make([]vos.Served, len(ports)), make([]error, len(ports))
	var wg sync.WaitGroup
	for i, port := range ports {
		leave, crowd := j.Probing(ctx)
		wg.Go(func() {
			got[i], errs[i] = j.World.Probe(ctx, j.Node, port.Number)
			leave()
			if crowd && errs[i] != nil { // this machine may have been too busy: once more, behind all others
				leave, _ = j.Probing(ctx)
				defer leave()
				got[i], errs[i] = j.World.Probe(ctx, j.Node, port.Number)
			}
		})
	}
	wg.Wait()
	all, roots := make([]plan.Served, len(ports)), certs.ReplyRoots(j.Plan)
	for i, port := range ports {
		if errs[i] != nil {
			all[i] = plan.Served{Port: port.Number, Error: plan.TroubleOf(errs[i]).What.String()}
			continue
		}
		same := slices.IndexFunc(got[:i], func(o vos.Served) bool { return alike(o, got[i]) })
		if same >= 0 {
			all[i] = all[same]
			all[i].Port, all[i].Version = port.Number, got[i].Version
			continue
		}
		all[i] = servedOf(got[i], roots)
		all[i].Port = port.Number
	}
	return all
}

// alike reports whether two ports present the same certificates.
func alike(a, b vos.Served) bool {
	return a.Leaf != nil && a.Leaf.Equal(b.Leaf) && slices.EqualFunc(a.Chain, b.Chain, (*x509.Certificate).Equal)
}

func servedOf(got vos.Served, roots []*x509.Certificate) plan.Served {
	s := plan.Served{PEM: string(cert.PEM(got.Leaf)), Serial: cert.Serial(got.Leaf), Chain: len(got.Chain), Version: got.Version,
		Until: got.Leaf.NotAfter.UTC().Format(timeFormat), Names: got.Leaf.DNSNames}
	_, err := cert.Build(got.Leaf, slices.Concat(got.Chain, roots))
	s.Whole = err == nil
	return s
}

const timeFormat = "2006-01-02T15:04:05Z07:00"

func rowSurvey() plan.Step {
	return plan.Step{
		ID: plan.StepSurvey, Role: plan.RoleSurvey, Title: "Read every node", On: Every, Look: lookSurvey, Usual: 15 * time.Second,
		Why:   "Records what each node holds and presents now, to compare before and after.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "CLI-1", "CLI-8"}, Commands: wordsSurvey,
	}
}
