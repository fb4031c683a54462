package lab

import (
	"context"
	"crypto/x509"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/functional"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// view is what the agents of a lab see of what a question is about: the truth that an honest answer tells.
type view struct {
	lines []msg.Text // unescaped
	works bool
}

func (v *view) say(works bool, line msg.Text) {
	v.lines, v.works = append(v.lines, line), v.works && works
}

// clients are the PCs of the lab: they trust its CAs, and what this change leaves self-signed (SELF-4).
type clients struct {
	lab   *Cluster
	plan  *plan.Plan
	nodes []vos.Node
	now   time.Time
	ctx   context.Context
}

const watchLimit = 20 * time.Second

// see is what the clients see of a question.
func (l *Cluster) see(p *plan.Plan, q plan.Asked) (lines []msg.Text, works bool) {
	ctx, cancel := context.WithTimeout(context.Background(), watchLimit)
	defer cancel()
	now := l.Solution()
	c := clients{l, p, append(now.Nodes(), now.Peers...), time.Now(), ctx}
	v := view{works: true}
	c.addresses(&v, q.Question.Lines)
	about := c.about(msg.Strings(q.Question.Lines))
	switch q.Question.ID {
	case "VER-1":
		c.chat(&v)
	case "VER-2":
		c.login(&v)
	case "VER-3":
		c.gadgets(&v, about)
	case "VER-logins":
		c.login(&v)
	case "REL-3":
		c.script(&v)
	case plan.AskPeerTold:
		v.say(true, msg.T("the administrators of the peers confirm it"))
	}
	return v.lines, v.works
}

// about are the nodes of addresses.
func (c clients) about(lines []string) []vos.Node {
	var all []vos.Node
	for _, n := range c.nodes {
		if slices.ContainsFunc(lines, func(line string) bool { return functional.IsOf(n, line) }) {
			all = append(all, n)
		}
	}
	return all
}

// few is how many addresses that open without a warning are named one by one: a first deployment asks about all of a site.
const few = 3

// addresses opens those that a question names, each at the beginning of a line, and says first where something is wrong.
func (c clients) addresses(v *view, lines []msg.Text) {
	var fine []string
	for _, line := range lines {
		word, _, _ := strings.Cut(line.String(), " ") // who opens it follows
		if u, err := url.Parse(word); err == nil && u.Scheme == "https" && c.opens(v, u) {
			fine = append(fine, u.String())
		}
	}
	if len(fine) > few {
		v.say(true, msg.T("%d addresses open without a warning", len(fine)))
		return
	}
	for _, one := range fine {
		v.say(true, msg.T("%s opens without a warning", one))
	}
}

// opens opens one address as a browser does; it reports whether there is nothing to say of it.
func (c clients) opens(v *view, u *url.URL) bool {
	port, _ := strconv.Atoi(u.Port())
	if port == 0 {
		port = vos.PortHTTPS
	}
	i := slices.IndexFunc(c.nodes, func(n vos.Node) bool { return n.FQDN == u.Hostname() })
	if i < 0 {
		return false
	}
	warning := c.warning(c.nodes[i], port)
	if !warning.IsZero() {
		v.say(false, msg.T("%s: %s", u.String(), warning))
	}
	return warning.IsZero()
}

// warning is what a browser says of a port; the zero value where it says nothing.
func (c clients) warning(n vos.Node, port int) msg.Text {
	got, err := vos.Probe(c.ctx, n, port)
	if err != nil {
		return msg.T("does not answer")
	}
	leaf := got.Leaf
	switch {
	case c.now.After(leaf.NotAfter) || c.now.Before(leaf.NotBefore):
		return msg.T("warning NET::ERR_CERT_DATE_INVALID")
	case leaf.VerifyHostname(n.FQDN) != nil:
		return msg.T("warning NET::ERR_CERT_COMMON_NAME_INVALID")
	case !c.believes(n, leaf, got.Chain):
		return msg.T("warning NET::ERR_CERT_AUTHORITY_INVALID")
	case leaf.PublicKeyAlgorithm == x509.ECDSA && certs.ByRSA(leaf):
		return msg.T("the page does not load: the EC certificate is signed by an RSA CA (CSCvb58580)")
	}
	return msg.Text{}
}

// believes: the clients hold the CAs of the lab, and by Group Policy the self-signed certificates of nodes that get no other
// one in this change.
func (c clients) believes(n vos.Node, leaf *x509.Certificate, sent []*x509.Certificate) bool {
	if own := leaf.CheckSignatureFrom(leaf) == nil || string(leaf.RawIssuer) == string(leaf.RawSubject); own {
		known, _ := c.plan.Node(n.FQDN)
		return !signs(c.plan) || !c.plan.Scope().Replaces(known)
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, ca := range c.lab.CA().Authorities() {
		roots.AddCert(ca)
	}
	for _, ca := range sent {
		between.AddCert(ca)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: c.now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	return err == nil
}

// signs reports whether the path of a plan gives nodes certificates of a CA.
func signs(p *plan.Plan) bool { return len(plan.RoleRows(p, plan.RoleReply)) > 0 }

// trusts: a service of one node opens a service of another.
func (c clients) trusts(v *view, from, to vos.Node, fails msg.Text) {
	port := vos.PortHTTPS
	if _, serves := to.Ports[port]; !serves { // Unified CM: agents are asked about on its platform port
		port = 8443
	}
	got, err := vos.Probe(c.ctx, to, port)
	if err != nil || !sim.Trusts(c.lab.Cluster, from.FQDN, got.Leaf, got.Chain, c.now) {
		v.say(false, msg.T("%s: %s does not trust %s", fails, from.Short(), to.Short()))
	}
}

func (c clients) having(trait func(vos.Traits) bool) []vos.Node {
	return slices.DeleteFunc(slices.Clone(c.nodes), func(n vos.Node) bool { return !trait(n.Product.Traits()) })
}

// chat: CCP and UCCX open each other (REL-1, REL-2).
func (c clients) chat(v *view) {
	for _, chat := range c.having(func(t vos.Traits) bool { return t.Chat }) {
		for _, u := range c.having(func(t vos.Traits) bool { return t.Scripts }) {
			c.trusts(v, u, chat, msg.T("no agent is alerted"))
			c.trusts(v, chat, u, msg.T("messages do not arrive"))
		}
	}
}

// login: UCCX asks Unified CM about each agent (TRB-1).
func (c clients) login(v *view) {
	for _, cm := range c.having(func(t vos.Traits) bool { return t.Peer }) {
		for _, u := range c.having(func(t vos.Traits) bool { return t.Scripts }) {
			c.trusts(v, u, cm, msg.T("Invalid User ID/Password"))
		}
	}
}

// gadgets: Live Data of the nodes (EC-4). A warning there cannot be accepted.
func (c clients) gadgets(v *view, about []vos.Node) {
	for _, n := range about {
		f, _ := vos.Lookup(n.Product, n.Release)
		for _, p := range f.Ports {
			if !slices.Contains(strings.Fields(p.Rules), "CLI-8") {
				continue
			}
			if warning := c.warning(n, p.Number); !warning.IsZero() {
				v.say(false, msg.T("the gadgets stay empty: https://%s:%d: %s", n.FQDN, p.Number, warning))
			}
		}
	}
}

// script: the UCCX nodes trust the servers that scripts call (REL-3).
func (c clients) script(v *view) {
	for _, t := range c.lab.Solution().Targets {
		got, err := vos.Probe(c.ctx, vos.Node{FQDN: t.Host, Ports: map[int]string{t.At(): t.Dial}}, t.At())
		for _, u := range c.having(func(t vos.Traits) bool { return t.Scripts }) {
			works := err == nil && sim.Trusts(c.lab.Cluster, u.FQDN, got.Leaf, got.Chain, c.now)
			answer := msg.T("the step fails, the certificate is not trusted")
			if works {
				answer = msg.T("the answer arrives")
			}
			v.say(works, msg.T("a test call on %s to %s: %s", u.Short(), t.Host, answer))
		}
	}
}
