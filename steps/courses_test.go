package steps_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// tally is what must have been done to a node in the end, each of it once.
type tally struct {
	csrs, owns, regenerated, restarts, engine int
	trust                                     int // different certificates uploaded; -1: whatever it took
}

// course is one path on one lab.
type course struct {
	name   string
	path   string
	lab    sim.Options
	adapt  func(*change.Change)
	says   map[string]string // question -> answer
	want   func(n vos.Node) tally
	signed func(n vos.Node) bool // nil: no node serves a CA's certificate in the end
	alike  bool                  // it has no row that another course has not
	byAPI  bool                  // no one sits at a web page of a node
}

func site(p vos.Product, hosts ...string) sim.ClusterSpec {
	return sim.ClusterSpec{Product: p, Hosts: hosts}
}

// courses are all paths, on what the source documents know.
func courses() []course {
	all := func(vos.Node) bool { return true }
	uccxOnly := func(n vos.Node) bool { return n.Product == vos.UCCX }
	one := func(n vos.Node) tally { return tally{csrs: 1, owns: 1, restarts: 1, trust: ifTrust(n, 2)} }
	withCM := func(n vos.Node) tally { // UCCX is given the certificates of both Unified CM too, and the chain of the script server
		w := one(n)
		if n.Product == vos.UCCX {
			w.trust = ifTrust(n, 6)
		}
		return w
	}
	shared := func(n vos.Node) tally {
		w := one(n)
		if n.Role == vos.Subscriber {
			w.csrs = 0
		}
		w.owns = -1 // the platform gives it to the other node: whose upload that is, is the lab's matter
		return w
	}
	pair, ccp := site(vos.UCCX, "uccx1", "uccx2"), site(vos.CCP, "ccp")
	return []course{
		{name: "signed", path: change.PathSigned, signed: all, want: one},
		{name: "self-signed exchange", path: change.PathSelfSigned,
			want: func(n vos.Node) tally { return tally{restarts: 1, trust: ifTrust(n, peers(n))} }},
		{name: "regenerate", path: change.PathRegenerate,
			want: func(n vos.Node) tally { return tally{regenerated: 1, restarts: 1, trust: ifTrust(n, peers(n))} }},
		{name: "domain", path: change.PathDomain, signed: all,
			lab: scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair, ccp}}, Setup: []sim.Action{{Do: "rename", On: []string{"uccx"}, Name: "old.example"},
				{Do: "self-sign", On: []string{"uccx"}, Days: 400}, {Do: "rename", On: []string{"uccx"}, Name: "lab.example"}}}),
			want: func(n vos.Node) tally {
				w := one(n)
				if uccxOnly(n) {
					w.regenerated = 1
				}
				return w
			}},
		{name: "expired", path: change.PathExpired, signed: all,
			lab: scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair, ccp}}, Setup: []sim.Action{{Do: "sign", On: []string{"uccx", "ccp"}, Days: -1}}}),
			want: func(n vos.Node) tally {
				return tally{csrs: 1, owns: 1, regenerated: 1, restarts: 2, trust: -1}
			}},
		{name: "first deployment", path: change.PathFirst, signed: all, says: map[string]string{plan.AskCA: "internal"},
			lab: scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair, ccp}}, Setup: []sim.Action{{Do: "self-sign", On: []string{"ccp"}, Days: 1825, Name: "staging.local"}}}),
			want: func(n vos.Node) tally {
				w := one(n)
				if !uccxOnly(n) {
					w.regenerated = 1
				}
				return w
			}},
		{name: "first deployment, self-signed", path: change.PathFirst, says: map[string]string{plan.AskCA: "self"},
			lab:  scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair, ccp, {Product: vos.CUCM, Hosts: []string{"cm1"}, Neighbour: true}}}}),
			want: func(n vos.Node) tally { return tally{restarts: 1, trust: ifTrust(n, 2)} }},
		{name: "script target", path: change.PathThirdParty,
			lab:  sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{pair}, Targets: []sim.TargetSpec{{Host: "api.partner.example"}}}},
			want: func(n vos.Node) tally { return tally{engine: 1, trust: ifTrust(n, 2)} }},
		{name: "some nodes", alike: true, path: change.PathSigned, signed: uccxOnly,
			adapt: func(c *change.Change) { c.Replace = []string{"uccx1.lab.example", "uccx2.lab.example"} },
			want: func(n vos.Node) tally {
				if uccxOnly(n) {
					return one(n)
				}
				return tally{restarts: 1, trust: 2}
			}},
		{name: "one certificate for both", alike: true, path: change.PathSigned, signed: all, want: shared,
			adapt: func(c *change.Change) { c.MultiServer = true }},
		{name: "one certificate for both, by web page", path: change.PathSigned, signed: all, want: shared, lab: sim.Options{Profile: sim.Profile15},
			adapt: func(c *change.Change) { c.MultiServer = true }},
		{name: "one certificate for both, by the API", path: change.PathSigned, signed: all, want: shared, byAPI: true,
			lab: sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"uccx1", "uccx2"}, Profile: sim.Profile15,
				Nodes: map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkREST}}, "uccx2": {Quirks: []sim.Quirk{sim.QuirkREST}}}}}}},
			adapt: func(c *change.Change) {
				c.MultiServer = true
				for i := range c.Solution.Clusters[0].Nodes {
					c.Solution.Clusters[0].Nodes[i].Connection = vos.ConnectionREST
				}
			}},
		{name: "tomcat-ECDSA", path: change.PathSigned, signed: all,
			lab:  of115(sim.ECToo),
			want: func(n vos.Node) tally { return tally{csrs: 2, owns: 2, restarts: 1, trust: 4} }},
		{name: "tomcat-ECDSA, kept back by the COP", alike: true, path: change.PathSigned, signed: all, want: one, lab: of115(), says: map[string]string{plan.AskECDSA: "cop"}},
		{name: "tomcat-ECDSA, exchanged too", alike: true, path: change.PathSelfSigned, lab: of115(), says: map[string]string{plan.AskECDSA: "leave"},
			want: func(n vos.Node) tally { return tally{restarts: 1, trust: 2} }},
		{name: "regenerate, tomcat-ECDSA too", path: change.PathRegenerate, lab: of115(), says: map[string]string{plan.AskECDSA: "leave"},
			want: func(n vos.Node) tally { return tally{regenerated: 2, restarts: 1, trust: 2} }},
		{name: "domain, tomcat-ECDSA too", alike: true, path: change.PathDomain, signed: all, lab: renamed115(),
			want: func(n vos.Node) tally { return tally{csrs: 2, owns: 2, regenerated: 2, restarts: 1, trust: 4} }},
		{name: "tomcat-ECDSA alone, after the upgrade to 11.5", path: change.PathSigned, signed: all, lab: signed115(),
			adapt: func(c *change.Change) { c.Unit = change.UnitECDSA },
			want:  func(n vos.Node) tally { return tally{csrs: 1, owns: 1, restarts: 1, trust: 2} }},
		{name: "tomcat-ECDSA kept back where no CA signs", alike: true, path: change.PathSelfSigned, lab: of115(), says: map[string]string{plan.AskECDSA: "cop"},
			want: func(n vos.Node) tally { return tally{restarts: 1, trust: 1} }},
		{name: "two script targets", alike: true, path: change.PathThirdParty,
			lab:  sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{pair}, Targets: []sim.TargetSpec{{Host: "api.partner.example"}, {Host: "crm.other.example", Sends: sim.SendsLeaf}}}},
			want: func(n vos.Node) tally { return tally{engine: 1, trust: ifTrust(n, 4)} }},
		{name: "UCCE", alike: true, path: change.PathSigned, signed: all, want: one,
			lab: sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{site(vos.LiveData, "ld1", "ld2"), site(vos.CUIC, "cuic1", "cuic2"), site(vos.Finesse, "fin1", "fin2")}}}},
		{name: "Unified CM renewed", path: change.PathSelfSigned,
			lab: scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair, {Product: vos.CUCM, Hosts: []string{"cm1", "cm2"}, Neighbour: true}}},
				Setup: []sim.Action{{Do: "exchange", Of: []string{"cucm"}, On: []string{"uccx"}}, {Do: "self-sign", On: []string{"cucm"}}}}),
			want: func(n vos.Node) tally { return tally{restarts: 1, trust: ifTrust(n, 2)} }},
		{name: "the largest", alike: true, path: change.PathSigned, signed: all, want: withCM,
			lab: sim.Options{Topology: &sim.Topology{Clusters: []sim.ClusterSpec{site(vos.MediaSense, "ms1", "ms2"), ccp, pair, {Product: vos.CUCM, Hosts: []string{"cm1", "cm2"}, Neighbour: true}},
				Targets: []sim.TargetSpec{{Host: "api.partner.example"}}}}},
	}
}

// of115 is one UCCX and one SocialMiner of 11.5, which have tomcat-ECDSA beside tomcat.
func of115(ca ...sim.Behaviour) sim.Options {
	one := func(p vos.Product, host string) sim.ClusterSpec {
		return sim.ClusterSpec{Product: p, Hosts: []string{host}, Profile: sim.Profile115}
	}
	return scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one(vos.UCCX, "uccx1"), one(vos.CCP, "ccp")}}, CA: ca})
}

// signed115 is the same after the upgrade to 11.5: tomcat was CA-signed before (EC-2).
func signed115() sim.Options {
	o := of115(sim.ECToo)
	o.Scenario.Setup = []sim.Action{{Do: sim.ActSign, On: []string{"uccx", "ccp"}, Days: 100}}
	return o
}

// renamed115 are nodes of 11.5 whose domain was changed by a program that left the certificates as they were.
func renamed115() sim.Options {
	o := of115(sim.ECToo)
	for _, unit := range []string{change.UnitTomcat, change.UnitECDSA} {
		o.Scenario.Setup = append(o.Scenario.Setup, sim.Action{Do: sim.ActSelfSign, On: []string{"uccx", "ccp"}, Days: 400, Name: "old.example", Unit: unit})
	}
	return o
}

func scenario(s sim.Scenario) sim.Options { return sim.Options{Scenario: &s} }

// peers is how many certificates a UCCX cluster or a CCP needs of its peers.
func peers(n vos.Node) int {
	if n.Product == vos.UCCX {
		return 1
	}
	return 2
}

// ifTrust: the publisher is given the certificates, and passes them on.
func ifTrust(n vos.Node, want int) int {
	if !n.TakesTrust() {
		return 0
	}
	return want
}

// TestPaths walks every path over real SSH and TLS; with -short the first two.
func TestPaths(t *testing.T) {
	t.Parallel()
	all := courses()
	if testing.Short() {
		all = all[:2]
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := c.start(t)
			p := l.start()
			defer p.end()
			if err := p.play(); err != nil {
				t.Fatal(err)
			}
			l.finished()
			if asked := p.paged > 0; c.byAPI && asked {
				t.Error("a person was sent to the web page")
			}
			c.check(l)
		})
	}
}

func (c course) start(t *testing.T) *lab {
	l := labOf(t, c.lab)
	l.path, l.adapt, l.says = c.path, c.adapt, c.says
	return l
}

// check fails unless each node was given exactly what the path needs, and serves what it should.
func (c course) check(l *lab) {
	l.t.Helper()
	for fqdn, got := range l.cluster.Counts() {
		n, ours := l.cluster.Solution().Node(fqdn)
		if !ours {
			if got.Commands > 0 {
				l.t.Errorf("%s is a neighbour: a person typed %d commands", fqdn, got.Commands)
			}
			continue
		}
		want := c.want(n)
		is := tally{csrs: got.CSRs, owns: got.OwnUploads, regenerated: got.Regenerated, restarts: got.Restarts,
			engine: got.Services[plan.ServiceEngine].Times, trust: len(got.TrustUploads)}
		if want.trust < 0 {
			want.trust = is.trust
		}
		if want.owns < 0 {
			want.owns = is.owns
		}
		if is != want || got.FailedLogins != 0 {
			l.t.Errorf("%s: %+v, want %+v; %d refused logins", fqdn, is, want, got.FailedLogins)
		}
		for print, times := range got.TrustUploads {
			if times != 1 {
				l.t.Errorf("%s: %.11s… uploaded %d times", fqdn, print, times)
			}
		}
	}
	l.serving(func(n vos.Node) bool { return c.signed != nil && c.signed(n) })
}

// signed has the lab's CA sign what lies in the outbox; for a server that scripts call its owner sends the files.
func (p *program) signed() ([]cert.File, error) {
	if host := reply.ChainMissing(p.runner.Plan()); host != "" {
		return read.Files([]string{p.lab.cluster.ChainDir(host)})
	}
	ca := p.lab.cluster.CA()
	if err := ca.SignFolder(context.Background(), filepath.Join(p.disk.Dir(), plan.Outbox), ca.Outbox()); err != nil {
		return nil, err
	}
	return read.Files([]string{ca.Outbox()})
}

// hands do on a web page what a question asks a person to do there.
func (p *program) hands(q plan.Asked) error {
	if q.Question.ID == "cop" {
		host, _, _ := strings.Cut(q.Task.Node, ".")
		return p.lab.cluster.Do(sim.Action{Do: "cop", On: []string{host}})
	}
	if q.Question.ID != plan.AskPageCSR && q.Question.ID != plan.AskPageUpload {
		return nil
	}
	p.paged++
	page, err := p.lab.cluster.Page(q.Task.Node)
	if err != nil {
		return err
	}
	if q.Question.ID == plan.AskPageCSR {
		return page.GenerateCSR(sim.Form{Multi: true})
	}
	return page.UploadOwn("", certs.Leaf(p.runner.Plan(), q.Task.Node))
}
