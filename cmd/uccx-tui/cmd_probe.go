package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/steps/inventory"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// probeOptions are the flags of the probe command.
type probeOptions struct {
	product, release string
	solution         string
	expect, cas      []string
	json             bool
}

func (d *door) probeCommand() *cobra.Command {
	var o probeOptions
	c := &cobra.Command{
		Use:   "probe HOST... | --solution FILE",
		Short: "Show the certificate on every client port of a node. HOST is NAME, or NAME:PORT for one port",
		RunE: func(c *cobra.Command, args []string) error {
			if (len(args) == 0) == (o.solution == "") {
				return usage(c, errors.New("probe needs the names of nodes, or --solution"))
			}
			p, ok := vos.ParseProduct(o.product)
			if !ok {
				return usage(c, fmt.Errorf("%q is not a product. Use one of: %s", cert.Printable(o.product), vos.ProductList()))
			}
			all, err := hostsOf(args, p, o.release)
			if o.solution != "" {
				var f solution.File
				f, err = loadSolution(o.solution) // empty where it fails
				for _, a := range f.Addresses(vos.Release(o.release)) {
					all = append(all, addressOf(a))
				}
			}
			if err != nil {
				return err
			}
			ctx, cancel := d.context()
			defer cancel()
			return probe(ctx, c.OutOrStdout(), all, o)
		},
	}
	c.Flags().StringVar(&o.product, "product", string(vos.Products()[0]), fmt.Sprintf("product, sets the ports to check: %s", vos.ProductList()))
	c.Flags().StringVar(&o.release, "release", "", "release of the nodes, if ports or field notices differ by release")
	solutionFlag(c, &o.solution)
	c.Flags().StringArrayVar(&o.expect, "expect", nil, "expected certificates, or a folder; each is matched to the node by name")
	c.Flags().StringArrayVar(&o.cas, "ca", nil, "CAs that clients trust, or a folder; every chain must end in one of them")
	c.Flags().BoolVar(&o.json, "json", false, "print one JSON object per line and port")
	return c
}

// probed is one address as JSON.
type probed struct {
	Host        string   `json:"host"`
	Port        int      `json:"port"`
	Name        string   `json:"name,omitempty"`
	Error       string   `json:"error,omitempty"`
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
	ChainWords  string   `json:"chain_state,omitempty"`
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
func (p probed) sound(cas bool) bool {
	if p.Error != "" {
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

func expectationOf(o probeOptions) (expectation, error) {
	e := expectation{now: time.Now()}
	var err error
	if e.leaves, err = certificatesIn(o.expect); err != nil {
		return e, err
	}
	e.cas, err = certificatesIn(o.cas)
	return e, err
}

// of returns the certificates that a host is to serve.
func (e expectation) of(host string) []*x509.Certificate {
	var all []*x509.Certificate
	for _, c := range e.leaves {
		if c.VerifyHostname(host) == nil {
			all = append(all, c)
		}
	}
	return all
}

// certificatesIn reads all certificates of files and folders.
func certificatesIn(paths []string) ([]*x509.Certificate, error) {
	files, err := read.Files(paths)
	var all []*x509.Certificate
	for _, f := range files {
		for _, it := range f.Items {
			if it.Cert != nil {
				all = append(all, it.Cert)
			}
		}
	}
	if err == nil && len(paths) > 0 && len(all) == 0 {
		err = fmt.Errorf("%s: no certificates found. Nothing was checked.", cert.Printable(strings.Join(paths, ", ")))
	}
	return all, err
}

// hostsOf are the addresses of hosts of one product: all that it has, or the one that is named.
func hostsOf(hosts []string, product vos.Product, release string) ([]*probed, error) {
	facts, _ := vos.Lookup(product, vos.Release(release))
	var all []*probed
	for _, host := range hosts {
		if h, p, err := net.SplitHostPort(host); err == nil {
			n, err := strconv.Atoi(p)
			if err != nil {
				return nil, exitcode.With(exitcode.Usage, fmt.Errorf("%q: %q is not a port", cert.Printable(host), cert.Printable(p)))
			}
			all = append(all, addressOf(solution.Address{Node: vos.Node{FQDN: h}, Port: vos.Port{Number: n}})) // of any product
			continue
		}
		for _, port := range facts.Ports {
			all = append(all, addressOf(solution.Address{Node: vos.Node{FQDN: host, Product: product, Release: vos.Release(release)}, Port: port}))
		}
	}
	return all, nil
}

func addressOf(a solution.Address) *probed {
	return &probed{Host: a.Node.FQDN, Port: a.Port.Number, Name: a.Port.Name, Optional: a.Port.Optional, Product: string(a.Node.Product), Role: a.Role, node: a.Node}
}

// probesAtOnce is how many addresses are looked at side by side: a solution may have ten thousand.
const probesAtOnce = 128

// probe looks at all addresses.
func probe(ctx context.Context, out io.Writer, all []*probed, o probeOptions) error {
	want, err := expectationOf(o)
	if err != nil {
		return exitcode.With(exitcode.Refused, err)
	}
	var wg sync.WaitGroup
	places := make(chan struct{}, probesAtOnce)
	for _, one := range all {
		wg.Add(1)
		places <- struct{}{}
		go func() {
			defer wg.Done()
			defer func() { <-places }()
			one.look(ctx, want)
		}()
	}
	wg.Wait()
	return printProbed(out, all, want, o.json)
}

func (p *probed) look(ctx context.Context, want expectation) {
	got, err := vos.Probe(ctx, p.node, p.Port)
	if err != nil {
		p.Error = cert.Printable(err.Error())
		return
	}
	c := got.Leaf
	p.leaf, p.Subject, p.Issuer, p.Names, p.Serial, p.Fingerprint = c, cert.Name(c), cert.IssuerOf(c), verdict.Printables(c.DNSNames), cert.Serial(c), cert.Fingerprint(c)
	p.From, p.Until, p.Days = c.NotBefore.UTC().Format(time.RFC3339), c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, want.now)
	p.Key, p.Chain, p.TLS, p.NameFits = cert.KeyWords(c.PublicKey), len(got.Chain), got.Version, c.VerifyHostname(p.Host) == nil
	usage := inventory.Of(p.node.Product, p.node.Release, c)
	p.Usage = &usage
	p.ChainWords, p.Whole = cert.Sent(c, got.Chain, want.cas)
	for _, f := range cert.Served(c, want.now) {
		p.Findings = append(p.Findings, verdict.RemarkOf(f))
	}
	if mine := want.of(p.Host); len(want.leaves) > 0 {
		so := false
		for _, w := range mine {
			so = so || w.Equal(c)
		}
		p.Expected = &so
	}
}
