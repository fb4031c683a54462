package reply_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestDeadline: the letter to the CA says by when its reply is needed, and leaves room for who is asked.
func TestDeadline(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{DNSNames: []string{"uccx1.example.com"}}, key)
	if err != nil {
		t.Fatal(err)
	}
	old := stepstest.Certificate(t, func(c *x509.Certificate) { c.NotAfter = stepstest.Day().AddDate(0, 0, 9) })
	gone := stepstest.Certificate(t, func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = stepstest.Day().AddDate(-1, 0, 0), stepstest.Day().AddDate(0, 0, -1)
	})
	expired := stepstest.Day().AddDate(0, 0, -1)
	for _, c := range []struct {
		name   string
		survey bool
		window time.Time
		want   string
	}{
		{"nothing is known", false, time.Time{}, "Reply needed by: [date, time and time zone]"},
		{"the present certificate expires", true, time.Time{}, "Reply needed by: 2026-12-03 01:00 UTC (the first of the current certificates expires then)"},
		{"it has expired", true, expired, "Reply needed by: as soon as possible"},
		{"the window ends", true, stepstest.Day().AddDate(0, 0, 2), "Reply needed by: 2026-11-26 01:00 UTC\n"},
	} {
		p := stepstest.Begun(t)
		if c.window == expired {
			c.window, old = time.Time{}, gone
		}
		if c.survey {
			p.Add(t, plan.KindDone, plan.StepSurvey, "uccx1.example.com", plan.Seen{Identity: string(cert.PEM(old))})
		}
		if !c.window.IsZero() {
			p.Add(t, plan.KindWindow, "", "", plan.Window{Until: c.window})
		}
		p.Add(t, plan.KindDone, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: string(cert.RequestPEM(der))})
		files := reply.OutboxFiles(stepstest.Fold(t, p), nil)
		letter := string(files[len(files)-1].Data)
		if !strings.Contains(letter, c.want) || !strings.Contains(letter, "Questions to:") {
			t.Errorf("%s:\n%.300s", c.name, letter)
		}
		files = reply.OutboxFiles(stepstest.Fold(t, p), stepstest.Veiled{})
		english, other, both := strings.Cut(string(files[len(files)-1].Data), "\n"+strings.Repeat("-", 60)+"\n")
		if words := regexp.MustCompile(`[A-Za-z]{3,}`).FindAllString(strings.NewReplacer("uccx1.example.com", "", "tomcat.csr", "", "HQ renewal", "").Replace(other), -1); english != letter || !both || len(words) > 3 { // "UTC", the key
			t.Errorf("%s: the letter in two languages: %q, %q", c.name, words, other)
		}
	}
}

// TestLetterOfARequestWithoutNames: a request that was made without a SAN (empty Parent Domain) asks the CA to add the FQDN of the node: it
// has no names that the certificate could differ from (PRE-8, TRB-2).
func TestLetterOfARequestWithoutNames(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		t.Fatal(err)
	}
	p := stepstest.Begun(t)
	p.Add(t, plan.KindDone, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: string(cert.RequestPEM(der))})
	files := reply.OutboxFiles(stepstest.Fold(t, p), nil)
	if letter := string(files[len(files)-1].Data); !strings.Contains(letter, "SAN (DNS):   add uccx1.example.com (the request contains no SAN)") {
		t.Errorf("%s", letter)
	}
}
