package engine

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// enter opens the way to the nodes where the change names a proxy or jump host. A session from other hands is asked about first;
// so is a host key of the jump host that was not accepted before. One task enters, and the others wait for it.
func enter(ctx context.Context, r *Runner, job *plan.Job) error {
	way := r.plan.Change().Solution.Route
	if way.Direct() {
		return nil
	}
	r.entering.Lock()
	defer r.entering.Unlock()
	pin, unasked, offered := plan.Route(r.plan)
	if way.Jump == "" && unasked {
		return askProxy(way)
	}
	if r.world.Enter == nil || way.Jump == "" {
		return nil
	}
	job.Say("connecting to %s", way.Far())
	return r.world.Enter(ctx, vos.Access{Pinned: pin, CheckKey: func(k vos.HostKey) error {
		host := vos.Node{FQDN: way.Host()}
		switch {
		case pin != nil && *pin == k:
			return nil
		case pin == nil && given(r, host, k.Fingerprint):
			return r.Append(plan.KindAnswered, job.Task, plan.Answer{Question: plan.AskRoute, Value: plan.Yes, Key: &k, Why: msg.T("fingerprint given before the run")})
		}
		host.Address, host.Ports = way.Host(), map[int]string{vos.PortSSH: way.Address()}
		return told(r.world, host, k, askJump(way, unasked, pin, offered, k))
	}})
}

// askProxy asks whether a proxy that a session from other hands names may be used.
func askProxy(way route.Route) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskRoute, Kind: plan.Choice,
		Text: msg.T("This session was handed over. It reaches all nodes through %s", way.String()),
		Means: msg.T("The author of the session file chose the proxy. It sees which nodes you connect to, and could send you to other " +
			"machines. Host keys are checked as always."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, use this proxy")}}}}
}

// askJump asks about the host key of the jump host.
func askJump(way route.Route, unasked bool, pin, offered *vos.HostKey, k vos.HostKey) error {
	q := plan.Question{ID: plan.AskRoute, Kind: plan.Choice, Key: &k,
		Text:    msg.T("All nodes are reached through %s. Its SSH host key is %s %s", way.String(), k.Type, k.Fingerprint),
		Means:   msg.T("Compare the key with the one that the administrator of the jump host gives you. If it differs, you are talking to another machine."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, the fingerprints match")}}}
	switch {
	case pin != nil, offered != nil && *offered != k:
		was := pin
		if was == nil {
			was = offered
		}
		q.Text = msg.T("STOP: the SSH host key of %s changed. It is now %s %s, and was %s", way.String(), k.Type, k.Fingerprint, was.Fingerprint)
		q.Means = msg.T("The jump host was reinstalled, or another machine is answering. No password was sent. Continue only if you know why it changed.")
		q.Options[1].Label = msg.T("Yes, I know why the key changed")
	case unasked:
		q.Text = msg.T("This session was handed over. It reaches all nodes through %s, whose SSH host key is %s %s", way.String(), k.Type, k.Fingerprint)
		q.Means = msg.T("The author of the session file chose the jump host. Compare name and key with what you know. If one of them is wrong, " +
			"your password may go to another machine.")
		q.Options[1].Label = msg.T("Yes, use this jump host")
	}
	return &plan.Ask{Question: q}
}
