package solution

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cli"
)

// TestDiscovered: the publisher first, in small letters, with the domain of the asked node where none is printed; alone
// where the list has no other node.
func TestDiscovered(t *testing.T) {
	self := vos.About{Host: "UCCX2", Domain: "Example.com", Version: "12.5.1"}
	list := cli.ParseCluster("10.0.0.2 uccx2.example.com uccx2 Subscriber callmanager DBSub authenticated\n10.0.0.1 uccx1 Publisher callmanager DBPub authenticated using TCP since Fri\n")
	got := Discovered(self, vos.UCCX, list)
	want := []vos.Node{{FQDN: "uccx1.example.com", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "uccx2.example.com", Product: vos.UCCX, Role: vos.Subscriber, Release: "12.5.1"}}
	if len(got) != 2 || !slices.EqualFunc(got, want, func(a, b vos.Node) bool {
		return a.FQDN == b.FQDN && a.Role == b.Role && a.Product == b.Product && a.Release == b.Release
	}) {
		t.Errorf("%+v", got)
	}
	for _, list := range [][]vos.Member{nil, list[:1], {{FQDN: "x_y", Host: "x_y", Role: vos.Subscriber}, {FQDN: "\x1b[2J", Host: "\x1b", Role: vos.Publisher}}} {
		if got := Discovered(self, vos.CCP, list); len(got) != 1 || got[0].Role != vos.Standalone || got[0].FQDN != "uccx2.example.com" {
			t.Errorf("%v: %+v", list, got)
		}
	}
}
