package advice

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Advice is one trouble of the field: what is seen, why, and what mends it. Its texts are English sources.
type Advice struct {
	ID      string
	Group   string // where it is seen: "login", "upload", "browser", "gadgets", "neighbours", "platform"
	Symptom string
	Cause   string
	Cure    string
	Rules   []string // ids of domain.md
	Source  string
	Step    string // id of the row that mends it, where one does; empty: none

	Words   string                                      // pattern of what people paste, case does not matter
	Refusal string                                      // id in the table of refusals: the node's own words
	look    []func(context.Context, *Diagnosis) []Check // where the program can look for itself
}

// Check is something that was looked at to tell whether an advice fits.
type Check struct {
	State string `json:"state"` // "speaks for it", "speaks against it", "not seen"
	What  string `json:"what"`  // printable
}

// The states of a Sign.
const (
	Supports    = "confirmed"
	Contradicts = "contradicted"
	Unseen      = "not checked"
)

// Diagnosis is what an adviser looks with. It changes nothing: it folds the journal, and makes handshakes.
type Diagnosis struct {
	Plan  *plan.Plan // the session, or nil
	Hosts []vos.Node
	Probe func(context.Context, vos.Node, int) (vos.Served, error) // nil: vos.Probe
	Now   time.Time

	seen map[string]vos.Served // "host:port" -> what was served, once a consultation
}

// All returns all troubles that are known, by group.
func All() []Advice { return adviceTable() }

// ByID returns one advice.
func ByID(id string) (Advice, bool) {
	for _, a := range adviceTable() {
		if a.ID == id {
			return a, true
		}
	}
	return Advice{}, false
}

// Find finds what fits a text: the words of a node, of a browser or a log, a code, or a few words of a person. exact
// tells that the words are known; without it the best are those that share words with the text.
func Find(text string) (found []Advice, exact bool) {
	if strings.TrimSpace(text) == "" {
		return nil, false
	}
	said, isRefusal := vos.RefusalOf(text)
	all := adviceTable()
	for _, a := range all {
		if isRefusal && a.Refusal == said.ID || a.Words != "" && matches(a.Words, text) {
			found = append(found, a)
		}
	}
	if len(found) > 0 {
		return found, true
	}
	return nearest(all, text), false
}

func matches(pattern, text string) bool {
	re, err := regexp.Compile("(?i)" + pattern)
	return err == nil && re.MatchString(text) // every pattern is tested
}

// most is how many advices are named where none says exactly this.
const most = 5

// nearest ranks by the words that a text shares with an advice.
func nearest(all []Advice, text string) []Advice {
	asked := wordsOf(text)
	type ranked struct {
		advice Advice
		score  int
	}
	var list []ranked
	for _, a := range all {
		score := 0
		symptom, rest := wordsOf(a.Symptom), wordsOf(a.Cause+" "+a.Cure+" "+a.Group)
		for w := range asked {
			if symptom[w] {
				score += 3
			} else if rest[w] {
				score++
			}
		}
		if score > 0 {
			list = append(list, ranked{a, score})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	var best []Advice
	for _, r := range list[:min(len(list), most)] {
		best = append(best, r.advice)
	}
	return best
}

// wordsOf are the words of a text that say something, in small letters, without the plural.
func wordsOf(text string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w = strings.TrimSuffix(w, "s"); len(w) > 2 && !slices.Contains([]string{"the", "and", "not", "for", "with", "certificate", "node"}, w) {
			all[w] = true
		}
	}
	return all
}

// For returns the advices for a question that was answered with no, such as VER-2: those that stand on its rule.
func For(question string) []Advice {
	var some []Advice
	for _, a := range adviceTable() {
		if slices.Contains(a.Rules, question) {
			some = append(some, a)
		}
	}
	return some
}

// Look examines what an advice can be told by, and says what was seen.
func (a Advice) Look(ctx context.Context, d *Diagnosis) []Check {
	var all []Check
	for _, look := range a.look {
		all = append(all, look(ctx, d)...)
	}
	return all
}

// Sees reports whether the program can look for itself.
func (a Advice) Sees() bool { return len(a.look) > 0 }
