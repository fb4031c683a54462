package sim_test

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// ucce is a solution of every product that the pairs have not.
func ucce() *sim.Topology {
	return &sim.Topology{Clusters: []sim.ClusterSpec{
		{Product: vos.Finesse, Hosts: []string{"fin1", "fin2"}, Version: "12.6.1.10000-34"},
		{Product: vos.CUIC, Hosts: []string{"cuic1", "cuic2"}, Version: "12.6.1.10000-12"},
		{Product: vos.LiveData, Hosts: []string{"ld1", "ld2"}, Version: "12.6.1.10000-20"},
		{Product: vos.MediaSense, Hosts: []string{"ms1", "ms2"}, Profile: sim.Profile115, Version: "11.5.1.12001-3"},
		{Product: vos.UCCX, Hosts: []string{"single"}, Nodes: map[string]sim.NodeSpec{"single": {Profile: sim.Profile15}}},
		{Product: vos.CUCM, Hosts: []string{"cucm1", "cucm2"}, Profile: sim.Profile15, Neighbour: true},
	}, Targets: []sim.TargetSpec{{Host: "api.partner.example"}, {Host: "leaf.partner.example", Sends: sim.SendsLeaf}}}
}

// Every product serves the ports and holds the units that the release table says, and is spoken with like any other.
func TestTopology(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Topology = ucce() })
	s := c.Solution()
	if len(s.Clusters) != 5 || len(s.Peers) != 2 || len(s.Targets) != 2 || s.Clusters[4].Nodes[0].Role != vos.Standalone {
		t.Fatalf("%+v", s)
	}
	for _, n := range append(s.Nodes(), s.Peers...) {
		facts, _ := vos.Lookup(n.Product, n.Release)
		if len(n.Ports) != len(facts.Ports)+1 {
			t.Errorf("%s: ports %v", n.FQDN, n.Ports)
		}
		for _, p := range facts.Ports {
			if p.Rare() {
				if _, err := vos.Probe(t.Context(), n, p.Number); !errors.Is(err, vos.ErrUnreachable) {
					t.Errorf("%s:%d: %v", n.FQDN, p.Number, err)
				}
				continue
			}
			seen, err := vos.Probe(t.Context(), n, p.Number)
			if err != nil || seen.Leaf.VerifyHostname(n.FQDN) != nil {
				t.Errorf("%s:%d: %v", n.FQDN, p.Number, err)
			}
		}
	}
	for _, n := range []vos.Node{s.Clusters[0].Nodes[1], s.Clusters[3].Nodes[0], s.Clusters[4].Nodes[0]} {
		d := enter(t, c, n.FQDN)
		about, err := d.About(t.Context())
		if err != nil || about.FQDN() != n.FQDN || vos.Release(about.Version) != n.Release {
			t.Errorf("%s: %+v, %v", n.FQDN, about, err)
		}
		facts, _ := vos.Lookup(n.Product, n.Release)
		all, err := d.Services(t.Context())
		for _, want := range facts.Services {
			if err != nil || !slices.Contains(all, vos.Service{Name: want, State: "STARTED"}) {
				t.Errorf("%s: no %s, %v", n.FQDN, want, err)
			}
		}
	}
}

// A neighbour's own list is that of a Unified CM, and its identities are made when they are shown.
func TestUnifiedCM(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Topology = ucce() })
	h := sitDown(t, c, "cucm1.lab.example", 200)
	if list := h.say("show cert list own"); !strings.Contains(list, "CallManager/CallManager.pem") || !strings.Contains(list, "tomcat-ECDSA/tomcat-ECDSA.pem") {
		t.Errorf("own list %q", list)
	}
	if shown := h.say("show cert own CallManager"); !strings.Contains(shown, "cucm1.lab.example") {
		t.Errorf("shown %q", shown)
	}
	if said := h.say("show uccx version"); !strings.Contains(said, "No valid command") {
		t.Errorf("said %q", said)
	}
}

// A target has a chain of its own, of which it sends what it is told; the rest lies in files (REL-3).
func TestTargets(t *testing.T) {
	t.Parallel()
	c := lab(t, func(o *sim.Options) { o.Topology = ucce() })
	for i, sent := range []int{1, 0} {
		x := c.Solution().Targets[i]
		seen, err := vos.Probe(t.Context(), x.Node(), x.At())
		if err != nil || len(seen.Chain) != sent {
			t.Fatalf("%s: %+v, %v", x.Host, seen, err)
		}
		pool := func(name string) *x509.CertPool {
			raw, err := os.ReadFile(filepath.Join(c.ChainDir(x.Host), name))
			p := x509.NewCertPool()
			if err != nil || !p.AppendCertsFromPEM(raw) {
				t.Fatalf("%s: %v", name, err)
			}
			return p
		}
		if _, err := seen.Leaf.Verify(x509.VerifyOptions{DNSName: x.Host, Roots: pool("root.pem"), Intermediates: pool("intermediate.pem")}); err != nil {
			t.Error(err)
		}
		if _, ok := x.Node().Ports[vos.PortSSH]; ok {
			t.Error("a target has no SSH")
		}
	}
}

// A lab that starts again has the nodes of before, at the same ports, unless another lab took a block in between.
func TestTopologyIsKept(t *testing.T) {
	t.Parallel()
	o := sim.Options{Dir: filepath.Join(t.TempDir(), "lab"), Seed: 3, Topology: ucce()}
	start := func() []vos.Node {
		c, err := sim.Start(o)
		if err != nil {
			t.Fatal(err)
		}
		nodes := c.Solution().Nodes()
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		o = sim.Options{Dir: o.Dir}
		return nodes
	}
	was := start()
	for range 10 {
		is, moved := start(), 0
		for i, n := range was {
			m := is[i]
			if m.FQDN != n.FQDN || m.Release != n.Release {
				t.Errorf("%+v was %+v", m, n)
			}
			if m.Dial(vos.PortSSH) != n.Dial(vos.PortSSH) || m.Dial(8443) != n.Dial(8443) {
				moved++
			}
		}
		if moved == 0 {
			return
		}
		t.Logf("%d of %d blocks were taken by another lab", moved, len(was))
		was = is
	}
	t.Error("the ports moved at each of ten starts")
}

func TestBadTopologies(t *testing.T) {
	t.Parallel()
	site := func(hosts ...string) sim.ClusterSpec { return sim.ClusterSpec{Product: vos.UCCX, Hosts: hosts} }
	for name, x := range map[string]sim.Topology{
		"no cluster":        {},
		"no host":           {Clusters: []sim.ClusterSpec{site()}},
		"is no host name":   {Clusters: []sim.ClusterSpec{site("../x")}},
		"is listed twice":   {Clusters: []sim.ClusterSpec{site("a"), site("b", "a")}},
		"is not known":      {Clusters: []sim.ClusterSpec{{Product: "pbx", Hosts: []string{"a"}}}},
		"no host of its":    {Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"a"}, Nodes: map[string]sim.NodeSpec{"b": {}}}}},
		"profile \"3\"":     {Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"a"}, Profile: "3"}}},
		"quirk \"odd\"":     {Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"a"}, Nodes: map[string]sim.NodeSpec{"a": {Quirks: []sim.Quirk{"odd"}}}}}},
		"no full host name": {Clusters: []sim.ClusterSpec{site("a")}, Targets: []sim.TargetSpec{{Host: "api"}}},
	} {
		c, err := sim.Start(sim.Options{Dir: filepath.Join(t.TempDir(), "lab"), Topology: &x})
		if err == nil {
			_ = c.Close()
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
