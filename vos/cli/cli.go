// Package cli makes a driver of any terminal: it types the commands of the VOS platform and reads the answers.
package cli

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// CLI makes a Driver of a Terminal: it knows what to type and how to read the answer.
type CLI struct {
	vos.Terminal
	node vos.Node
}

// NewCLI speaks with a node through a terminal.
func NewCLI(n vos.Node, t vos.Terminal) *CLI { return &CLI{t, n} }

var _ vos.Driver = (*CLI)(nil)

// typed types a dialogue. A name in it that no node has is not typed.
func (c *CLI) typed(ctx context.Context, d vos.Dialogue) (string, error) {
	if err := c.clean(d); err != nil {
		return "", err
	}
	return c.Type(ctx, d)
}

// Show types a dialogue that changes nothing. An answer may hold words of failure: only a sure refusal is an error.
func (c *CLI) Show(ctx context.Context, d vos.Dialogue) (string, error) {
	text, err := c.typed(ctx, d)
	if no := vos.RefusalIn(text); err == nil && no != nil && no.Sure {
		err = c.refused(text)
	}
	return text, err
}

// clean refuses a command that would not arrive as it stands: names of files come from nodes, and a control character or
// a question mark in one would be taken for a key.
func (c *CLI) clean(d vos.Dialogue) error {
	for _, r := range d.Line {
		if unicode.IsControl(r) || r == '?' || r == utf8.RuneError {
			return &vos.Error{Class: vos.ErrRefused, Node: c.node.FQDN, What: msg.T("The command %q cannot be typed", d.Line),
				Means: msg.T("Nothing was typed. The node is unchanged."), Next: msg.T("Use OS Administration for this file.")}
		}
	}
	return nil
}

// About types show status and show network eth0, and asks further only for what these did not tell.
func (c *CLI) About(ctx context.Context) (vos.About, error) {
	a, err := c.about(ctx)
	return bounded(a), err
}

func (c *CLI) about(ctx context.Context) (vos.About, error) {
	text, err := c.typed(ctx, vos.DialogueStatus())
	if err != nil {
		return vos.About{}, err
	}
	a, err := parseStatus(text)
	if err != nil {
		return a, c.strange("show status", text, err)
	}
	if text, err = c.typed(ctx, vos.DialogueNetwork()); err != nil {
		return a, err
	}
	a.IP, a.Domain, a.DNS = parseNetwork(text)
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
		if text, err = c.typed(ctx, vos.DialogueVersion()); err != nil {
			return a, err
		}
		a.Version = parseVersion(text)
	}
	return a, nil
}

// domain finds the node's domain in the list of the cluster, which has full names.
func (c *CLI) domain(ctx context.Context, a vos.About) (string, error) {
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
func (c *CLI) Services(ctx context.Context) ([]vos.Service, error) {
	text, err := c.typed(ctx, vos.DialogueServices())
	if err != nil {
		return nil, err
	}
	all := boundServices(parseServices(text))
	if len(all) == 0 {
		return nil, c.strange("utils service list", text, nil)
	}
	return all, nil
}

// Members types show network cluster. A stand-alone node may list only itself, or nothing.
func (c *CLI) Members(ctx context.Context) ([]vos.Member, error) {
	text, err := c.typed(ctx, vos.DialogueCluster())
	if err != nil {
		return nil, err
	}
	return boundMembers(ParseCluster(text)), nil
}

// Identity types show cert own: with the unit alone, and where a node wants it so, with the file.
func (c *CLI) Identity(ctx context.Context, unit string) (*x509.Certificate, error) {
	d := vos.DialogueOwn(unit)
	text, err := c.typed(ctx, d)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(text, "-----BEGIN") {
		d.Line += "/" + unit + ".pem"
		if again, err := c.typed(ctx, d); err != nil || strings.Contains(again, "-----BEGIN") {
			return c.certificate(d, again, err)
		}
	}
	return c.certificate(d, text, nil)
}

// Trusted types show cert trust.
func (c *CLI) Trusted(ctx context.Context, _ string, f vos.TrustFile) (*x509.Certificate, error) {
	d := vos.DialogueTrusted(f)
	text, err := c.typed(ctx, d)
	return c.certificate(d, text, err)
}

func (c *CLI) certificate(d vos.Dialogue, text string, err error) (*x509.Certificate, error) {
	if err != nil {
		return nil, err
	}
	der, ok := vos.ParsePEM(text)
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
func (c *CLI) TrustList(ctx context.Context, unit string) ([]vos.TrustFile, error) {
	text, err := c.typed(ctx, vos.DialogueTrustList())
	if err != nil {
		return nil, err
	}
	listed := parseTrust(text)
	if len(listed) == 0 && vos.RefusalIn(text) != nil {
		return nil, c.refused(text)
	}
	var all []vos.TrustFile
	for _, f := range listed {
		if strings.EqualFold(f.Store, unit+"-trust") {
			all = append(all, f)
		}
	}
	return BoundTrust(all), nil
}

// OwnList types show cert list own.
func (c *CLI) OwnList(ctx context.Context) ([]vos.Own, error) {
	d := vos.DialogueOwnList()
	text, err := c.typed(ctx, d)
	if err != nil {
		return nil, err
	}
	var all []vos.Own
	for _, f := range parseTrust(text) {
		if !strings.HasSuffix(strings.ToLower(f.Store), "-trust") {
			all = append(all, vos.Own{Unit: f.Store, About: f.About})
		}
	}
	if len(all) == 0 {
		return nil, c.strange(d.Line, text, nil)
	}
	return BoundOwn(all), nil
}

// CertType types show tls server cert_type. A node that does not know the command has no choice to make.
func (c *CLI) CertType(ctx context.Context) (vos.CertType, error) {
	d := vos.DialogueCertType()
	text, err := c.typed(ctx, d)
	if err != nil {
		return vos.CertTypeUnknown, err
	}
	if t, ok := parseCertType(text); ok {
		return t, nil
	}
	if no := vos.RefusalIn(text); no != nil && no.Absent {
		return vos.CertTypeUnknown, nil
	}
	return vos.CertTypeUnknown, c.strange(d.Line, text, nil)
}

var noCSR = lazyregexp.MustCompile(`(?i)does(n't| not) exist|\bno\b.*\b(csr|request|certificate)|not (found|available|present)|no such|could not find`)

// CSR types show csr list own, and show csr own where the list does not say for sure that there is none. To believe
// wrongly that there is none would cost the key that a CA is signing, so a list that says nothing is not enough.
func (c *CLI) CSR(ctx context.Context, unit string) ([]byte, error) {
	list, err := c.typed(ctx, vos.DialogueCSRList())
	if err != nil {
		return nil, err
	}
	listed := parseTrust(list)
	pending := slices.ContainsFunc(listed, func(f vos.TrustFile) bool { return strings.EqualFold(f.Store, unit) })
	if !pending && (len(listed) > 0 || noCSR.MatchString(list)) {
		return nil, nil
	}
	d := vos.DialogueShowCSR(unit)
	text, err := c.typed(ctx, d)
	no := vos.RefusalIn(text) != nil
	if err == nil && !strings.Contains(text, "-----BEGIN") && !noCSR.MatchString(text) {
		bare := d // some nodes take the unit alone (docs/nodes.md 1.5)
		bare.Line = strings.TrimSuffix(d.Line, "/"+unit+".csr")
		var again string
		again, err = c.typed(ctx, bare)
		no = no && vos.RefusalIn(again) != nil
		text = strings.Trim(text+"\n"+again, "\n")
	}
	if err != nil {
		return nil, err
	}
	if der, ok := vos.ParseRequest(text); ok {
		return der, nil
	}
	agree := no && !pending && vos.RefusalIn(list) == nil
	if (agree || noCSR.MatchString(text)) && !strings.Contains(text, "-----BEGIN") {
		return nil, nil
	}
	return nil, c.strange(d.Line, text, nil)
}

// strange is an answer to a look that could not be read: the node is as before.
func (c *CLI) strange(line, text string, err error) error {
	if vos.RefusalIn(text) != nil {
		return c.refused(text)
	}
	return &vos.Error{Class: vos.ErrRefused, Node: c.node.FQDN, What: msg.T("The output of %q was not understood", line), Said: vos.Excerpt(text), Err: err,
		Means: msg.T("The command only reads. The node is unchanged."), Next: msg.T("Read the transcript (c). The account needs privilege level 1 or higher.")}
}

// refused makes the error of a node that said no.
func (c *CLI) refused(text string) error { return vos.SaidNo(c.node.FQDN, text) }
