package advice

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// FindIn is Find for a person who reads another language than English: the title of an entry as All lists it there is exact too, and
// words of that language find the entries whose titles or texts have them. nil is English.
func FindIn(by msg.Localizer, text string) (found []Advice, exact bool) {
	found, exact = Find(text)
	if a, ok := titled(by, text); ok {
		if !exact {
			return []Advice{a}, true
		}
		same := func(b Advice) bool { return b.ID == a.ID }
		return append([]Advice{a}, slices.DeleteFunc(slices.Clone(found), same)...), true
	}
	if _, unknown := UnknownIn(text); found != nil || by == nil || unknown {
		return found, exact
	}
	return nearest(by, All(), text), false
}

// titled is the entry with this title.
func titled(by msg.Localizer, text string) (Advice, bool) {
	text = strings.Join(strings.Fields(text), " ")
	for _, a := range lookup().all {
		if strings.EqualFold(msg.In(by, a.Symptom), text) || strings.EqualFold(a.Symptom.String(), text) {
			return a, true
		}
	}
	return Advice{}, false
}
