package timing

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Over tells that a window has ended: nothing may begin in it.
type Over struct {
	Given string    // as a person wrote it
	Again time.Time // when a clock shows it next; zero: never
}

// Error says when a clock shows it again, where it does.
func (o *Over) Error() string {
	return o.Text().String()
}

// Text is the same as a sentence.
func (o *Over) Text() msg.Text {
	if o.Again.IsZero() {
		return msg.T("%s has ended", o.Given)
	}
	return msg.T("%s is in the past. For another day, enter %s", o.Given, o.Again.Format("2006-01-02 15:04"))
}

// ParseUntil reads the end of a window: "06:00" is the next time that the clock of now's zone shows it, over midnight
// where it must, and Over where that is more than 18 hours away; "2026-11-26 06:00" and RFC 3339 are taken as they stand, "90m" and "4h" are counted from now. Where a
// clock shows a time twice, or never, because summer time begins or ends, the earlier moment is taken.
func ParseUntil(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return now.Add(d), nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		if at.After(now) {
			return at, nil
		}
		return time.Time{}, &Over{Given: text}
	}
	if day, err := time.Parse("2006-01-02 15:04", text); err == nil {
		if at := onClock(day, now.Location(), now); at.After(now) {
			return at, nil
		}
		return time.Time{}, &Over{Given: text}
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		return time.Time{}, msg.Errorf("%q is not a valid end of the window. Use 06:00, 2026-11-26 06:00, or a duration such as 4h.", text)
	}
	for day := range 3 {
		today := now.AddDate(0, 0, day)
		wall := time.Date(today.Year(), today.Month(), today.Day(), clock.Hour(), clock.Minute(), 0, 0, time.UTC)
		if at := onClock(wall, now.Location(), now); at.Sub(now) > plan.Longest {
			return time.Time{}, &Over{text, at}
		} else if at.After(now) {
			return at, nil
		}
	}
	return time.Time{}, msg.Errorf("%q is not a valid date", text)
}

// onClock returns the earliest moment after a given one at which a clock of a zone shows what wall shows in UTC; where it
// never does, because the clock is put forward over it, the earlier of the two that it could mean.
func onClock(wall time.Time, zone *time.Location, after time.Time) time.Time {
	var shown, meant []time.Time
	for _, near := range []time.Duration{-12 * time.Hour, 12 * time.Hour} { // the offsets before and behind a change of the clock
		_, offset := wall.Add(near).In(zone).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		meant = append(meant, at)
		if at.Format(time.DateTime) == wall.Format(time.DateTime) {
			shown = append(shown, at)
		}
	}
	if len(shown) == 0 {
		shown = meant
	}
	slices.SortFunc(shown, time.Time.Compare)
	for _, at := range shown {
		if at.After(after) {
			return at
		}
	}
	return time.Time{}
}

// Durations is how long rows took on one node of this site.
type Durations map[string][]time.Duration // row id

// longest is how long one step on one node can take: the program waits for a restart for an hour, and people do the longest steps
// in minutes. A journal that says more was written while the clock was set.
const longest = 3 * time.Hour

// Learn adds what a journal of a former session shows: from the beginning of a change on a node to its end. Labs are faster
// than life, and are not learnt from.
func (d Durations) Learn(entries []session.Entry) {
	began := map[plan.Task]time.Time{}
	for i, e := range entries {
		t := plan.Task{Step: e.Step, Node: e.Node}
		switch e.Kind {
		case plan.KindOpened:
			var c change.Change
			if i != 0 || e.Read(&c) != nil || c.Lab != nil {
				return
			}
		case plan.KindBegan:
			began[t] = e.Time
		case plan.KindDone:
			if at, ok := began[t]; ok && !e.Time.Before(at) && e.Time.Sub(at) <= longest { // else the clock was set meanwhile
				d[e.Step] = append(d[e.Step], e.Time.Sub(at))
			}
			delete(began, t)
		case plan.KindResumed, plan.KindTaken, plan.KindImported: // it was not watched to its end
			clear(began)
		}
	}
}

// Of returns how long a row takes on one node: what was learnt, the longer of the two in the middle; else what is usual.
func (d Durations) Of(row plan.Step) (long time.Duration, learnt bool) {
	all := slices.Clone(d[row.ID])
	if len(all) == 0 {
		return row.Usual, false
	}
	slices.Sort(all)
	return all[len(all)/2], true
}

// Clock is what the window says before a row is begun.
type Clock struct {
	Fits  bool
	Left  time.Duration // until the window ends; negative: it is over
	Needs time.Duration // of the row on the nodes that belong together
	Back  time.Duration // of the way back
	Text  msg.Text
}

// Before tells whether what is next fits into a window together with its way back. Looking always fits. A restart counts
// with the other nodes of its cluster: between the two nodes of a pair is no safe place to stop. The way back from a
// restart is a self-signed certificate and one more restart.
func Before(w plan.Window, p *plan.Plan, next plan.Next, d Durations, now time.Time) Clock {
	c := Clock{Fits: true, Left: w.Until.Sub(now)}
	row := next.Row.Step
	if w.Until.IsZero() || next.Finished || row.Risk == plan.Looks || row.Risk == plan.Interrupts && next.Row.Count(plan.Unsure) > 0 {
		return c // what is unsure is looked at, also when it is late
	}
	until := msg.Time(w.Until.In(now.Location()), msg.Clock)
	one, _ := d.Of(row)
	c.Needs = one
	open, done := []string(nil), 0
	if row.Risk == plan.Interrupts {
		open, done = together(p, next)
		c.Needs, c.Back = one*time.Duration(max(len(open), 1)), one
	}
	c.Fits = c.Left > 0 && c.Needs+c.Back <= c.Left
	names := msg.List(open)
	switch {
	case c.Left <= 0:
		c.Text = msg.T("the change window ended at %s", until)
	case row.Risk != plan.Interrupts && !c.Fits:
		c.Text = msg.T("This step cannot finish by %s: it takes about %s.", until, msg.Duration(c.Needs))
	case row.Risk != plan.Interrupts:
	case c.Fits:
		c.Text = msg.T("%s: about %s, plus %s for a rollback. Both fit before %s.", names, msg.Duration(c.Needs), msg.Duration(c.Back), until)
	case done > 0:
		c.Text = msg.T("%s cannot finish by %s: about %s, plus %s for a rollback. The other node of the pair already has its new certificate.", names, until, msg.Duration(c.Needs), msg.Duration(c.Back))
	case len(open) == 2:
		c.Text = msg.T("Both nodes cannot finish by %s: %s take about %s, plus %s for a rollback.", until, names, msg.Duration(c.Needs), msg.Duration(c.Back))
	default:
		c.Text = msg.T("%s cannot finish by %s: about %s, plus %s for a rollback.", names, until, msg.Duration(c.Needs), msg.Duration(c.Back))
	}
	return c
}

// together returns the nodes that the next task of an interrupting row must be finished with: those of its cluster that
// are not done yet, in short; and how many of the cluster are done.
func together(p *plan.Plan, next plan.Next) (open []string, done int) {
	first := ""
	for _, t := range next.Row.Tasks {
		if t.State != plan.Done {
			first = t.Task.Node
			break
		}
	}
	change := p.Change()
	pub, _ := change.Solution.Publisher(first)
	for _, t := range next.Row.Tasks {
		if other, ok := change.Solution.Publisher(t.Task.Node); !ok || other.FQDN != pub.FQDN {
			continue
		}
		if t.State == plan.Done {
			done++
			continue
		}
		open = append(open, vos.Node{FQDN: t.Task.Node}.Short())
	}
	return open, done
}

// Takes returns how long a row takes on all its nodes together: side by side where it only looks or changes, one after the
// other where it interrupts.
func (d Durations) Takes(row plan.Row) (long time.Duration, learnt bool) {
	long, learnt = d.Of(row.Step)
	if row.Step.Risk == plan.Interrupts {
		long *= time.Duration(len(row.Tasks))
	}
	return long, learnt
}
