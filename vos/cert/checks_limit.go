package cert

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// limitChecks are about what this program reads leniently (FromDER). None of them is a fault by itself: nodes take many
// certificates that crypto/x509 refuses.
func limitChecks() []check {
	return []check{
		{entry{"not-whole", Warning, "", msg.T("It breaks a rule of the standard (RFC 5280) that this program's library enforces; nodes run Java and OpenSSL, which are less strict."),
			msg.T("Ask the CA for one that keeps the rule; where it cannot, try the upload: it changes no running service."), ""}, lookLimit, nil},
		{entry{"serial-negative", Warning, "", msg.T("Serial numbers are positive (RFC 5280, 4.1.2.2); some clients refuse others."), msg.T("Ask the CA for one with a positive serial number."), ""}, lookNegative, nil},
	}
}

func lookLimit(p pair) msg.Text {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		if why := Limit(c); why != "" {
			return msg.T("this program cannot read the certificate of %s whole: %s. Whether a node takes it is not known; it is uploaded byte for byte", Name(c), why)
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
