package vostest_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/vt"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/manual"
	"github.com/uccx-tui/uccx-tui/vos/rest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

const publisher = "uccx1.lab.example"

// labKeys are those of all labs of these tests.
var labKeys certtest.Keys

func lab(t *testing.T, p sim.Profile, quirks ...sim.Quirk) *sim.Cluster {
	t.Helper()
	top := sim.Pairs(1)
	top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: quirks}, "uccx2": {Quirks: quirks}}
	c, err := sim.Start(sim.Options{Dir: t.TempDir(), Seed: 11, Profile: p, Topology: &top, Keys: labKeys.Source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// profiles are the nodes over which every driver is examined.
func profiles() map[string]struct {
	profile sim.Profile
	quirks  []sim.Quirk
} {
	type lab = struct {
		profile sim.Profile
		quirks  []sim.Quirk
	}
	if testing.Short() {
		return map[string]lab{"12.5": {profile: sim.Profile125}, "rough": {sim.Profile15, []sim.Quirk{sim.QuirkRough, sim.QuirkChatty}}}
	}
	return map[string]lab{
		"11.5": {profile: sim.Profile115}, "12.5": {profile: sim.Profile125}, "15": {profile: sim.Profile15},
		"slow": {profile: sim.Slow}, "pager": {sim.Profile125, []sim.Quirk{sim.QuirkPager}},
		"narrow": {sim.Profile15, []sim.Quirk{sim.QuirkNarrow}}, "rough": {sim.Profile15, []sim.Quirk{sim.QuirkRough, sim.QuirkChatty}},
		"legacy": {sim.Profile115, []sim.Quirk{sim.QuirkLegacy}},
	}
}

// windows are the columns of what people copy from; nodes that are not named give a log without broken lines.
func windows() map[string]int { return map[string]int{"narrow": 80, "rough": 57, "pager": 100} }

// TestSSH examines the driver that types.
func TestSSH(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vostest.Run(t, &vostest.Exam{Cluster: lab(t, p.profile, p.quirks...), Node: publisher, Dialer: ssh.New(ssh.Options{Lab: true}), Brief: name == "slow",
				Enter: func(_ *vos.Node, a *vos.Access) { a.Legacy = old(name) }})
		})
	}
}

// TestREST examines the API, with SSH for what it lacks, and with people.
func TestREST(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		for _, way := range []vos.Connection{vos.ConnectionREST, vos.ConnectionRESTManual} {
			if way == vos.ConnectionRESTManual && !slices.Contains([]string{"12.5", "15", "narrow"}, name) {
				continue // both halves are examined over the others by themselves
			}
			t.Run(name+" "+string(way), func(t *testing.T) {
				t.Parallel()
				c := lab(t, p.profile, append(p.quirks, sim.QuirkREST)...)
				crowd := newPeople(t, c)
				crowd.window = windows()[name]
				var pins []*x509.Certificate // what was served before, or is CA-signed
				for _, n := range c.Solution().Nodes() {
					served, err := vos.Probe(t.Context(), n, vos.PortAdmin)
					if err != nil {
						t.Fatal(err)
					}
					pins = append(pins, served.Leaf)
				}
				check := func(shown *x509.Certificate) error {
					if shown.Issuer.String() != shown.Subject.String() || slices.ContainsFunc(pins, shown.Equal) {
						return nil
					}
					return fmt.Errorf("%s is not known", shown.SerialNumber)
				}
				vostest.Run(t, &vostest.Exam{Cluster: c, Node: publisher, Dialer: ways(), Brief: name == "slow",
					Enter: func(n *vos.Node, a *vos.Access) {
						n.Connection, a.ByHand, a.CheckCert, a.Legacy = way, crowd.do, check, old(name) && way == vos.ConnectionREST
					}})
				if asked := len(crowd.at) > 0; asked != (way == vos.ConnectionRESTManual) {
					t.Errorf("people were asked: %v", asked)
				}
			})
		}
	}
}

// old reports whether nodes sign their host key with SHA-1 alone, or worse.
func old(profile string) bool { return profile == "11.5" || profile == "legacy" }

func ways() vos.Dialers {
	return vos.Dialers{SSH: ssh.New(ssh.Options{Lab: true}), REST: rest.New(rest.Options{}), Manual: manual.New()}
}

// newPeople get up when the test ends.
func newPeople(t *testing.T, c *sim.Cluster) *people {
	crowd := &people{cluster: c, at: map[string]*vostest.Typist{}}
	t.Cleanup(func() {
		for _, one := range crowd.at {
			one.Close()
		}
	})
	return crowd
}

// people have a Typist at each node that they work on, and paste what was printed: as it came, or as a window shows it.
type people struct {
	mu      sync.Mutex
	cluster *sim.Cluster
	at      map[string]*vostest.Typist
	window  int    // columns of the window from which is copied, with the lines that it broke; 0: the log of a terminal
	folder  string // where what can be downloaded is laid, and given by its path; empty: all is pasted
	files   int
}

func (p *people) do(ctx context.Context, e vos.ManualTask) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.at[e.Node]
	if one == nil {
		n, _ := p.cluster.Solution().Node(e.Node)
		one = &vostest.Typist{Addr: n.Dial(vos.PortSSH), Login: p.cluster.Login()}
		p.at[e.Node] = one
	}
	text, err := one.Do(ctx, e.Dialogue)
	if err != nil {
		return "", err // the window is gone, and nothing in it can be copied
	}
	if path := p.download(text); path != "" && !e.Dialogue.Changes {
		return path, nil
	}
	text = "login as: administrator\r\n" + text
	if p.window > 0 {
		text = copied(text, p.window)
	}
	return text, nil
}

// copied is a text as it is marked and copied in a window of that many columns.
func copied(text string, columns int) string {
	height := 2
	for line := range strings.Lines(text) {
		height += 1 + len(line)/columns
	}
	e := vt.NewEmulator(columns, height)
	_, _ = e.WriteString(text)
	return strings.TrimRight(e.String(), "\n ")
}

// download lays a certificate in DER, or a CSR in PEM, into the folder, as a browser would.
func (p *people) download(text string) string {
	der, ok := vos.ParsePEM(text)
	name := "tomcat.der"
	if !ok {
		if der, ok = vos.ParseRequest(text); ok {
			der, name = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}), "tomcat.csr"
		}
	}
	if p.folder == "" || !ok {
		return ""
	}
	p.files++
	path := filepath.Join(p.folder, fmt.Sprintf("%d %s", p.files, name))
	if os.WriteFile(path, der, 0o600) != nil {
		return ""
	}
	return path
}

// TestManual examines people.
func TestManual(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := lab(t, p.profile, p.quirks...)
			crowd := newPeople(t, c)
			crowd.window = windows()[name]
			if name == "15" {
				crowd.folder = t.TempDir()
			}
			vostest.Run(t, &vostest.Exam{Cluster: c, Node: publisher, Dialer: manual.New(), Brief: name == "slow",
				Enter: func(n *vos.Node, a *vos.Access) { n.Connection, a.ByHand = vos.ConnectionManual, crowd.do }})
			if name == "15" && crowd.files < 10 {
				t.Errorf("only %d files were given", crowd.files)
			}
		})
	}
}

// TestNobody: without a person there is no driver by hand, and the node is as before.
func TestNobody(t *testing.T) {
	_, err := manual.New().Dial(context.Background(), vos.Node{FQDN: publisher}, vos.Access{})
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), publisher) {
		t.Error(err)
	}
}
