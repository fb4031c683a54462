package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookThird finds names in a certificate that are those of neither the node nor its peers (PRE-6).
func lookThird(p pair) msg.Text { return thirdNode(p.req, p.hosts()) }

func thirdNode(r Request, names []string) msg.Text {
	if !r.Limits.OwnNodes {
		return msg.Text{}
	}
	if other := san.Among(names, r.Others); len(other) > 0 {
		return msg.T("the SAN contains a node of another cluster: %s", List(other))
	}
	if hosts := san.Foreign(r.Node, names); len(r.Peers) == 0 && len(hosts) > 1 {
		return msg.T("the SAN contains more than two nodes: %s", List(hosts))
	}
	return msg.Text{}
}

// commonAndHosts are the DNS names, and the common name, where multi-server certificates have their mark.
func (p pair) commonAndHosts() []string {
	return append([]string{p.cert.Subject.CommonName}, p.hosts()...)
}

func lookMulti(p pair) msg.Text { return multiAt(p.req, p.commonAndHosts(), MultiNo) }

func lookMultiDisputed(p pair) msg.Text { return multiAt(p.req, p.commonAndHosts(), MultiDisputed) }

func multiAt(r Request, names []string, at MultiServer) msg.Text {
	if r.Limits.MultiServer != at || !san.ForSeveral(r.Node, r.Peers, names) {
		return msg.Text{}
	}
	return msg.T("multi-server certificate, but the node is %s", r.Limits.Title)
}

// lookUnit: tomcat-ECDSA takes elliptic curve keys, and where it is there tomcat does not (EC-2).
func lookUnit(p pair) msg.Text { return unitFor(p.req, p.cert.PublicKey) }

func unitFor(r Request, pub any) msg.Text {
	_, ec := pub.(*ecdsa.PublicKey)
	switch second := strings.HasSuffix(r.Unit, "-ECDSA"); {
	case second && !ec:
		return msg.T("key is %s, but %s needs an EC key", KeyWords(pub), r.Unit)
	case r.Unit != "" && !second && ec && r.Limits.Curves == CurvesSecond:
		return msg.T("key is %s: upload it as %s-ECDSA, not as %s", KeyWords(pub), r.Unit, r.Unit)
	}
	return msg.Text{}
}

func lookNoCurves(p pair) msg.Text {
	if _, ec := p.cert.PublicKey.(*ecdsa.PublicKey); ec && p.req.Limits.Curves == CurvesNone {
		return msg.T("key is %s, but the node is %s", KeyWords(p.cert.PublicKey), p.req.Limits.Title)
	}
	return msg.Text{}
}

// lookKeyKind: nodes know RSA keys and three curves.
func lookKeyKind(p pair) msg.Text {
	switch k := KeyOf(p.cert).(type) {
	case nil: // this program cannot read it; that nodes cannot is not known
		return msg.Text{}
	case *rsa.PublicKey:
		return msg.Text{}
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() || k.Curve == elliptic.P384() || k.Curve == elliptic.P521() {
			return msg.Text{}
		}
	}
	return msg.T("key: %s", KeyWords(p.cert.PublicKey))
}

// lookEndsBefore: what is valid today may be gone when the window comes.
func lookEndsBefore(p pair) msg.Text {
	if at := p.req.at(p.now); !p.now.After(p.cert.NotAfter) && at.After(p.cert.NotAfter) {
		return msg.T("expires on %s, before the change window (%s)", p.cert.NotAfter.UTC().Format(time.DateOnly), at.UTC().Format(time.DateOnly))
	}
	return msg.Text{}
}

// lookPSS: a habit of Windows CAs.
func lookPSS(p pair) msg.Text {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		if rfc5280.PSSKey(c) {
			return msg.T("the key of %s is marked for RSASSA-PSS alone", Name(c))
		}
		switch c.SignatureAlgorithm {
		case x509.SHA256WithRSAPSS, x509.SHA384WithRSAPSS, x509.SHA512WithRSAPSS:
			return msg.T("%s is signed with %s", Name(c), c.SignatureAlgorithm.String())
		case x509.UnknownSignatureAlgorithm:
			return msg.T("%s uses an unknown signature algorithm, for example RSASSA-PSS with a long salt", Name(c))
		}
	}
	return msg.Text{}
}

// lookSubject: the CA gave another common name than was asked for.
func lookSubject(p pair) msg.Text {
	if p.req.CSR == nil || p.cert.Subject.CommonName == "" || strings.EqualFold(p.req.CSR.Subject.CommonName, p.cert.Subject.CommonName) {
		return msg.Text{}
	}
	return msg.T("common name is %q, the CSR asked for %q", Shown(p.cert.Subject.CommonName), Shown(p.req.CSR.Subject.CommonName))
}

// Limits of names. Guess [I]: a name that breaks X.520 is not taken; what nodes say to it stands in no source.
const (
	maxCN   = 64  // letters of a common name (X.520, ub-common-name)
	maxFile = 255 // bytes of a file name
)

func lookLongCN(p pair) msg.Text {
	for _, c := range append([]*x509.Certificate{p.cert}, p.chain.CAs...) {
		if n := len([]rune(c.Subject.CommonName)); n > maxCN {
			return msg.T("the common name of %s has %d characters (maximum %d)", Name(c), n, maxCN)
		}
	}
	return msg.Text{}
}

// lookFileName: trust stores keep a CA in a file that is called after its common name and serial number.
func lookFileName(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		cn := ca.Subject.CommonName
		switch {
		case cn == "":
			return msg.T("a CA has no common name: %s", SubjectOf(ca))
		case len(cn)+len("_")+len(Serial(ca))+len(".pem") > maxFile:
			return msg.T("the common name of %s is too long for a file name", Name(ca))
		case strings.ContainsAny(cn, `/\:*?"<>|`) || Printable(cn) != cn:
			return msg.T("the common name of a CA contains characters that are not allowed in file names: %s", Name(ca))
		}
	}
	return msg.Text{}
}
