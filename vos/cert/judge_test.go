package cert

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

var now = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// authority is a CA of the test: a root, an issuing CA, and whatever they sign.
type authority struct {
	t           *testing.T
	root, inter *x509.Certificate
	rootKey     crypto.Signer
	interKey    crypto.Signer
	serial      int64
}

func key(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	return certtest.Key(t)
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	a := &authority{t: t}
	ca := func(cn string, parent *x509.Certificate, parentKey crypto.Signer) (*x509.Certificate, crypto.Signer) {
		k := key(t)
		tpl := certtest.CA(cn, now)
		if parent == nil {
			parent, parentKey = tpl, k
		}
		return a.make(tpl, parent, k.Public(), parentKey), k
	}
	a.root, a.rootKey = ca(name+" Root", nil, nil)
	a.inter, a.interKey = ca(name+" Issuing", a.root, a.rootKey)
	return a
}

func (a *authority) make(tpl, parent *x509.Certificate, pub any, signer crypto.Signer) *x509.Certificate {
	a.t.Helper()
	a.serial++
	tpl.SerialNumber = big.NewInt(a.serial)
	return certtest.Sign(a.t, tpl, parent, pub, signer)
}

func request(t *testing.T, fqdn string, names ...string) (Request, crypto.Signer) {
	t.Helper()
	k := key(t)
	der := certtest.Request(t, &x509.CertificateRequest{Subject: pkix.Name{CommonName: fqdn}, DNSNames: append([]string{fqdn}, names...)}, k)
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		t.Fatal(err)
	}
	return Request{Node: fqdn, Unit: "tomcat", CSR: csr}, k
}

// sign answers a request; change may spoil the certificate.
func (a *authority) sign(r Request, change func(*x509.Certificate)) *x509.Certificate {
	tpl := &x509.Certificate{Subject: r.CSR.Subject, DNSNames: r.CSR.DNSNames, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(0, 0, 200), BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	if change != nil {
		change(tpl)
	}
	return a.make(tpl, a.inter, r.CSR.PublicKey, a.interKey)
}

// askingRequest is a CSR that asks for key usages as UCCX does.
func askingRequest(t *testing.T) Request {
	t.Helper()
	ku, err := asn1.Marshal(asn1.BitString{Bytes: []byte{0xb8}, BitLength: 5})
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: "uccx1.example.com"}, DNSNames: []string{"uccx1.example.com"},
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Value: ku}}}, key(t))
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		t.Fatal(err)
	}
	return Request{Node: "uccx1.example.com", Unit: "tomcat", CSR: csr}
}

// newRSAAuthority is a CA whose issuing key is RSA.
func newRSAAuthority(t *testing.T) *authority {
	t.Helper()
	a := newAuthority(t, "RSA")
	k := certtest.RSA(t)
	tpl := &x509.Certificate{Subject: pkix.Name{CommonName: "RSA Issuing"}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(9, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.inter, a.interKey = a.make(tpl, a.root, k.Public(), a.rootKey), k
	return a
}

// shallow is the root of an authority again, with a path length that allows no CA below it.
func shallow(t *testing.T, a *authority) *x509.Certificate {
	t.Helper()
	tpl := &x509.Certificate{Subject: a.root.Subject, NotBefore: a.root.NotBefore, NotAfter: a.root.NotAfter, IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, SubjectKeyId: a.root.SubjectKeyId}
	return a.make(tpl, tpl, a.rootKey.Public(), a.rootKey)
}

// file is a file that holds certificates.
func file(name string, certs ...*x509.Certificate) File {
	f := File{Name: name}
	for _, c := range certs {
		f.Items = append(f.Items, Item{Kind: Classify(c), Cert: c, Source: name})
	}
	return f
}

// codes are the findings of a verdict, but for the word about forms that TestCorpus holds.
func codes(r Verdict) []string {
	var all []string
	for _, f := range r.Findings {
		if f.Code == "converted" {
			continue
		}
		all = append(all, f.Severity.String()+" "+f.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestJudge: what a CA could send, and what the verdict must say.
func TestJudge(t *testing.T) {
	a, other := newAuthority(t, "Lab"), newAuthority(t, "Other")
	one, _ := request(t, "uccx1.example.com")
	two, _ := request(t, "uccx2.example.com")
	old, _ := request(t, "uccx1.example.com")
	good := a.sign(one, nil)
	asking := askingRequest(t)
	rsaCA := newRSAAuthority(t)
	chain := file("chain.pem", a.root, a.inter)
	spoilt := func(change func(*x509.Certificate)) []File { return []File{file("a.cer", a.sign(one, change)), chain} }
	for name, c := range map[string]struct {
		requests []Request
		files    []File
		want     []string
	}{
		"sound":                   {[]Request{one}, []File{file("a.cer", good), chain}, nil},
		"sound, all in one":       {[]Request{one}, []File{file("all.pem", good, a.inter, a.root, a.root)}, nil},
		"sound, more CAs":         {[]Request{one}, []File{file("a.cer", good), chain, file("o.pem", other.root, other.inter)}, nil},
		"no files":                {[]Request{one}, nil, []string{"fault empty", "fault missing"}},
		"a text":                  {[]Request{one}, []File{{Name: "readme.txt", Err: errors.New("not a certificate"), Other: true}}, []string{"fault missing", "fault unreadable"}},
		"only the chain":          {[]Request{one}, []File{chain}, []string{"fault missing"}},
		"no intermediate":         {[]Request{one}, []File{file("a.cer", good), file("r.cer", a.root)}, []string{"fault chain"}},
		"no root":                 {[]Request{one}, []File{file("a.cer", good), file("i.cer", a.inter)}, []string{"fault chain"}},
		"older CSR":               {[]Request{one}, []File{file("a.cer", a.sign(old, nil)), chain}, []string{"fault key-mismatch", "fault missing"}},
		"one for two":             {[]Request{one, two}, []File{file("a.cer", good), chain}, []string{"fault missing"}},
		"stranger":                {[]Request{one}, []File{file("a.cer", good), chain, file("x.cer", a.sign(two, nil))}, []string{"warning stranger"}},
		"renewed":                 {[]Request{one}, []File{file("a.cer", good), chain, file("b.cer", a.sign(one, func(c *x509.Certificate) { c.NotBefore = now.Add(-time.Minute) }))}, []string{"note several"}},
		"name added (TRB-2)":      {[]Request{one}, spoilt(func(c *x509.Certificate) { c.DNSNames = append(c.DNSNames, "www.uccx1.example.com") }), []string{"fault san"}},
		"names dropped (TRB-3)":   {[]Request{one}, spoilt(func(c *x509.Certificate) { c.DNSNames = nil }), []string{"fault fqdn", "fault san"}},
		"other case and order":    {[]Request{one}, spoilt(func(c *x509.Certificate) { c.DNSNames = []string{"UCCX1.example.com"} }), nil},
		"wildcard":                {[]Request{one}, spoilt(func(c *x509.Certificate) { c.DNSNames = []string{"*.example.com"} }), []string{"fault fqdn", "fault san", "fault wildcard"}},
		"expired":                 {[]Request{one}, spoilt(func(c *x509.Certificate) { c.NotBefore, c.NotAfter = now.AddDate(-1, 0, 0), now.AddDate(0, 0, -1) }), []string{"fault expired"}},
		"not yet valid":           {[]Request{one}, spoilt(func(c *x509.Certificate) { c.NotBefore = now.Add(time.Hour) }), []string{"fault not-yet"}},
		"ten days":                {[]Request{one}, spoilt(func(c *x509.Certificate) { c.NotAfter = now.AddDate(0, 0, 10) }), []string{"warning short"}},
		"no clientAuth (FN74382)": {[]Request{one}, spoilt(func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }), []string{"warning eku"}},
		"two years":               {[]Request{one}, spoilt(func(c *x509.Certificate) { c.NotAfter = now.AddDate(2, 0, 0) }), []string{"note long-life"}},
		"critical extension (TRB-1)": {[]Request{one}, spoilt(func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
		}), []string{"fault critical-unknown"}},
		"path length":       {[]Request{one}, []File{file("a.cer", good), file("c", a.inter, shallow(t, a))}, []string{"fault path"}},
		"dropped key usage": {[]Request{asking}, []File{file("a.cer", a.sign(asking, nil)), chain}, []string{"warning key-usage"}},
		"EC by an RSA CA":   {[]Request{one}, []File{file("a.cer", rsaCA.sign(one, nil)), file("c", rsaCA.root, rsaCA.inter)}, []string{"warning ec-by-rsa"}},
		"the CSR came back": {[]Request{one}, []File{{Name: "a.csr", Items: []Item{{Kind: CSR, Request: one.CSR}}}}, []string{"fault csr", "fault missing"}},
	} {
		r := Judge(c.requests, c.files, nil, now)
		if got := codes(r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		fault := slices.ContainsFunc(c.want, func(s string) bool { return strings.HasPrefix(s, "fault") })
		if r.OK() == fault {
			t.Errorf("%s: OK is %v", name, r.OK())
		}
	}
}

// TestOrder: roots and intermediates come in upload order, once each (SIG-4, SIG-5).
func TestOrder(t *testing.T) {
	a := newAuthority(t, "Lab")
	one, _ := request(t, "uccx1.example.com")
	two, _ := request(t, "ccp.example.com")
	r := Judge([]Request{one, two}, []File{file("x", a.inter, a.sign(one, nil), a.root, a.sign(two, nil))}, nil, now)
	if !r.OK() || len(r.Roots) != 1 || !r.Roots[0].Equal(a.root) || len(r.Intermediates) != 1 || !r.Intermediates[0].Equal(a.inter) || len(r.Chains) != 2 {
		t.Errorf("roots %d, intermediates %d, chains %d, %q", len(r.Roots), len(r.Intermediates), len(r.Chains), codes(r))
	}
}

// TestCrossSigned: of two ways up, the one that ends in a root is found, whatever the order.
func TestCrossSigned(t *testing.T) {
	a, b := newAuthority(t, "New"), newAuthority(t, "Old")
	cross := *a.root
	tpl := &x509.Certificate{Subject: cross.Subject, SubjectKeyId: cross.SubjectKeyId, NotBefore: cross.NotBefore, NotAfter: cross.NotAfter, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	bridge := a.make(tpl, b.root, a.rootKey.Public(), b.rootKey)
	one, _ := request(t, "uccx1.example.com")
	leaf := a.sign(one, nil)
	for _, pool := range [][]*x509.Certificate{{a.inter, bridge, a.root}, {a.root, bridge, a.inter}, {bridge, b.root, a.inter}} {
		c, err := Build(leaf, pool)
		if err != nil || Classify(c.CAs[len(c.CAs)-1]) != Root {
			t.Errorf("no way up: %v", err)
		}
	}
	if _, err := Build(leaf, []*x509.Certificate{bridge, a.inter}); err == nil || !strings.Contains(err.Error(), "Old Root") {
		t.Errorf("the missing issuer is Old Root: %v", err)
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{"plain": "plain", "\x1b[31m": `\x1b[31m`, "a\u202eb": `a\u202eb`, "z\u200bw": `z\u200bw`, "\xff": `\xff`, "日本": "日本", "a\nb\t": `a\x0ab\x09`, "\u009b": `\x9b`} {
		if got := Printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestMissingNamesItsUnit: of a node with two certificates the one that is missing is named (EC-2).
func TestMissingNamesItsUnit(t *testing.T) {
	v := Judge([]Request{{Node: "u.example", Unit: "tomcat-ECDSA"}, {Node: "u.example", Unit: "tomcat"}}, nil, nil, time.Now())
	var said []string
	for _, f := range v.Findings {
		said = append(said, f.What.String())
	}
	if text := strings.Join(said, "; "); !strings.Contains(text, "u.example tomcat-ECDSA is missing") || !strings.Contains(text, "u.example is missing") {
		t.Error(text)
	}
}
