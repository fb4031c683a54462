package reply

import (
	"crypto/x509"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Requests returns the CSRs that went to the CA and are not used up by an installed certificate.
func Requests(p *plan.Plan) []cert.Request {
	var all []cert.Request
	for _, n := range p.Nodes() {
		for _, unit := range []string{p.Change().Main(), change.UnitECDSA} {
			csr := cert.RequestFromPEM(certs.Requested(p, n.FQDN, unit))
			if csr == nil || unit == change.UnitECDSA && p.Change().Main() != unit && !p.Scope().SignsECDSA(n) { // a COP took its place
				continue
			}
			if r := request(p, n, unit, csr); !certs.Installed(p, r.ID()) {
				all = append(all, r)
			}
		}
	}
	return all
}

// request is a CSR with all that is known of its node.
func request(p *plan.Plan, n vos.Node, unit string, csr *x509.CertificateRequest) cert.Request {
	r := cert.Request{Node: n.FQDN, Unit: unit, CSR: csr, Limits: vos.LimitsOf(n.Product, release.Of(p, n)), Held: Held(p, n), Window: p.Until()}
	for _, c := range p.Change().Solution.Clusters {
		own := slices.ContainsFunc(c.Nodes, func(o vos.Node) bool { return strings.EqualFold(o.FQDN, n.FQDN) })
		for _, o := range c.Nodes {
			switch {
			case strings.EqualFold(o.FQDN, n.FQDN):
			case own:
				r.Peers = append(r.Peers, o.FQDN)
			default:
				r.Others = append(r.Others, o.FQDN)
			}
		}
	}
	return r
}

// Held is what was read of the trust store that the certificate of a node stands on: its publisher's (SIG-6).
func Held(p *plan.Plan, n vos.Node) []*x509.Certificate {
	if pub, ok := p.Change().Solution.Publisher(n.FQDN); ok {
		n = pub
	}
	read, _ := trust.StoreOf(p, n.FQDN)
	var all []*x509.Certificate
	for _, name := range slices.Sorted(maps.Keys(read)) {
		all = append(all, read[name])
	}
	return all
}

// Verdict judges files that answer what is asked now: the CA's reply to the CSRs, or CA certificates that complete the
// chain of a server that scripts call (REL-3), or of a neighbour.
func Verdict(p *plan.Plan, files []cert.File, now time.Time) cert.Verdict {
	if AsksChain(p) != "" {
		return someVerdict(p, files)
	}
	return cert.Judge(Requests(p), withoutTaken(p, files), nil, now)
}

// ReplyOf makes the journal's form of a verdict.
func ReplyOf(v cert.Verdict) plan.Reply {
	reply := plan.Reply{Leaves: map[string]string{}}
	for _, c := range v.Roots {
		reply.Roots = append(reply.Roots, string(cert.PEM(c)))
	}
	for _, c := range v.Intermediates {
		reply.Intermediates = append(reply.Intermediates, string(cert.PEM(c)))
	}
	for id, chain := range v.Chains {
		reply.Leaves[id] = string(cert.PEM(chain.Leaf))
	}
	for _, f := range v.Findings {
		reply.Notes = append(reply.Notes, findingOf(f))
	}
	return reply
}

// findingOf is the journal's form of a finding about files: its node is named, its cause told.
func findingOf(f cert.Finding) plan.Finding {
	one := plan.Finding{Code: f.Code, Severity: f.Severity.String(), What: f.What, Cause: f.Cause, Next: f.Cure, Rule: f.Rule}
	if f.Node != "" {
		one.What = msg.T("%s: %s", f.Node, f.What)
	}
	return one
}

// FolderOf is where files are kept that were taken: the CA's reply, or what completes the chains of neighbours.
func FolderOf(chain string) string {
	if chain == plan.StepPeerChain {
		return "neighbours"
	}
	return "reply"
}
