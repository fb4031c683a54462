package advice

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func sign(state, what string, args ...any) Check {
	return Check{state, msg.T(what, args...).Mapped(cert.Printable)}
}

// tell is a sign for or against.
func tell(speaks bool, what string, args ...any) Check {
	if speaks {
		return sign(Supports, what, args...)
	}
	return sign(Contradicts, what, args...)
}

// noSession is the sign of a look that needs a journal.
func noSession() []Check {
	return []Check{sign(Unseen, "No session: the certificates on the nodes are unknown")}
}

// nodes are the hosts that were named, the nodes of the session, and its neighbours; of one product, or of all where p is empty.
func (d *Diagnosis) nodes(p vos.Product) []vos.Node {
	all := slices.Clone(d.Hosts)
	if d.Plan != nil {
		all = append(append(all, d.Plan.Nodes()...), d.Plan.Surveyed().Peers...)
	}
	return slices.DeleteFunc(all, func(n vos.Node) bool { return p != "" && n.Product != p })
}

// address is one port that was looked at.
type address struct {
	node vos.Node
	port int
	got  vos.Served
	err  error
}

func (a address) String() string { return a.node.FQDN + ":" + strconv.Itoa(a.port) }

// handshakes looks at the given ports, or at every client address where none is given, side by side, once a consultation.
func (d *Diagnosis) handshakes(ctx context.Context, nodes []vos.Node, ports ...int) []address {
	var all []address
	for _, n := range nodes {
		for _, port := range d.portsOf(n, ports) {
			all = append(all, address{node: n, port: port})
		}
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range all {
		key := all[i].String()
		if got, ok := d.seen[key]; ok {
			all[i].got = got
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			probe := d.Probe
			if probe == nil {
				probe = vos.Probe
			}
			all[i].got, all[i].err = probe(ctx, all[i].node, all[i].port)
			if all[i].err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if d.seen == nil {
				d.seen = map[string]vos.Served{}
			}
			d.seen[key] = all[i].got
		}()
	}
	wg.Wait()
	return all
}

func (d *Diagnosis) portsOf(n vos.Node, ports []int) []int {
	if len(ports) > 0 {
		return ports
	}
	f, ok := vos.Lookup(n.Product, n.Release)
	if !ok {
		return []int{vos.PortAdmin}
	}
	for _, p := range f.Ports {
		if !p.Rare() {
			ports = append(ports, p.Number)
		}
	}
	return ports
}

// each judges every client address of every node: words that speak for it, or none. What does not answer is named once a node.
func (d *Diagnosis) each(ctx context.Context, fine msg.Text, bad func(address) msg.Text) []Check {
	var found []Check
	good, silent, why := 0, map[string]int{}, map[string]error{}
	for _, a := range d.handshakes(ctx, d.nodes("")) {
		if a.err != nil {
			silent[a.node.FQDN]++
			why[a.node.FQDN] = a.err
			continue
		}
		if what := bad(a); !what.IsZero() {
			found = append(found, sign(Supports, "%s %s", a.String(), what))
		} else {
			good++
		}
	}
	for _, n := range d.nodes("") {
		if silent[n.FQDN] > 0 {
			found = append(found, sign(Unseen, "no answer from %s (ports: %d): %s", n.FQDN, silent[n.FQDN], plan.TroubleOf(why[n.FQDN]).What))
			silent[n.FQDN] = 0
		}
	}
	switch {
	case good > 0:
		found = append(found, sign(Contradicts, "%s (ports: %d)", fine, good))
	case len(found) == 0:
		found = append(found, sign(Unseen, "no host to check"))
	}
	return found
}

func signNamesServed(ctx context.Context, d *Diagnosis) []Check {
	return d.each(ctx, msg.T("the FQDN is in the SAN"), func(a address) msg.Text {
		if a.got.Leaf.VerifyHostname(a.node.FQDN) == nil {
			return msg.Text{}
		}
		return msg.T("is for %s, not for the node's FQDN", msg.List(a.got.Leaf.DNSNames))
	})
}

func signExpiry(ctx context.Context, d *Diagnosis) []Check {
	return d.each(ctx, msg.T("valid today"), func(a address) msg.Text {
		switch {
		case d.Now.After(a.got.Leaf.NotAfter):
			return msg.T("expired on %s", msg.Time(a.got.Leaf.NotAfter.UTC(), msg.Day))
		case d.Now.Before(a.got.Leaf.NotBefore):
			return msg.T("is not valid before %s", msg.Time(a.got.Leaf.NotBefore.UTC(), msg.Day))
		}
		return msg.Text{}
	})
}

func signUsages(ctx context.Context, d *Diagnosis) []Check {
	return d.each(ctx, msg.T("Extended Key Usage includes client authentication"), func(a address) msg.Text {
		uses := a.got.Leaf.ExtKeyUsage
		if len(uses) == 0 || slices.Contains(uses, x509.ExtKeyUsageClientAuth) || slices.Contains(uses, x509.ExtKeyUsageAny) {
			return msg.Text{}
		}
		return msg.T("Extended Key Usage lacks client authentication")
	})
}

func signRoots(ctx context.Context, d *Diagnosis) []Check {
	return d.each(ctx, msg.T("CA-signed; check that its root is on the PC"), func(a address) msg.Text {
		if k := cert.Classify(a.got.Leaf); k == cert.SelfSigned || k == cert.Root {
			return msg.T("is self-signed")
		}
		return msg.Text{}
	})
}

func signCurves(ctx context.Context, d *Diagnosis) []Check {
	return d.each(ctx, msg.T("presents an RSA certificate"), func(a address) msg.Text {
		leaf := a.got.Leaf
		if _, curve := leaf.PublicKey.(*ecdsa.PublicKey); !curve {
			return msg.Text{}
		}
		switch k := cert.Classify(leaf); {
		case k == cert.SelfSigned || k == cert.Root:
			return msg.T("presents a self-signed EC certificate")
		case certs.ByRSA(leaf):
			return msg.T("presents an EC certificate signed by an RSA CA")
		}
		return msg.T("presents an EC certificate")
	})
}

// signSerials: the ports of one node present different certificates.
func signSerials(ctx context.Context, d *Diagnosis) []Check {
	first := map[string]address{}
	return d.each(ctx, msg.T("all ports of a node present the same certificate"), func(a address) msg.Text {
		f, ok := first[a.node.FQDN]
		if !ok {
			first[a.node.FQDN] = a
			return msg.Text{}
		}
		if a.got.Leaf.Equal(f.got.Leaf) {
			return msg.Text{}
		}
		return msg.T("presents a different certificate from port %d", f.port)
	})
}

// signPeers judges the certificate of every node of a product as a neighbour must have it (TRB-1).
func signPeers(p vos.Product) func(context.Context, *Diagnosis) []Check {
	return func(ctx context.Context, d *Diagnosis) []Check {
		var found []Check
		for _, a := range d.handshakes(ctx, d.nodes(p), vos.PortAdmin) {
			found = append(found, signPeer(a, d.Now)...)
		}
		if found == nil {
			found = []Check{sign(Unseen, "no %s given: name it as a host, or add it to the solution as a peer", p.Title(""))}
		}
		return found
	}
}

func signPeer(a address, now time.Time) []Check {
	if a.err != nil {
		return []Check{sign(Unseen, "%s: %s", a, plan.TroubleOf(a.err).What)}
	}
	leaf := a.got.Leaf
	found := []Check{tell(now.After(leaf.NotAfter), "%s is valid until %s", a, msg.Time(leaf.NotAfter.UTC(), msg.Day))}
	if others := extension.Critical(leaf); len(others) > 0 {
		found = append(found, sign(Supports, "%s has critical extensions: %s", a, msg.List(others)))
	} else {
		found = append(found, sign(Contradicts, "%s has no other critical extensions", a))
	}
	return append(found, sign(Unseen, "%s: issued by %s, SAN %s", a, cert.IssuerOf(leaf), msg.List(leaf.DNSNames)))
}
