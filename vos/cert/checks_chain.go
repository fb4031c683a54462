package cert

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/extension"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func lookPath(p pair) msg.Text { return pathTrouble(p.chain.CAs) }

// pathTrouble: each CA may sign certificates at all, and have as many CAs below it as its path length allows.
func pathTrouble(cas []*x509.Certificate) msg.Text {
	for below, ca := range cas {
		if (ca.MaxPathLen > 0 || ca.MaxPathLenZero) && below > ca.MaxPathLen {
			return msg.T("path length of %s: %d CAs allowed, %d present", Name(ca), ca.MaxPathLen, below)
		}
		if ca.KeyUsage&x509.KeyUsageCertSign == 0 && rfc5280.SignsNothing(ca) {
			return msg.T("the Key Usage of %s does not allow signing certificates", Name(ca))
		}
	}
	return msg.Text{}
}

// soundAt is the way up that is preferred where several lead to a root.
func soundAt(now time.Time) func([]*x509.Certificate) bool {
	return func(cas []*x509.Certificate) bool {
		return pathTrouble(cas).IsZero() && !slices.ContainsFunc(cas, func(ca *x509.Certificate) bool { return now.Before(ca.NotBefore) || now.After(ca.NotAfter) })
	}
}

// lookConstraints asks Go's verifier, but only where a CA has name constraints: all else has a check with better words.
func lookConstraints(p pair) msg.Text {
	roots, others, constrained := x509.NewCertPool(), x509.NewCertPool(), false
	all := rfc5280.Joined(append([]*x509.Certificate{p.chain.Leaf}, p.chain.CAs...))
	leaf, cas := all[0], all[1:]
	for i, ca := range cas {
		if i == len(p.chain.CAs)-1 {
			roots.AddCert(ca)
		} else {
			others.AddCert(ca)
		}
		constrained = constrained || extension.Constrained(ca)
	}
	if !constrained || slices.ContainsFunc(p.chain.CAs, oddKey) {
		return msg.Text{}
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: p.now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && slices.Contains([]x509.InvalidReason{x509.CANotAuthorizedForThisName, x509.TooManyConstraints, x509.NameConstraintsWithoutSANs, x509.UnconstrainedName}, invalid.Reason) {
		return msg.T("a CA in the chain is not allowed to sign for these names: %s", Shown(invalid.Detail))
	}
	return msg.Text{}
}

func lookCAExpired(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		if p.now.After(ca.NotAfter) {
			return msg.T("%s expired on %s", Name(ca), ca.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	return msg.Text{}
}

func lookCANotYet(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		if p.now.Before(ca.NotBefore) {
			return msg.T("%s is not valid before %s", Name(ca), ca.NotBefore.UTC().Format("2006-01-02 15:04 MST"))
		}
	}
	return msg.Text{}
}

// lookCAWeak: of a root the key counts, not the signature, which is never checked.
func lookCAWeak(p pair) msg.Text {
	for i, ca := range p.chain.CAs {
		if i < len(p.chain.CAs)-1 && rfc5280.WeakSignature(ca) {
			return msg.T("%s is signed with %s", Name(ca), ca.SignatureAlgorithm)
		}
		if n := keySize(ca); n > 0 && n < guideKeySize {
			return msg.T("key length of %s: %d bits", Name(ca), n)
		}
	}
	return msg.Text{}
}

// lookCAEKU: the purposes of a certificate end where a CA above it, other than the root, does not have them too.
func lookCAEKU(p pair) msg.Text {
	for i, ca := range p.chain.CAs {
		if i == len(p.chain.CAs)-1 || len(ca.ExtKeyUsage)+len(ca.UnknownExtKeyUsage) == 0 || slices.Contains(ca.ExtKeyUsage, x509.ExtKeyUsageAny) {
			continue
		}
		for _, use := range []struct {
			usage x509.ExtKeyUsage
			words string
		}{{x509.ExtKeyUsageServerAuth, "server"}, {x509.ExtKeyUsageClientAuth, "client"}} {
			if slices.Contains(p.cert.ExtKeyUsage, use.usage) && !slices.Contains(ca.ExtKeyUsage, use.usage) {
				return msg.T("%s is not allowed to issue certificates for %s authentication", Name(ca), use.words)
			}
		}
	}
	return msg.Text{}
}

func lookCAEndsFirst(p pair) msg.Text {
	for _, ca := range p.chain.CAs {
		if ca.NotAfter.Before(p.cert.NotAfter) && !p.now.After(ca.NotAfter) {
			return msg.T("%s expires on %s, before the certificate", Name(ca), ca.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	return msg.Text{}
}

func lookECByRSA(p pair) msg.Text {
	if p.req.Limits.NotByRSA {
		return msg.Text{}
	}
	return ecByRSA(p)
}

func lookECByRSAChat(p pair) msg.Text {
	if !p.req.Limits.NotByRSA {
		return msg.Text{}
	}
	return ecByRSA(p)
}

func ecByRSA(p pair) msg.Text {
	if _, ec := p.cert.PublicKey.(*ecdsa.PublicKey); !ec || len(p.chain.CAs) == 0 {
		return msg.Text{}
	}
	if _, rsaCA := p.chain.CAs[0].PublicKey.(*rsa.PublicKey); rsaCA {
		return msg.T("EC key, signed by an RSA CA")
	}
	return msg.Text{}
}

// lookAuthorityID: OpenSSL and Java take no CA for the issuer whose key identifier or serial number is another one than the
// certificate below names, also where its key signed it.
func lookAuthorityID(p pair) msg.Text {
	below := p.cert
	for _, ca := range p.chain.CAs {
		switch {
		case !rfc5280.KeyFits(below, ca):
			return msg.T("the Authority Key Identifier in %s is not the Subject Key Identifier of %s", Name(below), Name(ca))
		case !rfc5280.SerialFits(below, ca):
			return msg.T("the Authority Key Identifier in %s names another serial number than %s has", Name(below), Name(ca))
		}
		below = ca
	}
	return msg.Text{}
}
