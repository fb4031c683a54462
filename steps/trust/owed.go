package trust

import "github.com/uccx-tui/uccx-tui/steps/plan"

// EvidenceIn is what was seen at both ends of the relations into a node, in this task last.
func EvidenceIn(j *plan.Job, into []Relation) Evidence {
	seen := j.Plan.SightingsOf(ends(into, j.Node.FQDN))
	return NewEvidence(j.Plan, append(seen, plan.Sighting{Task: j.Task, Seen: j.Seen}))
}

// FirstRule returns the rule that a relation cites first.
func FirstRule(r Relation) string {
	if len(r.Rules) == 0 {
		return "UCCX installation and design guides"
	}
	return r.Rules[0]
}

// peerOwed reports whether a trust in a neighbour is one that this change could have mended and did not.
func peerOwed(p *plan.Plan, e State) bool {
	_, from := p.Node(e.From.FQDN)
	t, into := p.Task(plan.Task{Step: plan.StepPeerTrust, Node: e.Into.FQDN})
	if !into {
		t, into = p.Task(plan.Task{Step: plan.StepPeerTrusted, Node: e.Into.FQDN})
	}
	return !from && into && t.State == plan.Done && (e.For == plan.ForTrust || p.Scope().TrustsTargets()) && !e.Guess && e.Wrong()
}
