package cert

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// ring is CAs that sign each other: each has a key, and a certificate by the key of the next one.
type ring struct {
	*authority
	keys []crypto.Signer
	cas  []*x509.Certificate
}

// named is the template of a CA of a ring.
func named(i int) *x509.Certificate {
	tpl := certtest.CA(fmt.Sprintf("Ring CA %d", i), now)
	tpl.SubjectKeyId = []byte{7, byte(i >> 8), byte(i)}
	return tpl
}

func newRing(t *testing.T, n int) *ring {
	t.Helper()
	r := &ring{authority: &authority{t: t}}
	for range n {
		r.keys = append(r.keys, key(t))
	}
	for i := range n {
		r.cas = append(r.cas, r.by(i, (i+1)%n))
	}
	r.inter, r.interKey = named(0), r.keys[0]
	return r
}

// by is a certificate of CA i by the key of CA j; i is j for its root.
func (r *ring) by(i, j int) *x509.Certificate {
	r.t.Helper()
	return r.make(named(i), named(j), r.keys[i].Public(), r.keys[j])
}

// TestCircle: CAs that only sign each other are told as what they are, and no issuer is called missing that is there. A root of one
// of them, wherever it lies in the pool, ends the chain.
func TestCircle(t *testing.T) {
	for _, n := range []int{2, 3, 23, 40} {
		r := newRing(t, n)
		one, _ := request(t, "uccx1.example.com")
		leaf := r.sign(one, nil)
		v := Judge([]Request{one}, []File{file("a.cer", leaf), file("cas.cer", r.cas...)}, nil, now)
		if got := codes(v); !slices.Equal(got, []string{"fault chain"}) {
			t.Fatalf("%d: %q", n, got)
		}
		f := v.Findings[0]
		text := strings.Join([]string{f.What.String(), f.Cause.String(), f.Cure.String()}, " ")
		if strings.Contains(text, "missing") || !strings.Contains(text, "sign each other in a circle") || !strings.Contains(text, "Ring CA 1") || !strings.Contains(text, "self-signed root") {
			t.Errorf("%d: %s", n, text)
		}
		if len(v.Gaps) != 1 || len(v.Gaps[0].Loop) != n {
			t.Errorf("%d: the circle has %+v", n, v.Gaps)
		}
		for _, at := range []int{0, n - 1} {
			root := r.by(at, at)
			for _, pool := range [][]*x509.Certificate{append([]*x509.Certificate{root}, r.cas...), append(slices.Clone(r.cas), root)} {
				c, err := Build(leaf, pool)
				if err != nil || !c.CAs[len(c.CAs)-1].Equal(root) || len(c.CAs) != at+1 {
					t.Errorf("%d, root %d: %d CAs, %v", n, at, len(c.CAs), err)
				}
			}
		}
		// one of the circle is also signed by a CA that is nowhere: that one is missing
		away := newAuthority(t, "Away")
		open := away.make(named(n-1), away.root, r.keys[n-1].Public(), away.rootKey)
		var gap *Missing
		if _, err := Build(leaf, append(slices.Clone(r.cas), open)); !errors.As(err, &gap) || len(gap.Loop) > 0 || gap.Issuer != "Away Root" {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// TestMesh: many CAs that all sign each other neither take long nor hide the one way to a root.
func TestMesh(t *testing.T) {
	const n = 24
	r := newRing(t, n)
	var pool []*x509.Certificate
	for i := range n {
		for j := range n {
			if i != j {
				pool = append(pool, r.by(i, j))
			}
		}
	}
	one, _ := request(t, "uccx1.example.com")
	leaf := r.sign(one, nil)
	var gap *Missing
	if _, err := Build(leaf, pool); !errors.As(err, &gap) || len(gap.Loop) < 2 {
		t.Errorf("%v", err)
	}
	bridge := newAuthority(t, "Bridge")
	last := bridge.make(named(n-1), bridge.root, r.keys[n-1].Public(), bridge.rootKey)
	c, err := Build(leaf, append(pool, last, bridge.root))
	if err != nil || len(c.CAs) != 3 {
		t.Errorf("%d CAs, %v", len(c.CAs), err)
	}
}

// TestNamesakes: of many CAs with one name and different keys, the one that signed is found, in whatever place it lies.
func TestNamesakes(t *testing.T) {
	a := newAuthority(t, "Same")
	root := *a.root
	tpl := func() *x509.Certificate {
		c := certtest.CA(a.inter.Subject.CommonName, now)
		c.SubjectKeyId = nil
		return c
	}
	var pool []*x509.Certificate
	for i := range 5 * maxWays {
		k, one := key(t), tpl()
		if i >= 2*maxWays { // and the key identifier of the one that signed
			one.SubjectKeyId = a.inter.SubjectKeyId
		}
		pool = append(pool, a.make(one, &root, k.Public(), a.rootKey))
	}
	one, _ := request(t, "uccx1.example.com")
	leaf := a.sign(one, nil)
	if _, err := Build(leaf, append(pool, a.inter, a.root)); err != nil {
		t.Error(err)
	}
	var gap *Missing
	if _, err := Build(leaf, append(pool, a.root)); !errors.As(err, &gap) || !gap.Alike || gap.Renamed != "" {
		t.Errorf("%v", err)
	}
}

// TestRenamedCA: a CA with the key that signed, and another name than the certificate says, does not complete a chain, and is named.
func TestRenamedCA(t *testing.T) {
	a := newAuthority(t, "Old")
	renamed := certtest.CA("New Issuing", now)
	renamed.SubjectKeyId = a.inter.SubjectKeyId
	ca := a.make(renamed, a.root, a.interKey.Public(), a.rootKey)
	one, _ := request(t, "uccx1.example.com")
	v := Judge([]Request{one}, []File{file("a.cer", a.sign(one, nil)), file("cas.cer", ca, a.root)}, nil, now)
	if got := codes(v); !slices.Equal(got, []string{"fault chain"}) || v.Gaps[0].Renamed != "New Issuing" || v.Gaps[0].Issuer != "Old Issuing" {
		t.Fatalf("%q %+v", got, v.Gaps)
	}
	if text := v.Findings[0].What.String() + v.Findings[0].Cause.String(); !strings.Contains(text, "New Issuing has the key that signed it") || !strings.Contains(text, "changed its name") {
		t.Error(text)
	}
}

// TestAuthorityID: an issuer that OpenSSL and Java do not take is a fault, and one that they take is preferred, also where it ends
// earlier (RFC 5280 4.2.1.1).
func TestAuthorityID(t *testing.T) {
	a := newAuthority(t, "Key")
	other := certtest.CA(a.inter.Subject.CommonName, now)
	other.SubjectKeyId, other.NotAfter = []byte{9, 9, 9}, a.inter.NotAfter.AddDate(1, 0, 0)
	twin := a.make(other, a.root, a.interKey.Public(), a.rootKey)
	one, _ := request(t, "uccx1.example.com")
	leaf := a.sign(one, nil)
	if len(leaf.AuthorityKeyId) == 0 {
		t.Fatal("the test cannot fail")
	}
	judge := func(leaf *x509.Certificate, cas ...*x509.Certificate) (Verdict, string) {
		v := Judge([]Request{one}, []File{file("a.cer", leaf), file("cas.cer", cas...)}, nil, now)
		return v, strings.Join(codes(v), ", ")
	}
	if v, got := judge(leaf, twin, a.root); got != "fault authority-id" || v.OK() {
		t.Errorf("%s", got)
	}
	if v, got := judge(leaf, twin, a.inter, a.root); strings.Contains(got, "authority-id") || !v.Chains[one.ID()].CAs[0].Equal(a.inter) {
		t.Errorf("%s", got)
	}
	serial := func(n *big.Int) *x509.Certificate {
		der, err := asn1.Marshal(struct {
			Key    []byte   `asn1:"optional,tag:0"`
			Serial *big.Int `asn1:"optional,tag:2"`
		}{a.inter.SubjectKeyId, n})
		if err != nil {
			t.Fatal(err)
		}
		parent := *a.inter
		parent.SubjectKeyId = nil
		saved := a.inter
		a.inter = &parent
		defer func() { a.inter = saved }()
		return a.sign(one, func(c *x509.Certificate) {
			c.ExtraExtensions = append(c.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 35}, Value: der})
		})
	}
	if _, got := judge(serial(big.NewInt(4711)), a.inter, a.root); got != "fault authority-id" {
		t.Errorf("another serial number: %s", got)
	}
	if _, got := judge(serial(a.inter.SerialNumber), a.inter, a.root); got != "" {
		t.Errorf("its serial number: %s", got)
	}
}
