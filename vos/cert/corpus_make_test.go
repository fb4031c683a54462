package cert_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"encoding/json"
	"encoding/pem"
	"flag"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// make renews the corpus: go test ./vos/cert -run TestMakeCorpus -make. It needs openssl and zip. What openssl salts is
// kept where it is there; everything else comes out the same each time.
var remake = flag.Bool("make", false, "make testdata again")

// workshop makes the corpus.
type workshop struct {
	t     *testing.T
	name  string // of the case at work
	keys  map[string]crypto.Signer
	held  map[string][]byte
	files map[string][]byte // of the case at work
}

// seeded makes all that is drawn from now on depend on some words alone.
func (w *workshop) seeded(words string) []byte {
	sum := sha256.Sum256([]byte(words))
	cryptotest.SetGlobalRandom(w.t, binary.BigEndian.Uint64(sum[:]))
	return sum[:]
}

func (w *workshop) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// key is the key of that name; "ec..." is one on P-256, a number in brackets the size of an RSA key.
func (w *workshop) key(name string, bits int) crypto.Signer {
	if k := w.keys[name]; k != nil {
		return k
	}
	w.seeded("key " + name)
	var k crypto.Signer
	var err error
	if bits == 0 {
		k, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		k, err = rsa.GenerateKey(rand.Reader, bits)
	}
	w.must(err)
	w.keys[name] = k
	return k
}

// ca is an authority of the corpus.
type ca struct {
	cert *x509.Certificate
	key  crypto.Signer
}

func (w *workshop) sign(words string, tpl *x509.Certificate, pub any, by ca) *x509.Certificate {
	sum := w.seeded(words)
	sum[0] = sum[0]&0x3f | 0x40
	tpl.SerialNumber = new(big.Int).SetBytes(sum[:16])
	parent := by.cert
	if parent == nil {
		parent = tpl
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, parent, pub, by.key)
	w.must(err)
	c, err := cert.FromDER(der)
	w.must(err)
	return c
}

// negated is a certificate whose serial number is negative, signed by the key of its CA.
func (w *workshop) negated(c *x509.Certificate, by crypto.Signer) *x509.Certificate {
	serial, err := asn1.Marshal(c.SerialNumber)
	w.must(err)
	odd := bytes.Clone(serial)
	odd[2] |= 0x80
	body := bytes.Replace(bytes.Clone(c.RawTBSCertificate), serial, odd, 1)
	sum := sha256.Sum256(body)
	signature, err := by.Sign(rand.Reader, sum[:], crypto.SHA256)
	w.must(err)
	alg, err := asn1.Marshal(pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, Parameters: asn1.NullRawValue})
	w.must(err)
	der, err := asn1.Marshal([]asn1.RawValue{{FullBytes: body}, {FullBytes: alg}, {Class: asn1.ClassUniversal, Tag: asn1.TagBitString, Bytes: append([]byte{0}, signature...)}})
	w.must(err)
	c, err = cert.FromDER(der)
	w.must(err)
	return c
}

// authority makes a CA below another, or a root; change may spoil it.
func (w *workshop) authority(cn string, key crypto.Signer, by ca, change func(*x509.Certificate)) ca {
	tpl := &x509.Certificate{Subject: pkix.Name{CommonName: cn, Organization: []string{"Example"}, Country: []string{"GB"}}, NotBefore: corpusDay.AddDate(-2, 0, 0), NotAfter: corpusDay.AddDate(8, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	if change != nil {
		change(tpl)
	}
	if by.key == nil {
		by.key = key
	}
	return ca{w.sign("ca "+w.name+cn+tpl.NotBefore.String(), tpl, key.Public(), by), key}
}

func (w *workshop) root() ca {
	return w.authority("Example Root CA G2", w.key("root", 2048), ca{}, nil)
}

func (w *workshop) issuing() ca {
	return w.authority("Example Issuing CA 3", w.key("issuing", 2048), w.root(), nil)
}

// circle is an older root, and two CAs that only sign each other: the root of every honest reply and that older one.
func (w *workshop) circle() (old, root, cross ca) {
	old = w.authority("Example Root CA G1", w.key("other root", 2048), ca{}, nil)
	return old, w.authority("Example Root CA G2", w.key("root", 2048), old, nil), w.authority("Example Root CA G1", w.key("other root", 2048), w.root(), nil)
}

// csr is a request of the corpus by its name.
func (w *workshop) csr(name string) *x509.CertificateRequest {
	data, err := os.ReadFile(filepath.Join("testdata", "requests", name))
	w.must(err)
	return read.Parse(name, data).Items[0].Request
}

// leaf answers a request; change may spoil the certificate.
func (w *workshop) leaf(name string, by ca, change func(*x509.Certificate)) *x509.Certificate {
	r := w.csr(name)
	tpl := &x509.Certificate{Subject: r.Subject, DNSNames: r.DNSNames, NotBefore: corpusDay.Add(-2 * time.Hour), NotAfter: corpusDay.AddDate(0, 0, 199), BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	if change != nil {
		change(tpl)
	}
	return w.sign("leaf "+w.name+name+tpl.NotBefore.String(), tpl, r.PublicKey, by)
}

// put lays a file into the case.
func (w *workshop) put(name string, parts ...any) {
	var b bytes.Buffer
	for _, p := range parts {
		switch p := p.(type) {
		case ca:
			b.Write(cert.PEM(p.cert))
		case *x509.Certificate:
			b.Write(cert.PEM(p))
		case []byte:
			b.Write(p)
		case string:
			b.WriteString(p)
		}
	}
	w.files[name] = b.Bytes()
}

// chain lays the two CAs of every honest reply into the case.
func (w *workshop) chain() {
	w.put("root.cer", w.root())
	w.put("issuing.cer", w.issuing())
}

// openssl runs it on the files of the case and returns what it prints.
func (w *workshop) openssl(args ...string) []byte {
	w.t.Helper()
	return w.run("openssl", args...)
}

// run runs a program in a folder that holds the files of the case.
func (w *workshop) run(program string, args ...string) []byte {
	w.t.Helper()
	dir := w.t.TempDir()
	for name, data := range w.files {
		w.must(os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	c := exec.Command(program, args...)
	c.Dir = dir
	out, err := c.Output()
	if err != nil {
		w.t.Fatalf("%s %v: %v", program, args, err)
	}
	return out
}

// hold keeps a certificate that a node's trust store holds in the case at work.
func (w *workshop) hold(name string, c ca) { w.held[name] = cert.PEM(c.cert) }

// instead makes one file of all that lies in the case.
func (w *workshop) instead(name string, data []byte) {
	w.files = map[string][]byte{name: data}
}

func keyPEM(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// requests makes the CSRs that all cases share.
func (w *workshop) requests() {
	for _, r := range []struct {
		file, cn string
		bits     int
		names    []string
	}{
		{"uccx1.csr", "uccx1.example.com", 2048, []string{"uccx1.example.com"}},
		{"uccx2.csr", "uccx2.example.com", 2048, []string{"uccx2.example.com"}},
		{"ccp.csr", "ccp.example.com", 2048, []string{"ccp.example.com"}},
		{"cucm1.csr", "cucm1.example.com", 4096, []string{"cucm1.example.com", "example.com"}},
		{"uccx1-older.csr", "uccx1.example.com", 2048, []string{"uccx1.example.com"}},
		{"uccx1-parent.csr", "uccx1.example.com", 2048, []string{"uccx1.example.com", "example.com"}},
		{"uccx1-1024.csr", "uccx1.example.com", 1024, []string{"uccx1.example.com"}},
		{"uccx1-4096.csr", "uccx1.example.com", 4096, []string{"uccx1.example.com"}},
		{"uccx1-5120.csr", "uccx1.example.com", 5120, []string{"uccx1.example.com"}},
		{"uccx1-ec.csr", "uccx1-EC.example.com", 0, []string{"uccx1.example.com"}},
		{"ccp-ec.csr", "ccp-EC.example.com", 0, []string{"ccp.example.com"}},
		{"uccx-ms.csr", "uccx1-ms.example.com", 2048, []string{"uccx1.example.com", "uccx2.example.com"}},
		{"uccx-ms-ccp.csr", "uccx1-ms.example.com", 2048, []string{"uccx1.example.com", "uccx2.example.com", "ccp.example.com"}},
		{"field-local.csr", "uccx1.corp.local", 2048, []string{"uccx1.corp.local"}},
		{"field-nosan.csr", "uccx1.example.com", 2048, nil},
		{"field-ms-cm.csr", "cucm1-ms.example.com", 2048, []string{"cucm1.example.com", "cucm2.example.com", "imp1.example.com", "example.com"}},
		{"long.csr", "contact-centre-express-publisher-of-the-northern-region.example.com", 2048, []string{"uccx1.example.com"}},
	} {
		key := w.key(r.file, r.bits)
		w.seeded("request " + r.file)
		usage, err := asn1.Marshal(asn1.BitString{Bytes: []byte{0xb8}, BitLength: 5})
		w.must(err)
		purposes, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 1}, {1, 3, 6, 1, 5, 5, 7, 3, 2}, {1, 3, 6, 1, 5, 5, 7, 3, 5}})
		w.must(err)
		der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: r.cn, Organization: []string{"Example"}, Country: []string{"GB"}}, DNSNames: r.names,
			ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Value: usage}, {Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: purposes}}}, key)
		w.must(err)
		w.save(filepath.Join("requests", r.file), cert.RequestPEM(der))
	}
}

func (w *workshop) save(path string, data []byte) {
	path = filepath.Join("testdata", path)
	w.must(os.MkdirAll(filepath.Dir(path), 0o755))
	w.must(os.WriteFile(path, data, 0o644))
}

// salted are programs' works that come out otherwise each time: what is there is kept.
func salted(name string) bool { return filepath.Ext(name) == ".pfx" || name == "salted.cer" }

// TestMakeCorpus makes every case again.
func TestMakeCorpus(t *testing.T) {
	if !*remake {
		t.Skip("only with -make")
	}
	w := &workshop{t: t, keys: map[string]crypto.Signer{}, held: map[string][]byte{}}
	w.requests()
	w.odd()
	old := map[string][]byte{}
	kept, err := filepath.Glob(filepath.Join("testdata", "replies", "*", "*"))
	w.must(err)
	for _, p := range kept {
		if salted(filepath.Base(p)) {
			old[p], err = os.ReadFile(p)
			w.must(err)
		}
	}
	w.must(os.RemoveAll(filepath.Join("testdata", "replies")))
	var all []reply
	for _, c := range slices.Concat(soundCases(), nameCases(), keyCases(), lifeCases(), chainCases(), storeCases(), fileCases(), limitCases(), fieldCases()) {
		w.name, w.files = c.Name, map[string][]byte{}
		c.make(w)
		for name, data := range w.files {
			path := filepath.Join("replies", c.Name, name)
			if was := old[filepath.Join("testdata", path)]; was != nil && salted(name) {
				data = was
			}
			w.save(path, data)
		}
		slices.Sort(c.Want)
		if c.Want == nil {
			c.Want = []string{}
		}
		c.OK = !slices.ContainsFunc(c.Want, func(s string) bool { return s[0] == 'f' })
		all = append(all, c.reply)
	}
	for name, data := range w.held {
		w.save(filepath.Join("held", name), data)
	}
	data, err := json.MarshalIndent(all, "", "  ")
	w.must(err)
	w.save("replies.json", append(data, '\n'))
}
