package kit

import (
	"crypto/x509"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Prompt is what people will meet at one address after this change.
type Prompt struct {
	Node  string // FQDN
	URL   string
	Who   msg.Text // who opens it
	Meets msg.Text
	Asked bool // they are asked to accept something, or stopped, unless something is done before
	Rules []string
}

// What people meet.
const (
	meetsUnknown = "unknown until the certificate is installed"
	meetsNothing = "no message if the PC trusts the root; otherwise a warning"
	meetsSelf    = "accept the certificate once per browser, unless it is in the PC's trust store"
	meetsName    = "name error: the FQDN is not in the SAN"
	meetsExpired = "error: the certificate has expired"
	meetsTwice   = "a second certificate to accept: tomcat-ECDSA is self-signed"
	meetsStuck   = "Live Data fails even after accepting: tomcat-ECDSA is self-signed but tomcat is CA-signed"
	meetsDead    = "page does not load: an RSA CA signed tomcat-ECDSA (CSCvb58580)"
)

// Forecast tells who will be asked to accept what after this change, by path and release (CLI-1 to CLI-8, EC-4). now is
// for certificates that have expired.
func Forecast(p *plan.Plan, now time.Time) []Prompt {
	var all []Prompt
	for _, n := range p.Nodes() {
		n.Release = release.Of(p, n)
		leaf := certs.IdentityOf(p, n.FQDN)
		if is, done := trust.Replacing(p, n.FQDN); is && !done && certs.Leaf(p, n.FQDN) == nil {
			leaf = nil // the one that it holds is about to go
		}
		for _, port := range release.FactsOf(p, n).Ports {
			if port.Rare() { // no browser opens it
				continue
			}
			one := Prompt{Node: n.FQDN, Who: port.Who, Rules: strings.Fields(port.Rules)}
			one.Meets, one.Asked = meets(leaf, n.FQDN, now)
			if text := meetsECDSA(certs.ECDSAIdentity(p, n), leaf, port); !text.IsZero() {
				one.Meets, one.Asked, one.Rules = text, true, append(one.Rules, "EC-4")
			}
			for _, one.URL = range port.URLs(n.FQDN) {
				all = append(all, one)
			}
		}
	}
	return all
}

func meets(leaf *x509.Certificate, fqdn string, now time.Time) (msg.Text, bool) {
	switch {
	case leaf == nil:
		return msg.T(meetsUnknown), false
	case now.After(leaf.NotAfter):
		return msg.T(meetsExpired), true
	case leaf.VerifyHostname(fqdn) != nil:
		return msg.T(meetsName), true
	case certs.SelfMade(leaf):
		return msg.T(meetsSelf), true
	}
	return msg.T(meetsNothing), false
}

// meetsECDSA is what the second identity of 11.5 adds, on the addresses that prefer it: Live Data, and chat of SocialMiner.
func meetsECDSA(second, leaf *x509.Certificate, port vos.Port) msg.Text {
	live, chat := strings.Contains(port.Rules, "CLI-8"), strings.Contains(port.Rules, "CLI-6")
	switch {
	case second == nil || leaf == nil || !live && !chat:
		return msg.Text{}
	case certs.SelfMade(second) && certs.SelfMade(leaf):
		return msg.T(meetsTwice)
	case certs.SelfMade(second) && live:
		return msg.T(meetsStuck)
	case certs.SelfMade(second):
		return msg.T(meetsTwice)
	case chat && certs.ByRSA(second):
		return msg.T(meetsDead)
	}
	return msg.Text{}
}
