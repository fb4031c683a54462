package report_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/trust"
)

// TestDowntime: the report says how long each node was away, from the entry before its restart to the look that saw it back;
// what was left unsure counts until it was settled, and what never ended is not given a length.
func TestDowntime(t *testing.T) {
	const node = "uccx1.example.com"
	for name, c := range map[string]struct {
		kinds []string // of entries ten minutes apart
		want  string
	}{
		"once":               {[]string{plan.KindBegan, plan.KindDone}, "10 min"},
		"settled later":      {[]string{plan.KindBegan, plan.KindUnsure, plan.KindDone}, "20 min"},
		"begun once more":    {[]string{plan.KindBegan, plan.KindUnsure, plan.KindBegan, plan.KindDone}, "30 min"},
		"twice":              {[]string{plan.KindBegan, plan.KindDone, plan.KindReopened, plan.KindBegan, plan.KindDone}, "20 min in 2 restarts"},
		"not seen to end":    {[]string{plan.KindBegan}, "unknown: the end of a restart was not seen"},
		"left unsure":        {[]string{plan.KindBegan, plan.KindUnsure}, "unknown: the end of a restart was not seen"},
		"refused":            {[]string{plan.KindBegan, plan.KindFailed}, "10 min"},
		"already done":       {[]string{plan.KindDone}, ""},
		"the clock set back": {[]string{plan.KindBegan, "back", plan.KindDone}, "unknown: the end of a restart was not seen"},
	} {
		p := stepstest.Begun(t)
		stepstest.DoneUntil(t, p, plan.StepRestart)
		at := p.Entries[len(p.Entries)-1].Time
		for _, k := range c.kinds {
			if k == "back" {
				at = at.Add(-time.Hour)
				continue
			}
			at = at.Add(10 * time.Minute)
			p.Add(t, k, plan.StepRestart, node, struct{}{})
			p.Entries[len(p.Entries)-1].Time = at
		}
		r := report.Of(stepstest.Fold(t, p))
		if got := r.Downtime(node); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if c.want != "" && !strings.Contains(string(r.Markdown()), "- out of service: "+c.want) {
			t.Errorf("%s: the report does not say it", name)
		}
		if page := string(r.HTML()); strings.Contains(page, "could not be drawn") || c.want != "" && !regexp.MustCompile(`<rect class="interrupts \w+"`).MatchString(page) {
			t.Errorf("%s: the timeline does not show it", name)
		}
	}
}

// TestTimeline: all bars lie on the paper and in the order of time, also over days, and long idle times are cut out.
func TestTimeline(t *testing.T) {
	day := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	r := report.Report{Last: day.Add(200 * time.Hour)}
	for i := range 40 {
		from := day.Add(time.Duration(i*i) * 7 * time.Minute)
		r.Spans = append(r.Spans, report.Span{Number: 1, Title: "x", Node: string(rune('a'+i%7)) + ".example", From: from, To: from.Add(time.Duration(i) * time.Minute), State: "done", Risk: plan.Changes.String()})
	}
	r.Spans[39].To = time.Time{} // it runs
	d := r.Timeline()
	if d == nil || len(d.Lanes) != 7 || len(d.Bars) != 40 || len(d.Ticks) == 0 {
		t.Fatalf("%+v", d)
	}
	for i, b := range d.Bars {
		if b.X < report.DrawLeft || b.X+b.Width > report.DrawWidth || b.Width <= 0 || b.Y+b.Height > d.Height || i > 0 && b.X < d.Bars[i-1].X {
			t.Errorf("bar %d: %+v", i, b)
		}
	}
	r.Spans = []report.Span{{Node: "a", From: day, To: day.Add(time.Minute)}, {Node: "a", From: day.Add(72 * time.Hour), To: day.Add(73 * time.Hour)}}
	if d = r.Timeline(); len(d.Breaks) != 1 || d.Breaks[0].Text != "71 h 59 min" {
		t.Errorf("%+v", d.Breaks)
	}
	r.Spans = nil
	if r.Timeline() != nil {
		t.Error("nothing was done, and it is drawn")
	}
}

// TestTrustPicture: a line for each trust, of the kind that it is.
func TestTrustPicture(t *testing.T) {
	r := report.Report{}
	for _, c := range []struct{ now, then trust.Holding }{{trust.HoldYes, trust.HoldYes}, {trust.HoldNo, trust.HoldYes}, {trust.HoldOld, trust.HoldYes}, {trust.HoldYes, trust.HoldNo}, {trust.HoldUnknown, trust.HoldUnknown}, {trust.HoldNo, trust.HoldNo}} {
		r.Trust = append(r.Trust, report.Trust{From: "a.example", Into: "b.example", Now: string(c.now), Then: string(c.then)})
	}
	var got []string
	for _, l := range r.TrustPicture().Lines {
		got = append(got, l.Class)
	}
	if want := "holds mended mended missing unknown missing"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	for i := range report.DrawNames + 1 {
		r.Trust = append(r.Trust, report.Trust{From: strings.Repeat("a", i+1), Into: "b"})
	}
	if r.TrustPicture() != nil {
		t.Error("more than can be read is drawn")
	}
}
