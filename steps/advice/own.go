package advice

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ownSentences finds what uccx-tui itself says in a text, as its screens and check print it: a refusal in its own words, or
// the cause or the fix of a finding. Sentences that many findings share tell nothing.
func ownSentences(all []Advice, text string) (found []Advice) {
	said := squeeze(text)
	for _, a := range all {
		if a.Refusal == "" {
			continue
		}
		if r := vos.RefusalByID(a.Refusal); says(said, r.What) || says(said, r.Means) || says(said, r.Next) {
			found = append(found, a)
		}
	}
	for _, f := range cert.Table() {
		if says(said, f.Cause.String()) {
			found = append(found, ofFinding(f))
		}
	}
	if found == nil {
		for _, f := range cert.Table() {
			if says(said, f.Cure.String()) {
				found = append(found, ofFinding(f))
			}
		}
	}
	if len(found) > most {
		return nil
	}
	return found
}

// ofFinding is a finding of check as an advice.
func ofFinding(f cert.Finding) Advice {
	a := Advice{ID: "check-" + f.Code, Group: "upload", Symptom: msg.T("uccx-tui reports %s %s", f.Severity.String(), f.Code), Cause: f.Cause, Cure: f.Cure, Source: f.Fact}
	if f.Rule != "" {
		a.Rules = []string{f.Rule}
	}
	if a.Source == "" {
		a.Source = "docs/verdict.md"
	}
	return a
}

// shortest is the length of a sentence that is told apart from others, in letters.
const shortest = 24

func says(text, sentence string) bool {
	sentence = squeeze(sentence)
	return len(sentence) >= shortest && strings.Contains(text, sentence)
}

// squeeze makes two sentences alike that differ in line breaks, case and the final dot.
func squeeze(text string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(text), " ")), ".")
}
