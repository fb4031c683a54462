package steps

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// rehearsedOn is a plan that was rehearsed after a survey that saw that.
func rehearsedOn(t *testing.T, was Seen) (*paper, *Plan) {
	t.Helper()
	p := begun(t)
	p.add(t, KindDone, stepSurvey, "uccx1.example.com", was)
	p.add(t, KindRehearsed, "", "", Rehearsal{Hash: fold(t, p).Hash()})
	return p, fold(t, p)
}

// TestDifferences: whatever is not as it was rehearsed is named; what the session did itself is not.
func TestDifferences(t *testing.T) {
	const node = "uccx1.example.com"
	boot := time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)
	was := Seen{About: &vos.About{Host: "uccx1", Domain: "example.com", Version: "12.5.1", Boot: boot}, Boot: boot, Identity: "one", CSR: "",
		Services: []vos.Service{{Name: "Cisco Tomcat", State: "STARTED"}, {Name: "Cisco DRF Local", State: "STARTED"}},
		Members:  []vos.Member{{Host: "uccx1", State: "authenticated"}, {Host: "uccx2", State: "authenticated"}},
		Trust:    []vos.TrustFile{{Store: "tomcat-trust", File: "Root.pem"}}, Served: []Served{{Port: 443, Serial: "01"}, {Port: 8443, Error: "refused"}}}
	for name, c := range map[string]struct {
		change func(*Seen)
		says   string // empty: nothing
	}{
		"nothing":     {func(*Seen) {}, ""},
		"certificate": {func(s *Seen) { s.Identity = "two" }, "holds a new certificate"},
		"csr":         {func(s *Seen) { s.CSR = "theirs" }, "holds a CSR that was not there"},
		"service":     {func(s *Seen) { s.Services[0].State = "STOPPED" }, "service Cisco Tomcat is STOPPED now, not STARTED"},
		"service off": {func(s *Seen) { s.Services = s.Services[:1] }, "service Cisco DRF Local is not listed any more"},
		"new service": {func(s *Seen) { s.Services = append(s.Services, vos.Service{Name: "New", State: "STARTED"}) }, "service New is there now"},
		"trust more":  {func(s *Seen) { s.Trust = append(s.Trust, vos.TrustFile{Store: "tomcat-trust", File: "X.pem"}) }, "holds a new file: tomcat-trust/X.pem"},
		"trust less":  {func(s *Seen) { s.Trust = nil }, "has lost tomcat-trust/Root.pem"},
		"member":      {func(s *Seen) { s.Members[1].State = "not authenticated" }, `it sees uccx2 as "not authenticated" now`},
		"member gone": {func(s *Seen) { s.Members = s.Members[:1] }, "does not list uccx2 any more"},
		"member more": {func(s *Seen) { s.Members = append(s.Members, vos.Member{Host: "uccx3", FQDN: "uccx3.example.com"}) }, "one node more: uccx3.example.com"},
		"served":      {func(s *Seen) { s.Served[0].Serial = "02" }, "port 443 serves another certificate"},
		"deaf":        {func(s *Seen) { s.Served[0] = Served{Port: 443, Error: "timeout"} }, "port 443 does not answer now: timeout"},
		"hears":       {func(s *Seen) { s.Served[1] = Served{Port: 8443, Serial: "01"} }, "port 8443 answers now"},
		"name":        {func(s *Seen) { s.About.Domain = "example.org" }, "calls itself uccx1.example.org now"},
		"version":     {func(s *Seen) { s.About.Version = "15.0.1" }, "its version is 15.0.1 now"},
		"restarted":   {func(s *Seen) { s.About.Boot = boot.Add(time.Hour) }, "it was restarted at"},
		"slack":       {func(s *Seen) { s.About.Boot = boot.Add(time.Minute) }, ""},
	} {
		_, plan := rehearsedOn(t, was)
		is, about := was, *was.About
		is.About, is.Services, is.Members, is.Served = &about, slices.Clone(was.Services), slices.Clone(was.Members), slices.Clone(was.Served)
		c.change(&is)
		got := plan.differences(node, plan.toCompare(node), &is)
		if all := strings.Join(got, "\n"); c.says == "" && all != "" || !strings.Contains(all, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
}

// TestClockPutForward: a node whose clock was set since the rehearsal has not been restarted, though its boot time has moved.
func TestClockPutForward(t *testing.T) {
	const node = "uccx1.example.com"
	asked := time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)
	seen := func(at time.Time, up, ahead time.Duration) Seen {
		s := Seen{About: &vos.About{Host: "uccx1", Domain: "example.com", Now: at.Add(ahead), Boot: at.Add(ahead - up)}}
		s.boot(*s.About, at)
		return s
	}
	_, plan := rehearsedOn(t, seen(asked, 10*time.Hour, 0))
	for text, is := range map[string]Seen{"": seen(asked.Add(time.Hour), 11*time.Hour, 2*time.Hour), "it was restarted at": seen(asked.Add(time.Hour), time.Minute, 0)} {
		if got := strings.Join(plan.differences(node, plan.toCompare(node), &is), "\n"); !strings.Contains(got, text) || text == "" && got != "" {
			t.Errorf("%q, want %q", got, text)
		}
	}
}

// TestOwnDoings: what this session did since the rehearsal is no difference, and another plan is one.
func TestOwnDoings(t *testing.T) {
	const node = "uccx1.example.com"
	was := Seen{Identity: "one"}
	p, plan := rehearsedOn(t, was)
	is := Seen{Identity: "one", CSR: "ours"}
	if got := plan.differences(node, plan.toCompare(node), &is); len(got) != 1 {
		t.Fatalf("%q", got)
	}
	p.add(t, KindBegan, stepCSR, node, Seen{})
	p.add(t, KindDone, stepCSR, node, Seen{CSR: "ours"})
	plan = fold(t, p)
	if got := plan.differences(node, plan.toCompare(node), &is); len(got) != 0 {
		t.Errorf("our own CSR: %q", got)
	}
	if got := plan.differences(node, plan.toCompare(node), &Seen{Identity: "one"}); len(got) != 1 || !strings.Contains(got[0], "went to the CA is gone") {
		t.Errorf("the CSR is gone: %q", got)
	}
	plan.Rehearsed().Hash = strings.Repeat("f", 64)
	if got := plan.differences(node, plan.toCompare(node), &is); len(got) != 1 || !strings.Contains(got[0], "ffffffffffff was rehearsed") {
		t.Errorf("another plan: %q", got)
	}
}

// TestAgreed: a node is compared once; with a difference it is until a person says to go on, and again after the next rehearsal.
func TestAgreed(t *testing.T) {
	const node = "uccx1.example.com"
	p, plan := rehearsedOn(t, Seen{Identity: "one"})
	want := func(compare bool) {
		t.Helper()
		if got := fold(t, p).toCompare(node) != nil; got != compare {
			t.Errorf("to be compared: %v", got)
		}
	}
	if r := plan.Rehearsed(); r == nil || plan.toCompare("uccx2.example.com") != nil {
		t.Errorf("%+v", r)
	}
	want(true)
	p.add(t, KindCompared, "", node, Compared{Differs: []string{"x"}})
	want(true)
	p.add(t, KindAnswered, stepCSR, node, Answer{Question: AskDiffers, Value: again})
	want(true)
	p.add(t, KindAnswered, stepCSR, node, Answer{Question: AskDiffers, Value: yes})
	want(false)
	p.add(t, KindRehearsed, "", "", Rehearsal{})
	want(true)
	p.add(t, KindCompared, "", node, Compared{})
	want(false)
}

// TestRehearsedTimes: rows that interrupt take as long as all their nodes one after the other; what is done is not counted, and
// a window that is too short is trouble.
func TestRehearsedTimes(t *testing.T) {
	p := begun(t)
	doneUntil(t, p, stepRestart)
	p.add(t, KindWindow, "", "", Window{Until: time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)})
	on := fold(t, p)
	r := Rehearsed(on, on, Durations{stepRestart: {20 * time.Minute}}, time.Date(2026, 11, 26, 5, 30, 0, 0, time.UTC))
	if r.Stops != time.Hour || r.Left < r.Stops || r.Left > r.Stops+time.Minute || r.Hash != on.Hash() {
		t.Errorf("left %v, stops %v", r.Left, r.Stops)
	}
	if !slices.ContainsFunc(r.Trouble, func(f Finding) bool { return strings.Contains(f.What, "the window holds 30 min more") }) || r.Fails() {
		t.Errorf("%+v", r.Trouble)
	}
	for _, row := range r.Rows {
		if row.Past != (row.State == "done") || row.Learnt != (row.Step == stepRestart) {
			t.Errorf("%+v", row)
		}
	}
}
