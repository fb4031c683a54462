package cert

import (
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookCritical names critical extensions other than Key Usage and Basic Constraints.
func lookCritical(p pair) msg.Text {
	if p.req.Limits.known() || len(extension.UnknownCritical(p.cert)) > 0 { // it hurts Unified CM alone; what hurts all is a fault
		return msg.Text{}
	}
	return criticals(p.cert)
}

func lookCriticalCM(p pair) msg.Text {
	if !p.req.Limits.Peer {
		return msg.Text{}
	}
	return criticals(p.cert)
}

func criticals(c *x509.Certificate) msg.Text {
	others := slices.DeleteFunc(extension.Critical(c), func(id string) bool { return id == extension.Poison() }) // that has a check of its own
	if len(others) == 0 {
		return msg.Text{}
	}
	return msg.T("unexpected critical extensions: %s", strings.Join(others, ", "))
}

// usageWords are the key usages by their bit.
func usageWords() []msg.Text {
	return []msg.Text{msg.T("digital signature"), msg.T("content commitment"), msg.T("key encipherment"), msg.T("data encipherment"), msg.T("key agreement")}
}

// lookKeyUsage holds the key usages against those that the request asked for. Key agreement is left out: no CA signs it
// for RSA keys, and nodes do not mind.
func lookKeyUsage(p pair) msg.Text {
	if p.req.CSR == nil || p.cert.KeyUsage == 0 {
		return msg.Text{}
	}
	var dropped []msg.Text
	for _, bits := range extension.KeyUsages(p.req.CSR.Extensions) {
		for i, word := range usageWords()[:4] {
			if bits.At(i) == 1 && p.cert.KeyUsage&(1<<i) == 0 {
				dropped = append(dropped, word)
			}
		}
	}
	if len(dropped) == 0 {
		return msg.Text{}
	}
	return msg.T("key usages of the CSR are missing: %s", msg.Joined(dropped, ", "))
}

// lookLongLife: what public CAs may issue, by the day on which the certificate begins.
func lookLongLife(p pair) msg.Text {
	if extension.Public(p.cert) {
		return msg.Text{}
	}
	return longLife(p.cert)
}

func lookLongPublic(p pair) msg.Text {
	if !extension.Public(p.cert) {
		return msg.Text{}
	}
	return longLife(p.cert)
}

func longLife(c *x509.Certificate) msg.Text {
	days := int(c.NotAfter.Sub(c.NotBefore).Hours() / 24)
	if limit := publicLimit(c.NotBefore); limit > 0 && days > limit {
		return msg.T("valid for %d days; public CAs issue for at most %d", days, limit)
	}
	return msg.Text{}
}

// publicLimit is how many days a public certificate may live that begins on a day; 0: there is no limit.
func publicLimit(from time.Time) int {
	for _, l := range facts.Lifetimes() {
		if !from.Before(l.Since) {
			return l.Days
		}
	}
	return 0
}
