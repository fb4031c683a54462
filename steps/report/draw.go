package report

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Sizes of the drawings of a report, in units of their own; they are scaled to the page.
const (
	drawLeft  = 150.0 // names
	drawWidth = 800.0
	drawLane  = 22.0
	drawGap   = 26.0 // where nothing happened for longer than drawIdle
	drawIdle  = 20 * time.Minute
	drawLanes = 60 // more nodes than that are not drawn, but those that were restarted
	drawNames = 24 // more nodes than that have no picture of trust: the table has them
)

// drawing is the timeline of a change, ready to be drawn.
type drawing struct {
	Width, Height float64
	Lanes         []drawnLane
	Bars          []drawnBar
	Ticks         []drawnTick
	Breaks        []drawnTick
}

type drawnLane struct {
	Y    float64
	Name string
}

type drawnBar struct {
	X, Y, Width, Height float64
	Class, Title        string
}

type drawnTick struct {
	X    float64
	Text string
}

// Timeline lays out what was done on each node, and when it was away, on one axis of time. Stretches in which nothing was
// done, such as the days that a CA takes, are cut out and marked. nil: nothing was changed.
func (r Report) Timeline() *drawing {
	spans := r.drawable()
	if len(spans) == 0 {
		return nil
	}
	axis := newAxis(spans)
	d := &drawing{Width: drawWidth}
	lanes := map[string]float64{}
	for _, name := range r.laneNames(spans) {
		lanes[name] = 8 + drawLane*float64(len(lanes))
		d.Lanes = append(d.Lanes, drawnLane{lanes[name] + 12, shortOf(name)})
	}
	for _, s := range spans {
		from, to := axis.x(s.From), axis.x(s.To)
		d.Bars = append(d.Bars, drawnBar{tenth(from), lanes[s.Node], tenth(max(to-from, 2.5)), drawLane - 6, s.Risk + " " + s.State,
			r.say("%s: %s, %s to %s (%s), %s", s.Node, msg.English(s.Title), r.when(s.From), r.when(s.To), msg.Duration(s.Took()), msg.Word(s.State))})
	}
	d.Height = 8 + drawLane*float64(len(lanes)) + 26
	for i, part := range axis.parts {
		if i > 0 {
			d.Breaks = append(d.Breaks, drawnTick{part.x - drawGap/2, r.inWords(part.from.Sub(axis.parts[i-1].to))})
		}
		for _, at := range part.ticks() {
			d.Ticks = append(d.Ticks, drawnTick{tenth(axis.x(at)), r.clock(at)})
		}
	}
	return d
}

// laneNames are the nodes of some spans, in the order of the solution.
func (r Report) laneNames(spans []Span) []string {
	var all []string
	for _, n := range r.Nodes {
		if slices.ContainsFunc(spans, func(s Span) bool { return s.Node == n.FQDN }) {
			all = append(all, n.FQDN)
		}
	}
	for _, s := range spans { // of a row that is done once for the solution
		if !slices.Contains(all, s.Node) {
			all = append(all, s.Node)
		}
	}
	return all
}

// tenth is a number with one digit behind the point.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// drawable returns the spans of the timeline: those that have ended, and of many nodes only those that were restarted.
func (r Report) drawable() []Span {
	lanes, restarted := map[string]bool{}, map[string]bool{}
	for _, s := range r.Spans {
		lanes[s.Node] = true
		restarted[s.Node] = restarted[s.Node] || s.Risk == plan.Interrupts.String()
	}
	var all []Span
	for _, s := range r.Spans {
		if s.To.IsZero() {
			s.To = maxTime(r.Last, s.From)
		}
		if len(lanes) <= drawLanes || restarted[s.Node] {
			all = append(all, s)
		}
	}
	return all
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func shortOf(fqdn string) string {
	short, _, _ := strings.Cut(fqdn, ".")
	if len(short) > 20 {
		short = short[:19] + "."
	}
	return strings.ToValidUTF8(short, "")
}

// axis is time as it is drawn: parts in which something was done, with gaps between them.
type axis struct{ parts []axisPart }

type axisPart struct {
	from, to time.Time
	x, width float64
}

func newAxis(spans []Span) axis {
	var a axis
	for _, s := range spans { // in the order of their beginnings
		if n := len(a.parts); n > 0 && s.From.Sub(a.parts[n-1].to) < drawIdle {
			a.parts[n-1].to = maxTime(a.parts[n-1].to, s.To)
			continue
		}
		a.parts = append(a.parts, axisPart{from: s.From, to: s.To})
	}
	if len(a.parts) > 12 { // a session of many days: the axis is one part from its beginning to its end
		a.parts = []axisPart{{from: a.parts[0].from, to: a.parts[len(a.parts)-1].to}}
	}
	total := time.Duration(0)
	for _, p := range a.parts {
		total += max(p.to.Sub(p.from), time.Second)
	}
	room := drawWidth - drawLeft - 40 - drawGap*float64(len(a.parts)-1)
	least := 14.0
	room -= least * float64(len(a.parts))
	x := drawLeft
	for i := range a.parts {
		p := &a.parts[i]
		p.x, p.width = x, least+room*float64(max(p.to.Sub(p.from), time.Second))/float64(total)
		x += p.width + drawGap
	}
	return a
}

// x is where a moment lies.
func (a axis) x(t time.Time) float64 {
	for _, p := range a.parts {
		if !t.After(p.to) {
			return p.x + p.width*float64(max(t.Sub(p.from), 0))/float64(max(p.to.Sub(p.from), time.Second))
		}
	}
	last := a.parts[len(a.parts)-1]
	return last.x + last.width
}

// ticks are the moments that are named below a part: its beginning, and its end where there is room for both.
func (p axisPart) ticks() []time.Time {
	if p.width < 90 {
		return []time.Time{p.from}
	}
	return []time.Time{p.from, p.to}
}

// trustPicture is who must trust whom, in two columns.
type trustPicture struct {
	Width, Height float64
	Left, Right   []drawnLane
	Lines         []trustLine
}

type trustLine struct {
	Y1, Y2       float64
	Class, Title string
}

// TrustPicture draws who must trust whom: on the left whose certificate, on the right who holds it. nil: there is no trust,
// or more than can be read.
func (r Report) TrustPicture() *trustPicture {
	var from, into []string
	row := func(all *[]string, name string) float64 {
		i := slices.Index(*all, name)
		if i < 0 {
			i = len(*all)
			*all = append(*all, name)
		}
		return 30 + drawLane*1.2*float64(i)
	}
	d := &trustPicture{Width: drawWidth}
	for _, t := range r.Trust {
		name := strings.TrimSpace(t.From + " " + t.Unit)
		line := trustLine{Y1: row(&from, name), Y2: row(&into, t.Into), Class: t.class()}
		line.Title = r.say("%s in the tomcat-trust of %s: now %s, after this change %s", name, t.Into, msg.Word(t.Now), msg.Word(t.Then))
		d.Lines = append(d.Lines, line)
	}
	if len(r.Trust) == 0 || len(from) > drawNames || len(into) > drawNames {
		return nil
	}
	for _, name := range from {
		d.Left = append(d.Left, drawnLane{row(&from, name) + 4, name})
	}
	for _, name := range into {
		d.Right = append(d.Right, drawnLane{row(&into, name) + 4, name})
	}
	d.Height = 30 + drawLane*1.2*float64(max(len(from), len(into)))
	return d
}

// class says how a trust stands: it holds, it was fixed by this change, it is missing, or it was not checked.
func (t Trust) class() string {
	switch now, then := trust.Holding(t.Now), trust.Holding(t.Then); {
	case then == trust.HoldYes && now == trust.HoldYes:
		return "holds"
	case then == trust.HoldYes:
		return "mended"
	case then == trust.HoldNo || then == trust.HoldOld || now == trust.HoldNo || now == trust.HoldOld:
		return "missing"
	}
	return "unknown"
}
