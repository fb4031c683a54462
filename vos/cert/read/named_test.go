package read

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ocsp"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestNamed: what cannot be read is named, with its cause and what to do.
func TestNamed(t *testing.T) {
	root, inter := pair(t)
	text := string(cert.PEM(root))
	inPEM := func(label string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	key := certtest.Key(t)
	crl, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: now, NextUpdate: now.AddDate(0, 1, 0)},
		&x509.Certificate{KeyUsage: x509.KeyUsageCRLSign, SubjectKeyId: []byte{1}, RawSubject: root.RawSubject}, key)
	if err != nil {
		t.Fatal(err)
	}
	question, err := ocsp.CreateRequest(inter, root, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := ocsp.CreateResponse(root, root, ocsp.Response{Status: ocsp.Good, SerialNumber: inter.SerialNumber, ThisUpdate: now, NextUpdate: now}, key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	ansi := []byte(strings.Map(func(r rune) rune {
		if r >= 0x80 {
			return '?'
		}
		return r
	}, latin(root.Raw, false)))
	half := strings.TrimRight(text[:len(text)/2], "\n")
	for name, c := range map[string]struct {
		data   string
		weight cert.Weight
		words  string
	}{
		"CRL":                    {string(crl), cert.Beside, "revocation list"},
		"CRL in PEM":             {inPEM("X509 CRL", crl), cert.Beside, "revocation list"},
		"CRL under another name": {inPEM("CERTIFICATE", crl), cert.Beside, "revocation list"},
		"OCSP question":          {inPEM("OCSP REQUEST", question), cert.Beside, "an OCSP request"},
		"OCSP question in DER":   {string(question), cert.Beside, "an OCSP request"},
		"OCSP answer":            {inPEM("OCSP RESPONSE", answer), cert.Beside, "an OCSP response"},
		"OCSP answer in DER":     {string(answer), cert.Beside, "an OCSP response"},
		"public key":             {inPEM("PUBLIC KEY", public), cert.Beside, "public key"},
		"public key in DER":      {string(public), cert.Beside, "public key"},
		"parameters":             {inPEM("DH PARAMETERS", []byte{0x30, 0}), cert.Beside, "key parameters"},
		"PGP":                    {"-----BEGIN PGP MESSAGE-----\n\nhQEMA" + strings.Repeat("A", 60) + "\n-----END PGP MESSAGE-----\n", cert.Beside, "PGP"},
		"7-Zip":                  {"7z\xbc\xaf\x27\x1c\x00\x04 and more", cert.Damaged, "7-Zip archive: unpack it first"},
		"RAR":                    {"Rar!\x1a\x07\x01\x00 and more", cert.Damaged, "RAR archive: unpack it first"},
		"cabinet":                {"MSCF\x00\x00\x00\x00 and more", cert.Damaged, "cabinet archive"},
		"PDF":                    {"%PDF-1.7\n%\xe2\xe3", cert.Damaged, "PDF"},
		"winmail.dat":            {"\x78\x9f\x3e\x22\x01\x00", cert.Damaged, "winmail.dat"},
		"Outlook":                {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), cert.Damaged, "Outlook message"},
		"signed mail":            {"MIME-Version: 1.0\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCAMIACAQExDzAN\n", cert.Damaged, "S/MIME"},
		"empty mail":             {mailOf(attachment("a.txt", []byte("Dear customer"))), cert.Damaged, "mail that contains no certificate"},
		"empty Word document":    {string(zipped(t, map[string][]byte{"word/document.xml": []byte("<w:p>Dear customer</w:p>")})), cert.Damaged, "Word document that contains no certificate"},
		"replaced by ?":          {string(ansi), cert.Damaged, "damaged in transfer"},
		"replaced by U+FFFD":     {strings.ToValidUTF8(string(root.Raw), "\ufffd"), cert.Damaged, "damaged in transfer"},
		"cut DER":                {string(root.Raw[:len(root.Raw)-40]), cert.Damaged, "cut off"},
		"cut PEM":                {half, cert.Damaged, "its END line is missing"},
		"cut PEM with its end":   {half + "\n-----END CERTIFICATE-----\n", cert.Damaged, "is cut off"},
		"a sign too many":        {strings.Replace(text, "MI", "MIXX", 1), cert.Damaged, "characters were added"},
		"cut base64":             {"Yours:\n" + strings.Join(strings.Split(text, "\n")[1:5], "\n"), cert.Damaged, "base64 that is cut off"},
		"what openssl prints":    {"Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature Algorithm: sha256\n", cert.Damaged, "that openssl prints"},
		"keystore":               {"\xfe\xed\xfe\xed\x00\x00\x00\x02", cert.Damaged, "Java keystore"},
		"web page":               {"<!DOCTYPE html><html><body>Please sign in</body></html>", cert.Damaged, "web page"},
		"letter":                 {"Dear customer,\nyour order is being looked at.\n", cert.Letter, "is not a certificate"},
		"picture":                {"\x89PNG\r\n\x1a\n\x00\x00", cert.Letter, "image"},
		"empty":                  {" \n", cert.Letter, "is empty"},
	} {
		f := Parse("reply", []byte(c.data))
		if len(f.Items) != 0 || len(f.Troubles) != 1 || f.Troubles[0].Weight != c.weight || f.Err == nil || !strings.Contains(f.Err.Error(), c.words) {
			t.Errorf("%s: %+v, %v", name, f.Items, f.Troubles)
		}
		if f.Other != (c.weight != cert.Damaged) {
			t.Errorf("%s: %v", name, f.Other)
		}
	}
	for label := range strings.SplitSeq("PRIVATE KEY,RSA PRIVATE KEY,EC PRIVATE KEY,ENCRYPTED PRIVATE KEY,OPENSSH PRIVATE KEY", ",") {
		if f := Parse("key", []byte("-----BEGIN "+label+"-----\nProc-Type: 4,ENCRYPTED\n\n"+strings.Repeat("QUJD", 30)+"\n-----END "+label+"-----\n")); len(f.Items) != 1 || f.Items[0].Kind != cert.Key {
			t.Errorf("%s: %+v", label, f)
		}
	}
}

// TestEveryBlock: each unreadable block of a file is named, and hides none of the others.
func TestEveryBlock(t *testing.T) {
	root, inter := pair(t)
	text, bad := string(cert.PEM(root)), "-----BEGIN CERTIFICATE-----\nTm8gY2VydGlmaWNhdGUgYXQgYWxsLCBqdXN0IHdvcmRz\n-----END CERTIFICATE-----\n"
	f := Parse("bundle.pem", []byte(bad+text+strings.Replace(text, "\nMI", "\nM", 1)+string(cert.PEM(inter))+bad))
	var got []string
	for _, tr := range f.Troubles {
		got = append(got, tr.Source)
	}
	if len(f.Items) != 2 || !slices.Equal(got, []string{"bundle.pem, block 1", "bundle.pem, block 3", "bundle.pem, block 5"}) {
		t.Errorf("%d items, %q: %v", len(f.Items), got, f.Err)
	}
}

// TestFolders: folders in folders are read, down to a depth, and named below it.
func TestFolders(t *testing.T) {
	root, inter := pair(t)
	dir := t.TempDir()
	deep := strings.Repeat("d/", maxFolders+1)
	for name, data := range map[string][]byte{"root.pem": cert.PEM(root), "uccx1/ca/inter.der": inter.Raw, "__MACOSX/._root.pem": []byte("x"), deep + "far.pem": cert.PEM(root)} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Files([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]int{}
	for _, f := range files {
		items[filepath.ToSlash(f.Name)] = len(f.Items)
	}
	if items["root.pem"] != 1 || items["uccx1/ca/inter.der"] != 1 || len(files) != 3 {
		t.Errorf("%v", items)
	}
	i := slices.IndexFunc(files, func(f cert.File) bool { return strings.HasPrefix(f.Name, "d") })
	if i < 0 || files[i].Err == nil || !strings.Contains(files[i].Err.Error(), "nested too deep") {
		t.Errorf("%v", files)
	}
}

// TestHugeTexts: texts of the largest size that are made to be read again and again end in the time of one reading; with the
// square of their length they would take hours. With -short they are an eighth of it.
func TestHugeTexts(t *testing.T) {
	size := MaxFile
	if testing.Short() {
		size /= 8
	}
	for _, part := range []string{"MIIA ", "MIID", "MIIDojCC\n", "LS0tLS1CRUdJTi", "-----BEGIN A-----\n", "-----BEGIN CERTIFICATE-----\nMIIDojCCAoqgAwIBAgIQWg\n-----END CERTIFICATE-----\n", "<", "<a ", "-",
		`\n`, "%0A", "30 82 ", `{\rtf1\par`, "=\n", "a:1:b\n", "&#45;", "\u2014"} {
		f := Parse("huge", []byte(strings.Repeat(part, size/len(part))))
		if len(f.Items) > 0 || f.Err == nil || len(f.Err.Error()) > 8000 {
			t.Errorf("%q: %d items, %.200v", part, len(f.Items), f.Err)
		}
	}
}
