package read

import (
	"archive/zip"
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"os/exec"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// pair is a root and a CA below it.
func pair(t *testing.T) (root, inter *x509.Certificate) {
	t.Helper()
	key := certtest.Key(t)
	make := func(cn string, parent *x509.Certificate) *x509.Certificate {
		tpl := certtest.CA(cn, now)
		if parent == nil {
			parent = tpl
		}
		return certtest.Sign(t, tpl, parent, key.Public(), key)
	}
	root = make("Lab Root", nil)
	return root, make("Lab Issuing", root)
}

// request is a CSR in DER.
func request(t *testing.T) []byte {
	t.Helper()
	key := certtest.Key(t)
	return certtest.Request(t, &x509.CertificateRequest{Subject: pkix.Name{CommonName: "uccx1.example.com"}}, key)
}

func zipped(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestZipBomb: an archive that unpacks to more than any CA sends ends at the bounds.
func TestZipBomb(t *testing.T) {
	files := map[string][]byte{}
	for i := range 60 {
		files[string(rune('a'+i%26))+string(rune('a'+i/26))] = make([]byte, MaxFile)
	}
	if f := Parse("bomb.zip", zipped(t, files)); f.Err == nil || len(f.Items) != 0 {
		t.Errorf("got %+v", f)
	}
}

// TestZip: what lies in an archive, and in an archive in it, is read; a broken one, and one without certificates, has a reason.
func TestZip(t *testing.T) {
	root, inter := pair(t)
	both := append(cert.PEM(root), cert.PEM(inter)...)
	for name, c := range map[string]struct {
		data []byte
		want int
	}{
		"files":    {zipped(t, map[string][]byte{"a/b.txt": []byte("Dear customer"), "ca.crt": inter.Raw, "r": cert.PEM(root)}), 2},
		"archives": {zipped(t, map[string][]byte{"x.zip": zipped(t, map[string][]byte{"all": both})}), 2},
		"a letter": {zipped(t, map[string][]byte{"a.txt": []byte("x")}), 0},
		"broken":   {[]byte("PK\x03\x04rest"), 0},
	} {
		if f := Parse("reply.zip", c.data); len(f.Items) != c.want || (f.Err == nil) != (c.want > 0) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestParse: the same certificate in every dress that mail programs, CAs and Windows give it.
func TestParse(t *testing.T) {
	root, _ := pair(t)
	plain := string(cert.PEM(root))
	for name, text := range map[string]string{
		"PEM": plain, "CRLF": strings.ReplaceAll(plain, "\n", "\r\n"), "CR": strings.ReplaceAll(plain, "\n", "\r"), "BOM": "\xef\xbb\xbf" + plain,
		"text around": "Bag Attributes\n  friendlyName: x\n" + plain + "\nregards\n", "indented": "   " + strings.ReplaceAll(plain, "\n", "\n   "),
		"glued": "]" + plain, "no last newline": strings.TrimSpace(plain), "DER": string(root.Raw),
		"X509": strings.ReplaceAll(plain, "CERTIFICATE", "X509 CERTIFICATE"), "trusted": strings.ReplaceAll(plain, "CERTIFICATE", "TRUSTED CERTIFICATE"),
		"long lines": "-----BEGIN CERTIFICATE-----\n" + base64.StdEncoding.EncodeToString(root.Raw) + "\n-----END CERTIFICATE-----\n",
	} {
		f := Parse("x", []byte(text))
		if f.Err != nil || len(f.Items) != 1 || f.Items[0].Kind != cert.Root || !f.Items[0].Cert.Equal(root) {
			t.Errorf("%s: %+v", name, f)
		}
	}
	for name, data := range map[string][]byte{"empty": nil, "blank": []byte(" \n"), "text": []byte("hello"), "cut": []byte(plain[:200]), "zeros": make([]byte, 100), "large": make([]byte, MaxFile+1)} {
		if f := Parse(name, data); f.Err == nil || len(f.Items) != 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	_, key, _ := ed25519.GenerateKey(rand.Reader)
	der, _ := x509.MarshalPKCS8PrivateKey(key)
	for name, data := range map[string][]byte{"DER key": der, "PEM key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})} {
		if f := Parse(name, data); len(f.Items) != 1 || f.Items[0].Kind != cert.Key {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if f := Parse("two", []byte(plain+plain[:100])); len(f.Items) != 1 || f.Err == nil {
		t.Errorf("a good and a cut block: %+v", f)
	}
}

// TestParsePKCS7 reads what openssl makes.
func TestParsePKCS7(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl here")
	}
	root, inter := pair(t)
	in := string(cert.PEM(root)) + string(cert.PEM(inter))
	for _, form := range []string{"DER", "PEM"} {
		c := exec.Command("openssl", "crl2pkcs7", "-nocrl", "-certfile", "/dev/stdin", "-outform", form)
		c.Stdin = strings.NewReader(in)
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		if f := Parse("x", out); f.Err != nil || len(f.Items) != 2 || f.Items[0].Kind != cert.Root || f.Items[1].Kind != cert.Intermediate {
			t.Errorf("%s: %+v", form, f)
		}
		mislabelled := bytes.ReplaceAll(out, []byte("PKCS7"), []byte("CERTIFICATE"))
		if f := Parse("x", mislabelled); f.Err != nil || len(f.Items) != 2 {
			t.Errorf("%s mislabelled: %+v", form, f)
		}
	}
}

// TestKeyShapes: every kind of private key is known by its shape; certificates and requests are none.
func TestKeyShapes(t *testing.T) {
	rsaKey := certtest.RSA(t)
	ecKey, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(ecKey)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"PKCS#1": x509.MarshalPKCS1PrivateKey(rsaKey), "SEC 1": sec1}
	for name, k := range map[string]any{"RSA": rsaKey, "EC": ecKey, "Ed25519": edKey} {
		if all["PKCS#8 "+name], err = x509.MarshalPKCS8PrivateKey(k); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath("openssl"); err == nil {
		c := exec.Command("openssl", "pkcs8", "-topk8", "-inform", "DER", "-outform", "DER", "-passout", "pass:x")
		c.Stdin = strings.NewReader(string(all["PKCS#8 RSA"]))
		if all["locked"], err = c.Output(); err != nil {
			t.Fatal(err)
		}
	}
	for name, der := range all {
		if f := Parse(name, der); len(f.Items) != 1 || f.Items[0].Kind != cert.Key {
			t.Errorf("%s: %+v", name, f)
		}
	}
	root, _ := pair(t)
	for name, der := range map[string][]byte{"certificate": root.Raw, "request": request(t), "public key": root.RawSubjectPublicKeyInfo} {
		if isKey(der) {
			t.Errorf("a %s was taken for a key", name)
		}
	}
}

// hugeBits is the size of a key with which one signature would take longer than a test may.
const hugeBits = 1000000

// TestHugeKey: a key whose numbers are so large that working with them would take hours is told at once.
func TestHugeKey(t *testing.T) {
	huge := new(big.Int).SetBit(new(big.Int).Lsh(big.NewInt(1), hugeBits-1), 0, 1)
	p := new(big.Int).Rsh(huge, hugeBits/2)
	der, err := asn1.Marshal(struct {
		Version                    int
		N, E, D, P, Q, DP, DQ, Inv *big.Int
	}{0, huge, big.NewInt(65537), huge, p, p, p, p, p})
	if err != nil {
		t.Fatal(err)
	}
	if f := Parse("huge.key", der); len(f.Items) != 1 || f.Items[0].Kind != cert.Key {
		t.Errorf("%+v", f)
	}
}
