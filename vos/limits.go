package vos

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// disputedUntil is the release from which on no document disputes multi-server certificates (PRE-6).
const disputedUntil = "11.6(2)"

// LimitsOf is what the release table says of certificates of a product at a release, as the verdict asks for it. Of an
// unknown release no more is said than what holds for all.
func LimitsOf(p Product, r Release) cert.Limits {
	f, ok := Lookup(p, r)
	if !ok {
		return cert.Limits{}
	}
	l := cert.Limits{Title: p.Title(r), KeyBits: f.KeyBits.Value, OwnNodes: p.Traits().Pair, Peer: p.Traits().Peer}
	l.Notice, l.ClientAuth = clientAuth(p, r)
	l.KeySource, _, _ = strings.Cut(f.KeyBits.Source, ",")
	if !r.Known() {
		return l
	}
	l.Title += " " + r.Train()
	l.MultiServer = multiServer(f, p, r)
	switch f.ECDSA.Value {
	case ECDSANone:
		l.Curves = cert.CurvesNone
	case ECDSASecond:
		l.Curves, l.NotByRSA = cert.CurvesSecond, slices.Contains(f.Units.Value, "tomcat-ECDSA")
	case ECDSABeside:
		l.Curves = cert.CurvesSecond
	case ECDSAChoice:
		l.Curves = cert.CurvesChoice
	}
	return l
}

// multiServer: a release that only says 11.6 is taken for any of them.
func multiServer(f Facts, p Product, r Release) cert.MultiServer {
	switch {
	case !f.MultiServer.Value:
		return cert.MultiNo
	case p.Traits().Pair && r.numbers()[2] > 0 && r.Before(disputedUntil):
		return cert.MultiDisputed
	}
	return cert.MultiYes
}

// clientAuth is what the field notice about a product says of a release. MediaSense is in none.
func clientAuth(p Product, r Release) (facts.Notice, cert.ClientAuth) {
	n, ok := facts.NoticeFor(string(p))
	switch {
	case !ok:
		return n, cert.ClientUnknown
	case !r.Known():
		return n, cert.ClientNeeded
	case !r.Includes(Release(n.From)):
		return n, cert.ClientNotNamed
	case n.Mended != "" && r.Includes(Release(n.Mended)):
		return n, cert.ClientMended
	}
	return n, cert.ClientNeeded
}
