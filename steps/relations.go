package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookRelations looks at both ends of every trust that ends in this node: what its peers present, where the survey has
// not seen it already, and what its own store holds of that.
func lookRelations(ctx context.Context, j *plan.Job) error {
	into, watched := trust.RelationsInto(j.Plan, j.Node.FQDN), trust.Watched(j.Plan, j.Node.FQDN)
	if len(into)+len(watched) == 0 {
		return nil
	}
	j.Say("checking trust relations")
	j.Seen.Peers = lookPeers(ctx, j, slices.Concat(into, watched))
	e := trust.EvidenceIn(j, into)
	var leaves []*x509.Certificate
	for _, r := range into {
		if leaf, _ := e.Served(r); leaf != nil {
			leaves = append(leaves, leaf)
		}
	}
	_, listed := e.Store(j.Node.FQDN)
	return readStore(ctx, j, listed, leaves)
}

// lookPeers makes a handshake with every peer that is not part of the change, side by side.
func lookPeers(ctx context.Context, j *plan.Job, into []trust.Relation) []plan.Peer {
	var peers []plan.Peer
	for _, r := range into {
		if _, ours := j.Plan.Node(r.From.FQDN); !ours {
			peers = append(peers, plan.Peer{FQDN: r.From.FQDN, Port: r.Port})
		}
	}
	var wg sync.WaitGroup
	for i := range peers {
		leave, _ := j.Probing(ctx)
		wg.Go(func() {
			defer leave()
			lookPeer(&peers[i], ctx, j, into)
		})
	}
	wg.Wait()
	return peers
}

func lookPeer(p *plan.Peer, ctx context.Context, j *plan.Job, into []trust.Relation) {
	for _, r := range into {
		if r.From.FQDN != p.FQDN || r.Port != p.Port {
			continue
		}
		got, err := j.World.Probe(ctx, r.From, r.Port)
		if err != nil {
			p.Error = plan.TroubleOf(err).What.String()
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
func readStore(ctx context.Context, j *plan.Job, listed []vos.TrustFile, leaves []*x509.Certificate) error {
	want := leaves
	for _, leaf := range leaves {
		want = append(want, &x509.Certificate{Subject: leaf.Issuer})
	}
	for depth := 0; depth < storeDepth && len(want) > 0; depth++ {
		above, err := readThese(ctx, j, listed, want)
		if j.Failing(msg.T("a certificate in its trust store"), err) {
			return err
		}
		want = above
	}
	j.Seen.Store = stored(j.Files)
	return nil
}

// readThese reads the files that may be what is wanted and were not read yet, and returns the issuers of what it found.
func readThese(ctx context.Context, j *plan.Job, listed []vos.TrustFile, want []*x509.Certificate) ([]*x509.Certificate, error) {
	var above []*x509.Certificate
	for _, f := range listed {
		may := slices.ContainsFunc(want, func(w *x509.Certificate) bool { return w.Subject.CommonName != "" && certs.MayBe(f, w) })
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
func checkTrust(_ context.Context, j *plan.Job, _ *plan.Seen) []plan.Finding {
	into, watched := trust.RelationsInto(j.Plan, j.Node.FQDN), trust.Watched(j.Plan, j.Node.FQDN)
	e := trust.EvidenceIn(j, slices.Concat(into, watched))
	var found []plan.Finding
	for _, r := range watched {
		found = append(found, checkPeer(e, e.State(r), j.World.Now())...)
	}
	for _, r := range into {
		edge := e.State(r)
		if _, ours := j.Plan.Node(r.From.FQDN); !ours {
			found = append(found, checkPeer(e, edge, j.World.Now())...)
		}
		if !edge.Wrong() {
			continue
		}
		severity := plan.Warning
		if edge.Guess || edge.New || j.Plan.Change().Path == change.PathFirst { // no one has exchanged anything yet: the path does
			severity = plan.Note
		}
		if j.Plan.Step(plan.StepExchange).Look != nil && believable(j.Plan, r.From.FQDN, r.Unit) != nil {
			edge.Needs = msg.Text{} // the exchange uploads it
		}
		found = append(found, plan.Find(codes.Trust, severity, trust.FirstRule(r), edge.Cure(), "%s does not trust %s: its tomcat-trust %s", j.Node.Short(), r.Name(), storeWord(edge.Now))...)
		found[len(found)-1].About = []string{r.From.FQDN, r.Unit}
	}
	return found
}

// checkPeer judges the certificate of a neighbour or a script target: it can break the solution, and this change does not replace it.
func checkPeer(e trust.Evidence, edge trust.State, now time.Time) []plan.Finding {
	leaf, _ := e.Served(edge.Relation)
	if leaf == nil {
		return plan.Find(codes.PeerSilent, plan.Note, trust.FirstRule(edge.Relation), msg.Text{}, "port %d of %s presents no certificate to this machine", edge.Port, edge.From.FQDN)
	}
	var found []plan.Finding
	if now.After(leaf.NotAfter) {
		found = append(found, plan.Find(codes.PeerExpired, plan.Warning, trust.FirstRule(edge.Relation), msg.T("ask its administrator to renew it"), "the certificate of %s expired on %s", edge.From.FQDN, msg.Time(leaf.NotAfter.UTC(), msg.Day))...)
	}
	if others := extension.Critical(leaf); edge.From.Product.Traits().Peer && len(others) > 0 {
		found = append(found, plan.Find(codes.PeerCritical, plan.Warning, "TRB-1", msg.T("ask its administrator to renew it with no critical extensions other than Key Usage and Basic "+
			"Constraints"),
			"the certificate of %s has critical extensions: %s", edge.From.FQDN, msg.List(others))...)
	}
	return found
}

// storeWord is what a store holds, in a sentence.
func storeWord(h trust.Holding) msg.Text {
	if h == trust.HoldOld {
		return msg.T("contains an older certificate of it")
	}
	return msg.T("contains none of its certificates")
}
