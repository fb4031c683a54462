package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookPeersRow takes what each neighbour serves that a node of this change must believe. One that does not answer holds
// nothing up: its trust stays as it is.
func lookPeersRow(ctx context.Context, j *plan.Job) (bool, error) {
	var each []trust.Relation
	for _, r := range reply.PeersInto(j.Plan, "") {
		if !slices.ContainsFunc(each, func(o trust.Relation) bool { return o.From.FQDN == r.From.FQDN && o.Port == r.Port }) {
			each = append(each, r)
		}
	}
	j.Say("reading the certificates of peers")
	j.Seen.Peers = lookPeers(ctx, j, each)
	for _, peer := range j.Seen.Peers {
		if peer.PEM == "" {
			j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.PeerSilent, plan.Warning, "TRB-1", msg.T("check again when it answers; the trust store is unchanged until then"), "%s: %s", peer.FQDN, msg.Kept(peer.Error))...)
		}
	}
	return true, nil
}

// lookPeerChain: what the nodes do not believe yet was accepted by a person, or left. Nothing is believed in silence.
func lookPeerChain(_ context.Context, j *plan.Job) (bool, error) {
	v := reply.PeerVerdict(j.Plan, nil)
	if len(v.Findings) > 0 {
		switch j.Answered(plan.AskPeerFiles) {
		case "":
			return false, &plan.Ask{Question: plan.Question{ID: plan.AskPeerFiles, Kind: plan.Choice, Rule: "TRB-1", Lines: reply.FindingLines(v),
				Text: msg.T("CA certificates of peers are missing."),
				Means: msg.T("A node needs the root and all intermediates. Get them from the peer's administrators or from the " +
					"CA's web page."),
				Options: []plan.Option{{Value: plan.Later, Label: msg.T("Skip these: the trust stays pending")}, {Value: plan.Bring, Label: msg.T("Select the files")}}}}
		case plan.Bring:
			return false, &plan.Ask{Question: plan.Question{ID: plan.AskChain, Kind: plan.Files, Rule: "TRB-1", Lines: reply.FindingLines(v), Text: msg.T("Which files contain the missing CA certificates?"),
				Means: msg.T("The peers did not send them.")}}
		}
	}
	cas := append(v.Roots, v.Intermediates...)
	if len(cas) == 0 {
		j.Seen.Found = true
		return true, nil
	}
	switch j.Answered(plan.AskPeers) {
	case plan.Yes:
		for _, c := range cas {
			j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(c)))
		}
		return true, nil
	case plan.Later:
		return true, nil
	}
	return false, &plan.Ask{Question: plan.Question{ID: plan.AskPeers, Kind: plan.Choice, Rule: "TRB-1", Lines: reply.PeerLines(j.Plan, v),
		Text: msg.T("Are these the certificates of the peers?"),
		Means: msg.T("Compare the fingerprints with those in the peers' OS Administration; for a script server, with those that " +
			"its administrators or its CA publish. The nodes will trust the owners of these certificates, and everything " +
			"that these CAs sign."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, or not compared yet")}, {Value: plan.Yes, Label: msg.T("Yes, upload them as tomcat-trust")}, {Value: plan.Later, Label: msg.T("Skip them: the trust stays pending")}}}}
}

// peerWanted returns what was accepted and the cluster of a node must believe: the root first.
func peerWanted(p *plan.Plan, fqdn string) []*x509.Certificate {
	accepted := certs.Accepted(p)
	look, _ := p.Task(plan.Task{Step: plan.StepPeers, Node: ""})
	if len(accepted) == 0 || look.Seen == nil {
		return nil
	}
	var v cert.Verdict
	for _, r := range reply.PeersInto(p, fqdn) {
		for _, peer := range look.Seen.Peers {
			leaf := cert.FromPEM(peer.PEM)
			if leaf == nil || peer.FQDN != r.From.FQDN || peer.Port != r.Port {
				continue
			}
			if chain, err := cert.Build(leaf, accepted); err == nil {
				reply.Gather(&v, chain)
			}
		}
	}
	return slices.DeleteFunc(append(v.Roots, v.Intermediates...), func(c *x509.Certificate) bool { return !certs.HasCert(accepted, c) })
}

func wordsPeer(p *plan.Plan, n vos.Node) []string {
	return wordsTrust(p, plan.Task{Step: plan.StepPeerTrust, Node: n.FQDN})
}

// rowsPeers lets the nodes of a change trust their neighbours: nodes that are not changed, and serve a certificate that a person
// else gave them. Nothing of it is in a plan without such neighbours. restart is the row that these uploads make
// necessary.
func rowsPeers(restart string) []plan.Step {
	return []plan.Step{rowPeers(), rowPeerChain(), rowPeerTrust(restart), rowPeerTrusted(restart)}
}

// between returns the trusts between a node of this change and its peers, neighbours and script servers: into it where it must believe them, else
// those in which they must believe it.
func between(s change.Scope, n vos.Node, into bool) []trust.Relation {
	near := vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{n}}}, Peers: s.Solution.Peers}
	if s.TrustsTargets() {
		near.Targets = s.Solution.Targets
	}
	if len(near.Peers)+len(near.Targets) == 0 {
		return nil
	}
	all := trust.RelationsWhere(plan.Surveyed{Solution: near, Own: near.Nodes()}, func(o vos.Node) bool { return (o.FQDN == n.FQDN) == into })
	return slices.DeleteFunc(all, func(r trust.Relation) bool {
		return into && r.From.FQDN == n.FQDN || !into && r.From.FQDN != n.FQDN
	})
}

func trustsPeers(s change.Scope, n vos.Node) bool { return len(between(s, n, true)) > 0 }

// hasPeers reports whether any node of the change must believe a neighbour.
func hasPeers(s change.Scope) bool {
	return slices.ContainsFunc(s.Solution.Nodes(), func(n vos.Node) bool { return trustsPeers(s, n) })
}

// trustedByPeers reports whether a neighbour must believe any node of the change.
func trustedByPeers(s change.Scope) bool {
	return slices.ContainsFunc(s.Solution.Nodes(), func(n vos.Node) bool { return s.Replaces(n) && len(between(s, n, false)) > 0 })
}

func rowPeers() plan.Step {
	return plan.Step{
		ID: plan.StepPeers, Role: plan.RolePeers, Title: "Check peer certificates", AddedLater: true, When: hasPeers, Look: lookPeersRow,
		Why: "A peer such as Unified CM, or a server that scripts call, may have got a new certificate since it was " +
			"trusted here. This step reads what each of them presents now.",
		Undo:  "Nothing is changed.",
		Rules: []string{"TRB-1", "REL-1", "REL-2", "REL-3", "REL-4"},
	}
}

func rowPeerChain() plan.Step {
	return plan.Step{
		ID: plan.StepPeerChain, Role: plan.RoleAccept, Title: "Approve peer certificates", AddedLater: true, When: hasPeers, Look: lookPeerChain,
		Why:   "A man in the middle could send any certificate. Compare the fingerprints before a node trusts these.",
		Undo:  "Nothing is changed.",
		Rules: []string{"TRB-1", "SELF-1"},
	}
}

func rowPeerTrust(restart string) plan.Step {
	return plan.Step{
		ID: plan.StepPeerTrust, Role: plan.RoleTrust, Title: "Upload peer certificates", AddedLater: true, When: hasPeers, Risk: plan.Changes, Look: lookTrust, Act: actTrust, Guard: pins.Guard, Usual: 12 * time.Second,
		On:   func(s change.Scope, n vos.Node) bool { return n.TakesTrust() && trustsPeers(s, n) },
		Owes: plan.Owing{Restart: restart, For: plan.ForTrust},
		Why: "A self-signed certificate is uploaded itself; for a CA-signed one, every CA above it is uploaded. " +
			"Only approved certificates are uploaded.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"TRB-1", "REL-1", "REL-2", "REL-4", "REL-5", "SELF-2"}, Commands: wordsPeer,
	}
}

func rowPeerTrusted(restart string) plan.Step {
	return plan.Step{
		ID: plan.StepPeerTrusted, Role: plan.RoleTrust, Title: "Verify peer trust on the subscriber", AddedLater: true, When: hasPeers, Risk: plan.Changes, Look: lookReplicated, Act: actTrust, Guard: pins.Guard, Usual: 10 * time.Second,
		On:   func(s change.Scope, n vos.Node) bool { return n.Role == vos.Subscriber && trustsPeers(s, n) },
		Owes: plan.Owing{Restart: restart, For: plan.ForTrust},
		Why: "Cisco documents disagree on whether tomcat-trust replicates, so the subscriber is checked. What is " +
			"missing is uploaded there.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"REL-1", "SIG-6"}, Commands: wordsPeer,
	}
}

// rowPeerTold is what others must do: the program does not log in to a peer.
func rowPeerTold() plan.Step {
	return plan.Step{
		ID: plan.StepPeerTold, Role: plan.RoleAsk, Title: "Confirm trust on the peers", AddedLater: true, When: trustedByPeers,
		Why: "A peer refuses these nodes until it holds their certificates, or the CAs above them. uccx-tui does " +
			"not log in to peers.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-1", "REL-2", "REL-4", "SELF-2"},
		Ask: []plan.Question{{ID: plan.AskPeerTold, Kind: plan.Choice, Rule: "SELF-2", Text: msg.T("Do all peers trust the new certificates?"),
			Means: msg.T("The trust screen (t) lists what each administrator must upload: the certificate if it is " +
				"self-signed, else the CAs above it. Then that peer must be restarted."),
			Options: []plan.Option{{Value: plan.Later, Label: msg.T("Later: it stays pending in the report")}, {Value: plan.Yes, Label: msg.T("Yes, their administrators confirmed it")}, {Value: plan.No, Label: msg.T("No")}}}},
	}
}
