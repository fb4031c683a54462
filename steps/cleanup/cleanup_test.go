package cleanup

import (
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // the flag -update

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

var today = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// maker makes certificates; days are counted from today.
type maker struct {
	t      *testing.T
	serial int64
}

type made struct {
	*x509.Certificate
	key *ecdsa.PrivateKey
}

func (m *maker) make(cn string, from, until int, ca bool, by *made, key *ecdsa.PrivateKey) *made {
	m.t.Helper()
	if key == nil {
		key = certtest.Key(m.t)
	}
	m.serial++
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(m.serial), Subject: pkix.Name{CommonName: cn}, NotBefore: today.AddDate(0, 0, from), NotAfter: today.AddDate(0, 0, until), IsCA: ca, BasicConstraintsValid: true}
	if ca {
		tmpl.KeyUsage = x509.KeyUsageCertSign
	} else {
		tmpl.DNSNames = []string{cn}
	}
	parent, signer := tmpl, key
	if by != nil {
		parent, signer = by.Certificate, by.key
	}
	c := certtest.Sign(m.t, tmpl, parent, key.Public(), signer)
	return &made{c, key}
}

// TestJudge: what may go, and what must stay and why.
func TestJudge(t *testing.T) {
	m := &maker{t: t}
	root := m.make("Corp Root", -900, 900, true, nil, nil)
	rootAgain := m.make("Corp Root", -10, 1800, true, nil, root.key)
	rootOther := m.make("Corp Root", -10, 1800, true, nil, nil)
	oldRoot := m.make("Old Root", -900, -5, true, nil, nil)
	oldRenewed := m.make("Old Root", -6, 900, true, nil, oldRoot.key)
	underOld := m.make("app.example.com", -20, 100, false, oldRoot, nil)
	leaf := m.make("uccx1.example.com", -10, 100, false, root, nil)
	selfOld := m.make("ccp.example.com", -400, 400, false, nil, nil)
	selfNow := m.make("ccp.example.com", -3, 700, false, nil, nil)
	selfDead := m.make("ccp.example.com", -900, -1, false, nil, nil)
	stranger := m.make("ldap.example.com", -400, 400, false, nil, nil)
	for _, c := range []struct {
		name  string
		store []*made
		seen  []*made
		owner map[string]bool
		want  string // of the first file: "", "goes KIND", "stays WORDS"
	}{
		{"sound and alone", []*made{root}, []*made{leaf}, nil, ""},
		{"expired, and of no one", []*made{oldRoot}, []*made{leaf}, nil, "goes expired"},
		{"expired, and above a leaf of a node", []*made{oldRoot}, []*made{underOld}, nil, "stays it is above"},
		{"expired, and above a leaf in the store", []*made{oldRoot, underOld}, nil, nil, "stays it is above"},
		{"expired, above a leaf, and renewed with the same key", []*made{oldRoot, oldRenewed}, []*made{underOld}, nil, "goes expired"},
		{"expired, and still presented", []*made{selfDead}, []*made{selfDead}, map[string]bool{"ccp.example.com": true}, "stays a node still presents it"},
		{"expired, and its host was not seen", []*made{selfDead}, nil, map[string]bool{"ccp.example.com": false}, "stays what ccp.example.com presents was not seen"},
		{"expired, of a host that presents another", []*made{selfDead, selfNow}, []*made{selfNow}, map[string]bool{"ccp.example.com": true}, "goes expired"},
		{"superseded with the same key", []*made{root, rootAgain}, []*made{leaf}, nil, "goes superseded"},
		{"superseded with another key, and above a leaf", []*made{root, rootOther}, []*made{leaf}, nil, "stays it is above"},
		{"superseded with another key, and of no one", []*made{root, rootOther}, nil, nil, "stays its key differs"},
		{"the newer of two names", []*made{rootAgain, root}, []*made{leaf}, nil, ""},
		{"self-signed, of a host that presents another", []*made{selfOld, selfNow}, []*made{selfNow}, map[string]bool{"ccp.example.com": true}, "goes superseded"},
		{"self-signed, and its newer one is not there", []*made{selfOld}, []*made{selfNow}, map[string]bool{"ccp.example.com": true}, "goes superseded"},
		{"self-signed, of a host that was not seen", []*made{selfOld, selfNow}, nil, map[string]bool{"ccp.example.com": false}, "stays what ccp.example.com presents"},
		{"self-signed, of a host that no one knows", []*made{stranger}, []*made{leaf}, map[string]bool{"ccp.example.com": true}, ""},
		{"not read", []*made{nil}, nil, nil, "stays it could not be read"},
	} {
		got := judged(c.store, c.seen, c.owner)
		word := ""
		if len(got) > 0 && got[0].File.File == "0.pem" {
			word = "stays " + got[0].Why.String()
			if got[0].Goes {
				word = "goes " + string(got[0].Kind)
			}
		}
		if (c.want == "") != (word == "") || !strings.HasPrefix(word, c.want) {
			t.Errorf("%s: %q, want %q", c.name, word, c.want)
		}
	}
	if own := judged([]*made{leaf, leaf}, []*made{leaf}, nil); len(own) != 1 || own[0].Goes {
		t.Errorf("a second file of what a node presents: %+v", own)
	}
	twice := judged([]*made{root, leaf, root, root}, []*made{leaf}, nil)
	if len(twice) != 2 || twice[0].Kind != Doubled || twice[0].File.File != "2.pem" || !twice[0].Goes || twice[1].File.File != "3.pem" {
		t.Errorf("of files with the same certificate the first stays: %+v", twice)
	}
}

func judged(store, seen []*made, owner map[string]bool) []Verdict {
	read, u := map[string]*x509.Certificate{}, uses{owners: owner}
	var listed []vos.TrustFile
	for i, c := range store {
		f := vos.TrustFile{Store: "tomcat-trust", File: fmt.Sprintf("%d.pem", i)}
		if listed = append(listed, f); c != nil {
			read[f.File] = c.Certificate
		}
	}
	for _, c := range seen {
		u.presented = append(u.presented, c.Certificate)
	}
	return judge("uccx1.example.com", listed, read, u, today)
}

// TestNothingBreaks: whatever lies in a store, what may go takes no chain away: all that verified before does so after.
func TestNothingBreaks(t *testing.T) {
	m := &maker{t: t}
	var cas, leaves []*made
	for i := range 3 {
		root := m.make(fmt.Sprintf("Root %d", i), -900, []int{900, -3, 40}[i], true, nil, nil)
		again := m.make(fmt.Sprintf("Root %d", i), -2, 1800, true, nil, []*ecdsa.PrivateKey{root.key, root.key, nil}[i])
		issuing := m.make(fmt.Sprintf("Issuing %d", i), -800, []int{-1, 300, 300}[i], true, root, nil)
		cas = append(cas, root, again, issuing, m.make(fmt.Sprintf("Issuing %d", i), -1, 900, true, again, issuing.key))
		leaves = append(leaves, m.make(fmt.Sprintf("node%d.example.com", i), -5, 90, false, issuing, nil))
	}
	for pick := 0; pick < 1<<len(cas); pick += 7 { // every seventh store: all of them take ten seconds
		var store []*made
		for i, c := range cas {
			if pick>>i&1 == 1 {
				store = append(store, c)
			}
		}
		goes := judged(store, leaves, nil)
		after := slices.Clone(store)
		for _, v := range goes {
			if v.Goes {
				after = slices.DeleteFunc(after, func(c *made) bool { return c.Equal(v.Cert) })
			}
		}
		for _, leaf := range leaves {
			if verifies(leaf, store) && !verifies(leaf, after) {
				t.Fatalf("store %012b: %s verified before and does not after %+v", pick, cert.Name(leaf.Certificate), goes)
			}
		}
	}
}

func verifies(leaf *made, store []*made) bool {
	roots, others := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range store {
		if roots.AddCert(c.Certificate); cert.Classify(c.Certificate) != cert.Root {
			others.AddCert(c.Certificate)
		}
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: today, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil
}
