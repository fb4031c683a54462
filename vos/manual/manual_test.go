package manual_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/manual"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// person gives prepared texts, one an errand, and remembers what was asked.
type person struct {
	gives []string
	asked []vos.ManualTask
	err   error
}

func (p *person) do(_ context.Context, e vos.ManualTask) (string, error) {
	p.asked = append(p.asked, e)
	if len(p.gives) == 0 {
		if p.err == nil {
			p.err = errors.New("went home")
		}
		return "", p.err
	}
	text := p.gives[0]
	p.gives = p.gives[1:]
	return text, nil
}

func driver(t *testing.T, p *person) vos.Driver {
	t.Helper()
	d, err := manual.New().Dial(context.Background(), vos.Node{FQDN: "uccx1.example.com", Product: vos.UCCX}, vos.Access{ByHand: p.do})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	status  = "Host Name          : uccx1\r\nDate               : Mon Mar 2, 2026 00:36:32\r\nTime Zone          : UTC (UTC)\r\nProduct Ver        : 12.5.1.11001-348\r\n\r\nUptime:\r\n 00:36:33 up 79 days, 12:45,  1 user,  load average: 1.76\r\n"
	network = "Ethernet 0\nIP Address   : 10.0.10.10         IP Mask    : 255.255.255.000\nDNS\nDomain       : example.com\n"
)

// TestAbout: what was copied is read, whatever is around it.
func TestAbout(t *testing.T) {
	for name, gives := range map[string][]string{
		"bare":           {status, network},
		"with prompts":   {"admin:show status\r\n\r\n" + status + "\r\nadmin:", "admin:show network eth0\r\n" + network + "admin:\r\n"},
		"without prompt": {"show status\n" + status, "  show network eth0 \n" + network},
		"one window":     {"   Welcome to the Platform Command Line Interface\r\n\r\nadmin:show status\r\n\r\n" + status + "\r\nadmin:show network eth0\r\n" + network + "\r\nadmin:quit"},
		"other before":   {"admin:show version active\r\nActive Master Version: 9.9\r\nadmin:show status\r\n" + status + "\r\nadmin:", network},
		"escapes":        {"\x1b[2J\x1b]0;uccx1\x07admin:show statsu\b\b\b \btus\r\n\x1b[1m" + status + "\x1b[0m\r\n\x1b[K\radmin:", network},
		"pager": {strings.Replace("admin:show status\r\n"+status, "Time Zone", "\x1b[1mPress <enter> for 1 line, <space> for one page, or <q> to quit\x1b[0m\x1b[K\r\x1b[KTime Zone", 1),
			network},
		"pager in sight": {strings.Replace("admin:show status\r\n"+status, "Time Zone", "[1mPress <enter> for 1 line, <space> for one page, or <q> to quit[0m[K\nTime Zone", 1), network},
		"other prompt":   {"ciscoadm:show status\r\n" + status + "\r\nciscoadm:", "ciscoadm:show network eth0\n" + network + "ciscoadm:"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{gives: gives}
			a, err := driver(t, p).About(context.Background())
			if err != nil || a.FQDN() != "uccx1.example.com" || a.Version != "12.5.1.11001-348" || a.IP != "10.0.10.10" || a.Boot.IsZero() || !a.ZoneKnown {
				t.Errorf("%+v, %v", a, err)
			}
			if len(p.asked) != len(gives) {
				t.Errorf("asked %d times: %+v", len(p.asked), p.asked)
			}
		})
	}
}

// TestWrongText: what is surely another answer is asked for again, with the reason; who insists is believed.
func TestWrongText(t *testing.T) {
	p := &person{gives: []string{"admin:show network eth0\n" + network, "Good morning", "", status, network}}
	if a, err := driver(t, p).About(context.Background()); err != nil || a.Host != "uccx1" {
		t.Errorf("%+v, %v", a, err)
	}
	for i, want := range []string{"", `"show network eth0"`, "does not look like", "no input"} {
		if got := p.asked[i].Wrong.String(); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("asked %d with %q, want %q", i, got, want)
		}
	}
	p = &person{gives: []string{"Good morning", "Good morning"}}
	if _, err := driver(t, p).About(context.Background()); vos.Class(err) != vos.ErrRefused || len(p.asked) != 2 {
		t.Errorf("%v after %d", err, len(p.asked))
	}
}

// TestAhead: an answer that came along counts once, and not after the node was changed.
func TestAhead(t *testing.T) {
	list := "admin:show csr list own\ntomcat/tomcat.csr\nadmin:"
	_, csr := request(t)
	p := &person{gives: []string{
		"admin:show csr own tomcat/tomcat.csr\n" + csr + list, // the list was asked for; the CSR came along
		"no CSR",
		"Successfully Generated CSR for tomcat.",
		"no CSR",
	}}
	d := driver(t, p)
	if der, err := d.CSR(context.Background(), "tomcat"); err != nil || der == nil || len(p.asked) != 1 {
		t.Fatalf("%v, %v, asked %d", der, err, len(p.asked))
	}
	if der, err := d.CSR(context.Background(), "tomcat"); err != nil || der != nil {
		t.Fatalf("%v, %v", der, err)
	}
	if err := d.GenerateCSR(context.Background(), "tomcat"); err != nil {
		t.Fatal(err)
	}
	if der, err := d.CSR(context.Background(), "tomcat"); err != nil || der != nil || len(p.asked) != 4 {
		t.Errorf("%v, %v: an answer from before the change was used", der, err)
	}
	p = &person{gives: []string{list + "set csr gen tomcat\nSuccessfully Generated CSR for tomcat.\nadmin:show csr own tomcat/tomcat.csr\n" + csr}}
	p.gives[0] = "admin:show csr own tomcat/tomcat.csr\n" + csr + "admin:set csr gen tomcat\nSuccessfully Generated CSR for tomcat.\n" + list
	d = driver(t, p)
	if _, err := d.CSR(context.Background(), "tomcat"); err == nil || len(p.asked) != 2 {
		t.Errorf("a CSR from before a change that was pasted too was used: %v", err)
	}
}

// TestDownloads: what the page lets one download is as good as what the command line prints.
func TestDownloads(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	own := certificate(t)
	der, csr := request(t)
	for name, path := range map[string]string{
		"DER": file("tomcat.der", own.Raw), "PEM": file("tomcat.pem", pemOf(own)), "log": file("putty.log", []byte("=~=~= PuTTY log\r\nadmin:show cert own tomcat\r\n[\r\n  Version: V3\r\n]"+string(pemOf(own))+"\r\nadmin:")),
		"quoted": "'" + file("with blank.der", own.Raw) + "'", "dragged": "file://" + file("x.der", own.Raw) + "\n",
	} {
		p := &person{gives: []string{path}}
		if c, err := driver(t, p).Identity(context.Background(), "tomcat"); err != nil || !c.Equal(own) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p := &person{gives: []string{"tomcat/tomcat.csr", file("tomcat.csr", []byte(csr))}}
	if got, err := driver(t, p).CSR(context.Background(), "tomcat"); err != nil || string(got) != string(der) {
		t.Errorf("CSR: %v", err)
	}
	p = &person{gives: []string{filepath.Join(dir, "none.pem"), dir, file("letter.txt", []byte("Dear customer")), string(pemOf(own))}}
	if c, err := driver(t, p).Identity(context.Background(), "tomcat"); err != nil || !c.Equal(own) {
		t.Error(err)
	}
	for i, want := range []string{"", "no such file", "is not a file", "does not look like"} {
		if !strings.Contains(p.asked[i].Wrong.String(), want) {
			t.Errorf("asked %d with %q, want %q", i, p.asked[i].Wrong, want)
		}
	}
}

// TestChanges: a person's silence leaves a change uncertain and a look undone; the node's words are read as over SSH.
func TestChanges(t *testing.T) {
	ctx := context.Background()
	for gives, want := range map[string]error{
		"Success: Certificate Signing Request Generated":                                                                 nil,
		"admin:set csr gen tomcat\r\nInclude OU in CSR (yes|no)? no\r\nSuccessfully Generated CSR for tomcat.\r\nadmin:": nil,
		"Executed command unsuccessfully":                                                                                vos.ErrRefused,
		"CSR SAN and Certificate SAN does not match":                                                                     vos.ErrRefused,
		"Operation failed, and no one knows what is next":                                                                vos.ErrRefused,
	} {
		err := driver(t, &person{gives: []string{gives}}).GenerateCSR(ctx, "tomcat")
		if vos.Class(err) != want {
			t.Errorf("%q: %v, want %v", gives, err, want)
		}
	}
	if err := driver(t, &person{}).GenerateCSR(ctx, "tomcat"); vos.Class(err) != vos.ErrUncertain {
		t.Error(err)
	}
	if err := driver(t, &person{gives: []string{"", ""}}).GenerateCSR(ctx, "tomcat"); vos.Class(err) != vos.ErrUncertain {
		t.Errorf("a change of which nothing was said: %v", err)
	}
	if _, err := driver(t, &person{}).Members(ctx); vos.Class(err) != vos.ErrUnreachable {
		t.Error(err)
	}
	not := &vos.Error{Class: vos.ErrUnreachable, What: msg.T("Not done")}
	if err := driver(t, &person{err: not}).Restart(ctx); !errors.Is(err, error(not)) {
		t.Error(err)
	}
}

// TestClicks: every change of a certificate has its clicks, with the labels of the page (docs/nodes.md 3).
func TestClicks(t *testing.T) {
	ctx, own := context.Background(), certificate(t)
	for want, do := range map[string]func(vos.Driver) error{
		"Generate CSR > Certificate Purpose tomcat, Distribution uccx1.example.com": func(d vos.Driver) error { return d.GenerateCSR(ctx, "tomcat") },
		"Upload Certificate/Certificate chain > Certificate Purpose tomcat-trust":   func(d vos.Driver) error { return d.ImportTrust(ctx, "tomcat", own) },
		"Upload Certificate/Certificate chain > Certificate Purpose tomcat\n":       func(d vos.Driver) error { return d.ImportOwn(ctx, "tomcat", own) },
		"open the certificate tomcat (Usage: Identity) > Regenerate":                func(d vos.Driver) error { return d.Regenerate(ctx, "tomcat") },
		"open Root in tomcat > Delete > OK": func(d vos.Driver) error {
			return d.DeleteTrust(ctx, "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "Root.pem"})
		},
		"open the certificate tomcat-ECDSA (Usage: Identity) > Download .PEM File": func(d vos.Driver) error { _, err := d.Identity(ctx, "tomcat-ECDSA"); return err },
		"open Example_Root in tomcat-trust > Download .PEM File": func(d vos.Driver) error {
			_, err := d.Trusted(ctx, "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "Example_Root.pem"})
			return err
		},
	} {
		p := &person{}
		if err := do(driver(t, p)); err == nil || len(p.asked) == 0 {
			t.Fatalf("%v, asked %d", err, len(p.asked))
		}
		text := ""
		for _, c := range p.asked[0].Clicks {
			line := c.Text
			for _, a := range c.Args {
				line = strings.Replace(line, "%s", a, 1)
			}
			text += line + "\n"
		}
		if !strings.Contains(text, want) || !strings.Contains(text, "Security > Certificate Management") {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

func certificate(t *testing.T) *x509.Certificate {
	t.Helper()
	c, _ := certtest.SelfSigned(t, &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "uccx1.example.com"}, NotAfter: time.Now().Add(time.Hour)})
	return c
}

func request(t *testing.T) (der []byte, text string) {
	t.Helper()
	der = certtest.Request(t, &x509.CertificateRequest{Subject: pkix.Name{CommonName: "uccx1.example.com"}}, certtest.Key(t))
	return der, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}))
}

func pemOf(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}
