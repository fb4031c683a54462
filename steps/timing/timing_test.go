package timing_test

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// TestParseUntil: over midnight, and on the days on which the clock is put forward and back.
func TestParseUntil(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones here")
	}
	at := func(text string) time.Time {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return when.In(berlin)
	}
	for _, c := range []struct{ now, text, want string }{
		{"2026-11-25T22:00:00+01:00", "06:00", "2026-11-26T06:00:00+01:00"},
		{"2026-11-25T05:59:59+01:00", "06:00", "2026-11-25T06:00:00+01:00"},
		{"2026-11-25T12:00:00+01:00", "06:00", "2026-11-26T06:00:00+01:00"},
		{"2026-11-25T23:59:59+01:00", "00:00", "2026-11-26T00:00:00+01:00"},
		{"2026-12-31T23:30:00+01:00", "00:15", "2027-01-01T00:15:00+01:00"},
		{"2026-03-28T22:00:00+01:00", "06:00", "2026-03-29T06:00:00+02:00"}, // seven hours, not eight
		{"2026-10-24T22:00:00+02:00", "06:00", "2026-10-25T06:00:00+01:00"}, // nine hours
		{"2026-10-24T22:00:00+02:00", "02:30", "2026-10-25T02:30:00+02:00"}, // shown twice: the first
		{"2026-10-25T02:45:00+02:00", "02:30", "2026-10-25T02:30:00+01:00"}, // and once more
		{"2026-03-28T22:00:00+01:00", "02:30", "2026-03-29T01:30:00+01:00"}, // never shown: the earlier
		{"2026-11-25T22:00:00+01:00", "2026-11-26 06:00", "2026-11-26T06:00:00+01:00"},
		{"2026-11-25T22:00:00+01:00", "2026-11-26T04:00:00Z", "2026-11-26T05:00:00+01:00"},
		{"2026-11-25T22:00:00+01:00", "90m", "2026-11-25T23:30:00+01:00"},
		{"2026-03-28T22:00:00+01:00", "8h", "2026-03-29T07:00:00+02:00"},
	} {
		got, err := timing.ParseUntil(c.text, at(c.now))
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("at %s, until %s: %v, %v; want %s", c.now, c.text, got, err, c.want)
		}
	}
	for _, c := range [][3]string{{"2026-11-25T06:00:00+01:00", "06:00", "enter 2026-11-26 06:00"}, {"2026-11-25T06:05:00+01:00", "06:00", "enter 2026-11-26 06:00"},
		{"2026-11-26T00:00:01+01:00", "00:00", "enter 2026-11-27 00:00"}, {"2026-10-25T02:45:00+01:00", "02:30", "enter 2026-10-26 02:30"},
		{"2026-03-29T06:10:00+02:00", "06:00", "enter 2026-03-30 06:00"}, {"2026-11-25T11:59:59+01:00", "06:00", "enter 2026-11-26 06:00"},
		{"2026-11-25T06:00:00+01:00", "2026-11-25 06:00", "has ended"}, {"2026-11-25T06:00:00+01:00", "2026-11-25T05:00:00Z", "has ended"}} {
		got, err := timing.ParseUntil(c[1], at(c[0]))
		var over *timing.Over
		if !errors.As(err, &over) || !strings.Contains(err.Error(), c[2]) || !got.IsZero() {
			t.Errorf("at %s, until %s: %v, %v; want it to be over, and %q", c[0], c[1], got, err, c[2])
		}
	}
	for _, bad := range []string{"", "six", "25:00", "-1h", "0s", "2020-01-01 06:00", "6"} {
		if got, err := timing.ParseUntil(bad, at("2026-11-25T22:00:00+01:00")); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
}

// TestLearn: from beginning to end on a node, never over a break, never from a lab.
func TestLearn(t *testing.T) {
	start := time.Date(2026, 11, 25, 22, 0, 0, 0, time.UTC)
	entries := func(lab *change.Lab, kinds ...string) []session.Entry {
		c := stepstest.OneNode()
		c.Lab = lab
		raw, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		all := []session.Entry{{Kind: plan.KindOpened, Data: raw, Time: start}}
		for i, k := range kinds {
			all = append(all, session.Entry{Kind: k, Step: plan.StepRestart, Node: "a.b", Time: start.Add(time.Duration(i*10) * time.Minute)})
		}
		return all
	}
	d := timing.Durations{}
	d.Learn(entries(nil, plan.KindBegan, plan.KindDone))
	d.Learn(entries(nil, plan.KindBegan, plan.KindUnsure, plan.KindDone))
	d.Learn(entries(nil, plan.KindBegan, plan.KindResumed, plan.KindDone))
	d.Learn(entries(&change.Lab{}, plan.KindBegan, plan.KindDone))
	back := entries(nil, plan.KindBegan, plan.KindDone)
	back[2].Time = start.Add(-time.Hour) // the clock was set back
	d.Learn(back)
	for _, forward := range []time.Duration{24 * time.Hour, 400 * 24 * time.Hour} { // the clock was set forward
		ahead := entries(nil, plan.KindBegan, plan.KindDone)
		ahead[2].Time = start.Add(forward)
		d.Learn(ahead)
	}
	row := plan.Step{ID: plan.StepRestart, Usual: time.Hour}
	if got, learnt := d.Of(row); !learnt || got != 20*time.Minute || len(d[plan.StepRestart]) != 2 {
		t.Errorf("%v, %v, %v", got, learnt, d)
	}
	if got, learnt := (timing.Durations{}).Of(row); learnt || got != time.Hour {
		t.Errorf("%v, %v", got, learnt)
	}
}

// TestWindow: what fits, and what is said where it does not; a pair is finished, or not begun.
func TestWindow(t *testing.T) {
	change := change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat"}
	change.Solution.Clusters = []vos.Cluster{{Nodes: []vos.Node{{FQDN: "u1.b", Product: vos.UCCX, Role: vos.Publisher}, {FQDN: "u2.b", Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: "ccp.b", Product: vos.CCP, Role: vos.Standalone}}}}
	p, err := steps.Preview(change)
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	next := func(step string, done int) plan.Next {
		row, ok := p.Row(step)
		if !ok {
			t.Fatal(step)
		}
		row.Tasks = slices.Clone(row.Tasks) // a row is shared
		for i := range done {
			row.Tasks[i].State = plan.Done
		}
		return plan.Next{Row: row}
	}
	d := timing.Durations{plan.StepRestart: {20 * time.Minute}}
	for _, c := range []struct {
		next plan.Next
		left time.Duration
		fits bool
		says string
	}{
		{next(plan.StepRestart, 0), 60 * time.Minute, true, "u1, u2: about 40 min, plus 20 min for a rollback. Both fit before 06:00."},
		{next(plan.StepRestart, 0), 59 * time.Minute, false, "Both nodes cannot finish by 06:00: u1, u2 take about 40 min, plus 20 min for a rollback."},
		{next(plan.StepRestart, 1), 40 * time.Minute, true, "u2: about 20 min"},
		{next(plan.StepRestart, 1), 39 * time.Minute, false, "u2 cannot finish by 06:00: about 20 min, plus 20 min for a rollback. The other node of the pair already has its new certificate."},
		{next(plan.StepRestart, 2), 39 * time.Minute, false, "ccp cannot finish by 06:00"},
		{next(plan.StepRestart, 0), -time.Minute, false, "the change window ended at 06:00"},
		{next(plan.StepCSR, 0), time.Minute, true, ""},
		{next(plan.StepCSR, 0), time.Second, false, "This step cannot finish by 06:00"},
		{next(plan.StepProve, 0), -time.Hour, true, ""},
	} {
		got := timing.Before(plan.Window{Until: until}, p, c.next, d, until.Add(-c.left))
		if got.Fits != c.fits || !strings.Contains(got.Text.String(), c.says) || c.says == "" && !got.Text.IsZero() {
			t.Errorf("%s, %s left: fits %v, %q; want %v, %q", c.next.Row.Step.ID, c.left, got.Fits, got.Text.String(), c.fits, c.says)
		}
	}
	if got := timing.Before((plan.Window{}), p, next(plan.StepRestart, 0), d, until); !got.Fits || !got.Text.IsZero() {
		t.Errorf("no window: %+v", got)
	}
}

// TestWindowWhenTheClockIsSet: the end of a window is a time of day, so it counts by the clock of now: set forward over it nothing that
// changes a node begins, and what is unsure is looked at; set back it is open again. What is left is never called longer than it was.
func TestWindowWhenTheClockIsSet(t *testing.T) {
	p, err := steps.Preview(stepstest.OneNode())
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	now, day := until.Add(-4*time.Hour), 24*time.Hour
	restart, _ := p.Row(plan.StepRestart)
	csr, _ := p.Row(plan.StepCSR)
	prove, _ := p.Row(plan.StepProve)
	unsure := restart
	unsure.Tasks = slices.Clone(restart.Tasks)
	unsure.Tasks[0].State = plan.Unsure
	d := timing.Durations{plan.StepRestart: {20 * time.Minute}}
	for _, c := range []struct {
		name string
		row  plan.Row
		set  time.Duration
		fits bool
	}{
		{"as it is", restart, 0, true},
		{"forward", restart, day, false}, {"forward, a change", csr, day, false}, {"forward, a look", prove, day, true}, {"forward, unsure", unsure, day, true},
		{"back", restart, -day, true}, {"back by a year", restart, -365 * day, true}, {"forward by a year", restart, 365 * day, false},
	} {
		got := timing.Before(plan.Window{Until: until}, p, plan.Next{Row: c.row}, d, now.Add(c.set))
		if got.Fits != c.fits || strings.Contains(got.Text.String(), "-") {
			t.Errorf("%s: fits %v, %q", c.name, got.Fits, got.Text)
		}
	}
}

// TestLateWindow: what is unsure is looked at, however late it is; a row of unknown length fits as long as there is any time.
// A window counts for the person who takes the session up in the same night, and not in the next.
func TestLateWindow(t *testing.T) {
	change := stepstest.OneNode()
	p, err := steps.Preview(change)
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	row, _ := p.Row(plan.StepRestart)
	row.Tasks[0].State = plan.Unsure
	if got := timing.Before((plan.Window{Until: until}), p, plan.Next{Row: row}, timing.Durations{}, until.Add(time.Hour)); !got.Fits || !got.Text.IsZero() {
		t.Errorf("an unsure restart is not looked at: %+v", got)
	}
	row.Tasks[0].State, row.Step.Usual = plan.Idle, 0
	for left, fits := range map[time.Duration]bool{time.Second: true, 0: false, -time.Second: false} {
		if got := timing.Before((plan.Window{Until: until}), p, plan.Next{Row: row}, timing.Durations{}, until.Add(-left)); got.Fits != fits {
			t.Errorf("%s left: %+v", left, got)
		}
	}
	for after, kept := range map[time.Duration]bool{-time.Hour: true, time.Hour: true, 19 * time.Hour: false} {
		p, err := steps.Preview(change)
		if err == nil {
			err = p.Apply(session.Entry{Kind: plan.KindWindow, Time: until.Add(-8 * time.Hour), Data: []byte(`{"until":"2026-11-26T06:00:00Z"}`)})
		}
		if err == nil {
			err = p.Apply(session.Entry{Kind: plan.KindResumed, Time: until.Add(after), Data: []byte(`{}`)})
		}
		if got := !p.Until().IsZero(); err != nil || got != kept {
			t.Errorf("taken up %s after its end: kept %v, %v", after, got, err)
		}
	}
}

// TestVerdictByWindow: the CA's files are judged for the change window, not for now.
func TestVerdictByWindow(t *testing.T) {
	key := certtest.Key(t)
	der := certtest.Request(t, &x509.CertificateRequest{DNSNames: []string{"uccx1.example.com"}}, key)
	p := stepstest.Begun(t)
	p.Add(t, plan.KindDone, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: string(cert.RequestPEM(der))})
	until := time.Date(2126, 11, 26, 6, 0, 0, 0, time.UTC)
	for _, want := range []time.Time{{}, until} {
		if got := reply.Requests(stepstest.Fold(t, p)); len(got) != 1 || !got[0].Window.Equal(want) {
			t.Errorf("%+v, want the window until %v", got, want)
		}
		p.Add(t, plan.KindWindow, "", "", plan.Window{Until: until})
	}
}
