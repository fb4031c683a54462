package steps_test

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/cli"
)

// plainWords takes out what two wordings of the same refusal differ in.
func plainWords(s string) string {
	s = strings.ToLower(s)
	s = strings.NewReplacer("doesn't", "does not", "do not", "does not", "trust-store", "trust store").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// forger makes what a CA should not send.
type forger struct {
	t      *testing.T
	csr    *x509.CertificateRequest
	serial int64
}

// signer is a CA of the forger.
type signer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

func (f *forger) make(tpl *x509.Certificate, pub any, by signer) *x509.Certificate {
	f.t.Helper()
	f.serial++
	tpl.SerialNumber = big.NewInt(f.serial)
	if by.cert == nil {
		by.cert = tpl
	}
	return certtest.Sign(f.t, tpl, by.cert, pub, by.key)
}

// ca makes an authority with a name of its own: the trust store of the node remembers every one.
func (f *forger) ca(cn string, by signer, change func(*x509.Certificate)) signer {
	tpl := &x509.Certificate{Subject: pkix.Name{CommonName: cn}, NotBefore: time.Now().AddDate(-1, 0, 0), NotAfter: time.Now().AddDate(9, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign}
	if change != nil {
		change(tpl)
	}
	key := labKeys.Key(f.t, int(f.serial%20))
	if by.key == nil {
		by.key = key
	}
	return signer{f.make(tpl, key.Public(), by), key}
}

// leaf answers the node's request; change may spoil it.
func (f *forger) leaf(by signer, change func(*x509.Certificate)) *x509.Certificate {
	tpl := &x509.Certificate{Subject: f.csr.Subject, DNSNames: f.csr.DNSNames, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 199), BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	if change != nil {
		change(tpl)
	}
	return f.make(tpl, f.csr.PublicKey, by)
}

// answer is what the forger sends: CAs, then the certificate.
type answer struct {
	cas  []*x509.Certificate
	leaf *x509.Certificate
}

func (r answer) files() []cert.File {
	var all []cert.File
	for _, c := range append(r.cas, r.leaf) {
		all = append(all, read.Parse("reply.cer", cert.PEM(c)))
	}
	return all
}

// spoilt is a reply whose chain is whole and whose certificate is not right.
func spoilt(change func(*x509.Certificate)) func(*forger, string) answer {
	return func(f *forger, cn string) answer {
		root := f.ca(cn, signer{}, nil)
		return answer{[]*x509.Certificate{root.cert}, f.leaf(root, change)}
	}
}

// forgeries are replies that a node refuses.
func forgeries() map[string]func(f *forger, cn string) answer {
	return map[string]func(f *forger, cn string) answer{
		"a name added":      spoilt(func(c *x509.Certificate) { c.DNSNames = append(c.DNSNames[:1:1], "www."+c.DNSNames[0]) }),
		"a name dropped":    spoilt(func(c *x509.Certificate) { c.DNSNames = nil }),
		"another node":      spoilt(func(c *x509.Certificate) { c.DNSNames = []string{"uccx2.lab.example"} }),
		"a wildcard beside": spoilt(func(c *x509.Certificate) { c.DNSNames = append(c.DNSNames[:1:1], "*.lab.example") }),
		"expired": spoilt(func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = c.NotBefore.AddDate(-1, 0, 0), time.Now().Add(-time.Hour)
		}),
		"not yet valid": spoilt(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(24 * time.Hour) }),
		"another key": func(f *forger, cn string) answer {
			root, other := f.ca(cn, signer{}, nil), *f
			other.csr = &x509.CertificateRequest{Subject: f.csr.Subject, DNSNames: f.csr.DNSNames, PublicKey: labKeys.Key(f.t, 0).Public()}
			return answer{[]*x509.Certificate{root.cert}, other.leaf(root, nil)}
		},
		"a key too large": func(f *forger, cn string) answer {
			root, other := f.ca(cn, signer{}, nil), *f
			n := new(big.Int).SetBit(big.NewInt(1), 5119, 1) // no one needs the private part
			other.csr = &x509.CertificateRequest{Subject: f.csr.Subject, DNSNames: f.csr.DNSNames, PublicKey: &rsa.PublicKey{N: n, E: 65537}}
			return answer{[]*x509.Certificate{root.cert}, other.leaf(root, nil)}
		},
		"no intermediate": func(f *forger, cn string) answer {
			root := f.ca(cn, signer{}, nil)
			return answer{[]*x509.Certificate{root.cert}, f.leaf(f.ca(cn+" Issuing", root, nil), nil)}
		},
		"no root": func(f *forger, cn string) answer {
			issuing := f.ca(cn+" Issuing", f.ca(cn, signer{}, nil), nil)
			return answer{[]*x509.Certificate{issuing.cert}, f.leaf(issuing, nil)}
		},
		"an issuer that is no CA": func(f *forger, cn string) answer {
			root := f.ca(cn, signer{}, nil)
			issuing := f.ca(cn+" Issuing", root, func(c *x509.Certificate) { c.IsCA = false })
			return answer{[]*x509.Certificate{root.cert, issuing.cert}, f.leaf(issuing, nil)}
		},
		"a CA that has expired": func(f *forger, cn string) answer {
			root := f.ca(cn, signer{}, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) })
			return answer{[]*x509.Certificate{root.cert}, f.leaf(root, nil)}
		},
	}
}

// TestPredictedWords uploads what the verdict refuses, in spite of it, over real SSH: the node says what was predicted.
// At last it takes what the verdict calls sound.
func TestPredictedWords(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	n := l.cluster.Solution().Nodes()[0]
	d, err := dialer().Dial(context.Background(), n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.GenerateCSR(context.Background(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	der, err := d.CSR(context.Background(), "tomcat")
	if err != nil {
		t.Fatal(err)
	}
	f := &forger{t: t}
	if f.csr, err = x509.ParseCertificateRequest(der); err != nil {
		t.Fatal(err)
	}
	request := cert.Request{Node: n.FQDN, Unit: "tomcat", CSR: f.csr, Limits: vos.LimitsOf(n.Product, n.Release)}
	for name, forge := range forgeries() {
		sent := forge(f, "CA of "+name)
		predicted(t, name, request, sent.files(), upload(t, d, sent))
	}
	predicted(t, "the CSR itself", request, []cert.File{read.Parse("a.csr", cert.RequestPEM(der))}, paste(t, d, cert.RequestPEM(der)))

	held := f.ca("Same Name", signer{}, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(-time.Hour) })
	if said := upload(t, d, answer{[]*x509.Certificate{held.cert}, nil}); said != "" {
		t.Fatalf("the younger root was refused: %s", said)
	}
	request.Held = []*x509.Certificate{held.cert}
	sent := spoilt(nil)(f, "Same Name")
	predicted(t, "an older root of the same name", request, sent.files(), upload(t, d, sent))

	sent = spoilt(nil)(f, "Good CA")
	if v := cert.Judge([]cert.Request{request}, sent.files(), nil, time.Now()); !v.OK() {
		t.Errorf("a sound reply: %+v", v.Findings)
	}
	if said := upload(t, d, sent); said != "" {
		t.Errorf("a sound reply was refused: %s", said)
	}
}

// predicted compares what the node said with what the verdict had said it would.
func predicted(t *testing.T, name string, r cert.Request, files []cert.File, said string) {
	t.Helper()
	v := cert.Judge([]cert.Request{r}, files, nil, time.Now())
	if v.OK() {
		t.Errorf("%s: the verdict took it", name)
	}
	all := append(v.Findings, cert.Look(r, files, time.Now()).Findings...) // a key of its own hides what else is wrong
	for _, f := range all {
		if f.Severity == cert.Fault && f.Says != "" && said != "" && strings.Contains(plainWords(said), plainWords(f.Says)) {
			return
		}
	}
	t.Errorf("%s: the node said %q; predicted was", name, said)
	for _, f := range all {
		t.Logf("    %s %s: %q", f.Severity, f.Code, f.Says)
	}
}

// upload sends CAs and certificate, and returns the node's words of refusal; "" where it took all.
func upload(t *testing.T, d vos.Driver, r answer) string {
	t.Helper()
	for _, ca := range r.cas {
		if said := refusal(t, d.ImportTrust(context.Background(), "tomcat", ca)); said != "" {
			return said
		}
	}
	if r.leaf == nil {
		return ""
	}
	return refusal(t, d.ImportOwn(context.Background(), "tomcat", r.leaf))
}

// paste sends any text in place of a certificate.
func paste(t *testing.T, d vos.Driver, text []byte) string {
	t.Helper()
	said, err := d.(*cli.CLI).Type(context.Background(), vos.DialogueImportOwn("tomcat", text))
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func refusal(t *testing.T, err error) string {
	t.Helper()
	var refused *vos.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused) && refused.Said != "":
		return refused.Said
	}
	t.Fatal(err)
	return ""
}
