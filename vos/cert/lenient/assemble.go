package lenient

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// maxExtensions bounds how many extensions are read: certificates have about ten.
const maxExtensions = 100

// extensions reads the list of extensions of a certificate or CSR. One that is not encoded as one is left out.
func extensions(body []byte) []pkix.Extension {
	var all []pkix.Extension
	list := ber.Parts(body)
	if !are(list, tagSequence) {
		return nil
	}
	for _, one := range ber.Parts(list[0].Body) {
		p := ber.Parts(one.Body)
		id := oid(p)
		if id == nil || len(p) < 2 || len(all) == maxExtensions {
			continue
		}
		if last := p[len(p)-1]; last.Tag == tagOctets {
			all = append(all, pkix.Extension{Id: id, Critical: len(p) > 2 && isTrue(p[1].Body), Value: last.Body})
		}
	}
	return all
}

// isTrue reads a BOOLEAN as BER does: every value but 0 is true.
func isTrue(body []byte) bool { return len(body) > 0 && body[0] != 0 }

// assembled lets crypto/x509 read as much of the algorithm, the key and the extensions as it can, each by itself, and adds
// by hand what it refuses.
func assembled(alg, key []byte, exts []pkix.Extension) *x509.Certificate {
	bare := parts{alg: fallbackAlgorithm(), key: fallbackKey()}
	if a := withNull(alg); bare.with(func(p *parts) { p.alg = a }).sound() {
		bare.alg = a
	}
	ownKey := bare.with(func(p *parts) { p.key = key }).sound()
	full := bare
	if ownKey {
		full.key = key
	}
	var refused []pkix.Extension
	seen := map[string]bool{}
	for _, e := range exts {
		switch id := e.Id.String(); {
		case seen[id]: // the first one counts
		case bare.with(func(p *parts) { p.exts = []pkix.Extension{e} }).sound():
			full.exts = append(full.exts, e)
			seen[id] = true
		case e.Critical && bare.with(func(p *parts) { p.exts = []pkix.Extension{{Id: e.Id, Value: e.Value}} }).sound():
			full.exts = append(full.exts, pkix.Extension{Id: e.Id, Value: e.Value})
			seen[id] = true
		default:
			refused = append(refused, e)
		}
	}
	c, err := full.parse()
	if err != nil { // each is sound by itself, all together are not
		refused, c = exts, &x509.Certificate{}
	}
	if !ownKey {
		c.PublicKeyAlgorithm, c.PublicKey = Key(key)
	} else if c.PublicKey == nil {
		_, c.PublicKey = Key(key)
	}
	for _, e := range refused {
		mend(c, e)
	}
	return c
}

// parts is what a certificate is assembled of.
type parts struct {
	alg, key []byte
	exts     []pkix.Extension
}

func (p parts) with(change func(*parts)) parts {
	change(&p)
	return p
}

func (p parts) sound() bool {
	_, err := p.parse()
	return err == nil
}

// parse builds a certificate around the parts, and lets crypto/x509 read it.
func (p parts) parse() (*x509.Certificate, error) {
	var b cryptobyte.Builder
	sequence := func(b *cryptobyte.Builder, fill func(*cryptobyte.Builder)) { b.AddASN1(casn1.SEQUENCE, fill) }
	empty := func(*cryptobyte.Builder) {}
	sequence(&b, func(b *cryptobyte.Builder) {
		sequence(b, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.Tag(0).Constructed().ContextSpecific(), func(b *cryptobyte.Builder) { b.AddASN1Int64(2) })
			b.AddASN1Int64(1)
			b.AddBytes(p.alg)
			sequence(b, empty)
			sequence(b, func(b *cryptobyte.Builder) {
				for range 2 {
					b.AddASN1(casn1.UTCTime, func(b *cryptobyte.Builder) { b.AddBytes([]byte("260101000000Z")) })
				}
			})
			sequence(b, empty)
			b.AddBytes(p.key)
			if len(p.exts) > 0 {
				b.AddASN1(casn1.Tag(3).Constructed().ContextSpecific(), func(b *cryptobyte.Builder) {
					sequence(b, func(b *cryptobyte.Builder) {
						for _, e := range p.exts {
							addExtension(b, e)
						}
					})
				})
			}
		})
		b.AddBytes(p.alg)
		b.AddASN1BitString([]byte{0})
	})
	der, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func addExtension(b *cryptobyte.Builder, e pkix.Extension) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(e.Id)
		if e.Critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1OctetString(e.Value)
	})
}

// fallbackKey stands for a key that crypto/x509 cannot read (Ed25519, of no value).
func fallbackKey() []byte {
	return append([]byte{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00}, make([]byte, 32)...)
}

// fallbackAlgorithm stands for an algorithm that is not encoded as one: an object identifier that means nothing.
func fallbackAlgorithm() []byte { return []byte{0x30, 0x03, 0x06, 0x01, 0x2a} }

// withNull gives the RSA signature algorithms the parameter NULL that the standard wants, and crypto/x509 expects.
func withNull(alg []byte) []byte {
	e, _, err := ber.First(alg)
	if err != nil {
		return alg
	}
	p := ber.Parts(e.Body)
	id := oid(p)
	if len(p) != 1 || len(id) != len(oidPKCS1)+1 || !id[:len(oidPKCS1)].Equal(oidPKCS1) || id.Equal(oidPSS) {
		return alg
	}
	der, err := asn1.Marshal(pkix.AlgorithmIdentifier{Algorithm: id, Parameters: asn1.NullRawValue})
	if err != nil {
		return alg
	}
	return der
}
