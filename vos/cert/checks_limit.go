package cert

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// limitChecks are about what this program reads leniently (FromDER). None of them is a fault by itself: nodes take many
// certificates that crypto/x509 refuses.
func limitChecks() []check {
	return []check{
		{entry{"not-whole", Warning, "", msg.T("It breaks a rule of the standard (RFC 5280) that uccx-tui's library enforces. Nodes run Java and OpenSSL, " +
			"which are less strict."),
			msg.T("Ask the CA for one that follows the rule. If it cannot, try the upload: it does not change a running " +
				"service."), ""}, lookLimit, nil},
		{entry{"serial-negative", Warning, "", msg.T("Serial numbers must be positive (RFC 5280, 4.1.2.2); some clients refuse others."), msg.T("Ask the CA for one with a positive serial number."), ""}, lookNegative, nil},
	}
}

func lookLimit(p pair) msg.Text {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		if why := Limit(c); why != "" {
			return msg.T("uccx-tui cannot read the certificate of %s completely: %s. It is unknown whether a node accepts it; it is "+
				"uploaded unchanged", Name(c), why)
		}
	}
	return msg.Text{}
}

func lookNegative(p pair) msg.Text {
	if n := p.cert.SerialNumber; n != nil && n.Sign() < 0 {
		return msg.T("its serial number is negative: %s", Serial(p.cert))
	}
	return msg.Text{}
}
