package msg

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestArguments: durations, times and lists are sentences of their own, so that each language has its words and their order.
func TestArguments(t *testing.T) {
	at := time.Date(2026, 11, 28, 6, 0, 5, 0, time.UTC)
	for _, c := range []struct {
		text Text
		want string
	}{
		{Duration(0), "0 s"}, {Duration(59 * time.Second), "59 s"}, {Duration(61 * time.Second), "2 min"}, {Duration(59*time.Minute + time.Second), "1 h 00 min"},
		{Duration(65 * time.Minute), "1 h 05 min"}, {Duration(time.Minute), "1 min"}, {Duration(75*time.Minute + 30*time.Second), "1 h 16 min"}, {Duration(25 * time.Hour), "25 h 00 min"}, {Elapsed(-time.Hour), "0 s"}, {Elapsed(119 * time.Second), "1 min"}, {Elapsed(119 * time.Minute), "1 h"},
		{Elapsed(47 * time.Hour), "47 h"}, {Elapsed(48 * time.Hour), "2 days"}, {Elapsed(240 * time.Hour), "10 days"},
		{Time(at, Day), "2026-11-28"}, {Time(at, Minute), "2026-11-28 06:00 UTC"}, {Time(at, Second), "2026-11-28 06:00:05 UTC"}, {Time(at, Clock), "06:00"},
		{Time(at, Stamp), "2026-11-28T06:00:05Z"}, {Time(at, Weekday), "Sat 06:00"}, {Time(at, Month), "November 2026"}, {Time(at, Long), "Saturday, 28 November 2026"},
		{Time(time.Time{}, Long), ""}, {Word("proven"), "verified"}, {Word("50%"), "50%"},
		{List([]string{}), ""}, {List([]string{"a"}), "a"}, {List([]string{"a", "b", "c"}), "a, b, c"}, {And([]int{1}), "1"}, {And([]int{1, 2}), "1 and 2"},
		{And([]string{"a", "b", "c"}), "a, b and c"}, {Or([]string{"a", "b", "c"}), "a, b or c"}, {Or([]string{}), ""}, {And([]error{Errorf("port %d", 22), errors.New("50%")}), "port 22 and 50%"},
	} {
		if got := c.text.String(); got != c.want || In(nil, c.text) != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2026, m, int(m), 7, 30, 0, 0, time.UTC)
		for form, layout := range map[Form]string{Weekday: "Mon 15:04", Month: "January 2006", Long: "Monday, 2 January 2006"} {
			if got := Time(day, form).String(); got != day.Format(layout) {
				t.Errorf("%q, want %q", got, day.Format(layout))
			}
		}
	}
}

// TestPage: a page is written in its language, and in English where it has none.
func TestPage(t *testing.T) {
	for by, want := range map[Localizer]string{nil: "port 22\n100%\n", shouting{}: "PORT 22\n100%\n"} {
		p := Page{By: by}
		p.Say("port %d\n", 22)
		p.Say("100%%\n")
		if p.String() != want {
			t.Errorf("%q, want %q", p.String(), want)
		}
	}
}

type shouting struct{}

func (shouting) T(text Text) string { return strings.ToUpper(text.String()) }

// TestArgumentsInJournals: names and lists of names cost a journal no more than their words; what has words of ours comes back as it was.
func TestArgumentsInJournals(t *testing.T) {
	in := kept{What: T("%s of %s takes %s, until %s", List([]string{"8443", "443"}), Verbatim("uccx1"), Duration(90*time.Second), Time(time.Date(2026, 11, 28, 6, 0, 0, 0, time.UTC), Weekday))}
	raw := Origins(in)
	if want := `[{"f":"%s of %s takes %s, until %s","a":["8443, 443","uccx1",{"f":"%d min","a":[2]},{"f":"%[1]s %[2]s","a":[{"f":"Sat"},"06:00"]}]}]`; string(raw) != want {
		t.Errorf("%s", raw)
	}
	out := again(t, in, raw)
	if inner, ok := out.What.Args[2].(Text); !ok || !reflect.DeepEqual(inner, Text{Format: "%d min", Args: []any{int64(2)}}) || out.What.String() != in.What.String() {
		t.Errorf("%+v", out.What)
	}
}
