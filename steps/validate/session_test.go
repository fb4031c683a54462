package validate_test

import (
	"encoding/json"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/validate"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestEntries: what an entry of a session from other hands says of addresses, keys, folders, ports and names is refused where it is none.
func TestEntries(t *testing.T) {
	const fqdn = "uccx1.example.com"
	right := vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:0123456789012345678901234567890123456789012"}
	for _, c := range []struct {
		kind, node string
		right, bad any
	}{
		{plan.KindLocated, fqdn, plan.Location{Address: "192.0.2.7"}, plan.Location{Address: "192.0.2.7 -oProxyCommand=x"}},
		{plan.KindConnection, fqdn, plan.Connection{Connection: vos.ConnectionSSH}, plan.Connection{Connection: "magic"}},
		{plan.KindAnswered, fqdn, plan.Answer{Key: &right}, plan.Answer{Key: &vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:short"}}},
		{plan.KindAnswered, fqdn, plan.Answer{Key: &right}, plan.Answer{Key: &vos.HostKey{Type: "\x1b[2J", Fingerprint: right.Fingerprint}}},
		{plan.KindImported, "", plan.Imported{Lab: "lab"}, plan.Imported{Lab: "../../x"}},
		{plan.KindTaken, "", plan.Imported{Lab: "lab"}, plan.Imported{Lab: "/etc"}},
		{plan.KindDone, fqdn, plan.Seen{HostKey: &right}, plan.Seen{HostKey: &vos.HostKey{Type: "ssh-rsa"}}},
		{plan.KindDone, fqdn, plan.Seen{Served: []plan.Served{{Port: 443}}}, plan.Seen{Served: []plan.Served{{Port: 70000}}}},
		{plan.KindDone, fqdn, plan.Seen{Served: []plan.Served{{Port: 443}}}, plan.Seen{Served: []plan.Served{{Port: 0}}}},
		{plan.KindBegan, fqdn, plan.Seen{Peers: []plan.Peer{{FQDN: fqdn}}}, plan.Seen{Peers: []plan.Peer{{FQDN: "a b"}}}},
		{plan.KindDone, fqdn, plan.Seen{Findings: []plan.Finding{{Severity: plan.Note}}}, plan.Seen{Findings: []plan.Finding{{Severity: "grave"}}}},
		{plan.KindDone, "a b", nil, nil},
	} {
		p := stepstest.Begun(t)
		for i, data := range []any{c.right, c.bad} {
			raw, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			all := append(p.Entries[:1:1], session.Entry{Seq: 2, Kind: c.kind, Node: c.node, Data: raw})
			if err := validate.Session(all, stepstest.ThreeNodes()); (err != nil) != (i == 1 || c.right == nil) {
				t.Errorf("%s %s: %v", c.kind, raw, err)
			}
		}
	}
}
