package sim_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestWrongWords: what is typed wrongly gets the node's words, and changes nothing.
func TestWrongWords(t *testing.T) {
	t.Parallel()
	for _, profile := range []sim.Profile{sim.Profile125, sim.Profile15} {
		c := lab(t, func(o *sim.Options) { o.Profile = profile })
		h := sitDown(t, c, pub, 24)
		h.say("set cli pagination off")
		for line, want := range map[string]string{
			"reboot":                              "Executed command unsuccessfully\nNo valid command entered\n",
			"show":                                "No valid command entered\n",
			"show cert own":                       "Incomplete command entered\n",
			"show cert own capf":                  "Invalid certificate type: capf\n",
			"show cert own tomcat/other.pem":      "Invalid certificate type: tomcat/other.pem\n",
			"show cert trust tomcat-trust/no.pem": "Certificate tomcat-trust/no.pem does not exist\n",
			"show csr own tomcat/tomcat.csr":      "does not exist\n",
			"set csr gen nothing":                 "Invalid certificate type: nothing\n",
			"set cert delete tomcat tomcat.pem":   "Only trust certificates can be deleted",
			"set cert delete tomcat nothing.pem":  "Certificate tomcat-trust/nothing.pem does not exist\n",
			"set cli pagination perhaps":          "No valid command entered\n",
			"utils service restart Cisco Nothing": "Service Cisco Nothing does not exist\n",
			"set cert import else tomcat":         "No valid command entered\n",
			"set cert import own tomcat-trust":    "Invalid certificate type: tomcat-trust\n",
		} {
			if got := h.say(line); !strings.Contains(got, want) {
				t.Errorf("%s: %s: got %q, want %q", profile, line, got, want)
			}
		}
		n := c.Counts()[pub]
		if n.CSRs+n.OwnUploads+n.Restarts+len(n.TrustUploads) != 0 {
			t.Errorf("%s: %+v", profile, n)
		}
	}
}

// own makes a certificate that signs itself.
func own(t *testing.T, cn string, bits int, from, to time.Time) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(from.Unix()), Subject: pkix.Name{CommonName: cn}, NotBefore: from, NotAfter: to,
		IsCA: true, BasicConstraintsValid: true}
	der := certtest.DER(t, c, nil, key.Public(), key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// TestWrongCertificates: every upload that a node refuses, in its own words, and the request survives (TRB-2, docs/nodes.md 3).
func TestWrongCertificates(t *testing.T) {
	t.Parallel()
	releases := []bool{false, true}
	if testing.Short() {
		releases = releases[:1]
	}
	for _, long := range releases {
		c := lab(t, func(o *sim.Options) {
			if long {
				o.Profile = sim.Profile15
			}
		})
		word := func(short, other string) string {
			if long {
				return other
			}
			return short
		}
		key := word("CSR public key and Certificate public key doesn't match", "CSR public key and certificate public key do not match")
		san := word("CSR SAN and Certificate SAN doesn't match", "CSR SAN and Certificate SAN does not match")
		from := requestsOU(t, c, long, pub, sub)
		good := signed(t, c, from)
		reply := func(b sim.Behaviour) answer {
			c.CA().Behave(b)
			defer c.CA().Behave(sim.Honest)
			return signed(t, c, from)
		}
		now := time.Now()
		h := sitDown(t, c, pub, 24)
		h.say("set cli pagination off")
		try := func(what, line, pem, want string) {
			t.Helper()
			if got := h.paste(line, pem); !strings.Contains(got, want) || strings.Contains(got, "Successfully") {
				t.Errorf("%s: got %q, want %q", what, got[max(0, len(got)-200):], want)
			}
		}
		const importOwn, importTrust = "set cert import own tomcat", "set cert import trust tomcat"
		try("no CA yet", importOwn, good.leaf[pub], "CA certificate is not available in the trust-store")
		h.paste(importTrust, good.root)
		try("no intermediate", importOwn, good.leaf[pub], "CA certificate is not available in the trust-store")
		h.paste(importTrust, good.issuing)
		try("text", importOwn, "Dear customer,\nplease wait.\n", "Certificate is not in PEM format")
		try("damaged", importOwn, damaged(good.leaf[pub]), "Invalid or unreadable certificate")
		try("two in one file", importTrust, good.root+good.issuing, "more than one certificate")
		try("the other node's", importOwn, good.leaf[sub], key)
		try("another key", importOwn, reply(sim.OtherKey).leaf[pub], key)
		try("a name more", importOwn, reply(sim.AddSAN).leaf[pub], san)
		try("a name less", importOwn, reply(sim.DropSAN).leaf[pub], san)
		try("the other's names", importOwn, reply(sim.Swap).leaf[sub], san)
		try("expired", importOwn, reply(sim.Expired).leaf[pub], "expired")
		try("expired CA", importTrust, own(t, "Old CA", 2048, now.AddDate(-2, 0, 0), now.AddDate(-1, 0, 0)), "expired")
		try("no request", "set cert import own ipsec", good.leaf[pub], word("CSR does not exist", "File /usr/local/platform/.security/ipsec/keys/ipsec.csr does not exist"))
		n := c.Counts()[pub]
		if n.CSRs != 1 || n.OwnUploads != 0 || len(n.TrustUploads) != 2 {
			t.Errorf("%+v", n)
		}
		if got := h.paste(importOwn, good.leaf[pub]); !strings.Contains(got, "Successfully imported") {
			t.Errorf("the right one: %q", got)
		}
		try("the right one again", importOwn, good.leaf[pub], word("CSR does not exist", "tomcat.csr does not exist"))
	}
}

// damaged breaks the structure and leaves the armour.
func damaged(text string) string {
	block, _ := pem.Decode([]byte(text))
	block.Bytes = block.Bytes[:len(block.Bytes)/2]
	return string(pem.EncodeToMemory(block))
}

// TestNewRequestThrowsKeyAway: after a second CSR the certificate for the first is worth nothing.
func TestNewRequestThrowsKeyAway(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	a := signed(t, c, requests(t, c, pub))
	requests(t, c, pub)
	h := sitDown(t, c, pub, 24)
	if got := h.paste("set cert import own tomcat", a.leaf[pub]); !strings.Contains(got, "public key") {
		t.Errorf("%q", got)
	}
	if got := c.Counts()[pub].CSRs; got != 2 {
		t.Errorf("%d requests counted", got)
	}
}

// TestOneCertificatePerName: in a trust store a CN stands once; a newer one replaces the old, an older is passed over.
func TestOneCertificatePerName(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	now := time.Now().Truncate(time.Second)
	older := own(t, "Some CA", 2048, now.AddDate(-2, 0, 0), now.AddDate(1, 0, 0))
	newer := own(t, "Some CA", 2048, now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	h := sitDown(t, c, pub, 24)
	h.say("set cli pagination off")
	held := func() *x509.Certificate { return certOf(t, h.say("show cert trust tomcat-trust/Some_CA.pem")) }
	for i, step := range []struct{ put, want string }{{older, older}, {newer, newer}, {older, newer}} {
		if got := h.paste("set cert import trust tomcat", step.put); !strings.Contains(got, "Successfully imported") {
			t.Fatalf("%d: %q", i, got)
		}
		if !held().Equal(certOf(t, step.want)) {
			t.Errorf("%d: another certificate is held", i)
		}
	}
	if got := h.say("set cert delete tomcat Some_CA.pem"); !strings.Contains(got, "Successfully") {
		t.Error(got)
	}
	h.paste("set cert import trust tomcat", older)
	if !held().Equal(certOf(t, older)) {
		t.Error("after a delete the older one is taken")
	}
}

// TestRegenerate asks first, makes a new self-signed certificate, and serves it after a restart.
func TestRegenerate(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	h := sitDown(t, c, ccp, 24)
	h.say("set cli pagination off")
	before := served(t, c, ccp, 443).PeerCertificates[0]
	h.typed("set cert regen tomcat\r")
	h.wait(`for  tomcat\nProceed with regeneration \(yes\|no\)\? $`)
	h.typed("no\r")
	h.wait(`admin:$`)
	if got := certOf(t, h.say("show cert own tomcat")); !got.Equal(before) {
		t.Error("no means no")
	}
	h.typed("set cert regen tomcat\r")
	h.wait(`\(yes\|no\)\? $`)
	h.typed("yes\r")
	h.wait(`Successfully Regenerated Certificate for tomcat.\nYou must restart services[^\n]*\nadmin:$`)
	held := certOf(t, h.say("show cert own tomcat"))
	if held.Equal(before) || !served(t, c, ccp, 443).PeerCertificates[0].Equal(before) {
		t.Error("held is new, served is old")
	}
	h.say("utils service restart Cisco Tomcat")
	if !served(t, c, ccp, 443).PeerCertificates[0].Equal(held) {
		t.Error("after the service was restarted its ports serve the new one")
	}
}
