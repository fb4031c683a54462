// Package inventory says what each certificate of a solution is for, how strong it is, how long it lasts, and what the field
// notice about its product means for it.
package inventory

import (
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Usage is what of a certificate matters for an inventory. Its texts are printable.
type Usage struct {
	EKU       []string `json:"eku"`              // serverAuth, clientAuth, ...; dotted numbers of others; empty: any use
	Server    bool     `json:"server_auth"`      // servers may use it
	Client    bool     `json:"client_auth"`      // clients may use it
	Signature string   `json:"signature"`        // "SHA256-RSA"
	Notice    string   `json:"notice,omitempty"` // id of the field notice about the product
	Verdict   Verdict  `json:"notice_verdict"`   // what it means for this certificate
	Means     msg.Text `json:"notice_means"`     // the same as a sentence, with revision and date of the notice
}

// Verdict is what a field notice means for one certificate.
type Verdict string

// Fits: the release needs both uses, and the certificate has both. Lacks: it needs both, and one is missing. NotNeeded: a fix is
// announced for the release, or the notice does not name it. NoNotice: no notice names the product.
const (
	Fits      Verdict = "fits"
	Lacks     Verdict = "lacks"
	NotNeeded Verdict = "not needed"
	NoNotice  Verdict = "none"
)

// Of is the usage of a certificate that a node of a product and release presents or holds; an unknown release counts as affected.
func Of(p vos.Product, r vos.Release, c *x509.Certificate) Usage {
	u := Usage{EKU: append([]string{}, names(c)...), Signature: c.SignatureAlgorithm.String()}
	anyUse := len(u.EKU) == 0 || slices.Contains(u.EKU, "any")
	u.Server, u.Client = anyUse || slices.Contains(u.EKU, "serverAuth"), anyUse || slices.Contains(u.EKU, "clientAuth")
	if p == "" {
		u.Verdict, u.Means = NoNotice, msg.T("The product is unknown: field notices were not checked.")
		return u
	}
	limits := vos.LimitsOf(p, r)
	n := limits.Notice
	switch limits.ClientAuth {
	case cert.ClientUnknown:
		u.Verdict, u.Means = NoNotice, msg.T("No field notice names this product.")
		return u
	case cert.ClientNotNamed:
		u.Verdict, u.Means = NotNeeded, msg.T("%s, does not name this release.", n.Cited())
	case cert.ClientMended:
		u.Verdict, u.Means = NotNeeded, msg.T("The release contains the fix that %s, announces.", n.Cited())
	default:
		u.Verdict, u.Means = Fits, msg.T("The release needs server and client authentication (%s). This certificate has both: before you renew it, ask whether the CA still issues both.", n.Cited())
		if !u.Server || !u.Client {
			u.Verdict, u.Means = Lacks, msg.T("The release needs server and client authentication (%s). This certificate lacks one: connections between products fail.", n.Cited())
		}
	}
	u.Notice = n.ID
	return u
}

// Uses is the extended key usage in a line.
func (u Usage) Uses() msg.Text {
	if len(u.EKU) == 0 {
		return msg.T("any use")
	}
	return msg.List(u.EKU)
}

// names are the extended key usages of a certificate, as standards spell them.
func names(c *x509.Certificate) []string {
	known := map[x509.ExtKeyUsage]string{x509.ExtKeyUsageAny: "any", x509.ExtKeyUsageServerAuth: "serverAuth", x509.ExtKeyUsageClientAuth: "clientAuth", x509.ExtKeyUsageCodeSigning: "codeSigning",
		x509.ExtKeyUsageEmailProtection: "emailProtection", x509.ExtKeyUsageIPSECEndSystem: "ipsecEndSystem", x509.ExtKeyUsageIPSECTunnel: "ipsecTunnel", x509.ExtKeyUsageIPSECUser: "ipsecUser",
		x509.ExtKeyUsageTimeStamping: "timeStamping", x509.ExtKeyUsageOCSPSigning: "OCSPSigning"}
	all := []string{}
	for _, u := range c.ExtKeyUsage {
		if name, ok := known[u]; ok {
			all = append(all, name)
		} else {
			all = append(all, "another")
		}
	}
	for _, id := range c.UnknownExtKeyUsage {
		all = append(all, id.String())
	}
	return all[:min(len(all), maxUses)]
}

// maxUses is how many extended key usages of one certificate are told: a hostile one has thousands.
const maxUses = 32

// Item is one certificate of a solution, where it was seen.
type Item struct {
	Node    string `json:"node"`
	Product string `json:"product"`
	Release string `json:"release,omitempty"`
	Where   string `json:"where"` // "tomcat", "tomcat-ECDSA": held by the node
	Name    string `json:"name"`
	Issuer  string `json:"issuer"`
	Serial  string `json:"serial"`
	Key     string `json:"key"`
	Until   string `json:"until"`     // the day, UTC
	Days    int    `json:"days_left"` // at the last entry of the journal
	Usage
}

// OfPlan lists what the nodes of a plan hold, as far as it was read, node by node.
func OfPlan(p *plan.Plan, at time.Time) []Item {
	var all []Item
	for _, n := range p.Nodes() {
		n.Release = release.Of(p, n)
		for _, one := range []struct {
			where string
			held  *x509.Certificate
		}{{p.Change().Unit, certs.IdentityOf(p, n.FQDN)}, {change.UnitECDSA, certs.ECDSAIdentity(p, n)}} {
			if c := one.held; c != nil {
				all = append(all, Item{n.FQDN, string(n.Product), string(n.Release), one.where, cert.Name(c), cert.IssuerOf(c), cert.Serial(c), cert.KeyWords(cert.KeyOf(c)).String(),
					c.NotAfter.UTC().Format(time.DateOnly), cert.DaysLeft(c, at), Of(n.Product, n.Release, c)})
			}
		}
	}
	return all
}
