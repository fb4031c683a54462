package engine

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// handedKey asks about the first key that a node of a session from other hands shows.
func handedKey(n vos.Node, o plan.Proposal, k vos.HostKey) error {
	switch {
	case o.Key != nil && *o.Key != k:
		return &plan.Ask{Question: plan.Question{ID: plan.AskChangedKey, Kind: plan.NodeName, Key: &k,
			Text: msg.T("STOP: %s at %s presents the SSH host key %s %s, but the session that was handed over names %s", n.FQDN, o.Address, k.Type, k.Fingerprint, o.Key.Fingerprint),
			Means: msg.T("The node was reinstalled, or another machine is answering. No password was sent. Continue only if " +
				"you know why: type the node's name.")}}
	case o.Key != nil:
		return &plan.Ask{Question: plan.Question{ID: plan.AskHostKey, Kind: plan.Choice, Key: &k,
			Text:    msg.T("%s shows this SSH host key: %s %s. It is reached at %s. Address and key come from the session that was handed over, and you have not accepted them yet", n.FQDN, k.Type, k.Fingerprint, o.Address),
			Means:   msg.T("The address and the key come from the session file. Compare both with the node's console. If one of them is wrong, your password goes to another machine."),
			Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, this is the node's address and key")}}}}
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskHostKey, Kind: plan.Choice, Key: &k,
		Text:    msg.T("%s shows this SSH host key for the first time: %s %s. It is reached at %s, an address that comes from the session that was handed over", n.FQDN, k.Type, k.Fingerprint, o.Address),
		Means:   msg.T("Compare address and key with the node's console. If one of them is wrong, your password goes to another machine."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, this is the node's address and key")}}}}
}

// handedCert asks the same about the certificate of a node's API.
func handedCert(n vos.Node, o plan.Proposal, name string, k vos.HostKey) error {
	if o.Cert != nil && *o.Cert != k {
		return &plan.Ask{Question: plan.Question{ID: plan.AskChangedCert, Kind: plan.NodeName, Key: &k,
			Text:  msg.T("STOP: the certificate API of %s at %s presents %s, %s, but the session that was handed over names %s", n.FQDN, o.Address, name, k.Fingerprint, o.Cert.Fingerprint),
			Means: msg.T("The certificate was replaced, or another machine is answering. No password was sent. Continue only if you know why: type the node's name.")}}
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskCert, Kind: plan.Choice, Key: &k,
		Text:    msg.T("The certificate API of %s at %s presents %s, %s. The address comes from the session that was handed over, and you have not accepted the certificate yet", n.FQDN, o.Address, name, k.Fingerprint),
		Means:   msg.T("Compare the address, and the SHA-256 fingerprint with OS Administration, opened from a trusted machine. If one of them is wrong, your password goes to another machine."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, this is the node's address and certificate")}}}}
}

// given reports whether a person compared this fingerprint before the run.
func given(r *Runner, n vos.Node, fingerprint string) bool {
	return r.world.Known != nil && slices.Contains(r.world.Known(n), fingerprint)
}

// sentHere reports whether this certificate (PEM) is the one that the CA sent for the node, in a reply that was taken here.
func sentHere(r *Runner, fqdn, pem string) bool {
	leaf := certs.Leaf(r.plan, fqdn)
	return plan.RepliedHere(r.plan) && leaf != nil && string(cert.PEM(leaf)) == pem
}

// offered says beside a question that a former owner of the session has answered it: that does not count here.
func offered(p *plan.Plan, t plan.Task, q plan.Question) plan.Question {
	view, _ := p.Task(t)
	if a, there := view.Offered[q.ID]; there {
		q.Lines = append(slices.Clone(q.Lines), msg.T("Answered before the session was handed over: %s. That does not count here.", a.Value))
	}
	return q
}
