// Package ports looks at what the client ports of a node serve, and judges it.
package ports

import (
	"context"
	"crypto/x509"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Of judges which ports serve what was installed. One that nothing listened on before owes nothing.
func Of(j *plan.Job, served []plan.Served) standing.Ports {
	leaf, second := certs.IdentityOf(j.Plan, j.Node.FQDN), certs.ECDSAIdentity(j.Plan, j.Node)
	ports := make(standing.Ports, 0, len(served))
	for _, s := range served {
		one := standing.PortUp{Port: s.Port, Name: release.PortLabel(s.Port, release.PortName(j.Plan, j.Node, s.Port))}
		switch {
		case s.Error != "" && wasDeaf(j, s.Port):
			continue
		case s.Error != "":
			one.Why = msg.Kept(s.Error) // a sentence of vos.Why, as it was written down
		case !certs.IsCert(s.PEM, leaf) && !certs.IsCert(s.PEM, second):
			one.Why = certs.Instead(j.Plan, j.Node.FQDN, s)
		}
		ports = append(ports, one)
	}
	return ports
}

// Unproven names the ports that do not yet serve what was installed.
func Unproven(j *plan.Job, served []plan.Served) []msg.Text { return Of(j, served).Open() }

// Restarted reports whether all ports serve what was installed, and one of them the identity that the change is about: ports that
// serve another one, as those of a node that serves tomcat-ECDSA, do not show that services have read it.
func Restarted(j *plan.Job, served []plan.Served) bool {
	own := certs.IdentityOf(j.Plan, j.Node.FQDN)
	return len(Unproven(j, served)) == 0 && slices.ContainsFunc(served, func(s plan.Served) bool { return certs.IsCert(s.PEM, own) })
}

// Open are the numbers of the same ports.
func Open(j *plan.Job, served []plan.Served) []string {
	var numbers []string
	for _, one := range Of(j, served) {
		if !one.Why.IsZero() {
			numbers = append(numbers, strconv.Itoa(one.Port))
		}
	}
	return numbers
}

// Unchained says where the new certificate comes without the CA certificates above it. A client that holds the root alone
// refuses it there, or fetches what is missing by itself.
func Unchained(j *plan.Job, served []plan.Served) []plan.Finding {
	if !j.Plan.Scope().Replaces(j.Node) || j.Plan.Scope().Awaits(j.Node) || j.Plan.Change().OnlyECDSA() {
		return nil
	}
	leaf, second := certs.IdentityOf(j.Plan, j.Node.FQDN), certs.ECDSAIdentity(j.Plan, j.Node)
	var names []msg.Text
	for _, s := range served {
		if certs.IsCert(s.PEM, leaf) && !certs.IsCert(s.PEM, second) && !s.Whole {
			names = append(names, msg.Verbatim(release.PortLabel(s.Port, release.PortName(j.Plan, j.Node, s.Port))))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return plan.Find(codes.Bare, plan.Warning, "SIG-5", msg.T("distribute the intermediates to clients with the root; both are in the reply folder of the session"),
		"presents the new certificate without its issuer %s: %s", cert.Printable(cert.IssuerOf(leaf)), msg.List(names))
}

// wasDeaf: nothing answered on this port before the change either. That was a finding before the start, and a person went
// on knowing it: the change cannot prove what was not there. A survey of an older program has no word of ports that were
// added since: one that a release may have is taken to be not in use where it is silent.
func wasDeaf(j *plan.Job, port int) bool {
	s := j.Plan.Survey(j.Node.FQDN)
	if s == nil {
		return false
	}
	if i := slices.IndexFunc(s.Served, func(before plan.Served) bool { return before.Port == port }); i >= 0 {
		return s.Served[i].Error != ""
	}
	return slices.ContainsFunc(release.FactsOf(j.Plan, j.Node).Ports, func(p vos.Port) bool { return p.Number == port && p.Optional })
}

// Probe looks at every client address of the node at once. Whether a chain is whole is asked once of each certificate
// that is served: most often it is the same on all ports.
func Probe(ctx context.Context, j *plan.Job) []plan.Served {
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
		Until: got.Leaf.NotAfter.UTC().Format(time.RFC3339), Names: got.Leaf.DNSNames}
	_, err := cert.Build(got.Leaf, slices.Concat(got.Chain, roots))
	s.Whole = err == nil
	return s
}
