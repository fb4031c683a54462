package vos

import (
	"context"
	"crypto/x509"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// CLI makes a Driver of a Terminal: it knows what to type and how to read the answer.
type CLI struct {
	Terminal
	node Node
}

// NewCLI speaks with a node through a terminal.
func NewCLI(n Node, t Terminal) *CLI { return &CLI{t, n} }

var _ Driver = (*CLI)(nil)

// look types a dialogue that changes nothing. A name in it that no node has is not typed.
func (c *CLI) look(ctx context.Context, d Dialogue) (string, error) {
	if err := c.clean(d); err != nil {
		return "", err
	}
	return c.Type(ctx, d)
}

// clean refuses a command that would not arrive as it stands: names of files come from nodes, and a control character or
// a question mark in one would be taken for a key.
func (c *CLI) clean(d Dialogue) error {
	for _, r := range d.Line {
		if unicode.IsControl(r) || r == '?' || r == utf8.RuneError {
			return &Error{Class: ErrRefused, Node: c.node.FQDN, What: msg.T("The command %q cannot be typed", d.Line),
				Means: msg.T("Nothing was typed. The node is unchanged."), Next: msg.T("Use OS Administration for this file.")}
		}
	}
	return nil
}

// About types show status and show network eth0, and asks further only for what these did not tell.
func (c *CLI) About(ctx context.Context) (About, error) {
	a, err := c.about(ctx)
	return a.bounded(), err
}

func (c *CLI) about(ctx context.Context) (About, error) {
	text, err := c.look(ctx, DialogueStatus())
	if err != nil {
		return About{}, err
	}
	a, err := ParseStatus(text)
	if err != nil {
		return a, c.strange("show status", text, err)
	}
	if text, err = c.look(ctx, DialogueNetwork()); err != nil {
		return a, err
	}
	a.IP, a.Domain, a.DNS = ParseNetwork(text)
	if host, domain, ok := strings.Cut(a.Host, "."); ok { // some releases print the full name
		a.Host = host
		if a.Domain == "" {
			a.Domain = domain
		}
	}
	if a.Domain == "" {
		if a.Domain, err = c.domain(ctx, a); err != nil {
			return a, err
		}
	}
	if a.Version == "" {
		if text, err = c.look(ctx, DialogueVersion()); err != nil {
			return a, err
		}
		a.Version = ParseVersion(text)
	}
	return a, nil
}

// domain finds the node's domain in the list of the cluster, which has full names.
func (c *CLI) domain(ctx context.Context, a About) (string, error) {
	members, err := c.Members(ctx)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		host, domain, _ := strings.Cut(m.FQDN, ".")
		if strings.EqualFold(host, a.Host) {
			return domain, nil
		}
	}
	return "", nil
}

// Services types utils service list.
func (c *CLI) Services(ctx context.Context) ([]Service, error) {
	text, err := c.look(ctx, DialogueServices())
	if err != nil {
		return nil, err
	}
	all := boundServices(ParseServices(text))
	if len(all) == 0 {
		return nil, c.strange("utils service list", text, nil)
	}
	return all, nil
}

// Members types show network cluster. A stand-alone node may list only itself, or nothing.
func (c *CLI) Members(ctx context.Context) ([]Member, error) {
	text, err := c.look(ctx, DialogueCluster())
	if err != nil {
		return nil, err
	}
	return boundMembers(ParseCluster(text)), nil
}

// Identity types show cert own: with the unit alone, and where a node wants it so, with the file.
func (c *CLI) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	d := DialogueOwn(unit)
	text, err := c.look(ctx, d)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(text, "-----BEGIN") {
		d.Line += "/" + unit + ".pem"
		if again, err := c.look(ctx, d); err != nil || strings.Contains(again, "-----BEGIN") {
			return c.certificate(d, again, err)
		}
	}
	return c.certificate(d, text, nil)
}

// Trusted types show cert trust.
func (c *CLI) Trusted(ctx context.Context, _ string, f TrustFile) (*x509.Certificate, error) {
	d := DialogueTrusted(f)
	text, err := c.look(ctx, d)
	return c.certificate(d, text, err)
}

func (c *CLI) certificate(d Dialogue, text string, err error) (*x509.Certificate, error) {
	if err != nil {
		return nil, err
	}
	der, ok := ParsePEM(text)
	if !ok {
		return nil, c.strange(d.Line, text, nil)
	}
	found, err := cert.FromDER(der)
	if err != nil {
		return nil, c.strange(d.Line, "", err)
	}
	return found, nil
}

// TrustList types show cert list trust.
func (c *CLI) TrustList(ctx context.Context, unit string) ([]TrustFile, error) {
	text, err := c.look(ctx, DialogueTrustList())
	if err != nil {
		return nil, err
	}
	listed := ParseTrust(text)
	if len(listed) == 0 && refusalIn(text) != nil {
		return nil, c.refused(text)
	}
	var all []TrustFile
	for _, f := range listed {
		if strings.EqualFold(f.Store, unit+"-trust") {
			all = append(all, f)
		}
	}
	return BoundTrust(all), nil
}

// OwnList types show cert list own.
func (c *CLI) OwnList(ctx context.Context) ([]Own, error) {
	d := DialogueOwnList()
	text, err := c.look(ctx, d)
	if err != nil {
		return nil, err
	}
	var all []Own
	for _, f := range ParseTrust(text) {
		if !strings.HasSuffix(strings.ToLower(f.Store), "-trust") {
			all = append(all, Own{f.Store, f.About})
		}
	}
	if len(all) == 0 {
		return nil, c.strange(d.Line, text, nil)
	}
	return BoundOwn(all), nil
}

// CertType types show tls server cert_type. A node that does not know the command has no choice to make.
func (c *CLI) CertType(ctx context.Context) (CertType, error) {
	d := DialogueCertType()
	text, err := c.look(ctx, d)
	if err != nil {
		return CertTypeUnknown, err
	}
	if t, ok := ParseCertType(text); ok {
		return t, nil
	}
	if no := refusalIn(text); no != nil && no.absent {
		return CertTypeUnknown, nil
	}
	return CertTypeUnknown, c.strange(d.Line, text, nil)
}

var noCSR = regexp.MustCompile(`(?i)does(n't| not) exist|\bno\b.*\b(csr|request|certificate)|not (found|available|present)|no such|could not find`)

// CSR types show csr list own, and show csr own where the list does not say for sure that there is none. To believe
// wrongly that there is none would cost the key that a CA is signing, so a list that says nothing is not enough.
func (c *CLI) CSR(ctx context.Context, unit string) ([]byte, error) {
	list, err := c.look(ctx, DialogueCSRList())
	if err != nil {
		return nil, err
	}
	listed := ParseTrust(list)
	pending := slices.ContainsFunc(listed, func(f TrustFile) bool { return strings.EqualFold(f.Store, unit) })
	if !pending && (len(listed) > 0 || noCSR.MatchString(list)) {
		return nil, nil
	}
	d := DialogueShowCSR(unit)
	text, err := c.look(ctx, d)
	no := refusalIn(text) != nil
	if err == nil && !strings.Contains(text, "-----BEGIN") && !noCSR.MatchString(text) {
		bare := d // some nodes take the unit alone (docs/nodes.md 1.5)
		bare.Line = strings.TrimSuffix(d.Line, "/"+unit+".csr")
		var again string
		again, err = c.look(ctx, bare)
		no = no && refusalIn(again) != nil
		text = strings.Trim(text+"\n"+again, "\n")
	}
	if err != nil {
		return nil, err
	}
	if der, ok := ParseRequest(text); ok {
		return der, nil
	}
	agree := no && !pending && refusalIn(list) == nil
	if (agree || noCSR.MatchString(text)) && !strings.Contains(text, "-----BEGIN") {
		return nil, nil
	}
	return nil, c.strange(d.Line, text, nil)
}

// strange is an answer to a look that could not be read: the node is as before.
func (c *CLI) strange(line, text string, err error) error {
	if refusalIn(text) != nil {
		return c.refused(text)
	}
	return &Error{Class: ErrRefused, Node: c.node.FQDN, What: msg.T("The output of %q was not understood", line), Said: excerpt(text), Err: err,
		Means: msg.T("The command only reads. The node is unchanged."), Next: msg.T("Read the transcript (c). The account needs privilege level 1 or higher.")}
}
