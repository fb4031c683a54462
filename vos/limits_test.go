package vos

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestLimits: what the verdict is told of a release.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		p      Product
		r      Release
		multi  cert.MultiServer
		curves cert.Curves
		byRSA  bool
		client cert.ClientAuth
	}{
		{UCCX, "11.5(1)", cert.MultiNo, cert.CurvesSecond, true, cert.ClientNotNamed},
		{UCCX, "11.6", cert.MultiYes, cert.CurvesNone, false, cert.ClientNotNamed},
		{UCCX, "11.6(1)", cert.MultiDisputed, cert.CurvesNone, false, cert.ClientNotNamed},
		{UCCX, "11.6.1.10000-1", cert.MultiDisputed, cert.CurvesNone, false, cert.ClientNotNamed},
		{UCCX, "11.6(2)", cert.MultiYes, cert.CurvesNone, false, cert.ClientNotNamed},
		{UCCX, "12.5.1.11001-348", cert.MultiYes, cert.CurvesChoice, false, cert.ClientNeeded},
		{UCCX, "15.0(1)SU1", cert.MultiYes, cert.CurvesChoice, false, cert.ClientNeeded},
		{UCCX, "15.0(1)SU2", cert.MultiYes, cert.CurvesChoice, false, cert.ClientMended},
		{UCCX, "15.0.1.12900-1", cert.MultiYes, cert.CurvesChoice, false, cert.ClientMended},
		{UCCX, "", cert.MultiUnknown, cert.CurvesUnknown, false, cert.ClientNeeded},
		{CCP, "11.5", cert.MultiNo, cert.CurvesSecond, true, cert.ClientNotNamed},
		{CCP, "12.5(1)", cert.MultiNo, cert.CurvesNone, false, cert.ClientNeeded},
		{CUCM, "15", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNeeded},
		{CUCM, "12.5(1)SU7", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNotNamed},
		{CUCM, "14SU4", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNeeded},
		{CUCM, "14.0.1.14900-25", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNeeded},
		{CUCM, "15SU4", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNeeded},
		{CUCM, "15.0.1.14900-1", cert.MultiYes, cert.CurvesSecond, false, cert.ClientNeeded},
		{CUCM, "15SU5", cert.MultiYes, cert.CurvesSecond, false, cert.ClientMended},
		{CUCM, "15(1)SU5", cert.MultiYes, cert.CurvesSecond, false, cert.ClientMended},
		{CUCM, "15.0.1.15900-1", cert.MultiYes, cert.CurvesSecond, false, cert.ClientMended},
		{Finesse, "15.0(1)SU2", cert.MultiNo, cert.CurvesChoice, false, cert.ClientNeeded},
		{Finesse, "15.0.1.10200-22", cert.MultiNo, cert.CurvesChoice, false, cert.ClientNeeded},
		{CUIC, "12.6(2)", cert.MultiNo, cert.CurvesChoice, false, cert.ClientNeeded},
		{LiveData, "15.0(1)", cert.MultiNo, cert.CurvesNone, false, cert.ClientNeeded},
		{MediaSense, "11.5", cert.MultiNo, cert.CurvesSecond, true, cert.ClientUnknown},
		{MediaSense, "11.6", cert.MultiNo, cert.CurvesNone, false, cert.ClientUnknown},
		{"toaster", "1", cert.MultiUnknown, cert.CurvesUnknown, false, cert.ClientUnknown},
	} {
		l := LimitsOf(c.p, c.r)
		if l.MultiServer != c.multi || l.Curves != c.curves || l.NotByRSA != c.byRSA || l.ClientAuth != c.client || l.Peer != (c.p == CUCM) || l.OwnNodes != (c.p == UCCX) {
			t.Errorf("%s %s: %+v", c.p, c.r, l)
		}
	}
	if l := LimitsOf(UCCX, "12.5(1)SU3"); l.Title != "Unified CCX 12.5" || l.KeySource == "" {
		t.Errorf("%+v", l)
	}
}
