package reply

import (
	"crypto/x509"
	"fmt"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ChainVerdict builds the chains of the servers that scripts call, of what they sent, what was brought before, and more
// files. Roots and Intermediates are what UCCX must hold; a chain that does not lead to a root is a fault.
func ChainVerdict(p *plan.Plan, files []cert.File) cert.Verdict {
	row, _ := p.Task(plan.Task{Step: plan.StepFetch, Node: ""})
	if row.Seen == nil {
		return cert.Verdict{Chains: map[string]cert.Chain{}}
	}
	return chainsOf(row.Seen.Peers, append(certs.ReplyRoots(p), certs.ReplyIntermediates(p)...), files)
}

// chainsOf builds the chains of what peers serve, of what they sent, a pool, and files.
func chainsOf(peers []plan.Peer, pool []*x509.Certificate, files []cert.File) cert.Verdict {
	v := cert.Verdict{Chains: map[string]cert.Chain{}}
	for _, f := range files {
		for _, it := range f.Items {
			pool = append(pool, it.Cert)
		}
	}
	for _, peer := range peers {
		leaf := cert.FromPEM(peer.PEM)
		if leaf == nil {
			continue
		}
		chain, err := cert.Build(leaf, append(cert.AllFromPEM(peer.Chain), pool...))
		if err != nil {
			v.Findings = append(v.Findings, cert.Finding{Code: "chain", Severity: cert.Fault, Node: peer.FQDN, What: msg.Of(err),
				Cure: msg.T("add the file that contains it"), Rule: "REL-3"})
			continue
		}
		v.Chains[peer.FQDN] = chain
		Gather(&v, chain)
	}
	return v
}

// Gather adds the CA certificates of a chain, roots apart, the nearest to the root first. A certificate that signed itself
// is its own root.
func Gather(v *cert.Verdict, chain cert.Chain) {
	cas := chain.CAs
	if len(cas) == 0 {
		cas = []*x509.Certificate{chain.Leaf}
	}
	for i := len(cas) - 1; i >= 0; i-- {
		switch c := cas[i]; {
		case certs.IsRoot(c) && !certs.HasCert(v.Roots, c):
			v.Roots = append(v.Roots, c)
		case !certs.IsRoot(c) && !certs.HasCert(v.Intermediates, c):
			v.Intermediates = append(v.Intermediates, c)
		}
	}
}

// ChainLines names CA certificates for a question, a line each.
func ChainLines(cas []*x509.Certificate) []msg.Text {
	var lines []msg.Text
	for _, c := range cas {
		name, until := cert.Name(c), msg.Time(c.NotAfter.UTC(), msg.Day)
		line := msg.T("intermediate: %s, until %s", name, until)
		if certs.IsRoot(c) {
			line = msg.T("root: %s, until %s", name, until)
		}
		lines = append(lines, line, msg.T("SHA-256 %s", cert.Fingerprint(c)))
	}
	return lines
}

// ChainMissing returns the first server whose chain is not whole yet, or "".
func ChainMissing(p *plan.Plan) string {
	if AsksChain(p) == "" {
		return ""
	}
	for _, f := range someVerdict(p, nil).Findings {
		return f.Node
	}
	return ""
}

// AsksChain returns the row in which files complete the chain of a server or a neighbour, instead of answering CSRs; else "".
func AsksChain(p *plan.Plan) string {
	if t, ok := p.Task(plan.Task{Step: plan.StepChain, Node: ""}); ok && t.State != plan.Done {
		return plan.StepChain
	}
	if t, ok := p.Task(plan.Task{Step: plan.StepPeerChain, Node: ""}); ok && t.Asked != nil && t.Asked.Question.ID == plan.AskChain {
		return plan.StepPeerChain
	}
	return ""
}

// someVerdict judges files that complete chains. What completes some of them is taken: the others are asked for again.
func someVerdict(p *plan.Plan, files []cert.File) cert.Verdict {
	judge := ChainVerdict
	if AsksChain(p) == plan.StepPeerChain {
		judge = PeerVerdict
	}
	v := judge(p, files)
	if len(files) > 0 && len(v.Chains) > len(judge(p, nil).Chains) {
		for i := range v.Findings {
			v.Findings[i].Severity = cert.Warning
		}
	}
	return v
}

// PeersInto returns the trusts in which nodes of this change must believe neighbours and script servers, of one cluster where a node is named.
func PeersInto(p *plan.Plan, fqdn string) []trust.Relation {
	var mates []string
	if n, ok := p.Node(fqdn); ok {
		for _, o := range p.Scope().Cluster(n) {
			mates = append(mates, o.FQDN)
		}
	}
	targets := p.Scope().TrustsTargets()
	return slices.DeleteFunc(trust.RelationsOf(p), func(r trust.Relation) bool {
		_, from := p.Node(r.From.FQDN)
		_, into := p.Node(r.Into.FQDN)
		return from || !into || r.For != plan.ForTrust && !targets || mates != nil && !slices.Contains(mates, r.Into.FQDN)
	})
}

// peerLacking returns the trusts into this change that are not known to stand, with what each neighbour serves.
func peerLacking(p *plan.Plan) map[string]plan.Peer {
	lacking := map[string]plan.Peer{}
	row, _ := p.Task(plan.Task{Step: plan.StepPeers, Node: ""})
	if row.Seen == nil {
		return lacking
	}
	e := trust.EvidenceOf(p)
	for _, r := range PeersInto(p, "") {
		if e.State(r).Now == trust.HoldYes {
			continue
		}
		for _, peer := range row.Seen.Peers {
			if peer.FQDN == r.From.FQDN && peer.Port == r.Port && peer.PEM != "" {
				lacking[peer.FQDN] = peer
			}
		}
	}
	return lacking
}

// Peers are the nodes that are not changed and that nodes of this change must believe: neighbours, then script servers.
func Peers(p *plan.Plan) []vos.Node {
	if p.Scope().TrustsTargets() {
		return p.Change().Solution.Beside()
	}
	return p.Change().Solution.Peers
}

// PeerVerdict builds the chains of the neighbours that are not believed yet, of what they sent, of what is known already,
// and of files. Roots and Intermediates are what would be uploaded.
func PeerVerdict(p *plan.Plan, files []cert.File) cert.Verdict {
	var peers []plan.Peer
	lacking := peerLacking(p)
	for _, n := range Peers(p) {
		if peer, ok := lacking[n.FQDN]; ok {
			peers = append(peers, peer)
		}
	}
	return chainsOf(peers, append(peerFiles(p), knownCAs(p)...), files)
}

// peerFiles are the CA certificates that were brought for neighbours.
func peerFiles(p *plan.Plan) []*x509.Certificate {
	row, _ := p.Task(plan.Task{Step: plan.StepPeerChain, Node: ""})
	if r := row.Answers[plan.AskChain].Reply; r != nil {
		return append(cert.AllFromPEM(r.Roots), cert.AllFromPEM(r.Intermediates)...)
	}
	return nil
}

// knownCAs are those of the CA's reply, and those that were read in the nodes' own stores.
func knownCAs(p *plan.Plan) []*x509.Certificate {
	all := append(certs.ReplyRoots(p), certs.ReplyIntermediates(p)...)
	for _, s := range p.SightingsOf(nil) {
		for _, file := range s.Seen.Store {
			if c := cert.FromPEM(file.PEM); c != nil && c.IsCA && !certs.HasCert(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// PeerCerts returns what the nodes would believe of their neighbours once a person says so, by fingerprint.
func PeerCerts(p *plan.Plan) map[string]*x509.Certificate {
	all := map[string]*x509.Certificate{}
	v := PeerVerdict(p, nil)
	for _, c := range append(v.Roots, v.Intermediates...) {
		all[cert.Fingerprint(c)] = c
	}
	return all
}

// PeerServes returns the fingerprint of what a neighbour was seen to serve, "" where it was not seen.
func PeerServes(p *plan.Plan) map[string]string {
	all := map[string]string{}
	for fqdn, peer := range peerLacking(p) {
		if c := cert.FromPEM(peer.PEM); c != nil {
			all[fqdn] = cert.Fingerprint(c)
		}
	}
	return all
}

// OutboxFiles returns what goes to the CA: a PEM request per node, and a text (UTF-8, "\n") that says what must not
// be changed: in English, and behind it in the language of a Localizer, where that is another one.
func OutboxFiles(p *plan.Plan, by msg.Localizer) []plan.OutFile {
	files := requestFiles(p)
	return append(files, plan.OutFile{Name: "to-the-ca.txt", Node: "", Data: []byte(both(by, func(by msg.Localizer) string { return letter(p, files, by) }))})
}

// requestFiles are the requests alone, a file per node.
func requestFiles(p *plan.Plan) []plan.OutFile {
	var files []plan.OutFile
	for _, r := range Requests(p) {
		files = append(files, plan.OutFile{Name: fmt.Sprintf("%s_%s.csr", r.Node, r.Unit), Node: r.Node, Unit: r.Unit, Data: []byte(certs.Requested(p, r.Node, r.Unit))})
	}
	return files
}

// RequestFindings says what is odd about the CSR of a node before it goes to the CA, where it can still be put right.
func RequestFindings(p *plan.Plan, n vos.Node) []plan.Finding {
	csr := cert.RequestFromPEM(certs.CSR(p, n.FQDN))
	if csr == nil {
		return nil
	}
	var found []plan.Finding
	for _, f := range cert.CheckRequest(request(p, n, p.Change().Main(), csr)) {
		found = append(found, plan.Find(f.Code, f.Severity.String(), f.Rule, f.Cure, "%s: %s", n.Short(), f.What)...)
	}
	return found
}
