package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// In returns the report with the times that people read in a zone. The forms for programs (JSON, calendar) stay in UTC.
func (r Report) In(zone *time.Location) Report {
	r.zone = zone
	return r
}

// when is a time for people: local, with its zone; empty where there is none.
func (r voice) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return r.at(t).Format("2006-01-02 15:04:05 MST")
}

// clock is the time of day alone, for the axis of a drawing.
func (r voice) clock(t time.Time) string { return r.at(t).Format("15:04") }

func (r voice) at(t time.Time) time.Time {
	if r.zone == nil {
		return t.UTC()
	}
	return t.In(r.zone)
}

// told is a sentence in the language of the report, with its times as people read them.
func (r voice) told(t msg.Text) string { return r.local(r.text(t)) }

// local writes every time in a text as people read it.
func (r voice) local(text string) string { return msg.TimesIn(text, r.at(time.Now()).Location()) }

// Zones says how far the zones of the report are from UTC, where their names do not say it; empty in UTC.
func (r Report) Zones() string {
	var all []string
	for _, t := range []time.Time{r.Begun, r.Last} {
		at := r.at(t)
		name, offset := at.Zone()
		if line := r.say("%s is UTC%s", name, at.Format("-07:00")); offset != 0 && !strings.HasPrefix(name, "+") && !strings.HasPrefix(name, "-") && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return r.list(all)
}

// took is how long the last run of a step lasted; 0 where nothing was changed in it.
func (r Report) took(s Step) (long time.Duration) {
	for _, span := range r.Spans {
		if span.Number == s.Number && span.Node == s.Node {
			long = span.Took()
		}
	}
	return long
}

// Downtime says in words how long a node was out of service; empty where it was not restarted.
func (r Report) Downtime(fqdn string) string {
	long, times, known := r.away(fqdn)
	switch {
	case times == 0:
		return ""
	case !known:
		return r.say("unknown: the end of a restart was not seen")
	case times == 1:
		return r.inWords(long)
	}
	return r.say("%s in %d restarts", msg.Duration(long), times)
}

// HeadLine is the head of the journal in one word, as verify takes it: the number of the last entry and its checksum.
func (r Report) HeadLine() string {
	return strconv.Itoa(r.Entries) + ":" + r.Head
}

// Lasted is how long it is from the first entry of the journal to the last, in words.
func (r Report) Lasted() string { return r.inWords(max(r.Last.Sub(r.Begun), 0)) }
