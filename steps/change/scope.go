package change

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Scope is what decides which rows a plan has and on which nodes: the change as it was opened, and what was decided since.
// The nodes that are asked about have the release that the survey read.
type Scope struct {
	Change
	ECDSA map[string]string // first node of a cluster -> what becomes of its tomcat-ECDSA (EC-4)
	Late  map[string]bool   // FQDNs of nodes whose certificate is still at the CA while those of others are installed
	CA    string            // the answer to plan.AskCA, "" while undecided, or where the path does not ask
}

// What may become of tomcat-ECDSA (EC-4, EC-6).
const (
	ECDSALeave = "leave" // it stays self-signed
	ECDSASign  = "sign"  // an EC CA signs it
	ECDSACOP   = "cop"   // a COP stops it being presented
)

// Replaces reports whether the node gets a new identity in this change.
func (s Scope) Replaces(n vos.Node) bool {
	return s.listed(n) && (!s.OnlyECDSA() || !n.Release.Known() || s.hasECDSA(n))
}

func (s Scope) listed(n vos.Node) bool {
	return len(s.Replace) == 0 || slices.Contains(s.Replace, n.FQDN)
}

func (s Scope) hasECDSA(n vos.Node) bool {
	part, ok := vos.ECDSAOf(n.Product, n.Release)
	return ok && (part == vos.ECDSASecond || n.Product.Traits().Peer && (s.Plan < 5 || s.OnlyECDSA()))
}

// TrustsTargets reports whether the plan uploads the chains of script servers beside what its path is about: before the restart
// of this window, since the engine reads them when it starts (REL-3). The path that is about them alone has rows of its own.
func (s Scope) TrustsTargets() bool { return s.Plan >= 3 && s.Path != PathThirdParty }

// Shares reports whether the node gets one multi-server certificate together with its peer (PRE-6): UCCX node 1 and
// node 2 and nothing else, from 11.6 on, where both are replaced.
func (s Scope) Shares(n vos.Node) bool {
	if !s.MultiServer || s.OnlyECDSA() || !n.Product.Traits().Pair || n.Role == vos.Standalone || !s.Replaces(n) {
		return false
	}
	f, ok := vos.Lookup(n.Product, n.Release)
	return ok && f.MultiServer.Value && len(s.Cluster(n)) == 2 && !slices.ContainsFunc(s.Cluster(n), func(o vos.Node) bool { return !s.Replaces(o) })
}

// Requests reports whether the node makes a CSR of its own: a node that shares its publisher's certificate does not.
func (s Scope) Requests(n vos.Node) bool {
	return s.Replaces(n) && !s.OnlyECDSA() && !(s.Shares(n) && n.Role == vos.Subscriber)
}

// ECDSAOf returns what becomes of the node's tomcat-ECDSA, "" while undecided.
func (s Scope) ECDSAOf(n vos.Node) string {
	return s.ECDSA[s.Cluster(n)[0].FQDN]
}

// HasECDSA reports whether the node has a second identity, tomcat-ECDSA, beside tomcat (EC-1): 11.5 alone.
func (s Scope) HasECDSA(n vos.Node) bool {
	return s.listed(n) && s.hasECDSA(n)
}

// SignsECDSA reports whether a CA is to sign the node's tomcat-ECDSA.
func (s Scope) SignsECDSA(n vos.Node) bool {
	if s.OnlyECDSA() {
		return s.Replaces(n) && s.ECDSAOf(n) != ECDSACOP
	}
	return s.HasECDSA(n) && s.ECDSAOf(n) == ECDSASign
}

// Cluster returns the nodes of the cluster that the node belongs to.
func (s Scope) Cluster(n vos.Node) []vos.Node {
	for _, c := range s.Solution.Clusters {
		if slices.ContainsFunc(c.Nodes, func(o vos.Node) bool { return o.FQDN == n.FQDN }) {
			return c.Nodes
		}
	}
	return []vos.Node{n}
}

// Awaits reports whether the certificate of a node is still at the CA while those of others are installed.
func (s Scope) Awaits(n vos.Node) bool { return s.Late[n.FQDN] }

// Wants are the ids of the requests that the CA answers for a node (cert.Request.ID), those that it shares among them.
func (s Scope) Wants(n vos.Node) []string {
	var all []string
	switch {
	case s.Shares(n):
		all = append(all, s.Cluster(n)[0].FQDN)
	case s.Requests(n):
		all = append(all, n.FQDN)
	}
	if s.SignsECDSA(n) {
		all = append(all, n.FQDN+" "+UnitECDSA)
	}
	return all
}

// Together returns the nodes that share one certificate with a node, itself among them.
func (s Scope) Together(n vos.Node) []string {
	if !s.Shares(n) {
		return []string{n.FQDN}
	}
	var all []string
	for _, o := range s.Cluster(n) {
		all = append(all, o.FQDN)
	}
	return all
}
