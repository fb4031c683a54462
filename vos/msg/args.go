package msg

import (
	"fmt"
	"strings"
	"time"
)

// Localizer says sentences in one language. ui/lang has the one of the program; nil speaks English (In).
type Localizer interface {
	T(text Text) string
}

// Word is a word of the journal or of a code as a person reads it, as a sentence: "verified" for "proven".
func Word(word string) Text { return English(Label(word)) }

// Duration is how long something takes: seconds below a minute, else minutes, rounded up: "5 s", "3 min", "1 h 05 min".
func Duration(d time.Duration) Text {
	minutes := int((d + time.Minute - 1) / time.Minute)
	switch {
	case d < time.Minute:
		return pattern("%d s", int(d.Seconds()))
	case minutes < 60:
		return T("%d min", minutes)
	}
	return T("%d h %02d min", minutes/60, minutes%60)
}

// Elapsed is how long something has taken, in the largest unit of which there is one, rounded down: "4 s", "3 min", "5 h", "2 days".
// Where a clock was set back meanwhile it is "0 s".
func Elapsed(d time.Duration) Text {
	switch d = max(d, 0); {
	case d < time.Minute:
		return pattern("%d s", int(d.Seconds()))
	case d < time.Hour:
		return T("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return pattern("%d h", int(d.Hours()))
	}
	return N("1 day", "%d days", int(d.Hours()/24))
}

// Form is how much of a time is said.
type Form int

// The forms of a time. The first five are the same in every language (ISO 8601, with a blank for the T).
const (
	Day     Form = iota // 2026-11-28
	Minute              // 2026-11-28 06:00 UTC
	Second              // 2026-11-28 06:00:05 UTC
	Clock               // 06:00
	Stamp               // 2026-11-28T06:00:05Z
	Weekday             // Sat 06:00
	Month               // November 2026
	Long                // Saturday, 28 November 2026
)

// Time is a moment in the zone that it has; empty where it is zero.
func Time(t time.Time, f Form) Text {
	if t.IsZero() {
		return Text{}
	}
	switch f {
	case Weekday:
		return pattern("%[1]s %[2]s", weekday(t.Weekday()), t.Format("15:04"))
	case Month:
		return pattern("%[1]s %[2]d", month(t.Month()), t.Year())
	case Long:
		return pattern("%[1]s, %[2]d %[3]s %[4]d", longWeekday(t.Weekday()), t.Day(), month(t.Month()), t.Year())
	}
	return Verbatim(t.Format([]string{time.DateOnly, "2006-01-02 15:04 MST", "2006-01-02 15:04:05 MST", "15:04", time.RFC3339}[f]))
}

// pattern is a sentence without words of its own, of which translators choose the order and the signs.
func pattern(format string, args ...any) Text { return Text{Format: format, Args: args} }

func weekday(d time.Weekday) Text {
	return []Text{T("Sun"), T("Mon"), T("Tue"), T("Wed"), T("Thu"), T("Fri"), T("Sat")}[d]
}

func longWeekday(d time.Weekday) Text {
	return []Text{T("Sunday"), T("Monday"), T("Tuesday"), T("Wednesday"), T("Thursday"), T("Friday"), T("Saturday")}[d]
}

func month(m time.Month) Text {
	return []Text{T("January"), T("February"), T("March"), T("April"), T("May"), T("June"), T("July"), T("August"), T("September"), T("October"), T("November"),
		T("December")}[m-1]
}

// List is names or sentences one behind the other: "a, b, c". Where there are none it is empty. What is not a string, an error, or a
// Text is put into words by fmt.
func List[E any](all []E) Text { return Joined(texts(all), ", ") }

// Both is two things of a list, with the comma of the language.
func Both(one, other Text) Text { return pattern("%[1]s, %[2]s", one, other) }

// Sentences are two sentences, the first without its full stop.
func Sentences(first, second Text) Text { return pattern("%[1]s. %[2]s", first, second) }

// Beside are two whole sentences, each with its own full stop.
func Beside(first, second Text) Text { return pattern("%[1]s %[2]s", first, second) }

// And is a list of which all are meant: "a, b and c".
func And[E any](all []E) Text {
	return ended(texts(all), func(first, last Text) Text { return T("%s and %s", first, last) })
}

// Or is a list of which one is meant: "a, b or c".
func Or[E any](all []E) Text {
	return ended(texts(all), func(first, last Text) Text { return T("%s or %s", first, last) })
}

func ended(all []Text, join func(first, last Text) Text) Text {
	if len(all) < 2 {
		return Joined(all, ", ")
	}
	n := len(all) - 1
	return join(Joined(all[:n], ", "), all[n])
}

func texts[E any](all []E) []Text {
	out := make([]Text, len(all))
	for i, one := range all {
		switch one := any(one).(type) {
		case Text:
			out[i] = one
		case error:
			out[i] = Of(one)
		default:
			out[i] = Verbatim(fmt.Sprint(one))
		}
	}
	return out
}

// In is a sentence in the language of a Localizer; nil speaks English.
func In(by Localizer, text Text) string {
	if by == nil {
		return text.String()
	}
	return by.T(text)
}

// Page is a text that is written sentence by sentence in one language.
type Page struct {
	strings.Builder
	By Localizer // nil: English
}

// Say writes a sentence. Line ends belong to it.
func (p *Page) Say(format string, args ...any) { p.WriteString(In(p.By, T(format, args...))) }
