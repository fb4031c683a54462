package cert

import (
	"bytes"
	"crypto/x509"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// A trust store holds one certificate per common name: what is uploaded takes the place of one that is there, or is kept
// out in silence where it begins earlier (docs/nodes.md 3).

// Rival is the certificate in a store that stands in the way of another: it bears its name.
func Rival(held []*x509.Certificate, ca *x509.Certificate) *x509.Certificate {
	for _, h := range held {
		if h.Equal(ca) {
			return nil // it is there already
		}
	}
	for _, h := range held {
		if h.Subject.CommonName == ca.Subject.CommonName && (ca.Subject.CommonName != "" || bytes.Equal(h.RawSubject, ca.RawSubject)) {
			return h
		}
	}
	return nil
}

// KeptOut reports whether a node would keep a CA out in silence: its store has one of that name that begins later.
func KeptOut(held []*x509.Certificate, ca *x509.Certificate) bool {
	h := Rival(held, ca)
	return h != nil && ca.NotBefore.Before(h.NotBefore)
}

// sameKey: a CA that was renewed with its key signs what the old one signed.
func sameKey(a, b *x509.Certificate) bool {
	return bytes.Equal(a.RawSubjectPublicKeyInfo, b.RawSubjectPublicKeyInfo)
}

// StandsFor reports whether a certificate in a store does for another what it would do there: it is the same CA with the
// same key, begins later, so that the node keeps it, is valid, and vouches by itself: it is self-signed, or the CAs above it
// are among others, which the store holds or gets. A CA that is cross-signed by an absent one vouches for nothing.
func StandsFor(held, ca *x509.Certificate, others []*x509.Certificate, now time.Time) bool {
	return KeptOut([]*x509.Certificate{held}, ca) && rfc5280.SameName(held.RawSubject, ca.RawSubject) && sameKey(held, ca) &&
		!now.Before(held.NotBefore) && now.Before(held.NotAfter) && newLibrary(others).vouches(held, now)
}

// vouches reports whether a CA leads to a root by what is in the library, by CAs that are valid now.
func (l *certPool) vouches(ca *x509.Certificate, now time.Time) bool {
	if l.kind(ca) == Root {
		return true
	}
	sound := soundAt(now)
	chain, err := l.build(ca, sound)
	return err == nil && sound(chain.CAs)
}

// rivals asks about each CA of the chain that meets another of its name in the store.
func rivals(p pair, says func(ca, held *x509.Certificate) msg.Text) msg.Text {
	for _, ca := range p.chain.CAs {
		if held := Rival(p.req.Held, ca); held != nil {
			if what := says(ca, held); !what.IsZero() {
				return what
			}
		}
	}
	return msg.Text{}
}

func lookKeptOut(p pair) msg.Text {
	return rivals(p, func(ca, held *x509.Certificate) msg.Text {
		if !ca.NotBefore.Before(held.NotBefore) || sameKey(ca, held) {
			return msg.Text{}
		}
		return msg.T("tomcat-trust already contains a %s with a later start date: there %s, here %s", Name(ca), beginning(held), beginning(ca))
	})
}

func lookKeptRenewed(p pair) msg.Text {
	return keptSame(p, true, func(ca, held *x509.Certificate) msg.Text {
		return msg.T("tomcat-trust already contains a newer %s with the same key and keeps it: %s", Name(ca), beginning(held))
	})
}

// lookKeptCross: the one that is there was signed by another CA, which is in neither the store nor the reply.
func lookKeptCross(p pair) msg.Text {
	return keptSame(p, false, func(ca, held *x509.Certificate) msg.Text {
		return msg.T("tomcat-trust contains a newer %s and keeps it: %s. It is signed by %s, which is neither in tomcat-trust nor in the reply", Name(ca), beginning(held), IssuerOf(held))
	})
}

// keptSame finds a newer certificate of the same CA and key in the store, which vouches or does not.
func keptSame(p pair, vouching bool, says func(ca, held *x509.Certificate) msg.Text) msg.Text {
	return rivals(p, func(ca, held *x509.Certificate) msg.Text {
		if !ca.NotBefore.Before(held.NotBefore) || !sameKey(ca, held) || p.vouches(held) != vouching {
			return msg.Text{}
		}
		return says(ca, held)
	})
}

func lookReplaces(p pair) msg.Text {
	return rivals(p, func(ca, held *x509.Certificate) msg.Text {
		if ca.NotBefore.Before(held.NotBefore) || sameKey(ca, held) {
			return msg.Text{}
		}
		return msg.T("it replaces another %s in tomcat-trust, serial %s", Name(ca), Serial(held))
	})
}

// lookReplacesCross: a CA that vouched by itself is replaced by the same CA that another one signed.
func lookReplacesCross(p pair) msg.Text {
	return rivals(p, func(ca, held *x509.Certificate) msg.Text {
		if ca.NotBefore.Before(held.NotBefore) || !sameKey(ca, held) || Classify(ca) == Root || Classify(held) != Root {
			return msg.Text{}
		}
		return msg.T("%s, signed by %s, replaces the self-signed one in tomcat-trust, serial %s", Name(ca), IssuerOf(ca), Serial(held))
	})
}

// vouches asks with all that the node holds and all that was sent.
func (p pair) vouches(ca *x509.Certificate) bool {
	if p.pool == nil {
		return Classify(ca) == Root
	}
	return p.pool.vouches(ca, p.now)
}

func beginning(c *x509.Certificate) msg.Text {
	return msg.T("from %s, serial %s", c.NotBefore.UTC().Format(time.DateOnly), Serial(c))
}
