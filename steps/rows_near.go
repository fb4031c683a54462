package steps

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// rowsNear lets the nodes of a change trust their neighbours: nodes that are not changed, and serve a certificate that somebody
// else gave them. Nothing of it is in a plan without such neighbours. restart is the row that these uploads make
// necessary.
func rowsNear(restart string) []Step {
	return []Step{rowNear(), rowNearChain(), rowNearTrust(restart), rowNearTrusted(restart)}
}

// rows puts rows, and lists of rows, one after the other.
func rows(parts ...any) []Step {
	var all []Step
	for _, p := range parts {
		switch p := p.(type) {
		case Step:
			all = append(all, p)
		case []Step:
			all = append(all, p...)
		}
	}
	return all
}

// between returns the trusts between a node of this change and the neighbours: into it where it must believe them, else
// those in which they must believe it.
func (s Scope) between(n vos.Node, into bool) []Relation {
	if len(s.Solution.Neighbours) == 0 {
		return nil
	}
	near := vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{n}}}, Neighbours: s.Solution.Neighbours}
	all := relations(stage{near, near.Nodes()}, func(o vos.Node) bool { return (o.FQDN == n.FQDN) == into })
	return slices.DeleteFunc(all, func(r Relation) bool {
		return into && r.From.FQDN == n.FQDN || !into && r.From.FQDN != n.FQDN
	})
}

func (s Scope) trustsNeighbours(n vos.Node) bool { return len(s.between(n, true)) > 0 }

// hasNeighbours reports whether any node of the change must believe a neighbour.
func hasNeighbours(s Scope) bool { return slices.ContainsFunc(s.Solution.Nodes(), s.trustsNeighbours) }

// isBelievedNear reports whether a neighbour must believe any node of the change.
func isBelievedNear(s Scope) bool {
	return slices.ContainsFunc(s.Solution.Nodes(), func(n vos.Node) bool { return s.Replaces(n) && len(s.between(n, false)) > 0 })
}

func rowNear() Step {
	return Step{
		ID: stepNear, Role: RolePeers, Title: "Look at the neighbours' certificates", Young: true, When: hasNeighbours, Look: lookNear,
		Why:   "Unified CM, or a product of its own cluster, may have got another certificate since it was trusted here: what it serves now is what counts.",
		Undo:  "Nothing is changed.",
		Rules: []string{"TRB-1", "REL-1", "REL-2", "REL-4"},
	}
}

func rowNearChain() Step {
	return Step{
		ID: stepNearChain, Role: RoleAccept, Title: "Accept the neighbours' certificates", Young: true, When: hasNeighbours, Look: lookNearChain,
		Why:   "They came over the line, and whoever sits on it could send any: a person compares the fingerprints before a node believes them.",
		Undo:  "Nothing is changed.",
		Rules: []string{"TRB-1", "SELF-1"},
	}
}

func rowNearTrust(restart string) Step {
	return Step{
		ID: stepNearTrust, Role: RoleTrust, Title: "Let nodes trust their neighbours", Young: true, When: hasNeighbours, Risk: Changes, Look: lookTrust, Act: actTrust, Usual: 12 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return n.TakesTrust() && s.trustsNeighbours(n) },
		Owes:   Owing{restart, ForTrust},
		Why:    "A node believes the certificate itself where nobody signed it, else every CA above it. Only what was accepted is uploaded.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"TRB-1", "REL-1", "REL-2", "REL-4", "REL-5", "SELF-2"}, Words: wordsNear,
	}
}

func rowNearTrusted(restart string) Step {
	return Step{
		ID: stepNearTrusted, Role: RoleTrust, Title: "See them on the subscriber too", Young: true, When: hasNeighbours, Risk: Changes, Look: lookReplicated, Act: actTrust, Usual: 10 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return n.Role == vos.Subscriber && s.trustsNeighbours(n) },
		Owes:   Owing{restart, ForTrust},
		Why:    "Documents disagree whether tomcat-trust replicates: so it is looked at, and uploaded here only where it did not arrive.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"REL-1", "SIG-6"}, Words: wordsNear,
	}
}

// rowNearTold is what others must do: nobody logs in to a neighbour.
func rowNearTold() Step {
	return Step{
		ID: stepNearTold, Role: RoleAsk, Title: "Have neighbours trust this change", Young: true, When: isBelievedNear,
		Why:   "A neighbour that does not hold the certificates of these nodes, or the CAs above them, refuses them; this change does not log in there.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-1", "REL-2", "REL-4", "SELF-2"},
		Ask: []Question{{ID: askNearTold, Kind: Choice, Rule: "SELF-2", Text: "Do the neighbours trust the certificates of these nodes?",
			Means:   "The trust page names who must upload what: the certificate itself where it is self-signed, else the CAs above it; then a restart there.",
			Options: []Option{{later, "Later: it stays owed in the report"}, {yes, "Yes, their administrators have seen to it"}, {no, "No"}}}},
	}
}
