package cert

import "crypto/x509"

// limitChecks are about what this program reads leniently (FromDER). None of them is a fault by itself: nodes take many
// certificates that crypto/x509 refuses.
func limitChecks() []check {
	return []check{
		{entry{"not-whole", Warning, "", "It breaks a rule of the standard (RFC 5280) that this program's library enforces; nodes run Java and OpenSSL, which are less strict.",
			"Ask the CA for one that keeps the rule; where it cannot, try the upload: it changes no running service.", ""}, lookLimit, nil},
		{entry{"serial-negative", Warning, "", "Serial numbers are positive (RFC 5280, 4.1.2.2); some clients refuse others.", "Ask the CA for one with a positive serial number.", ""}, lookNegative, nil},
	}
}

func lookLimit(p pair) string {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		if why := Limit(c); why != "" {
			return "this program cannot read the certificate of " + Name(c) + " whole: " + why + ". Whether a node takes it is not known; it is uploaded byte for byte"
		}
	}
	return ""
}

func lookNegative(p pair) string {
	if n := p.cert.SerialNumber; n != nil && n.Sign() < 0 {
		return "its serial number is negative: " + Serial(p.cert)
	}
	return ""
}
