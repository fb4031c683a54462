package lab

import (
	"crypto/x509"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// topologyOf is a lab of the nodes of a change: its clusters, its neighbours and the servers that scripts call.
func topologyOf(p *plan.Plan) sim.Topology {
	var t sim.Topology
	s := p.Change().Solution
	for _, c := range s.Clusters {
		one := sim.ClusterSpec{Product: c.Nodes[0].Product, Nodes: map[string]sim.NodeSpec{}}
		for _, n := range c.Nodes {
			n, _ = p.Node(n.FQDN) // its release was learnt
			host := strings.ToLower(n.Short())
			one.Hosts = append(one.Hosts, host)
			one.Nodes[host] = habitsOf(n, rehearsal.Basis(p, n.FQDN))
		}
		t.Clusters = append(t.Clusters, one)
	}
	for _, n := range s.Peers {
		host := strings.ToLower(n.Short())
		t.Clusters = append(t.Clusters, sim.ClusterSpec{Product: n.Product, Hosts: []string{host}, Neighbour: true, Nodes: map[string]sim.NodeSpec{host: habitsOf(n, nil)}})
	}
	for _, x := range s.Targets {
		t.Targets = append(t.Targets, sim.TargetSpec{Host: strings.ToLower(x.Host)})
	}
	return t
}

// fillings are what was seen of every node, for the simulated ones.
func fillings(p *plan.Plan) map[string]sim.Snapshot {
	all := map[string]sim.Snapshot{}
	for _, n := range p.Nodes() {
		if seen := rehearsal.Basis(p, n.FQDN); seen != nil {
			all[strings.ToLower(n.FQDN)] = fillingOf(n, p.Change().Main(), seen)
			addPeers(all, seen.Peers)
		}
	}
	return all
}

func fillingOf(n vos.Node, unit string, seen *plan.Seen) sim.Snapshot {
	f := sim.Snapshot{Own: map[string]*x509.Certificate{}, Served: map[int]*x509.Certificate{}, Requests: map[string]*x509.CertificateRequest{},
		Services: seen.Services, Above: cert.AllFromPEM(seen.Chain)}
	own := cert.FromPEM(seen.Identity)
	for name, c := range map[string]*x509.Certificate{unit: own, "tomcat-ECDSA": cert.FromPEM(seen.ECDSA)} {
		if c != nil {
			f.Own[name] = c
		}
	}
	for _, s := range seen.Served {
		if s.Error == "" {
			f.Open = append(f.Open, s.Port)
		}
		switch leaf := cert.FromPEM(s.PEM); {
		case s.Error != "":
			f.Silent = append(f.Silent, s.Port)
		case leaf != nil && (own == nil || !leaf.Equal(own)) && leaf.PublicKeyAlgorithm == x509.RSA: // an EC one is that of tomcat-ECDSA
			f.Served[s.Port] = leaf
		}
	}
	if csr := cert.RequestFromPEM(seen.CSR); csr != nil {
		f.Requests[unit] = csr
	}
	f.Trust = entries(seen)
	if a := seen.About; a != nil {
		f.Boot = a.Boot
		if !strings.EqualFold(a.FQDN(), n.FQDN) {
			f.Domain = a.Domain
		}
		if !a.Now.IsZero() && a.ZoneKnown && !seen.Asked.IsZero() {
			f.Skew = a.Now.Sub(seen.Asked).Round(time.Second)
		}
	}
	return f
}

// entries are the files of the trust store, and of those that were read what they hold.
func entries(seen *plan.Seen) []sim.Entry {
	read := map[string]*x509.Certificate{}
	for _, s := range seen.Store {
		read[s.File] = cert.FromPEM(s.PEM)
	}
	var all []sim.Entry
	for _, t := range seen.Trust {
		all = append(all, sim.Entry{TrustFile: t, Cert: read[t.File]})
	}
	return all
}

// addPeers adds what neighbours and script targets present.
func addPeers(all map[string]sim.Snapshot, peers []plan.Peer) {
	for _, peer := range peers {
		if leaf := cert.FromPEM(peer.PEM); leaf != nil {
			all[strings.ToLower(peer.FQDN)] = sim.Snapshot{Own: map[string]*x509.Certificate{"tomcat": leaf}, Above: cert.AllFromPEM(peer.Chain)}
		}
	}
}

// signer is after whom the requests of a rehearsal are signed.
type signer struct {
	who    string // a word of steps; RehearsedLab has no models
	models map[string]sim.Model
	cas    []*x509.Certificate
}

// signerOf takes the reply that the session holds; else the CA that signed today's certificates, where it and all above it
// are known and still valid; else the lab's.
func signerOf(p *plan.Plan, all map[string]sim.Snapshot, now time.Time) signer {
	if r := p.Reply(); r != nil && len(r.Leaves) > 0 {
		s := signer{plan.RehearsedReply, map[string]sim.Model{}, cert.AllFromPEM(append(slices.Clone(r.Roots), r.Intermediates...))}
		for id, text := range r.Leaves {
			if leaf := cert.FromPEM(text); leaf != nil {
				s.models[modelName(id)] = sim.Model{Leaf: leaf}
			}
		}
		return s
	}
	var pool []*x509.Certificate
	for _, f := range all {
		pool = append(pool, f.Above...)
		for _, e := range f.Trust {
			if e.Cert != nil {
				pool = append(pool, e.Cert)
			}
		}
	}
	s := signer{who: plan.RehearsedLike, models: map[string]sim.Model{}}
	for _, n := range p.Nodes() {
		own := all[strings.ToLower(n.FQDN)].Own[p.Change().Main()]
		if own == nil || cert.Classify(own) == cert.SelfSigned {
			return signer{who: plan.RehearsedLab}
		}
		chain, err := cert.Build(own, pool)
		if err != nil || slices.ContainsFunc(chain.CAs, func(c *x509.Certificate) bool { return now.After(c.NotAfter) }) {
			return signer{who: plan.RehearsedLab}
		}
		s.models[strings.ToLower(n.FQDN)] = sim.Model{Leaf: own, Renewed: true}
		for _, ca := range chain.CAs {
			if !slices.ContainsFunc(s.cas, ca.Equal) {
				s.cas = append(s.cas, ca)
			}
		}
	}
	return s
}

// namesakes warns of files that may keep a CA certificate out: one of its name is there and was not read.
func namesakes(all map[string]sim.Snapshot, cas []*x509.Certificate) []plan.Finding {
	var found []plan.Finding
	for _, fqdn := range slices.Sorted(maps.Keys(all)) {
		for _, ca := range cas {
			for _, file := range all[fqdn].Namesakes(ca) {
				found = append(found, plan.Finding{Severity: "warning", Rule: "SIG-4", Next: msg.T("compare it with the CA's certificate: an older one is replaced; a newer one stays, and the upload reports " +
					"no error"),
					What: msg.T("%s: tomcat-trust contains %s, which was not read", fqdn, file)})
			}
		}
	}
	return found
}

// signerAfter is a signer after files that the verdict has found sound.
func signerAfter(v cert.Verdict) signer {
	s := signer{plan.RehearsedReply, map[string]sim.Model{}, slices.Concat(v.Roots, v.Intermediates)}
	for id, chain := range maps.All(v.Chains) {
		s.models[modelName(id)] = sim.Model{Leaf: chain.Leaf}
	}
	return s
}

// modelName puts the name of the node, which may have a unit behind it, into small letters.
func modelName(id string) string {
	fqdn, unit, _ := strings.Cut(id, " ")
	return strings.TrimSpace(strings.ToLower(fqdn) + " " + unit)
}
