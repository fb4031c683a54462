package advice

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Advice is one symptom: what is seen, why, and what fixes it.
type Advice struct {
	ID      string
	Group   string // where it is seen: "login", "upload", "browser", "gadgets", "peers", "platform", "tls", "ca"
	Symptom msg.Text
	Cause   msg.Text
	Cure    msg.Text
	Rules   []string // ids of rules (docs/rules.md)
	Source  string   // public name of the document
	Link    string   // where it is, or ""
	Step    string   // id of the row that mends it, where one does; empty: none

	Codes   string                                      // codes that mean exactly this, apart by blanks
	Words   string                                      // pattern of messages that mean exactly this, case does not matter
	Topic   string                                      // pattern of words that people use about it, and about other things too
	Refusal string                                      // id in the table of refusals: the node's own words
	look    []func(context.Context, *Diagnosis) []Check // where the program can look for itself
}

// Check is something that was looked at to tell whether an advice fits.
type Check struct {
	State string   `json:"state"` // "speaks for it", "speaks against it", "not seen"
	What  msg.Text `json:"what"`  // its arguments are printable
}

// The states of a Sign.
const (
	Supports    = "confirmed"
	Contradicts = "contradicted"
	Unseen      = "not checked"
)

// Says is the state of a check and what was seen, in one sentence.
func (c Check) Says() msg.Text {
	switch c.State {
	case Supports:
		return msg.T("confirmed: %s", c.What)
	case Contradicts:
		return msg.T("contradicted: %s", c.What)
	}
	return msg.T("not checked: %s", c.What)
}

// Diagnosis is what an adviser looks with. It changes nothing: it folds the journal, and makes handshakes.
type Diagnosis struct {
	Plan  *plan.Plan // the session, or nil
	Hosts []vos.Node
	Probe func(context.Context, vos.Node, int) (vos.Served, error) // nil: vos.Probe
	Now   time.Time

	seen map[string]vos.Served // "host:port" -> what was served, once a consultation
}

// All returns all advices, by group.
func All() []Advice {
	all := adviceTable()
	groups := []string{"login", "upload", "browser", "gadgets", "peers", "platform", "tls", "ca"}
	slices.SortStableFunc(all, func(a, b Advice) int {
		return cmp.Compare(slices.Index(groups, a.Group), slices.Index(groups, b.Group))
	})
	return all
}

// ByID returns one advice.
func ByID(id string) (Advice, bool) {
	for _, a := range adviceTable() {
		if a.ID == id {
			return a, true
		}
	}
	return Advice{}, false
}

// Among is FindIn; without a text it returns some advices, or all where there are none.
func Among(by msg.Localizer, some []Advice, text string) (found []Advice, exact bool) {
	switch {
	case strings.TrimSpace(text) != "":
		return FindIn(by, text)
	case some == nil:
		return All(), false
	}
	return some, false
}

// Find finds what fits a text: the words of a node, of a browser or a log, a code, or a few words of a person. exact
// reports that the words or the code are known. Without it the advices are the closest ones, and none where the text has
// a code or a kind of line that is not known (UnknownIn): its neighbours say nothing about it.
func Find(text string) (found []Advice, exact bool) {
	if strings.TrimSpace(text) == "" {
		return nil, false
	}
	t := lookup()
	found, rest := t.byCode(text)
	if found == nil {
		found = ownSentences(t.all, text)
	}
	if found == nil {
		found = t.byWords(rest)
	}
	if found != nil {
		return found, true
	}
	if _, unknown := UnknownIn(text); unknown {
		return nil, false
	}
	said, refused := vos.RefusalOf(rest)
	if refused && sureRefusals()[said.ID] {
		return ofRefusal(t.all, said.ID), true
	}
	for _, a := range t.all {
		if t.matches(a.Topic, rest) {
			found = append(found, a)
		}
	}
	switch {
	case found != nil:
		return found[:min(len(found), most)], false
	case refused && (said.ID == "unsuccessful" || said.ID == "failed"):
		return ofRefusal(t.all, said.ID), said.ID == "unsuccessful"
	}
	return nearest(nil, t.all, text), false
}

// byWords finds the entries whose words are in the text, and those of a refusal that only one thing can mean.
func (t table) byWords(text string) (found []Advice) {
	said, refused := vos.RefusalOf(text)
	for _, a := range t.all {
		if refused && a.Refusal == said.ID && onlyMeaning()[said.ID] || t.matches(a.Words, text) {
			found = append(found, a)
		}
	}
	return found
}

func ofRefusal(all []Advice, id string) (found []Advice) {
	for _, a := range all {
		if a.Refusal == id {
			found = append(found, a)
		}
	}
	return found
}

// onlyMeaning are the refusals whose words name one cause.
func onlyMeaning() map[string]bool {
	return map[string]bool{"san": true, "key": true, "chain": true, "nocsr": true, "multi": true}
}

// sureRefusals are those whose words are plain, and said of other things too: they count where nothing else fits. The
// words of the others ("not allowed", "does not exist", "error:") are said of so much that they give no sure answer: their
// entries have longer words.
func sureRefusals() map[string]bool {
	return map[string]bool{"expired": true, "format": true, "service": true, "upgrade": true, "command": true}
}

// most is how many advices are named where none says exactly this.
const most = 5

// nearest ranks by the words that a text shares with an advice, in the language of a Localizer.
func nearest(by msg.Localizer, all []Advice, text string) []Advice {
	asked := wordsOf(text)
	type ranked struct {
		advice Advice
		score  int
	}
	var list []ranked
	for _, a := range all {
		score, shared := 0, 0
		symptom, rest := wordsOf(msg.In(by, a.Symptom)), wordsOf(msg.In(by, a.Cause)+" "+msg.In(by, a.Cure)+" "+a.Group)
		for w := range asked {
			switch {
			case symptom[w]:
				score, shared = score+3, shared+1
			case rest[w]:
				score, shared = score+1, shared+1
			}
		}
		if score >= 3 && shared*3 >= len(asked) { // one word of many says nothing
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
