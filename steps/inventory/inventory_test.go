package inventory

import (
	"crypto/x509"
	"encoding/asn1"
	"strings"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // the flag -update

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestNotices: what the field notice about a product means for a certificate, by release and extended key usage (FN74382, FN74345).
func TestNotices(t *testing.T) {
	both := []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	server := both[:1]
	for _, c := range []struct {
		product vos.Product
		release vos.Release
		eku     []x509.ExtKeyUsage
		want    Verdict
		notice  string
	}{
		{vos.UCCX, "12.5(1)SU3", both, Fits, "FN74382"},
		{vos.UCCX, "12.5(1)SU3", server, Lacks, "FN74382"},
		{vos.UCCX, "12.5(1)SU3", both[1:], Lacks, "FN74382"},
		{vos.UCCX, "12.5(1)SU3", nil, Fits, "FN74382"}, // no extension: any use
		{vos.UCCX, "12.5(1)SU3", []x509.ExtKeyUsage{x509.ExtKeyUsageAny}, Fits, "FN74382"},
		{vos.UCCX, "11.6(2)", server, NotNeeded, "FN74382"},
		{vos.UCCX, "15.0(1)SU2", server, NotNeeded, "FN74382"},
		{vos.UCCX, "", server, Lacks, "FN74382"}, // not known: counts as affected
		{vos.MediaSense, "11.5", server, NoNotice, ""},
		{"", "", server, NoNotice, ""},
		{vos.CUCM, "15SU4", server, Lacks, "FN74345"},
		{"imp", "15SU4", server, Lacks, "FN74345"},
		{"cuc", "14SU3", server, Lacks, "FN74345"},
		{"cer", "15SU5", server, NotNeeded, "FN74345"},
		{"vvb", "12.6(1)", server, Lacks, "FN74382"},
	} {
		u := Of(c.product, c.release, &x509.Certificate{ExtKeyUsage: c.eku, SignatureAlgorithm: x509.SHA256WithRSA})
		if u.Verdict != c.want || u.Notice != c.notice || u.Means.IsZero() || u.Signature != "SHA256-RSA" || c.notice != "" && !strings.Contains(u.Means.String(), c.notice+", revision") {
			t.Errorf("%s %s %v: %+v, want %s %s", c.product, c.release, c.eku, u, c.want, c.notice)
		}
	}
}

// TestUses: unknown usages are shown by their number, and a hostile certificate has no thousand lines.
func TestUses(t *testing.T) {
	c := &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageIPSECEndSystem}, UnknownExtKeyUsage: []asn1.ObjectIdentifier{{1, 3, 6, 1, 4, 1, 311, 20, 2, 2}}}
	if u := Of(vos.UCCX, "", c); u.Uses().String() != "serverAuth, ipsecEndSystem, 1.3.6.1.4.1.311.20.2.2" || !u.Server || u.Client {
		t.Errorf("%+v", u)
	}
	for range 5000 {
		c.UnknownExtKeyUsage = append(c.UnknownExtKeyUsage, asn1.ObjectIdentifier{1, 2, 3})
	}
	if u := Of(vos.UCCX, "", c); len(u.EKU) != maxUses {
		t.Errorf("%d usages", len(u.EKU))
	}
	if u := Of(vos.UCCX, "", &x509.Certificate{}); u.Uses().String() != "any use" || !u.Server || !u.Client {
		t.Errorf("%+v", u)
	}
}
