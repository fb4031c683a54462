package uploads

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
)

func named(t *testing.T, cn string) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: cn}}
	return certtest.Sign(t, tpl, nil, key.Public(), key)
}

// TestFileNames: no name of a certificate or node leads out of the folder, hides the file or breaks a file system.
func TestFileNames(t *testing.T) {
	sane := regexp.MustCompile(`^\d\d_[A-Za-z-]+(_[a-z]+)?_[A-Za-z0-9][A-Za-z0-9.-]{0,63}\.pem$`)
	dir := t.TempDir()
	var p Plan
	for _, cn := range []string{"Corp Root CA", "../../etc/passwd", `..\..\x`, "/abs", ".hidden", "a\x1b[2Jb", "Zertifikate für alle", "", "CON", "-rf", "x\x00y", string(make([]byte, 300)), "日本", "a..b", "\u202egnp.exe"} {
		for _, kind := range []cert.Kind{cert.Root, cert.Application} {
			p.add(Upload{Store: "tomcat-trust", Kind: kind, Cert: named(t, cn), Nodes: []string{cn}})
		}
	}
	for _, u := range p.Uploads {
		if !sane.MatchString(u.FileName()) {
			t.Errorf("%q", u.FileName())
		}
	}
	names, err := p.Write(dir, false)
	there, _ := os.ReadDir(dir)
	if err != nil || len(names) != len(p.Uploads) || len(there) != len(p.Uploads) {
		t.Errorf("%d of %d files: %v", len(there), len(p.Uploads), err)
	}
}

// TestWriteTellsWhy: a path that is no folder, and a file that is there, write nothing.
func TestWriteTellsWhy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var p Plan
	p.add(Upload{Store: "tomcat", Kind: cert.Application, Cert: named(t, "x")})
	if names, err := p.Write(file, true); err == nil || len(names) > 0 {
		t.Errorf("%q %v", names, err)
	}
	if names, err := p.Write(filepath.Join(file, "below"), true); err == nil || len(names) > 0 {
		t.Errorf("%q %v", names, err)
	}
}
