package cert

import "crypto/x509"

// CriticalExtensions returns the extensions, as dotted numbers, that are marked critical in a certificate and must not
// be in one of Unified CM: all but Key Usage and Basic Constraints (TRB-1, CSCvd56174).
func CriticalExtensions(c *x509.Certificate) []string {
	var others []string
	for _, e := range c.Extensions {
		if e.Critical && !e.Id.Equal(oidKeyUsage) && !e.Id.Equal(oidBasicConstraints) {
			others = append(others, e.Id.String())
		}
	}
	return others
}
