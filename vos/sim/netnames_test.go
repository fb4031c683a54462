package sim_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestNetworkHost: the node's table of hosts has its cluster alone, DNS servers have all nodes, both ways; records that are missing
// or wrong are, until they are put right.
func TestNetworkHost(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	h := sitDown(t, c, pub, 24)
	ask := func(query string) (local, external string) {
		t.Helper()
		local, external, _ = strings.Cut(h.say("utils network host "+query), "External Resolution:")
		return local, external
	}
	if local, external := ask(sub); !strings.Contains(local, sub+" resolves locally to 198.18.10.12") || !strings.Contains(external, sub+" has address 198.18.10.12") {
		t.Errorf("%q %q", local, external)
	}
	if local, external := ask("ccp.lab.example"); !strings.Contains(local, "Nothing found") || !strings.Contains(external, "has address 198.18.10.13") {
		t.Errorf("%q %q", local, external)
	}
	if _, external := ask("198.18.10.13"); !strings.Contains(external, "13.10.18.198.in-addr.arpa domain name pointer ccp.lab.example.") {
		t.Errorf("%q", external)
	}
	for _, d := range []struct {
		deed    sim.Action
		forward string
		back    string
	}{
		{sim.Action{Do: sim.ActPTR, On: []string{"ccp"}}, "has address", "No external servers found"},
		{sim.Action{Do: sim.ActPTR, On: []string{"ccp"}, Name: "old.lab.example"}, "has address", "pointer old.lab.example."},
		{sim.Action{Do: sim.ActNoRecord, On: []string{"ccp"}}, "No external servers found", "pointer ccp.lab.example."},
		{sim.Action{Do: sim.ActRecord, On: []string{"ccp"}}, "has address", "pointer ccp.lab.example."},
	} {
		if err := c.Do(d.deed); err != nil {
			t.Fatal(err)
		}
		_, forward := ask("ccp.lab.example")
		_, back := ask("198.18.10.13")
		if !strings.Contains(forward, d.forward) || !strings.Contains(back, d.back) {
			t.Errorf("%s: %q %q", d.deed.Do, forward, back)
		}
	}
	if got := h.say("utils network host"); !strings.Contains(got, "Incomplete command") {
		t.Errorf("%q", got)
	}
}

// TestSetNetworkDomain: the node warns and asks; with yes it regenerates its certificates and restarts under the new name, with no
// it is as before.
func TestSetNetworkDomain(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	h := sitDown(t, c, "ccp.lab.example", 24)
	before := c.Certificate("ccp.lab.example")
	h.typed("set network domain cc.example\r")
	if got := h.wait(`Continue \(y/n\)\?\s*$`); !strings.Contains(got, "regenerate\nall CCP Certificates") {
		t.Errorf("%q", got)
	}
	h.typed("n\r")
	h.wait(`\nadmin:$`)
	if now := c.Certificate("ccp.lab.example"); !now.Equal(before) {
		t.Error("the answer was no")
	}
	h.typed("set network domain cc.example\r")
	h.wait(`Continue \(y/n\)\?\s*$`)
	h.typed("y\r")
	h.rest()
	again := sitDown(t, c, "ccp.lab.example", 24)
	if got := again.say("show network eth0"); !strings.Contains(got, "Domain       : cc.example") {
		t.Errorf("%q", got)
	}
	if now := c.Certificate("ccp.lab.example"); now.Equal(before) || now.Subject.CommonName != "ccp.cc.example" {
		t.Errorf("%v", now.Subject)
	}
	if n := c.Counts()["ccp.lab.example"].Restarts; n != 0 {
		t.Errorf("%d restarts were ordered", n)
	}
}

// TestNTPStatus: a clock that is off follows no server, and neither does a subscriber whose publisher is off.
func TestNTPStatus(t *testing.T) {
	t.Parallel()
	c := lab(t, nil)
	for _, step := range []struct{ by, pub, sub string }{
		{"0s", "synchronised to NTP server (198.18.0.2) at stratum 2", "synchronised to NTP server (198.18.10.11) at stratum 3"},
		{"-1h", "\nunsynchronised", "\nunsynchronised"},
		{"0s", "at stratum 2", "at stratum 3"},
	} {
		if err := c.Do(sim.Action{Do: sim.ActSkew, On: []string{"uccx1"}, By: step.by}); err != nil {
			t.Fatal(err)
		}
		for fqdn, want := range map[string]string{pub: step.pub, sub: step.sub} {
			if got := sitDown(t, c, fqdn, 60).say("utils ntp status"); !strings.Contains(got, want) {
				t.Errorf("%s %s: %q", step.by, fqdn, got)
			}
		}
	}
}

// TestSetNetworkDNS: a node without DNS servers resolves nothing until one is set.
func TestSetNetworkDNS(t *testing.T) {
	t.Parallel()
	one := sim.Pairs(1)
	one.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkNoDNS}}}
	h := sitDown(t, lab(t, func(o *sim.Options) { o.Topology = &one }), pub, 24)
	if got := h.say("utils network host ccp.lab.example"); !strings.Contains(got, "No external servers found") {
		t.Errorf("%q", got)
	}
	h.typed("set network dns primary 198.18.0.9\r")
	h.wait(`Continue \(y/n\)\?\s*$`)
	h.typed("y\r")
	h.wait(`\nadmin:$`)
	if got := h.say("show network eth0"); !strings.Contains(got, "Primary      : 198.18.0.9") {
		t.Errorf("%q", got)
	}
	if got := h.say("utils network host ccp.lab.example"); !strings.Contains(got, "has address 198.18.10.13") {
		t.Errorf("%q", got)
	}
}
