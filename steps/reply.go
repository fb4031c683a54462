package steps

import (
	"crypto/x509"
	"fmt"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskReply is the question that TakeReply answers.
const AskReply = "reply"

// Requests returns the CSRs that went to the CA and are not used up by an installed certificate.
func Requests(p *Plan) []cert.Request {
	var all []cert.Request
	for _, n := range p.Nodes() {
		for _, unit := range []string{p.Change().Unit, unitSecond} {
			csr := cert.RequestFromPEM(p.requested(n.FQDN, unit))
			if csr == nil {
				continue
			}
			if r := request(p, n, unit, csr); !installed(p, r.ID()) {
				all = append(all, r)
			}
		}
	}
	return all
}

func (p *Plan) requested(fqdn, unit string) string {
	if unit == unitSecond {
		return p.SecondCSR(fqdn)
	}
	return p.CSR(fqdn)
}

// request is a CSR with all that is known of its node.
func request(p *Plan, n vos.Node, unit string, csr *x509.CertificateRequest) cert.Request {
	r := cert.Request{Node: n.FQDN, Unit: unit, CSR: csr, Limits: vos.LimitsOf(n.Product, releaseOf(p, n)), Held: held(p, n), Window: p.Until()}
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

// held is what was read of the trust store that the certificate of a node stands on: its publisher's (SIG-6).
func held(p *Plan, n vos.Node) []*x509.Certificate {
	if pub, ok := p.Change().Solution.Publisher(n.FQDN); ok {
		n = pub
	}
	read, _ := p.storeOf(n.FQDN)
	var all []*x509.Certificate
	for _, name := range slices.Sorted(maps.Keys(read)) {
		all = append(all, read[name])
	}
	return all
}

// installed reports whether the certificate for a request is in, by the request's ID.
func installed(p *Plan, id string) bool {
	fqdn, unit, _ := strings.Cut(id, " ")
	for _, row := range p.RoleRows(RoleInstall) {
		if t, ok := p.Task(Task{row.Step.ID, fqdn}); ok && t.State == Done && row.Step.Unit == unit {
			return true
		}
	}
	return false
}

// Verdict judges files that answer what is asked now: the CA's reply to the CSRs, or CA certificates that complete the
// chain of a server that scripts call (REL-3), or of a neighbour.
func Verdict(p *Plan, files []cert.File, now time.Time) cert.Reply {
	if asksChain(p) != "" {
		return someVerdict(p, files)
	}
	return cert.Judge(Requests(p), files, nil, now)
}

// TakeReply judges files, and takes them into the session only when they answer everything without a fault. The verdict
// is returned either way; an error means that it could not be written down.
func (r *Runner) TakeReply(files []cert.File) (cert.Reply, error) {
	verdict := Verdict(r.Plan(), files, r.Now())
	if !verdict.OK() {
		return verdict, r.keepVerdict(verdict)
	}
	question, step := AskReply, stepReply
	reply := replyOf(verdict)
	chain := asksChain(r.Plan())
	if chain != "" {
		question, step, reply.Leaves = AskChain, chain, nil
	}
	if old := r.Plan().Reply(); old != nil && chain == "" { // what is installed already stays what is to be proven
		for id, leaf := range old.Leaves {
			if installed(r.Plan(), id) {
				reply.Leaves[id] = leaf
			}
		}
	}
	for _, f := range files {
		if f.Err == nil && len(f.Items) > 0 {
			reply.Files = append(reply.Files, f.Name)
		}
	}
	if err := r.keepReply(folderOf(chain), reply); err != nil {
		return verdict, err
	}
	return verdict, r.append(KindAnswered, Task{Step: step}, Answer{Question: question, Value: "taken", Reply: &reply})
}

func replyOf(v cert.Reply) Reply {
	reply := Reply{Leaves: map[string]string{}}
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
		reply.Notes = append(reply.Notes, Finding{Severity: f.Severity.String(), What: f.What, Next: f.Cure, Rule: f.Rule})
	}
	return reply
}

// folderOf is where files are kept that were taken: the CA's reply, or what completes the chains of neighbours.
func folderOf(chain string) string {
	if chain == stepNearChain {
		return "neighbours"
	}
	return "reply"
}

// keepReply writes what will be uploaded into the session folder, for people; the journal alone carries the change on.
func (r *Runner) keepReply(folder string, reply Reply) error {
	for i, text := range reply.Roots {
		if _, err := r.Keep(path.Join(folder, fmt.Sprintf("%d-root.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	for i, text := range reply.Intermediates {
		if _, err := r.Keep(path.Join(folder, fmt.Sprintf("%d-intermediate.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	nodes := make([]string, 0, len(reply.Leaves))
	for fqdn := range reply.Leaves {
		nodes = append(nodes, fqdn)
	}
	sort.Strings(nodes)
	for _, fqdn := range nodes {
		if _, err := r.Keep(path.Join(folder, strings.ReplaceAll(fqdn, " ", "_")+".pem"), []byte(reply.Leaves[fqdn])); err != nil {
			return err
		}
	}
	return nil
}
