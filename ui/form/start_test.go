package form

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
)

// pasted is what a list makes of an empty form: the nodes as the table shows them, or the error.
func pasted(t *testing.T, text string) (string, *played) {
	t.Helper()
	p := begin(t).press("enter", "enter")
	added, err := p.Paste(text)
	if err != nil {
		return err.Error(), p
	}
	if added == 0 {
		return "", p
	}
	return nodesOf(&p.values), p
}

func nodesOf(v *Values) string {
	var all []string
	for _, n := range v.there() {
		all = append(all, strings.TrimSpace(kinds()[n.kind].label.String()+" "+n.fqdn+" "+n.address))
	}
	for _, x := range v.extra {
		if x.kind == extraPeers {
			all = append(all, "peer "+kinds()[x.node.kind].label.String()+" "+x.node.fqdn)
		}
	}
	return strings.Join(all, "; ")
}

const pair = "UCCX publisher uccx1.example.com; UCCX subscriber uccx2.example.com"

// TestPastedLists: what people have in a mail, a ticket or a spreadsheet becomes nodes; what is no list stays text.
func TestPastedLists(t *testing.T) {
	for text, want := range map[string]string{
		"uccx1.example.com\nuccx2.example.com\n":                                             pair,
		"uccx1.example.com\r\nuccx2.example.com\r\n\r\nccp.example.com":                      pair + "; CCP / SocialMiner ccp.example.com",
		"UCCX1.example.com, uccx2.example.com,":                                              pair,
		"uccx1.example.com uccx2.example.com":                                                pair,
		"uccx1.example.com; uccx2.example.com":                                               pair,
		"  # tonight\nuccx1.example.com\n\n  uccx2.example.com":                              pair,
		"fqdn,product,role\nuccx2.example.com,uccx,subscriber\nuccx1.example.com,UCCX,Pub":   pair,
		"FQDN\tIP\tRole\n\"uccx1.example.com\"\t10.0.0.5\tprimary\nuccx2.example.com\t\tsub": "UCCX publisher uccx1.example.com 10.0.0.5; UCCX subscriber uccx2.example.com",
		"10.0.0.5\tuccx1.example.com\tUnified CCX":                                           "UCCX, single uccx1.example.com 10.0.0.5",
		"uccx1.example.com 10.0.0.5 22=40022 manual":                                         "UCCX, single uccx1.example.com 10.0.0.5 22=40022 manual",
		"cuic1.example.com,CUIC,publisher":                                                   "CUIC primary cuic1.example.com",
		"uccx1.example.com\nuccx2.example.com\ncucm1.example.com":                            pair + "; peer Unified CM, single cucm1.example.com",
		"uccx1.example.com\nwhat is this":                                                    "The list was not added: what is not a name, product, role or address.",
		"uccx1.example.com\nuccx1.example.com":                                               "uccx1.example.com is already node 1",
		"uccx1.example.com,\x1b[2Jx":                                                         "The list was not added: x is not a name, product, role or address.",
		strings.Repeat("a.example.com\n", 50):                                                "The form accepts at most 40 nodes. For more, write a solution file: uccx-tui help solutions",
		"no names at all":                                                                    "",
		"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----":                       "",
	} {
		if got, _ := pasted(t, text); got != want {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestPasteKeepsWhatWasTyped: a list that is pasted at the second node leaves the first as it is, and those behind it too; one name
// alone is text of its field, and an address takes no list.
func TestPasteKeepsWhatWasTyped(t *testing.T) {
	p := filled(t)
	p.to(5) // what node 2 is
	if added, err := p.Paste("uccx3.example.com\nuccx4.example.com"); added != 2 || err != nil {
		t.Fatal(added, err)
	}
	if got, want := nodesOf(&p.values), "UCCX publisher "+fqdns[0]+"; UCCX publisher uccx3.example.com; UCCX subscriber uccx4.example.com; UCCX subscriber "+fqdns[1]+"; CCP / SocialMiner "+fqdns[2]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	p.sees("▸ Done", "uccx3.example.com")
	if added, err := p.Paste("uccx9.example.com\n" + fqdns[0]); added != 2 || err == nil || strings.Contains(nodesOf(&p.values), "uccx9") {
		t.Errorf("a list with a name that is there: %d, %v, %s", added, err, nodesOf(&p.values))
	}
	p = begin(t).press("enter", "enter", "enter")
	if added, _ := p.Paste("uccx1.example.com\n"); added != 0 {
		t.Error("one name is a list")
	}
	p.Update(tea.PasteMsg{Content: "uccx1.example.com\n"})
	p.press("enter")
	if added, _ := p.Paste("10.0.0.5\n22=40022"); added != 0 || p.values.nodes[0].name() != "uccx1.example.com" {
		t.Errorf("an address is a list of %d nodes", added)
	}
}

// site is a change with all that a solution file can say.
func site() change.Change {
	pair := vos.Cluster{Nodes: []vos.Node{{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Publisher, Address: "10.0.0.5", Ports: map[int]string{22: "10.0.0.5:40022"}, CA: vos.PublicCA}, {FQDN: "uccx2.example.com", Product: vos.UCCX, Role: vos.Subscriber, Connection: vos.ConnectionManual}}}
	return change.Change{Name: "HQ", Path: change.PathSigned, Unit: "tomcat", MultiServer: true, Replace: []string{"uccx1.example.com", "uccx2.example.com"}, Known: map[string]change.Know{"uccx1.example.com": {Legacy: true}}, Solution: vos.Solution{Name: "HQ",
		Clusters: []vos.Cluster{pair, {Nodes: []vos.Node{{FQDN: "ccp.example.com", Product: vos.CCP, Role: vos.Standalone}}}},
		Peers:    []vos.Node{{FQDN: "cucm1.example.com", Product: vos.CUCM, Role: vos.Publisher}}, Targets: []vos.Target{{Host: "api.example.net", Port: 8443, Dial: "10.0.0.9:8443"}}}}
}

// TestChangeAsForm: a change that is shown in the form and taken as it is, is the same change; a host key goes where its node is
// dialled elsewhere.
func TestChangeAsForm(t *testing.T) {
	want := site()
	f, err := Of(layout.NewTheme(false, lang.Localizer{}), want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Enter()
	if err != nil || got == nil {
		t.Fatalf("%v, at %q", err, f.asked.ask)
	}
	if a, b := spelled(*got), spelled(want); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
	f.values.nodes[0].address = "10.0.0.6"
	if moved, err := f.values.Change(); err != nil || len(moved.Known) != 0 || moved.Solution.Clusters[0].Nodes[0].CA != vos.PublicCA {
		t.Errorf("%v, known %v", err, moved.Known)
	}
}

// TestStart: the form begins with saved solutions, or by asking nodes; what was typed is not written over.
func TestStart(t *testing.T) {
	p := begin(t)
	p.Offer(nil)
	p.to(0)
	p.sees("How do you want to enter the nodes", "▸ Type or paste them", "Discover")
	p.press("down")
	if !p.Discovers() {
		t.Error("it asks no node")
	}
	p.Offer([]app.Saved{{Name: "hq", Change: site()}, {Name: "broken", Err: errors.New("line 3: no")}})
	if !p.Discovers() {
		t.Error("a key that was pressed while the solutions were read is lost")
	}
	p.press("end")
	p.sees("line 3: no")
	if p.press("enter"); p.told == "" || p.at != 0 {
		t.Error("a file that is broken is taken")
	}
	p.press("up")
	p.sees("3 nodes: uccx1, uccx2, ccp")
	p.press("enter")
	p.sees("uccx1.example.com", "▸ None", "Scripts   api.example.net:8443")
	if !p.Ends() || p.From() != "hq" {
		t.Errorf("from %q, ends %v", p.From(), p.Ends())
	}
	if p.press("enter"); p.got == nil || p.got.Solution.Clusters[0].Nodes[0].Address != "10.0.0.5" {
		t.Fatalf("%q, %+v", p.told, p.got)
	}
	p = begin(t)
	p.Offer([]app.Saved{{Name: "hq", Change: site()}})
	p.to(0)
	p.press("enter", "HQ", "enter", "enter", "enter", "typed.example.com", "enter")
	p.to(0)
	p.press("end", "enter")
	if !strings.Contains(p.told, "the form already contains nodes") || p.values.nodes[0].fqdn != "typed.example.com" {
		t.Errorf("it was written over: %q", p.told)
	}
}

// TestJoin: nodes that were found come behind those that were typed, each once; a Unified CM becomes a peer.
func TestJoin(t *testing.T) {
	p := begin(t).press("enter", "enter", "enter", "typed.example.com", "enter")
	found := append(site().Solution.Nodes(), vos.Node{FQDN: "cucm1.example.com", Product: vos.CUCM, Role: vos.Publisher}, vos.Node{FQDN: "typed.example.com", Product: vos.CCP, Role: vos.Standalone})
	if err := p.Join(found, map[string]change.Know{"uccx1.example.com": {HostKey: &vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:x"}}}); err != nil {
		t.Fatal(err)
	}
	want := "UCCX publisher typed.example.com; UCCX publisher uccx1.example.com 10.0.0.5 22=40022; UCCX subscriber uccx2.example.com manual; CCP / SocialMiner ccp.example.com; peer Unified CM publisher cucm1.example.com"
	if got := nodesOf(&p.values); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	p.press("enter")
	if p.got == nil || p.got.Known["uccx1.example.com"].HostKey == nil {
		t.Errorf("%q: the host key that was compared is forgotten: %+v", p.told, p.got)
	}
}

// TestDiscovery: node, user and password are asked for in turn; each says what is wrong with it, and the next cluster needs no
// password again.
func TestDiscovery(t *testing.T) {
	d := NewDiscovery(layout.NewTheme(false, lang.Localizer{}), "")
	enter := func(keys ...string) (app.Query, bool, error) {
		for _, k := range keys {
			d.Update(tea.PasteMsg{Content: k})
		}
		return d.Enter()
	}
	if _, ready, err := enter(); ready || err == nil {
		t.Error("an empty node is asked")
	}
	if _, _, err := enter("a b"); err == nil {
		t.Error("a node with a blank is asked")
	}
	d.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if _, ready, err := enter("uccx1.example.com:2022"); ready || err != nil {
		t.Error(err)
	}
	if _, _, err := enter("not a user!"); err == nil {
		t.Error("that is no user")
	}
	d.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if _, _, err := enter("administrator"); err != nil {
		t.Error(err)
	}
	if _, ready, err := enter(); ready || err == nil {
		t.Error("no password is a password")
	}
	q, ready, err := enter("Hunter2")
	if !ready || err != nil || q.Host != "uccx1.example.com:2022" || q.Login.User != "administrator" || q.Login.Password.Reveal() != "Hunter2" || !d.Asking() {
		t.Errorf("%+v, %v, %v", q, ready, err)
	}
	d.Answered(site().Solution.Clusters[0].Nodes)
	if text := d.View(80); d.Asking() || !d.Ends() || !strings.Contains(text, "UCCX: uccx1, uccx2") || strings.Contains(text, "Hunter2") {
		t.Errorf("found\n%s", text)
	}
	enter("ccp.example.com")
	enter()
	if q, ready, err := enter(); !ready || err != nil || q.Host != "ccp.example.com" || q.Login.Password.Reveal() != "Hunter2" {
		t.Errorf("the next: %+v, %v, %v", q, ready, err)
	}
	d.Wipe()
	if !q.Login.Password.Empty() {
		t.Error("the password is kept")
	}
}

// spelled is a change as a journal has it.
func spelled(c change.Change) string {
	data, _ := json.Marshal(c)
	return string(data)
}
