package plan

import (
	"cmp"
	"encoding/pem"
	"maps"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Proposal is what a session that was handed over says about a node and was not accepted here yet: where it is dialled,
// and by which host key and certificate it is known. The author of the file chose them, so no password goes out before a
// person has accepted what the node shows.
type Proposal struct {
	FQDN    string
	Address string       // of the login, host:port
	Key     *vos.HostKey // of SSH; nil: the session names none
	Cert    *vos.HostKey // of the web API; nil: the session names none
}

// propose takes back what was accepted about every node: the session comes from other hands (imported, or taken over). What
// was accepted becomes a proposal. The plan is locked.
func propose(p *fold, seq int) {
	p.handed, p.agreed = seq, map[string]bool{}
	ahead := slices.ContainsFunc(p.rows, func(s Step) bool { return s.Risk != Looks && p.left[s.ID] > 0 })
	for id, t := range p.tasks { // the words and the key of a question that waits were chosen there, too: it is asked again
		if t.asked = nil; t.state != Done && p.step(id.Step).Risk != Looks { // the person who has the session now decides each change
			t.answers = nil
		}
		if ahead && t.takeBack() && t.state == Done {
			t.state, t.outdated, t.seen = Idle, t.since, nil
			p.left[id.Step]++
		}
	}
	p.route.agreed = false
	for _, n := range append(slices.Collect(maps.Values(p.nodes)), &p.route) {
		n.handed, n.legacy = true, false
		n.offered, n.pin = cmp.Or(n.pin, n.offered), nil
		n.offeredCert, n.cert = cmp.Or(n.cert, n.offeredCert), nil
	}
}

// takeBack makes the former owner's consent to findings, to warnings of a reply and to deletions a proposal, and reports whether there was any.
func (t *task) takeBack() bool {
	kept := maps.Clone(t.answers) // a new map: views hold the old one
	maps.DeleteFunc(kept, func(q string, a Answer) bool {
		return a.Value == Yes && (q == AskFindings || q == AskWarnings || strings.HasPrefix(q, AskDelete))
	})
	if len(kept) == len(t.answers) {
		return false
	}
	t.offered, t.answers = t.answers, kept
	return true
}

// Proposals returns what a session that was handed over says about nodes whose key was not accepted here, in solution
// order; none where the session began here.
func Proposals(p *Plan) []Proposal {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var all []Proposal
	for _, fqdn := range p.order {
		if n := p.nodes[fqdn]; n.handed && n.pin == nil && n.node.Connection.NeedsLogin() {
			all = append(all, n.proposal())
		}
	}
	return all
}

func (n *node) proposal() Proposal {
	return Proposal{n.node.FQDN, n.node.Dial(vos.PortSSH), n.offered, n.offeredCert}
}

// Proposed returns the proposal about one node; false where the session began here.
func Proposed(p *Plan, fqdn string) (Proposal, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if n := p.nodes[fqdn]; n != nil && n.handed {
		return n.proposal(), true
	}
	return Proposal{}, false
}

// HeldHere reports whether a task has seen the node hold this certificate (PEM) as its own, on a line that proved itself
// here: what a session from other hands says of the time before is no evidence.
func HeldHere(p *Plan, fqdn, pem string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for t, k := range p.tasks {
		if t.Node == fqdn && (k.seenAt > p.handed && k.seen != nil && k.seen.Identity == pem || k.beforeAt > p.handed && k.before != nil && k.before.Identity == pem) {
			return true
		}
	}
	return false
}

// RepliedHere reports whether the reply of the CA was taken here, and not by the former owner of the session.
func RepliedHere(p *Plan) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.replyAt > p.handed
}

// Route returns what was said of the proxy or jump host: the host key that was accepted here, whether the session comes from
// other hands and this program was not told yet to use that way, and the host key that was accepted there.
func Route(p *Plan) (pin *vos.HostKey, unasked bool, offered *vos.HostKey) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.route.pin, p.route.handed && !p.route.agreed, p.route.offered
}

// agree keeps that CA certificates (PEM) from other hands may be uploaded. The plan is locked.
func (p *fold) agree(a Answer, held string) {
	if a.Question != AskHandedCA || a.Value != Yes {
		return
	}
	for block, rest := pem.Decode([]byte(held)); block != nil; block, rest = pem.Decode(rest) {
		p.agreed[string(pem.EncodeToMemory(block))] = true
	}
}

// Foreign returns those of some certificates (PEM) that come from a session that was handed over: no reply that was taken here
// holds them, no task has read them here, and no person has accepted them here. None where the session began here.
func Foreign(p *Plan, pems []string) []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.handed == 0 {
		return nil
	}
	var ours []string
	if p.reply != nil && p.replyAt > p.handed {
		ours = slices.Concat(p.reply.Roots, p.reply.Intermediates)
	}
	for _, t := range p.tasks {
		if t.seen != nil && t.seenAt > p.handed {
			ours = append(append(ours, t.seen.Identity, t.seen.ECDSA), t.seen.Chain...)
			for _, peer := range t.seen.Peers {
				ours = append(append(ours, peer.PEM), peer.Chain...)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(pems), func(one string) bool { return slices.Contains(ours, one) || p.agreed[one] })
}
