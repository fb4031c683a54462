package certs

import (
	"cmp"
	"crypto/x509"
	"slices"
	"strings"
	"unicode"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// SelfMade: the certificate vouches for itself.
func SelfMade(c *x509.Certificate) bool {
	return slices.Contains([]cert.Kind{cert.SelfSigned, cert.Root}, cert.Classify(c))
}

// Requested returns the PEM of the request that went out for a unit of a node, or "".
func Requested(p *plan.Plan, fqdn, unit string) string {
	if unit == change.UnitECDSA {
		return ECDSACSR(p, fqdn)
	}
	return CSR(p, fqdn)
}

// Installed reports whether the certificate for a request is in, by the request's ID.
func Installed(p *plan.Plan, id string) bool {
	fqdn, unit, _ := strings.Cut(id, " ")
	for _, row := range plan.RoleRows(p, plan.RoleInstall) {
		if t, ok := p.Task(plan.Task{Step: row.Step.ID, Node: fqdn}); ok && t.State == plan.Done && row.Step.Unit == unit {
			return true
		}
	}
	return false
}

// IsRoot reports whether a certificate names itself as its issuer.
func IsRoot(c *x509.Certificate) bool { return string(c.RawSubject) == string(c.RawIssuer) }

// HasCert reports whether a list holds a certificate.
func HasCert(all []*x509.Certificate, c *x509.Certificate) bool {
	for _, o := range all {
		if o.Equal(c) {
			return true
		}
	}
	return false
}

// IdentityOf returns the certificate that a node is to serve after its next restart: the CA's once there is one, else the
// one that was regenerated, else the one that it held before; nil where it was not read.
func IdentityOf(p *plan.Plan, fqdn string) *x509.Certificate {
	if leaf := Leaf(p, fqdn); leaf != nil {
		return leaf
	}
	if made := Regenerated(p, fqdn, p.Change().Main()); made != "" {
		return cert.FromPEM(made)
	}
	if s := p.Survey(fqdn); s != nil {
		return cert.FromPEM(s.Identity)
	}
	return nil
}

// ECDSAIdentity returns the tomcat-ECDSA that a node is to serve, where it has one; nil where it has none, or is not to show it.
func ECDSAIdentity(p *plan.Plan, n vos.Node) *x509.Certificate {
	if leaf := LeafOf(p, n.FQDN, change.UnitECDSA); leaf != nil {
		return leaf
	}
	s := p.Survey(n.FQDN)
	if s == nil || p.Scope().ECDSAOf(n) == change.ECDSACOP {
		return nil
	}
	return cert.FromPEM(cmp.Or(Regenerated(p, n.FQDN, change.UnitECDSA), s.ECDSA))
}

// Regenerated returns the PEM of the self-signed certificate that this change had the node generate for a unit, or "".
func Regenerated(p *plan.Plan, fqdn, unit string) string {
	for _, row := range plan.RoleRows(p, plan.RoleRegenerate) {
		if t, ok := p.Task(plan.Task{Step: row.Step.ID, Node: fqdn}); ok && t.State == plan.Done && row.Step.UnitIn(p.Change()) == unit {
			return t.Seen.Own(unit)
		}
	}
	return ""
}

// Leaf returns the application certificate that the CA sent for a node, or nil.
func Leaf(p *plan.Plan, fqdn string) *x509.Certificate { return LeafOf(p, fqdn, p.Change().Main()) }

// LeafOf returns the certificate that the CA sent for a unit of a node: its own, or the one that it shares; or the one on the
// node that a person accepted in its place.
func LeafOf(p *plan.Plan, fqdn, unit string) *x509.Certificate {
	if held := p.Replaced(fqdn); held != "" && unit == p.Change().Main() {
		return cert.FromPEM(held)
	}
	r := p.Reply()
	if r == nil {
		return nil
	}
	n, _ := p.Node(fqdn)
	if unit == p.Change().Main() && p.Scope().Shares(n) {
		first, _ := p.Change().Solution.Publisher(fqdn)
		fqdn = first.FQDN
	}
	return cert.FromPEM(r.Leaves[cert.Request{Node: fqdn, Unit: unit}.ID()])
}

// Instead tells which certificate a port serves in place of the right one.
func Instead(p *plan.Plan, fqdn string, s plan.Served) msg.Text {
	if own := p.Survey(fqdn); own == nil || s.PEM == own.Identity || s.PEM == own.ECDSA {
		return msg.T("old certificate")
	}
	return msg.T("another certificate, serial %s", s.Serial)
}

// Accepted are the certificates of neighbours that a person has accepted.
func Accepted(p *plan.Plan) []*x509.Certificate {
	row, _ := p.Task(plan.Task{Step: plan.StepPeerChain, Node: ""})
	if row.State != plan.Done {
		return nil
	}
	return cert.AllFromPEM(row.Seen.Chain)
}

// IsCert reports whether a PEM text is this certificate; a nil one it never is.
func IsCert(text string, c *x509.Certificate) bool { return c != nil && text == string(cert.PEM(c)) }

// ReplyRoots returns the root certificates of the CA's reply.
func ReplyRoots(p *plan.Plan) []*x509.Certificate {
	if r := p.Reply(); r != nil {
		return cert.AllFromPEM(r.Roots)
	}
	return nil
}

// ReplyIntermediates returns the intermediate certificates of the CA's reply.
func ReplyIntermediates(p *plan.Plan) []*x509.Certificate {
	if r := p.Reply(); r != nil {
		return cert.AllFromPEM(r.Intermediates)
	}
	return nil
}

// Authorities returns the CA certificates of this change, in upload order: those of the CA's reply, or of the servers that
// scripts call, once a person has accepted them.
func Authorities(p *plan.Plan) (roots, others []*x509.Certificate) {
	row, ok := p.Task(plan.Task{Step: plan.StepChain, Node: ""})
	if !ok {
		return ReplyRoots(p), ReplyIntermediates(p)
	}
	if row.State != plan.Done {
		return nil, nil
	}
	for _, c := range cert.AllFromPEM(row.Seen.Chain) {
		if IsRoot(c) {
			roots = append(roots, c)
		} else {
			others = append(others, c)
		}
	}
	return roots, others
}

// MayBe tells whether a file's name or description speaks of the certificate's common name, whatever signs the node replaced.
func MayBe(f vos.TrustFile, ca *x509.Certificate) bool {
	name := letters(ca.Subject.CommonName)
	if name == "" {
		return true
	}
	return strings.Contains(letters(f.File), name) || strings.Contains(letters(f.About), name)
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// ByRSA reports whether an RSA key signed a certificate.
func ByRSA(c *x509.Certificate) bool { return strings.Contains(c.SignatureAlgorithm.String(), "RSA") }
