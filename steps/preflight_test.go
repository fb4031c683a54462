package steps_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// preflight plays a lab up to the check before starting, and returns what was found on a node.
func preflight(t *testing.T, l *lab, fqdn string) []plan.Finding {
	t.Helper()
	p := l.start()
	defer p.end()
	for range 20 {
		next := p.runner.Plan().Next()
		if next.Row.Step.Role == plan.RolePreflight && next.Question != nil {
			break
		}
		if next.Row.Step.Risk != plan.Looks || next.Finished || next.Row.Step.Role == plan.RoleDecide {
			break
		}
		if err := p.do(next); err != nil {
			t.Fatal(err)
		}
	}
	return foundBy(p.runner.Plan(), plan.StepPreflight, fqdn)
}

func coded(all []plan.Finding, code string) (plan.Finding, bool) {
	i := slices.IndexFunc(all, func(f plan.Finding) bool { return f.Code == code })
	if i < 0 {
		return plan.Finding{}, false
	}
	return all[i], true
}

// TestNoDNSServers: a node without DNS servers is a finding, with what to type (PRE-2).
func TestNoDNSServers(t *testing.T) {
	t.Parallel()
	one := site(vos.UCCX, "uccx1")
	one.Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkNoDNS}}}
	found := preflight(t, labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one}}})), "uccx1.lab.example")
	f, there := coded(found, codes.NoServers)
	if !there || f.Rule != "PRE-2" || !strings.Contains(f.Next.String(), "set network dns") {
		t.Errorf("%+v", found)
	}
}

// TestKeySizes: a pending CSR of 4096 bits is a finding on UCCX before it goes to a CA; a node with 2048 bits has none (PRE-4).
func TestKeySizes(t *testing.T) {
	long(t)
	t.Parallel()
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{site(vos.UCCX, "uccx1", "uccx2")}},
		Setup: []sim.Action{{Do: sim.ActRequest, On: []string{"uccx1"}, Bits: 4096}}}))
	if f, there := coded(preflight(t, l, "uccx1.lab.example"), codes.KeySize); !there || f.Severity != plan.Warning || !strings.Contains(f.What.String(), "4096") {
		t.Errorf("%+v", f)
	}
	if f, there := coded(preflight(t, l, "uccx2.lab.example"), codes.KeySize); there {
		t.Errorf("a healthy node: %+v", f)
	}
}

// TestPublicCA: who must sign CCP's certificate for chat over the internet is said before the CSRs go out (PRE-7). It stops no one.
func TestPublicCA(t *testing.T) {
	t.Parallel()
	if f, there := coded(preflight(t, newLab(t), "ccp.lab.example"), codes.PublicCA); !there || f.Severity != plan.Note || f.Rule != "PRE-7" {
		t.Errorf("%+v", f)
	}
}

// TestNoMultiServer: a shared certificate is refused where the release has none, and nothing is made in its place (PRE-6).
func TestNoMultiServer(t *testing.T) {
	t.Parallel()
	pair := site(vos.UCCX, "uccx1", "uccx2")
	pair.Profile = sim.Profile115
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{pair}}}))
	l.adapt = func(c *change.Change) { c.MultiServer = true }
	p := l.start()
	defer p.end()
	var refused *vos.Error
	for range 10 {
		if err := p.do(p.runner.Plan().Next()); errors.As(err, &refused) {
			break
		}
	}
	if refused == nil || refused.Code != codes.NoShared || !strings.Contains(refused.Next.String(), "11.6(2)") {
		t.Fatalf("%+v", refused)
	}
	for fqdn, c := range l.cluster.Counts() {
		if c.CSRs != 0 {
			t.Errorf("%s has made a CSR", fqdn)
		}
	}
}

// TestNoSecond: a change of tomcat-ECDSA alone is refused where no node has one, before the CA is sent nothing (EC-1).
func TestNoSecond(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.adapt = func(c *change.Change) { c.Unit = change.UnitECDSA }
	p := l.start()
	defer p.end()
	var refused *vos.Error
	for range 10 {
		if err := p.do(p.runner.Plan().Next()); errors.As(err, &refused) {
			break
		}
	}
	if refused == nil || refused.Code != codes.NoSecond {
		t.Fatalf("%+v, at %s", refused, p.runner.Plan().Next().Row.Step.ID)
	}
}

// TestUnifiedCMOfOldReleases: an expired certificate of Unified CM with an odd critical extension is found beside UCCX of every
// release, and stands in the report (TRB-1); nothing is to be uploaded for it where UCCX need not hold it.
func TestUnifiedCMOfOldReleases(t *testing.T) {
	t.Parallel()
	uccx := site(vos.UCCX, "uccx1")
	uccx.Version = "11.6.2.10000-38"
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{uccx, {Product: vos.CUCM, Hosts: []string{"cm1"}, Neighbour: true}}},
		Setup: []sim.Action{{Do: sim.ActSelfSign, On: []string{"cucm"}, Days: -5, Odd: true}}}))
	found := preflight(t, l, "uccx1.lab.example")
	for _, code := range []string{codes.PeerExpired, codes.PeerCritical} {
		if f, there := coded(found, code); !there || f.Rule != "TRB-1" || f.Severity != plan.Warning || f.Next.IsZero() {
			t.Errorf("%s: %+v", code, found)
		}
	}
	p := l.start()
	defer p.end()
	for range 30 {
		if next := p.runner.Plan().Next(); next.Row.Step.ID == plan.StepCSR {
			break
		} else if err := p.do(next); err != nil {
			t.Fatal(err)
		}
	}
	text := string(report.Of(p.runner.Plan()).Markdown())
	if !strings.Contains(text, "cm1.lab.example expired") || !strings.Contains(text, "critical extensions") {
		t.Errorf("the report says nothing of Unified CM:\n%s", text)
	}
}

// TestCertTypeIsAsked: a node of a release that serves either identity is asked which (EC-1), as the table of restarts says. One
// that serves tomcat-ECDSA is a warning with what to type, and its tomcat-ECDSA is read; one that serves RSA, or has no such
// command, is none.
func TestCertTypeIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		profile sim.Profile
		quirks  []sim.Quirk
		served  vos.CertType
	}{{sim.Profile125, []sim.Quirk{sim.QuirkECDSA}, vos.CertTypeECDSA}, {sim.Profile15, nil, vos.CertTypeRSA}, {sim.Profile125, nil, vos.CertTypeUnknown}} {
		one := site(vos.UCCX, "uccx1")
		one.Profile, one.Nodes = c.profile, map[string]sim.NodeSpec{"uccx1": {Quirks: c.quirks}}
		l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one}}}))
		f, there := coded(preflight(t, l, "uccx1.lab.example"), codes.ServesECDSA)
		p := l.start()
		seen := p.runner.Plan().Survey("uccx1.lab.example")
		p.end()
		if seen.CertType != c.served || (seen.ECDSA != "") != (c.served == vos.CertTypeECDSA) {
			t.Errorf("%s %v: asked for %q, and tomcat-ECDSA is %q", c.profile, c.quirks, seen.CertType, seen.ECDSA)
		}
		if there != (c.served == vos.CertTypeECDSA) || there && (f.Severity != plan.Warning || f.Rule != "EC-1" || !strings.Contains(f.Next.String(), "set tls server cert_type rsa")) {
			t.Errorf("%s %v: %+v", c.profile, c.quirks, f)
		}
	}
}

// TestCertTypeIsExchanged: what a node serves by its own word is what its peers are given (SELF-2, EC-1).
func TestCertTypeIsExchanged(t *testing.T) {
	t.Parallel()
	one := site(vos.UCCX, "uccx1")
	one.Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkECDSA}}}
	l := labOf(t, scenario(sim.Scenario{Path: change.PathSelfSigned, Topology: sim.Topology{Clusters: []sim.ClusterSpec{one, site(vos.CCP, "ccp")}}}))
	preflight(t, l, "uccx1.lab.example")
	p := l.start()
	defer p.end()
	ec := slices.ContainsFunc(trust.RelationsInto(p.runner.Plan(), "ccp.lab.example"), func(r trust.Relation) bool {
		return r.From.FQDN == "uccx1.lab.example" && r.Unit == change.UnitECDSA
	})
	back := slices.ContainsFunc(trust.RelationsInto(p.runner.Plan(), "uccx1.lab.example"), func(r trust.Relation) bool { return r.Unit == change.UnitECDSA })
	if !ec || back {
		t.Errorf("tomcat-ECDSA of uccx1 into ccp: %v; of ccp into uccx1: %v", ec, back)
	}
}

// TestServesECDSA: ports that serve tomcat-ECDSA, as the node chooses (EC-1), do not show that services have read a new tomcat: the
// restart is due, and what is wrong with the addresses afterwards names a way that the release has.
func TestServesECDSA(t *testing.T) {
	t.Parallel()
	one := site(vos.UCCX, "uccx1")
	one.Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkECDSA}}}
	l := labOf(t, scenario(sim.Scenario{Topology: sim.Topology{Clusters: []sim.ClusterSpec{one}}}))
	p := l.start()
	defer p.end()
	if err := p.play(); err != nil {
		t.Fatal(err)
	}
	if n := l.cluster.Counts()["uccx1.lab.example"].Restarts; n != 1 {
		t.Errorf("%d restarts", n)
	}
	for _, a := range standing.AddressesOf(p.runner.Plan(), "uccx1.lab.example") {
		if text := a.Means.String(); a.State == standing.AddressOld && (!strings.Contains(text, "set tls server cert_type rsa") || strings.Contains(text, "COP")) {
			t.Errorf("%d: %s", a.Port, text)
		}
	}
}
