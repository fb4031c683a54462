package steps_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// benchFiles is how many files the folder of BenchmarkFolder holds.
const benchFiles = 10000

// folderOfCertificates fills a folder with application certificates of one issuing CA, and its chain.
func folderOfCertificates(b *testing.B, dir string, n int) {
	b.Helper()
	key := certtest.RSA(b)
	from := time.Now().Add(-time.Hour)
	save := func(name string, tpl, parent *x509.Certificate) *x509.Certificate {
		tpl.NotBefore, tpl.BasicConstraintsValid = from, true
		c := certtest.Sign(b, tpl, parent, key.Public(), key)
		if err := os.WriteFile(filepath.Join(dir, name), cert.PEM(c), 0o600); err != nil {
			b.Fatal(err)
		}
		return c
	}
	ca := func(serial int64, cn string) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: cn}, NotAfter: from.AddDate(5, 0, 0), IsCA: true, KeyUsage: x509.KeyUsageCertSign}
	}
	root := save("root.pem", ca(1, "Bench Root"), ca(1, "Bench Root"))
	issuing := save("issuing.pem", ca(2, "Bench Issuing"), root)
	for i := range n {
		fqdn := fmt.Sprintf("node%05d.example.com", i)
		save(fmt.Sprintf("%05d.pem", i), &x509.Certificate{SerialNumber: big.NewInt(int64(i + 10)), Subject: pkix.Name{CommonName: fqdn}, DNSNames: []string{fqdn}, NotAfter: from.AddDate(0, 0, 199),
			KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, issuing)
	}
}

// BenchmarkFolder reads, parses, chains and checks a folder of PEM files, as the check command does. With BENCH_FOLDER set
// it takes (or makes) that folder, so that openssl can be timed on the same files.
func BenchmarkFolder(b *testing.B) {
	dir := os.Getenv("BENCH_FOLDER")
	if dir == "" {
		dir = b.TempDir()
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) == 0 {
		folderOfCertificates(b, dir, benchFiles)
	}
	done := 0
	for b.Loop() {
		files, err := read.Files([]string{dir})
		if err != nil {
			b.Fatal(err)
		}
		if v := cert.Look(cert.Request{}, files, time.Now()); len(v.Chains) < len(files)-2 || len(v.Findings) > 0 {
			b.Fatalf("%d chains of %d files, %d findings", len(v.Chains), len(files), len(v.Findings))
		}
		done += len(files)
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "files/s")
}
