package vos

import (
	"context"
	"crypto/x509"
	"fmt"
	"regexp"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// CLI makes a Driver of a Terminal: it knows what to type and how to read the answer.
type CLI struct {
	Terminal
	node Node
}

// NewCLI speaks with a node through a terminal.
func NewCLI(n Node, t Terminal) *CLI { return &CLI{t, n} }

var _ Driver = (*CLI)(nil)

// About types show status and show network eth0.
func (c *CLI) About(ctx context.Context) (About, error) {
	text, err := c.Type(ctx, DialogueStatus())
	if err != nil {
		return About{}, err
	}
	a, err := ParseStatus(text)
	if err != nil {
		return a, c.strange("show status", text, err)
	}
	if text, err = c.Type(ctx, DialogueNetwork()); err != nil {
		return a, err
	}
	a.IP, a.Domain, a.DNS = ParseNetwork(text)
	if host, domain, ok := strings.Cut(a.Host, "."); ok { // some releases print the full name
		a.Host = host
		if a.Domain == "" {
			a.Domain = domain
		}
	}
	if a.Version != "" {
		return a, nil
	}
	if text, err = c.Type(ctx, DialogueVersion()); err == nil {
		a.Version = ParseVersion(text)
	}
	return a, err
}

// Services types utils service list.
func (c *CLI) Services(ctx context.Context) ([]Service, error) {
	text, err := c.Type(ctx, DialogueServices())
	if err != nil {
		return nil, err
	}
	all := ParseServices(text)
	if len(all) == 0 {
		return nil, c.strange("utils service list", text, nil)
	}
	return all, nil
}

// Members types show network cluster. A stand-alone node may list only itself, or nothing.
func (c *CLI) Members(ctx context.Context) ([]Member, error) {
	text, err := c.Type(ctx, DialogueCluster())
	if err != nil {
		return nil, err
	}
	return ParseCluster(text), nil
}

// Identity types show cert own.
func (c *CLI) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	return c.certificate(ctx, DialogueOwn(unit))
}

// Trusted types show cert trust.
func (c *CLI) Trusted(ctx context.Context, _ string, f TrustFile) (*x509.Certificate, error) {
	return c.certificate(ctx, DialogueTrusted(f))
}

func (c *CLI) certificate(ctx context.Context, d Dialogue) (*x509.Certificate, error) {
	text, err := c.Type(ctx, d)
	if err != nil {
		return nil, err
	}
	der, ok := ParsePEM(text)
	if !ok {
		return nil, c.strange(d.Line, text, nil)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, c.strange(d.Line, "", err)
	}
	return cert, nil
}

// TrustList types show cert list trust.
func (c *CLI) TrustList(ctx context.Context, unit string) ([]TrustFile, error) {
	text, err := c.Type(ctx, DialogueTrustList())
	if err != nil {
		return nil, err
	}
	var all []TrustFile
	for _, f := range ParseTrust(text) {
		if strings.EqualFold(f.Store, unit+"-trust") {
			all = append(all, f)
		}
	}
	if len(all) == 0 && said(text) {
		return nil, c.refusal(text)
	}
	return all, nil
}

var noCSR = regexp.MustCompile(`(?i)(does(n't| not) exist|no csr|not found|no such|could not find)`)

// CSR types show csr list own, and show csr own where the list has one of the unit.
func (c *CLI) CSR(ctx context.Context, unit string) ([]byte, error) {
	text, err := c.Type(ctx, DialogueCSRList())
	if err != nil {
		return nil, err
	}
	listed := false
	for _, f := range ParseTrust(text) {
		listed = listed || strings.EqualFold(f.Store, unit)
	}
	if !listed {
		return nil, nil
	}
	d := DialogueShowCSR(unit)
	if text, err = c.Type(ctx, d); err != nil {
		return nil, err
	}
	der, ok := ParseRequest(text)
	switch {
	case ok:
		return der, nil
	case noCSR.MatchString(text):
		return nil, nil
	}
	return nil, c.strange(d.Line, text, nil)
}

var (
	csrMade  = regexp.MustCompile(`(?i)success(fully)?\s+generated\s+csr\s+for\s+\S+`)
	imported = regexp.MustCompile(`(?i)success(fully)?\s+(imported|uploaded|regenerated)\s+certificate`)
)

// GenerateCSR types set csr gen.
func (c *CLI) GenerateCSR(ctx context.Context, unit string) error {
	return c.change(ctx, DialogueCSR(unit), csrMade)
}

// ImportTrust types set cert import trust and pastes the certificate.
func (c *CLI) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	return c.change(ctx, DialogueImportTrust(unit, cert.PEM(ca)), imported)
}

// ImportOwn types set cert import own and pastes the certificate.
func (c *CLI) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	return c.change(ctx, DialogueImportOwn(unit, cert.PEM(leaf)), imported)
}

// Restart types utils system restart, and answers its question.
func (c *CLI) Restart(ctx context.Context) error {
	text, err := c.Type(ctx, DialogueRestart())
	if err == nil && said(text) && !goesDown.MatchString(text) {
		return c.refusal(text)
	}
	return err
}

var goesDown = regexp.MustCompile(`(?i)(being restarted|going down|shutting down|stopping service manager|restart could take)`)

// change types a changing command. Success is known by the words that belong to this command (vos-facts 7.7); clear words
// of refusal are a refusal; anything else is uncertain, and is looked at.
func (c *CLI) change(ctx context.Context, d Dialogue, success *regexp.Regexp) error {
	text, err := c.Type(ctx, d)
	switch {
	case err != nil:
		return err
	case success.MatchString(text):
		return nil
	case said(text):
		return c.refusal(text)
	}
	return &Error{Class: ErrUncertain, Node: c.node.FQDN, What: fmt.Sprintf("an answer to %q that is not known", d.Line), Said: excerpt(text),
		Means: "it may or may not have been done", Next: "Enter looks at the node; nothing is done twice"}
}

// strange is an answer to a look that could not be read: the node is as before.
func (c *CLI) strange(line, text string, err error) error {
	if said(text) {
		return c.refusal(text)
	}
	return &Error{Class: ErrRefused, Node: c.node.FQDN, What: fmt.Sprintf("the answer to %q cannot be read", line), Said: excerpt(text), Err: err,
		Means: "the node was only looked at, and is as before", Next: "read the transcript; is the account's privilege level 1 or higher?"}
}
