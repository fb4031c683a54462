package cli

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// told reads a recorded answer.
func told(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// dialects gives a text as it stands and with the line ends of a terminal.
func dialects(text string) map[string]string {
	return map[string]string{"LF": text, "CR LF": strings.ReplaceAll(text, "\n", "\r\n"), "blank lines": "\n\n" + text + "\n\n"}
}

func TestParseStatus(t *testing.T) {
	jerusalem, err := time.LoadLocation("Asia/Jerusalem")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	for name, text := range dialects(told(t, "status.txt")) {
		a, err := parseStatus(text)
		if err != nil {
			t.Fatal(name, err)
		}
		now := time.Date(2026, 3, 2, 0, 36, 32, 0, jerusalem)
		if a.Host != "cucm-pub" || a.Version != "12.5.1.12900-115" || !a.Now.Equal(now) || !a.ZoneKnown {
			t.Errorf("%s: %+v", name, a)
		}
		if boot := now.Add(-79*24*time.Hour - 12*time.Hour - 45*time.Minute); a.Boot.Sub(boot).Abs() > time.Minute {
			t.Errorf("%s: up since %s, not %s", name, a.Boot, boot)
		}
		want := []vos.Disk{{Name: "active", Total: 17921776 << 10, Free: 3991112 << 10}, {Name: "inactive", Total: 17921776 << 10, Free: 16943272 << 10}, {Name: "logging", Total: 62681844 << 10, Free: 28513908 << 10}}
		if !reflect.DeepEqual(a.Disks, want) {
			t.Errorf("%s: %v", name, a.Disks)
		}
	}
}

func TestParseStatusOfOtherNodes(t *testing.T) {
	for _, c := range []struct {
		text  string
		now   string
		known bool
		up    time.Duration
	}{
		{"Host Name : a\nDate : Mon Mar  2, 2026 00:36:32\nTime Zone : Somewhere (Middle/Earth)\nUptime:\n 00:36:33 up 5 min,  1 user", "2026-03-02T00:36:32Z", false, 5 * time.Minute},
		{"Host Name : a\nDate : Mon Mar 2, 2026 00:36:32\nTime Zone : UTC\n 00:36:33 up 1 day,  3:04,  2 users,  load average: 1.76", "2026-03-02T00:36:32Z", true, 27*time.Hour + 4*time.Minute},
		{"HOSTNAME: a\nDATE: Mon Mar 2 00:36:32 UTC 2026\nTimezone: Greenwich Mean Time (GMT)\n up 2 weeks, 1 day, 2 hours, 3 minutes", "2026-03-02T00:36:32Z", true, 15*24*time.Hour + 2*time.Hour + 3*time.Minute},
		{"Host Name : a\nDate : Mon Mar 2, 2026 00:36:32\nTime Zone : Local\n 00:36:33 up 0 min,", "2026-03-02T00:36:32Z", false, 0},
	} {
		a, err := parseStatus(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Now.UTC().Format(time.RFC3339); got != c.now || a.ZoneKnown != c.known {
			t.Errorf("%q: %s, zone known %v", c.text, got, a.ZoneKnown)
		}
		if up := a.Now.Sub(a.Boot) - c.up; up < 0 || up >= time.Minute {
			t.Errorf("%q: up since %s", c.text, a.Boot)
		}
	}
	if _, err := parseStatus("Executed command unsuccessfully\nNo valid command entered"); err == nil {
		t.Error("a refusal was read as a status")
	}
	if a, err := parseStatus("Host Name : a\nDate : soon"); err != nil || !a.Now.IsZero() || !a.Boot.IsZero() {
		t.Errorf("a date that cannot be read: %v, %v", a, err)
	}
}

func TestParseNetwork(t *testing.T) {
	for name, text := range dialects(told(t, "network.txt")) {
		ip, domain, dns := parseNetwork(text)
		if ip != "10.0.10.10" || domain != "example.com" || !reflect.DeepEqual(dns, []string{"10.0.10.31", "10.0.10.32"}) {
			t.Errorf("%s: %q %q %q", name, ip, domain, dns)
		}
	}
	for text, want := range map[string]string{
		"IP Address   : 010.000.010.007         IP Mask    : 255.255.255.000": "10.0.10.7",
		"ip address : 10.0.10.10":                                      "10.0.10.10",
		"IPv6 Address : 2001:DB8:0:0::7/64   Scope : global":           "2001:db8::7",
		"IP Address : 10.0.10.10\nIPv6 Address : 2001:db8::7":          "10.0.10.10",
		"IPv6 Address : 2001:db8::7\nIP Address : 10.0.10.10":          "10.0.10.10",
		"IP Address : Not Configured\nDuplicate IP : no\nDomain : no.": "",
	} {
		if ip, _, _ := parseNetwork(text); ip != want {
			t.Errorf("%q: %q", text, ip)
		}
	}
	for text, want := range map[string]string{"Domain : Not Configured": "", "Domain : none": "", "Domain       : Example.COM.": "Example.COM", "Domain :": ""} {
		if _, domain, _ := parseNetwork(text); domain != want {
			t.Errorf("%q: %q", text, domain)
		}
	}
	if _, _, dns := parseNetwork("Primary : 2001:db8::53   Secondary : Not Configured"); !reflect.DeepEqual(dns, []string{"2001:db8::53"}) {
		t.Errorf("got %q", dns)
	}
}

func TestParseCluster(t *testing.T) {
	want := []vos.Member{
		{IP: "10.77.29.191", FQDN: "cer-191-p123.cisco.com", Host: "cer-191-p123", Role: vos.Publisher, Product: "callmanager", State: "authenticated"},
		{IP: "10.77.29.192", FQDN: "cer186-sub.cisco.com", Host: "cer186-sub", Role: vos.Subscriber, Product: "ciscoer", State: "authenticated using TCP since Fri Oct 10 18:42:40 2014"},
	}
	for name, text := range dialects(told(t, "cluster.txt")) {
		if got := ParseCluster(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	got := ParseCluster("10.0.0.1 uccx1 publisher uccx DBPub not authenticated\n2001:db8::2 uccx2.example.com uccx2 Subscriber\nsomething else is here")
	want = []vos.Member{{IP: "10.0.0.1", FQDN: "uccx1", Host: "uccx1", Role: vos.Publisher, Product: "uccx", State: "not authenticated"}, {IP: "2001:db8::2", FQDN: "uccx2.example.com", Host: "uccx2", Role: vos.Subscriber, Product: "", State: ""}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestParseServices(t *testing.T) {
	for name, text := range dialects(told(t, "services.txt")) {
		got := map[string]vos.Service{}
		for _, s := range parseServices(text) {
			got[s.Name] = s
		}
		for _, want := range []vos.Service{{Name: "System SSH", State: "STARTED", Reason: ""}, {Name: "Name Service Cache", State: "STOPPED", Reason: "Service Not Activated"}, {Name: "A Cisco DB", State: "STARTED", Reason: ""},
			{Name: "Cisco Tomcat", State: "STARTED", Reason: ""}, {Name: "Cisco Unified CCX Engine", State: "STOPPED", Reason: "Commanded Out of Service"}} {
			if got[want.Name] != want {
				t.Errorf("%s: %+v, not %+v", name, got[want.Name], want)
			}
		}
		if len(got) != 10 {
			t.Errorf("%s: %d services: %v", name, len(got), got)
		}
	}
}

func TestParseLists(t *testing.T) {
	for name, text := range dialects(told(t, "cert_list_trust.txt")) {
		want := []vos.TrustFile{{Store: "tomcat-trust", File: "Example_Root_G2.pem", About: "Example Root G2"}, {Store: "tomcat-trust", File: "uccx1.example.com.pem", About: "Trust Certificate"},
			{Store: "tomcat-trust", File: "Issuing_CA_1_523c32.pem", About: "Signed: by Example Root G2"}, {Store: "CallManager-trust", File: "CAP-RTP-001.pem", About: "Cisco CAP"}}
		if got := parseTrust(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if own := parseTrust(told(t, "cert_list_own.txt")); len(own) != 8 || own[1] != (vos.TrustFile{Store: "tomcat-ECDSA", File: "tomcat-ECDSA.pem", About: "Self-signed certificate generated by system"}) {
		t.Errorf("own: %q", own)
	}
	if csr := parseTrust(told(t, "csr_list.txt")); !reflect.DeepEqual(csr, []vos.TrustFile{{Store: "tomcat", File: "tomcat.csr", About: ""}}) {
		t.Errorf("csr: %q", csr)
	}
	block := "Unit: tomcat-trust\nType: trust-certs\nName: Root_G2.pem\nIssuer: CN=Root G2\nExpires: Jan 1 2030\n\nUnit   : tomcat\nType   : trust\nName   : tomcat-trust/Sub.der\n"
	if got := parseTrust(block); !reflect.DeepEqual(got, []vos.TrustFile{{Store: "tomcat-trust", File: "Root_G2.pem", About: ""}, {Store: "tomcat-trust", File: "Sub.der", About: ""}}) {
		t.Errorf("blocks: %q", got)
	}
	if none := parseTrust("No CSR found\nsee https://node:8443/x.pem\nExecuted command unsuccessfully"); none != nil {
		t.Errorf("none: %q", none)
	}
}

// The certificate is read from the PEM and never from the text before it, in both dialects, also with the marker glued
// to the dump (docs/nodes.md 1.5).
func TestParsePEM(t *testing.T) {
	for _, file := range []string{"cert_classic.txt", "cert_bcfips.txt"} {
		for name, text := range dialects(told(t, file)) {
			der, ok := vos.ParsePEM(text)
			if !ok {
				t.Fatal(file, name)
			}
			c, err := x509.ParseCertificate(der)
			if err != nil || c.Subject.CommonName != "uccx1.example.com" || strings.ToUpper(c.SerialNumber.Text(16)) != "523C32C09694B0A60168D6EE36A3B96E" {
				t.Errorf("%s, %s: %v", file, name, err)
			}
		}
	}
	for _, text := range []string{"", told(t, "csr.txt"), "-----BEGIN CERTIFICATE-----\nMII", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----",
		"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"} {
		if _, ok := vos.ParsePEM(text); ok {
			t.Errorf("%.40q was read as a certificate", text)
		}
	}
}

func TestParseRequest(t *testing.T) {
	for _, file := range []string{"csr.txt", "csr_dump.txt"} {
		for name, text := range dialects(told(t, file)) {
			der, ok := vos.ParseRequest(text)
			if !ok {
				t.Fatal(file, name)
			}
			if r, err := x509.ParseCertificateRequest(der); err != nil || r.Subject.CommonName != "uccx1.example.com" {
				t.Errorf("%s, %s: %v", file, name, err)
			}
		}
	}
	if _, ok := vos.ParseRequest(told(t, "cert_classic.txt")); ok {
		t.Error("a certificate was read as a request")
	}
}

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]string{told(t, "version_active.txt"): "15.0.1.11900-40", told(t, "uccx_version.txt"): "10.0.0.95000-136",
		"Inactive Master Version: 11.0.1": "", "Active UCCX Version: NA": "", "": ""} {
		if got := parseVersion(text); got != want {
			t.Errorf("%.40q: %q, not %q", text, got, want)
		}
	}
}

// Nothing that a node prints may stop the program, and nothing that is read may hold what is no name.
func FuzzParsers(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		f.Fatal("no transcripts", err)
	}
	for _, name := range names {
		f.Add(told(f, filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := parseStatus(text); err == nil && a.Host == "" && a.Now.IsZero() && a.Version == "" && len(a.Disks) == 0 && !strings.Contains(strings.ToLower(text), "date") {
			t.Errorf("nothing was read, and no error: %q", text)
		}
		ip, _, dns := parseNetwork(text)
		for _, a := range append(dns, ip) {
			if a != "" && address(a) != a {
				t.Errorf("%q is not a valid address", a)
			}
		}
		for _, m := range ParseCluster(text) {
			if address(m.IP) == "" || m.Role == "" {
				t.Errorf("member %+v", m)
			}
		}
		for _, s := range parseServices(text) {
			if s.Name == "" || s.State == "" {
				t.Errorf("service %+v", s)
			}
		}
		for _, l := range parseTrust(text) {
			if l.Store == "" || !isCertFile(l.File) || strings.ContainsAny(l.File, "\n:") {
				t.Errorf("file %+v", l)
			}
		}
		if der, ok := vos.ParsePEM(text); ok && len(der) == 0 {
			t.Error("a certificate of no bytes")
		}
		_, _ = vos.ParseRequest(text)
		_ = parseVersion(text)
		_ = vos.Excerpt(text)
		_, _ = vos.RefusalIn(text), succeeded(text)
	})
}
