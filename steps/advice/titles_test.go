package advice_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// endings is a language in which each word of three letters or more has an ending of its own, so that no pattern of English finds it.
type endings struct{}

func (endings) T(text msg.Text) string {
	return regexp.MustCompile(`\pL{3,}`).ReplaceAllStringFunc(text.String(), func(w string) string { return w + "ij" })
}

// TestListedTitles: what a person copies from the list of symptoms leads to that entry, in English and in another language.
func TestListedTitles(t *testing.T) {
	for name, by := range map[string]msg.Localizer{"English": nil, "another language": endings{}} {
		for _, a := range advice.All() {
			title := msg.In(by, a.Symptom)
			if found, exact := advice.FindIn(by, "  "+strings.ToUpper(title)+"\n"); !exact || found[0].ID != a.ID {
				t.Errorf("%s: %q leads to %v, exact: %v, want %s", name, title, idsOf(found), exact, a.ID)
			}
		}
	}
}

// TestWordsOfALanguage: words of the language of a person find the nearest entries; what no entry has finds none.
func TestWordsOfALanguage(t *testing.T) {
	if found, exact := advice.FindIn(endings{}, "gadgetsij stayij emptyij"); exact || len(found) == 0 || !strings.Contains(found[0].Symptom.String(), "gadgets stay empty") {
		t.Errorf("the words lead to %v", idsOf(found))
	}
	for _, by := range []msg.Localizer{nil, endings{}} {
		if found, _ := advice.FindIn(by, "gardenij hoseij"); found != nil {
			t.Errorf("unknown words lead to %v", idsOf(found))
		}
	}
	if found, exact := advice.FindIn(endings{}, "failed with 0x80094FFF"); found != nil || exact {
		t.Errorf("an unknown code leads to %v", idsOf(found))
	}
}
