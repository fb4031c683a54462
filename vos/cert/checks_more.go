package cert

import (
	"encoding/asn1"
	"fmt"
	"strings"
	"time"
)

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
)

// lookCritical names critical extensions other than Key Usage and Basic Constraints.
func lookCritical(p pair) string {
	others := CriticalExtensions(p.cert)
	if len(others) == 0 {
		return ""
	}
	return "it has other critical extensions: " + strings.Join(others, ", ")
}

// usageWords are the key usages by their bit.
func usageWords() []string {
	return []string{"digital signature", "content commitment", "key encipherment", "data encipherment", "key agreement"}
}

// lookKeyUsage holds the key usages against those that the request asked for. Key agreement is left out: no CA signs it
// for RSA keys, and nodes do not mind.
func lookKeyUsage(p pair) string {
	if p.req.CSR == nil || p.cert.KeyUsage == 0 {
		return ""
	}
	var dropped []string
	for _, e := range p.req.CSR.Extensions {
		var bits asn1.BitString
		if !e.Id.Equal(oidKeyUsage) {
			continue
		}
		if _, err := asn1.Unmarshal(e.Value, &bits); err != nil {
			continue
		}
		for i, word := range usageWords()[:4] {
			if bits.At(i) == 1 && p.cert.KeyUsage&(1<<i) == 0 {
				dropped = append(dropped, word)
			}
		}
	}
	if len(dropped) == 0 {
		return ""
	}
	return "it lacks key usages of the request: " + strings.Join(dropped, ", ")
}

// lookLongLife: what public CAs may issue, by the day on which the certificate begins.
func lookLongLife(p pair) string {
	days := int(p.cert.NotAfter.Sub(p.cert.NotBefore).Hours() / 24)
	if limit := publicLimit(p.cert.NotBefore); days > limit {
		return fmt.Sprintf("it is valid for %d days, more than the %d of public CAs", days, limit)
	}
	return ""
}

// publicLimit is how many days a public certificate may live that begins on a day (CA/Browser Forum, SC-081v3).
func publicLimit(from time.Time) int {
	for _, rule := range []struct {
		since time.Time
		days  int
	}{{time.Date(2029, 3, 15, 0, 0, 0, 0, time.UTC), 47}, {time.Date(2027, 3, 15, 0, 0, 0, 0, time.UTC), 100}, {time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC), 200}} {
		if !from.Before(rule.since) {
			return rule.days + 1 // the first and the last day count
		}
	}
	return 398
}
