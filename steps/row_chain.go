package steps

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskChain is the question for the CA certificates that a server does not send; askChainOK whether the chain is the right one.
const (
	AskChain   = "chain"
	askChainOK = "chain-ok"
)

// lookFetch takes what each server that scripts call sends in a handshake.
func lookFetch(ctx context.Context, j *Job) (bool, error) {
	targets := j.Plan.Targets()
	if len(targets) == 0 {
		return false, j.refused("REL-3", "there is nothing to trust", "begin a new change, and name the server that scripts call", "no server is named in the solution")
	}
	for _, t := range targets {
		j.Say("looking at %s", t.Host)
		got, err := j.World.Probe(ctx, t.Node(), t.At())
		if err != nil {
			return false, err
		}
		p := Peer{FQDN: t.Host, Port: t.At(), PEM: string(cert.PEM(got.Leaf))}
		for _, c := range got.Chain {
			p.Chain = append(p.Chain, string(cert.PEM(c)))
		}
		j.Seen.Peers = append(j.Seen.Peers, p)
	}
	return true, nil
}

// lookChain: every server's chain leads to a root, and a person has accepted it.
func lookChain(_ context.Context, j *Job) (bool, error) {
	v := chainVerdict(j.Plan, nil)
	if !v.OK() {
		q := Question{ID: AskChain, Kind: Files, Rule: "REL-3", Text: "Which files hold the missing CA certificates?",
			Means: "The server did not send them. Its administrators have them, or the CA's web page."}
		for _, f := range v.Findings {
			q.Lines = append(q.Lines, f.Node+": "+f.What)
		}
		return false, &Ask{q}
	}
	cas := append(v.Roots, v.Intermediates...)
	if j.Answered(askChainOK) != yes {
		return false, &Ask{Question{ID: askChainOK, Kind: Choice, Rule: "REL-3", Needs: yes, Lines: chainLines(cas),
			Text:    "Are these the CA certificates of the servers?",
			Means:   "Compare the fingerprints with what the administrators of the server or the CA publish. UCCX will believe whatever these sign.",
			Options: []Option{{no, "No, or not compared yet"}, {yes, "Yes, upload them"}}}}
	}
	for _, ca := range cas {
		j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(ca)))
	}
	return true, nil
}

// chainVerdict builds the chains of the servers that scripts call, of what they sent, what was brought before, and more
// files. Roots and Intermediates are what UCCX must hold; a chain that does not lead to a root is a fault.
func chainVerdict(p *Plan, files []cert.File) cert.Reply {
	row, _ := p.Task(Task{stepFetch, ""})
	if row.Seen == nil {
		return cert.Reply{Chains: map[string]cert.Chain{}}
	}
	return chainsOf(row.Seen.Peers, append(replyRoots(p), replyIntermediates(p)...), files)
}

// chainsOf builds the chains of what peers serve, of what they sent, a pool, and files.
func chainsOf(peers []Peer, pool []*x509.Certificate, files []cert.File) cert.Reply {
	v := cert.Reply{Chains: map[string]cert.Chain{}}
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
			v.Findings = append(v.Findings, cert.Finding{Code: "chain", Severity: cert.Fault, Node: peer.FQDN, What: err.Error(),
				Cure: "add the file that holds it", Rule: "REL-3"})
			continue
		}
		v.Chains[peer.FQDN] = chain
		gather(&v, chain)
	}
	return v
}

// gather adds the CA certificates of a chain, roots apart, the nearest to the root first. A certificate that signed itself
// is its own root.
func gather(v *cert.Reply, chain cert.Chain) {
	cas := chain.CAs
	if len(cas) == 0 {
		cas = []*x509.Certificate{chain.Leaf}
	}
	for i := len(cas) - 1; i >= 0; i-- {
		switch c := cas[i]; {
		case isRoot(c) && !hasCert(v.Roots, c):
			v.Roots = append(v.Roots, c)
		case !isRoot(c) && !hasCert(v.Intermediates, c):
			v.Intermediates = append(v.Intermediates, c)
		}
	}
}

func isRoot(c *x509.Certificate) bool { return string(c.RawSubject) == string(c.RawIssuer) }

func hasCert(all []*x509.Certificate, c *x509.Certificate) bool {
	for _, o := range all {
		if o.Equal(c) {
			return true
		}
	}
	return false
}

func chainLines(cas []*x509.Certificate) []string {
	var lines []string
	for _, c := range cas {
		kind := "intermediate"
		if isRoot(c) {
			kind = "root"
		}
		lines = append(lines, kind+": "+cert.Name(c)+", until "+c.NotAfter.UTC().Format(time.DateOnly), "SHA-256 "+cert.Fingerprint(c))
	}
	return lines
}

// ChainMissing returns the first server whose chain is not whole yet, or "".
func ChainMissing(p *Plan) string {
	if asksChain(p) == "" {
		return ""
	}
	for _, f := range someVerdict(p, nil).Findings {
		return f.Node
	}
	return ""
}

// asksChain returns the row in which files complete the chain of a server or a neighbour, instead of answering CSRs; else "".
func asksChain(p *Plan) string {
	if t, ok := p.Task(Task{stepChain, ""}); ok && t.State != Done {
		return stepChain
	}
	if t, ok := p.Task(Task{stepNearChain, ""}); ok && t.Asked != nil && t.Asked.Question.ID == AskChain {
		return stepNearChain
	}
	return ""
}

// someVerdict judges files that complete chains. What completes some of them is taken: the others are asked for again.
func someVerdict(p *Plan, files []cert.File) cert.Reply {
	judge := chainVerdict
	if asksChain(p) == stepNearChain {
		judge = nearVerdict
	}
	v := judge(p, files)
	if len(files) > 0 && len(v.Chains) > len(judge(p, nil).Chains) {
		for i := range v.Findings {
			v.Findings[i].Severity = cert.Warning
		}
	}
	return v
}
