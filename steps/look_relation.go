package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// lookRelations looks at both ends of every trust that ends in this node: what its peers present, where the survey has
// not seen it already, and what its own store holds of that.
func lookRelations(ctx context.Context, j *Job) error {
	into := j.Plan.RelationsInto(j.Node.FQDN)
	if len(into) == 0 {
		return nil
	}
	j.Say("looking at who must be trusted")
	j.Seen.Peers = lookPeers(ctx, j, into)
	e := evidenceOf(j, into)
	var leaves []*x509.Certificate
	for _, r := range into {
		if leaf, _ := e.served(r); leaf != nil {
			leaves = append(leaves, leaf)
		}
	}
	_, listed := e.store(j.Node.FQDN)
	return readStore(ctx, j, listed, leaves)
}

// evidenceOf is what was seen at both ends of the relations into a node, in this task last.
func evidenceOf(j *Job, into []Relation) evidence {
	seen := j.Plan.sightingsOf(ends(into, j.Node.FQDN))
	return newEvidence(j.Plan, append(seen, sighting{task: j.Task, seen: j.Seen}))
}

// lookPeers makes a handshake with every peer that is not part of the change, side by side.
func lookPeers(ctx context.Context, j *Job, into []Relation) []Peer {
	var peers []Peer
	for _, r := range into {
		if _, ours := j.Plan.Node(r.From.FQDN); !ours {
			peers = append(peers, Peer{FQDN: r.From.FQDN, Port: r.Port})
		}
	}
	var wg sync.WaitGroup
	for i := range peers {
		leave, _ := j.Probing(ctx)
		wg.Go(func() {
			defer leave()
			peers[i].look(ctx, j, into)
		})
	}
	wg.Wait()
	return peers
}

func (p *Peer) look(ctx context.Context, j *Job, into []Relation) {
	for _, r := range into {
		if r.From.FQDN != p.FQDN || r.Port != p.Port {
			continue
		}
		got, err := j.World.Probe(ctx, r.From, r.Port)
		if err != nil {
			p.Error = troubleOf(err).What
			return
		}
		p.PEM = string(cert.PEM(got.Leaf))
		for _, c := range got.Chain {
			p.Chain = append(p.Chain, string(cert.PEM(c)))
		}
		return
	}
}

// storeDepth is how many CAs are followed up through a store.
const storeDepth = 5

// readStore reads the files of the store that may be one of the certificates, or a CA above it, as their names tell. What
// the node does not show is noted, and stays unknown.
func readStore(ctx context.Context, j *Job, listed []vos.TrustFile, leaves []*x509.Certificate) error {
	want := leaves
	for _, leaf := range leaves {
		want = append(want, &x509.Certificate{Subject: leaf.Issuer})
	}
	for depth := 0; depth < storeDepth && len(want) > 0; depth++ {
		above, err := readThese(ctx, j, listed, want)
		if j.failing("a certificate of its trust store", err) {
			return err
		}
		want = above
	}
	j.Seen.Store = stored(j.Files)
	return nil
}

// readThese reads the files that may be what is wanted and were not read yet, and returns the issuers of what it found.
func readThese(ctx context.Context, j *Job, listed []vos.TrustFile, want []*x509.Certificate) ([]*x509.Certificate, error) {
	var above []*x509.Certificate
	for _, f := range listed {
		may := slices.ContainsFunc(want, func(w *x509.Certificate) bool { return w.Subject.CommonName != "" && mayBe(f, w) })
		if !may || j.Files[f.File] != nil {
			continue
		}
		d, err := j.Driver(ctx)
		if err != nil {
			return nil, err
		}
		c, err := trusted(ctx, j, d, f)
		if err != nil {
			return above, err
		}
		if cert.Classify(c) == cert.Intermediate {
			above = append(above, &x509.Certificate{Subject: c.Issuer})
		}
	}
	return above, nil
}

// checkTrust says which trust into this node is broken already, and what is wrong with the certificate of a peer that is
// not changed. What this change mends by itself is only noted.
func checkTrust(_ context.Context, j *Job, _ *Seen) []Finding {
	into := j.Plan.RelationsInto(j.Node.FQDN)
	e := evidenceOf(j, into)
	var found []Finding
	for _, r := range into {
		edge := e.edge(r)
		if _, ours := j.Plan.Node(r.From.FQDN); !ours {
			found = append(found, checkPeer(e, edge, j.World.Now())...)
		}
		if !edge.Wrong() {
			continue
		}
		severity := warning
		if edge.Guess || edge.New {
			severity = note
		}
		found = append(found, one(severity, firstRule(r), "upload "+edge.Needs+" as tomcat-trust", "%s does not trust %s: its store %s", j.Node.Short(), r.Name(), storeWord(edge.Now))...)
	}
	return found
}

// checkPeer judges the certificate of a neighbour or a script target: it can break the solution, and nobody here changes it.
func checkPeer(e evidence, edge Edge, now time.Time) []Finding {
	leaf, _ := e.served(edge.Relation)
	if leaf == nil {
		return one(note, firstRule(edge.Relation), "", "port %d of %s shows no certificate to this machine", edge.Port, edge.From.FQDN)
	}
	var found []Finding
	if now.After(leaf.NotAfter) {
		found = append(found, one(warning, firstRule(edge.Relation), "have it renewed", "the certificate of %s has expired on %s", edge.From.FQDN, leaf.NotAfter.UTC().Format(time.DateOnly))...)
	}
	if others := cert.CriticalExtensions(leaf); edge.From.Product == vos.CUCM && len(others) > 0 {
		found = append(found, one(warning, "TRB-1", "have it renewed without other critical extensions than Key Usage and Basic Constraints",
			"the certificate of %s has critical extensions: %s", edge.From.FQDN, strings.Join(others, ", "))...)
	}
	return found
}

func firstRule(r Relation) string {
	if len(r.Rules) == 0 {
		return "vos-facts 4"
	}
	return r.Rules[0]
}

// storeWord is what a store holds, in a sentence.
func storeWord(h Hold) string {
	if h == HoldOld {
		return "holds an old certificate"
	}
	return "holds nothing of it"
}
