package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// rehearsedOn is a plan that was rehearsed after a survey that saw that.
func rehearsedOn(t *testing.T, was plan.Seen) (*stepstest.Journal, *plan.Plan) {
	t.Helper()
	p := stepstest.Begun(t)
	p.Add(t, plan.KindDone, plan.StepSurvey, "uccx1.example.com", was)
	p.Add(t, plan.KindRehearsed, "", "", plan.Rehearsal{Hash: stepstest.Fold(t, p).Hash()})
	return p, stepstest.Fold(t, p)
}

// TestDifferences: whatever is not as it was rehearsed is named; what the session did itself is not.
func TestDifferences(t *testing.T) {
	const node = "uccx1.example.com"
	boot := time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)
	was := plan.Seen{About: &vos.About{Host: "uccx1", Domain: "example.com", Version: "12.5.1", Boot: boot}, Boot: boot, Identity: "one", CSR: "",
		Services: []vos.Service{{Name: "Cisco Tomcat", State: "STARTED"}, {Name: "Cisco DRF Local", State: "STARTED"}},
		Members:  []vos.Member{{Host: "uccx1", State: "authenticated"}, {Host: "uccx2", State: "authenticated"}},
		Trust:    []vos.TrustFile{{Store: "tomcat-trust", File: "Root.pem"}}, Served: []plan.Served{{Port: 443, Serial: "01"}, {Port: 8443, Error: "refused"}}}
	for name, c := range map[string]struct {
		change func(*plan.Seen)
		says   string // empty: nothing
	}{
		"nothing":     {func(*plan.Seen) {}, ""},
		"certificate": {func(s *plan.Seen) { s.Identity = "two" }, "its certificate changed"},
		"csr":         {func(s *plan.Seen) { s.CSR = "theirs" }, "a new CSR was generated"},
		"service":     {func(s *plan.Seen) { s.Services[0].State = "STOPPED" }, "service Cisco Tomcat is now STOPPED (was STARTED)"},
		"service off": {func(s *plan.Seen) { s.Services = s.Services[:1] }, "service Cisco DRF Local is no longer listed"},
		"new service": {func(s *plan.Seen) { s.Services = append(s.Services, vos.Service{Name: "New", State: "STARTED"}) }, "new service New: STARTED"},
		"trust more":  {func(s *plan.Seen) { s.Trust = append(s.Trust, vos.TrustFile{Store: "tomcat-trust", File: "X.pem"}) }, "new trust certificate: tomcat-trust/X.pem"},
		"trust less":  {func(s *plan.Seen) { s.Trust = nil }, "trust certificate removed: tomcat-trust/Root.pem"},
		"member":      {func(s *plan.Seen) { s.Members[1].State = "not authenticated" }, `it now reports uccx2 as "not authenticated"`},
		"member gone": {func(s *plan.Seen) { s.Members = s.Members[:1] }, "no longer lists uccx2"},
		"member more": {func(s *plan.Seen) {
			s.Members = append(s.Members, vos.Member{Host: "uccx3", FQDN: "uccx3.example.com"})
		}, "new node: uccx3.example.com"},
		"served":    {func(s *plan.Seen) { s.Served[0].Serial = "02" }, "port 443 presents a different certificate"},
		"deaf":      {func(s *plan.Seen) { s.Served[0] = plan.Served{Port: 443, Error: "timeout"} }, "port 443 does not answer: timeout"},
		"hears":     {func(s *plan.Seen) { s.Served[1] = plan.Served{Port: 8443, Serial: "01"} }, "port 8443 now answers"},
		"name":      {func(s *plan.Seen) { s.About.Domain = "example.org" }, "its name is now uccx1.example.org"},
		"version":   {func(s *plan.Seen) { s.About.Version = "15.0.1" }, "its version is now 15.0.1"},
		"restarted": {func(s *plan.Seen) { s.About.Boot = boot.Add(time.Hour) }, "it was restarted at"},
		"slack":     {func(s *plan.Seen) { s.About.Boot = boot.Add(time.Minute) }, ""},
	} {
		_, p := rehearsedOn(t, was)
		is, about := was, *was.About
		is.About, is.Services, is.Members, is.Served = &about, slices.Clone(was.Services), slices.Clone(was.Members), slices.Clone(was.Served)
		c.change(&is)
		got := engine.Differences(p, node, p.ToCompare(node), &is)
		if all := strings.Join(msg.Strings(got), "\n"); c.says == "" && all != "" || !strings.Contains(all, c.says) {
			t.Errorf("%s: %q, want %q", name, msg.Strings(got), c.says)
		}
	}
}

// TestClockPutForward: a node whose clock was set since the rehearsal has not been restarted, though its boot time has moved.
func TestClockPutForward(t *testing.T) {
	const node = "uccx1.example.com"
	asked := time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)
	seen := func(at time.Time, up, ahead time.Duration) plan.Seen {
		s := plan.Seen{About: &vos.About{Host: "uccx1", Domain: "example.com", Now: at.Add(ahead), Boot: at.Add(ahead - up)}}
		boot.Keep(&s, *s.About, at)
		return s
	}
	_, p := rehearsedOn(t, seen(asked, 10*time.Hour, 0))
	for text, is := range map[string]plan.Seen{"": seen(asked.Add(time.Hour), 11*time.Hour, 2*time.Hour), "it was restarted at": seen(asked.Add(time.Hour), time.Minute, 0)} {
		if got := strings.Join(msg.Strings(engine.Differences(p, node, p.ToCompare(node), &is)), "\n"); !strings.Contains(got, text) || text == "" && got != "" {
			t.Errorf("%q, want %q", got, text)
		}
	}
}

// TestOwnDoings: what this session did since the rehearsal is no difference, and another plan is one.
func TestOwnDoings(t *testing.T) {
	const node = "uccx1.example.com"
	was := plan.Seen{Identity: "one"}
	p, pl := rehearsedOn(t, was)
	is := plan.Seen{Identity: "one", CSR: "ours"}
	if got := engine.Differences(pl, node, pl.ToCompare(node), &is); len(got) != 1 {
		t.Fatalf("%q", msg.Strings(got))
	}
	p.Add(t, plan.KindBegan, plan.StepCSR, node, plan.Seen{})
	p.Add(t, plan.KindDone, plan.StepCSR, node, plan.Seen{CSR: "ours"})
	pl = stepstest.Fold(t, p)
	if got := engine.Differences(pl, node, pl.ToCompare(node), &is); len(got) != 0 {
		t.Errorf("our own CSR: %q", msg.Strings(got))
	}
	if got := engine.Differences(pl, node, pl.ToCompare(node), &plan.Seen{Identity: "one"}); len(got) != 1 || !strings.Contains(got[0].String(), "sent to the CA is gone") {
		t.Errorf("the CSR is gone: %q", msg.Strings(got))
	}
	pl.Rehearsed().Hash = strings.Repeat("f", 64)
	if got := engine.Differences(pl, node, pl.ToCompare(node), &is); len(got) != 1 || !strings.Contains(got[0].String(), "ffffffffffff was rehearsed") {
		t.Errorf("another plan: %q", msg.Strings(got))
	}
}

// TestAgreed: a node is compared once; with a difference it is until a person says to go on, and again after the next rehearsal.
func TestAgreed(t *testing.T) {
	const node = "uccx1.example.com"
	p, pl := rehearsedOn(t, plan.Seen{Identity: "one"})
	want := func(compare bool) {
		t.Helper()
		if got := stepstest.Fold(t, p).ToCompare(node) != nil; got != compare {
			t.Errorf("to be compared: %v", got)
		}
	}
	if r := pl.Rehearsed(); r == nil || pl.ToCompare("uccx2.example.com") != nil {
		t.Errorf("%+v", r)
	}
	want(true)
	p.Add(t, plan.KindCompared, "", node, plan.Compared{Differs: []msg.Text{msg.T("x")}})
	want(true)
	p.Add(t, plan.KindAnswered, plan.StepCSR, node, plan.Answer{Question: plan.AskDiffers, Value: plan.Again})
	want(true)
	p.Add(t, plan.KindAnswered, plan.StepCSR, node, plan.Answer{Question: plan.AskDiffers, Value: plan.Yes})
	want(false)
	p.Add(t, plan.KindRehearsed, "", "", plan.Rehearsal{})
	want(true)
	p.Add(t, plan.KindCompared, "", node, plan.Compared{})
	want(false)
}
