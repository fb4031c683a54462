package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// script is a terminal of which a test writes the answers; it keeps what was typed.
type script struct {
	answers map[string]string
	typed   []string
}

func (s *script) Type(_ context.Context, d vos.Dialogue) (string, error) {
	s.typed = append(s.typed, d.Line)
	text, ok := s.answers[d.Line]
	if !ok {
		text = "Executed command unsuccessfully\nNo valid command entered"
	}
	return text, nil
}

func (*script) Close() error { return nil }

func speak(answers map[string]string) (*CLI, *script) {
	s := &script{answers: answers}
	return NewCLI(vos.Node{FQDN: "uccx1.example.com"}, s), s
}

// refusedWith checks the class, and that the three parts for the person are there.
func refusedWith(t *testing.T, err error, class error, means string) {
	t.Helper()
	var e *vos.Error
	if !errors.As(err, &e) || e.Class != class {
		t.Errorf("got %v", err)
		return
	}
	if e.Node == "" || e.What.IsZero() || e.Means.IsZero() || e.Next.IsZero() || !strings.Contains(e.Means.String(), means) {
		t.Errorf("a part is missing: %+v", e)
	}
}

func TestAboutAsksNoMoreThanItMust(t *testing.T) {
	c, s := speak(map[string]string{"show status": told(t, "status.txt"), "show network eth0": told(t, "network.txt")})
	a, err := c.About(t.Context())
	if err != nil || a.FQDN() != "cucm-pub.example.com" || a.IP != "10.0.10.10" || a.Version != "12.5.1.12900-115" {
		t.Errorf("got %+v, %v", a, err)
	}
	if len(s.typed) != 2 {
		t.Errorf("typed %q", s.typed)
	}

	c, s = speak(map[string]string{"show status": "Host Name : cer186-sub\nDate : Mon Mar 2, 2026 00:36:32", "show network eth0": "IP Address : 10.77.29.192",
		"show network cluster": told(t, "cluster.txt"), "show version active": told(t, "version_active.txt")})
	if a, err = c.About(t.Context()); err != nil || a.FQDN() != "cer186-sub.cisco.com" || a.Version != "15.0.1.11900-40" {
		t.Errorf("got %+v, %v after %q", a, err, s.typed)
	}

	c, _ = speak(nil)
	_, err = c.About(t.Context())
	refusedWith(t, err, vos.ErrRefused, "unchanged")
}

// To believe wrongly that no CSR is pending costs the key that a CA is signing (SIG-1): only words that say so count.
func TestCSR(t *testing.T) {
	const list, show = "show csr list own", "show csr own tomcat/tomcat.csr"
	gone := "File /usr/local/platform/.security/tomcat/keys/tomcat.csr does not exist\nExecuted command unsuccessfully"
	for name, c := range map[string]struct {
		answers map[string]string
		want    string // "pending", "none" or "refused"
		typed   int
	}{
		"pending":                         {map[string]string{list: "tomcat/tomcat.csr", show: told(t, "csr.txt")}, "pending", 2},
		"with a dump":                     {map[string]string{list: "ipsec/ipsec.csr\ntomcat/tomcat.csr\n", show: told(t, "csr_dump.txt")}, "pending", 2},
		"of another unit":                 {map[string]string{list: "tomcat-ECDSA/tomcat-ECDSA.csr"}, "none", 1},
		"said to be none":                 {map[string]string{list: "No CSR found"}, "none", 1},
		"shown by the unit alone":         {map[string]string{list: "tomcat/tomcat.csr", show: "Invalid parameter", "show csr own tomcat": told(t, "csr.txt")}, "pending", 3},
		"nothing said, and none":          {map[string]string{list: "", show: gone}, "none", 2},
		"nothing said, and yet one":       {map[string]string{list: "", show: told(t, "csr.txt")}, "pending", 2},
		"words that are not known, one":   {map[string]string{list: "Unit : tomcat", show: told(t, "csr.txt")}, "pending", 2},
		"words that are not known, none":  {map[string]string{list: "Certificates:", show: "Executed command unsuccessfully"}, "none", 3},
		"gone between the two":            {map[string]string{list: "tomcat/tomcat.csr", show: gone}, "none", 2},
		"nothing said twice":              {map[string]string{list: "", show: ""}, "refused", 3},
		"no right to see":                 {map[string]string{list: "Executed command unsuccessfully", show: "Executed command unsuccessfully"}, "refused", 3},
		"no such command, but then there": {map[string]string{show: told(t, "csr.txt")}, "pending", 2},
		"listed, but not shown":           {map[string]string{list: "tomcat/tomcat.csr", show: "Executed command unsuccessfully"}, "refused", 3},
		"cut off":                         {map[string]string{list: "tomcat/tomcat.csr", show: told(t, "csr.txt")[:300]}, "refused", 2},
	} {
		t.Run(name, func(t *testing.T) {
			cli, s := speak(c.answers)
			der, err := cli.CSR(t.Context(), "tomcat")
			got := "none"
			switch {
			case err != nil:
				got = "refused"
				refusedWith(t, err, vos.ErrRefused, "unchanged")
			case der != nil:
				got = "pending"
			}
			if got != c.want || len(s.typed) != c.typed {
				t.Errorf("%s after %q, %v", got, s.typed, err)
			}
		})
	}
}

func TestIdentity(t *testing.T) {
	c, s := speak(map[string]string{"show cert own tomcat": told(t, "cert_classic.txt")})
	if got, err := c.Identity(t.Context(), "tomcat"); err != nil || got.Subject.CommonName != "uccx1.example.com" || len(s.typed) != 1 {
		t.Errorf("got %v after %q", err, s.typed)
	}
	c, s = speak(map[string]string{"show cert own tomcat/tomcat.pem": told(t, "cert_bcfips.txt")})
	if got, err := c.Identity(t.Context(), "tomcat"); err != nil || got.Subject.CommonName != "uccx1.example.com" {
		t.Errorf("got %v after %q", err, s.typed)
	}
	c, _ = speak(nil)
	_, err := c.Identity(t.Context(), "tomcat")
	refusedWith(t, err, vos.ErrRefused, "different product or release")
}

func TestTrust(t *testing.T) {
	c, _ := speak(map[string]string{"show cert list trust": told(t, "cert_list_trust.txt"), "show cert trust tomcat-trust/Example_Root_G2.pem": told(t, "cert_classic.txt")})
	all, err := c.TrustList(t.Context(), "tomcat")
	if err != nil || len(all) != 3 {
		t.Fatalf("got %v, %v", all, err)
	}
	if _, err := c.Trusted(t.Context(), "tomcat", all[0]); err != nil {
		t.Error(err)
	}
	c, _ = speak(map[string]string{"show cert list trust": "CallManager-trust/CAP-RTP-001.pem: Cisco CAP"})
	if all, err := c.TrustList(t.Context(), "tomcat"); err != nil || len(all) != 0 {
		t.Errorf("got %v, %v", all, err)
	}
	c, _ = speak(nil)
	_, err = c.TrustList(t.Context(), "tomcat")
	refusedWith(t, err, vos.ErrRefused, "")
}

// A name with a key in it is not typed: it comes from the node, and would be a keystroke.
func TestNamesAreNotKeystrokes(t *testing.T) {
	for _, name := range []string{"a\x03b.pem", "a?.pem", "a\rutils system restart\r.pem", "\x1b[A.pem", "\xff.pem"} {
		c, s := speak(nil)
		_, err := c.Trusted(t.Context(), "tomcat", vos.TrustFile{Store: "tomcat-trust", File: name})
		refusedWith(t, err, vos.ErrRefused, "unchanged")
		if len(s.typed) != 0 {
			t.Errorf("typed %q", s.typed)
		}
	}
	c, s := speak(nil)
	if _, _ = c.Trusted(t.Context(), "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "認証局_1.pem"}); len(s.typed) != 1 {
		t.Error("a name in another script was not typed")
	}
}

// What a node says to a change, and what that means (docs/nodes.md 1.5, 3, 6 and 7.7).
func TestVerdictOnAChange(t *testing.T) {
	for _, c := range []struct {
		said  string
		class error
		means string
	}{
		{"Successfully imported certificate for tomcat.\nPlease restart services related to tomcat for the new certificate to become active.", nil, ""},
		{"Successfully regenerated certificate for tomcat.", nil, ""},
		{"Success: Certificate Uploaded", nil, ""},
		{"SUCCESSFULLY GENERATED CSR  FOR tomcat", nil, ""},
		{"Warning: could not be replicated yet\nSuccessfully imported certificate for tomcat.", nil, ""},
		{"CSR SAN and Certificate SAN does not match\nExecuted command unsuccessfully", vos.ErrRefused, "added or removed a name"},
		{"CSR SAN and Certificate SAN doesn't match", vos.ErrRefused, "added or removed a name"},
		{"CSR public key and Certificate public key doesn't match", vos.ErrRefused, "another node"},
		{"CSR public key and certificate public key do not match", vos.ErrRefused, "another node"},
		{"CA certificate is not available in the trust-store", vos.ErrRefused, "or an intermediate is not on the node"},
		{"File /usr/local/platform/.security/tomcat/keys/tomcat.csr does not exist", vos.ErrRefused, "no pending CSR"},
		{"CSR does not exist", vos.ErrRefused, "consumed"},
		{"The file /usr/local/platform/upload/certs//tomcat.der could not be uploaded", vos.ErrRefused, "CSR or the chain"},
		{"Certificate is not in PEM format", vos.ErrRefused, "PEM"},
		{"Invalid or unreadable certificate", vos.ErrRefused, "PEM"},
		{"Certificate is expired\nExecuted command unsuccessfully", vos.ErrRefused, "expired"},
		{"Invalid certificate: not yet valid", vos.ErrRefused, "clock"},
		{"Executed command unsuccessfully\nNo valid command entered", vos.ErrRefused, "different product"},
		{"Executed command unsuccessfully", vos.ErrRefused, "as it reports"},
		{"Error: internal", vos.ErrRefused, "as it reports"},
		{"Certificate was not uploaded successfully", vos.ErrUncertain, "may or may not"},
		{"Successfully imported certificate for tomcat.\nExecuted command unsuccessfully", vos.ErrUncertain, "may or may not"},
		{"Please wait ...", vos.ErrUncertain, "may or may not"},
		{"", vos.ErrUncertain, "may or may not"},
	} {
		cli, _ := speak(map[string]string{"set csr gen tomcat": c.said})
		err := cli.GenerateCSR(t.Context(), "tomcat")
		if vos.Class(err) != c.class {
			t.Errorf("%q: %v", c.said, err)
			continue
		}
		if err == nil {
			continue
		}
		var e *vos.Error
		if !errors.As(err, &e) || !strings.Contains(e.What.String()+" "+e.Means.String(), c.means) || e.Next.IsZero() {
			t.Errorf("%q: %+v", c.said, e)
		}
		if first, _, _ := strings.Cut(c.said, "\n"); !strings.Contains(e.Said, first) {
			t.Errorf("the node's words are not told: %q", e.Said)
		}
	}
}

func TestExcerptLeavesPEMOut(t *testing.T) {
	got := vos.Excerpt("[\n  Version: V3\n]" + strings.TrimPrefix(told(t, "cert_classic.txt")[strings.Index(told(t, "cert_classic.txt"), "-----BEGIN"):], "") + "\nlast words\n")
	if strings.Contains(got, "MII") || !strings.Contains(got, "last words") {
		t.Errorf("got %q", got)
	}
}

// The words that are typed are a contract: screens show them before, and journals hold them.
func TestWords(t *testing.T) {
	for _, c := range []struct {
		d    vos.Dialogue
		want string
	}{
		{vos.DialogueCSR("tomcat"), "set csr gen tomcat"},
		{vos.DialogueImportTrust("tomcat", nil), "set cert import trust tomcat"},
		{vos.DialogueImportOwn("tomcat-ECDSA", nil), "set cert import own tomcat-ECDSA"},
		{vos.DialogueRestart(), "utils system restart"},
	} {
		if c.d.Line != c.want || !c.d.Changes {
			t.Errorf("%+v", c.d)
		}
	}
	for _, d := range vos.DialoguesSurvey("tomcat") {
		if d.Changes || d.Paste != nil || d.Leaves {
			t.Errorf("a survey changes the node: %+v", d)
		}
	}
}
