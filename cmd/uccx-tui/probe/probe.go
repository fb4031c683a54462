package probe

import (
	"context"
	"crypto/x509"
	"io"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/steps/inventory"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// Options are the flags of the probe command.
type Options struct {
	Product, Release string
	Solution         string
	Expect, CAs      []string
	JSON             bool
	Say              lang.Localizer // of what people read

	Route route.Route
	Keys  []string    // fingerprints of the jump host's key, or HOST=FINGERPRINT
	Path  *reach.Path // opened by the caller
}

// Port is one address as JSON.
type Port struct {
	Host        string   `json:"host"`
	Port        int      `json:"port"`
	Name        string   `json:"name,omitempty"`
	Error       msg.Text `json:"error,omitzero"`
	Optional    bool     `json:"optional,omitempty"`
	Subject     string   `json:"subject,omitempty"`
	Issuer      string   `json:"issuer,omitempty"`
	Names       []string `json:"names,omitempty"`
	Serial      string   `json:"serial,omitempty"`
	Fingerprint string   `json:"fingerprint,omitempty"` // SHA-256
	From        string   `json:"from,omitempty"`        // RFC 3339
	Until       string   `json:"until,omitempty"`       // RFC 3339
	Days        int      `json:"days_left"`
	Key         string   `json:"key,omitempty"`
	Chain       int      `json:"chain"` // certificates sent after the leaf
	ChainWords  msg.Text `json:"chain_state,omitzero"`
	Whole       bool     `json:"chain_whole"`
	NameFits    bool     `json:"name_fits"`
	Expected    *bool    `json:"expected,omitempty"` // whether it is the certificate that was expected; none: nothing was
	TLS         string   `json:"tls,omitempty"`

	Product string           `json:"product,omitempty"`
	Role    string           `json:"role,omitempty"` // publisher, subscriber, standalone, or peer: it is not changed
	Usage   *inventory.Usage `json:"usage,omitempty"`

	Findings []verdict.Remark `json:"findings,omitempty"` // what clients refuse about it, whatever its name

	leaf *x509.Certificate
	node vos.Node
}

// sound reports whether clients have nothing to complain of: an answer, the right name, time left, what was expected,
// and a chain, where the CAs are given that it must lead to.
func (p Port) sound(cas bool) bool {
	if !p.Error.IsZero() {
		return p.Optional
	}
	refused := slices.ContainsFunc(p.Findings, func(x verdict.Remark) bool { return x.Severity == cert.Fault.String() })
	return !refused && p.NameFits && p.Days >= 0 && (p.Expected == nil || *p.Expected) && (p.Whole || !cas)
}

// expectation is what the ports are compared with.
type expectation struct {
	leaves, cas []*x509.Certificate
	now         time.Time
}

func expectationOf(o Options) (expectation, error) {
	e := expectation{now: time.Now()}
	var err error
	if e.leaves, err = input.Certificates(o.Expect); err != nil {
		return e, err
	}
	e.cas, err = input.Certificates(o.CAs)
	return e, err
}

// expectedAt returns the certificates that a host is to serve.
func (e expectation) expectedAt(host string) []*x509.Certificate {
	var all []*x509.Certificate
	for _, c := range e.leaves {
		if c.VerifyHostname(host) == nil {
			all = append(all, c)
		}
	}
	return all
}

// Hosts are the addresses of hosts of one product: all that it has, or the one that is named.
func Hosts(hosts []string, product vos.Product, release string) ([]*Port, error) {
	facts, _ := vos.Lookup(product, vos.Release(release))
	var all []*Port
	for _, host := range hosts {
		host, n, err := input.Host(host)
		if err != nil {
			return nil, err
		}
		if n != 0 {
			all = append(all, Address(solution.Address{Node: vos.Node{FQDN: host}, Port: vos.Port{Number: n}})) // of any product
			continue
		}
		for _, port := range facts.Ports {
			all = append(all, Address(solution.Address{Node: vos.Node{FQDN: host, Product: product, Release: vos.Release(release)}, Port: port}))
		}
	}
	return all, nil
}

// Address returns one port of a solution file, before it was looked at.
func Address(a solution.Address) *Port {
	return &Port{Host: a.Node.FQDN, Port: a.Port.Number, Name: a.Port.Name, Optional: a.Port.Optional, Product: string(a.Node.Product), Role: a.Role, node: a.Node}
}

// probesAtOnce is how many addresses are looked at side by side: a solution may have ten thousand.
const probesAtOnce = 128

// Run looks at all addresses.
func Run(ctx context.Context, out io.Writer, all []*Port, o Options) error {
	want, err := expectationOf(o)
	if err != nil {
		return exitcode.With(exitcode.Refused, err)
	}
	var looks errgroup.Group
	looks.SetLimit(probesAtOnce)
	for _, one := range all {
		looks.Go(func() error { one.look(ctx, o.Path, want); return nil })
	}
	_ = looks.Wait()
	return printProbed(out, o.Say, all, want, o.JSON)
}

func (p *Port) look(ctx context.Context, path *reach.Path, want expectation) {
	got, err := path.Probe(ctx, p.node, p.Port)
	if err != nil {
		p.Error = msg.Of(err).Mapped(cert.Printable)
		return
	}
	c := got.Leaf
	p.leaf, p.Subject, p.Issuer, p.Names, p.Serial, p.Fingerprint = c, cert.Name(c), cert.IssuerOf(c), verdict.Printables(c.DNSNames), cert.Serial(c), cert.Fingerprint(c)
	p.From, p.Until, p.Days = c.NotBefore.UTC().Format(time.RFC3339), c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, want.now)
	p.Key, p.Chain, p.TLS, p.NameFits = cert.KeyWords(c.PublicKey).String(), len(got.Chain), got.Version, c.VerifyHostname(p.Host) == nil
	usage := inventory.Of(p.node.Product, p.node.Release, c)
	p.Usage = &usage
	p.ChainWords, p.Whole = describe.Sent(c, got.Chain, want.cas)
	for _, f := range cert.Served(c, want.now) {
		p.Findings = append(p.Findings, verdict.RemarkOf(f))
	}
	if mine := want.expectedAt(p.Host); len(want.leaves) > 0 {
		same := false
		for _, w := range mine {
			same = same || w.Equal(c)
		}
		p.Expected = &same
	}
}
