package po_test

import (
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestLengthTellsNoAnswer: in no language is the right answer of a scenario's question mostly the longest, or mostly the shortest: who
// reads only how long the answers are knows no more than who guesses.
func TestLengthTellsNoAnswer(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	words := translations(t)
	for _, tag := range po.Tags() {
		width := func(text string) int {
			if tag != po.English {
				tr := words[tag].GetDomain().GetTranslations()[text]
				text = tr.Trs[0]
			}
			return layout.Width(text)
		}
		var asked, longest, shortest int
		for _, s := range all {
			if s.Diagnosis.Ask == "" {
				continue
			}
			var wrong []int
			for _, w := range s.Diagnosis.Wrong {
				wrong = append(wrong, width(w))
			}
			asked++
			if right := width(s.Diagnosis.Right); right > slices.Max(wrong) {
				longest++
			} else if right < slices.Min(wrong) {
				shortest++
			}
		}
		if asked == 0 || 2*longest > asked || 2*shortest > asked {
			t.Errorf("%s: of %d right answers %d are the longest and %d the shortest", tag, asked, longest, shortest)
		}
	}
}
