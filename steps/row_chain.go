package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskChain is the question for the CA certificates that a server does not send; askChainOK whether the chain is the right one.
const (
	AskChain   = "chain"
	askChainOK = "chain-ok"
)

// lookFetch takes what each server that scripts call sends in a handshake.
func lookFetch(ctx context.Context, j *Job) (bool, error) {
	targets := j.Plan.Change().Solution.Targets
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
	cas, missing := chains(j.Plan, nil)
	if missing != nil {
		return false, &Ask{Question{ID: AskChain, Kind: Files, Rule: "REL-3", Text: "Which files hold the missing CA certificates?",
			Lines: []string{missing.Error()}, Means: "The server did not send them. Its administrators have them, or the CA's web page."}}
	}
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

// chains returns every certificate that UCCX must hold for the servers, roots first, built from what they sent, what was
// brought as files, and more; missing is set where a chain does not lead to a root.
func chains(p *Plan, more []*x509.Certificate) (cas []*x509.Certificate, missing error) {
	row, _ := p.Task(Task{stepFetch, ""})
	if row.Seen == nil {
		return nil, fmt.Errorf("no server was looked at yet")
	}
	var above []*x509.Certificate
	for _, peer := range row.Seen.Peers {
		leaf := parsePEM(peer.PEM)
		if leaf == nil {
			continue
		}
		chain, err := cert.Build(leaf, append(append(parseAll(peer.Chain), more...), append(replyRoots(p), replyIntermediates(p)...)...))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", peer.FQDN, err)
		}
		if len(chain.CAs) == 0 { // it is its own root
			above = append(above, leaf)
		}
		for i := len(chain.CAs) - 1; i >= 0; i-- {
			above = append(above, chain.CAs[i])
		}
	}
	for _, root := range []bool{true, false} {
		for _, c := range above {
			if isRoot(c) == root && !hasCert(cas, c) {
				cas = append(cas, c)
			}
		}
	}
	return cas, nil
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

// TakeChain takes CA certificates that complete the chains of the servers that scripts call. An error says what is still
// missing: nothing was taken then.
func (r *Runner) TakeChain(files []cert.File) error {
	var found []*x509.Certificate
	reply := Reply{}
	for _, f := range files {
		for _, it := range f.Items {
			if it.Cert == nil || cert.Classify(it.Cert) != cert.Root && cert.Classify(it.Cert) != cert.Intermediate {
				continue
			}
			found = append(found, it.Cert)
		}
		if f.Err == nil && len(f.Items) > 0 {
			reply.Files = append(reply.Files, f.Name)
		}
	}
	cas, missing := chains(r.plan, found)
	if missing != nil {
		return &vos.Error{Class: vos.ErrRefused, What: "the chain is not whole with these files", Err: missing,
			Means: "nothing was taken, nothing is changed on any node (REL-3)", Next: "add the file that holds it"}
	}
	for _, c := range cas {
		if text := string(cert.PEM(c)); isRoot(c) {
			reply.Roots = append(reply.Roots, text)
		} else {
			reply.Intermediates = append(reply.Intermediates, text)
		}
	}
	return r.append(KindAnswered, Task{Step: stepChain}, Answer{Question: AskChain, Value: "taken", Reply: &reply})
}
