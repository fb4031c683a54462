package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestQuestionOfAJournal: a question comes back from a journal with its arguments, also from one of an older program, which held a
// text with a %s for each of its args. A text of other hands that would fill the memory is words.
func TestQuestionOfAJournal(t *testing.T) {
	q := plan.Question{ID: "x", Kind: plan.Choice, Text: msg.T("First connection to %s. Its key is %s", "ccp", "50%"), Lines: []msg.Text{msg.T("port %d", 443)}}
	raw, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"id":"x","text":"First connection to ccp. Its key is 50%","lines":["port 443"],"kind":"choice"}`; string(raw) != want {
		t.Errorf("%s", raw)
	}
	for data, texts := range map[string]json.RawMessage{string(raw): msg.Origins(q), `{"id":"x","text":"First connection to %s. Its key is %s","args":["ccp","50%"],"lines":["port 443"],"kind":"choice"}`: nil} {
		var got plan.Question
		if err := (session.Entry{Data: json.RawMessage(data), Texts: texts}).Read(&got); err != nil {
			t.Fatal(err)
		}
		if got.Text.Format != q.Text.Format || got.Text.String() != q.Text.String() || len(got.Text.Args) != 2 || got.Lines[0].String() != "port 443" || got.Kind != plan.Choice {
			t.Errorf("%s: %+v", data, got)
		}
	}
	for _, data := range []string{`{"text":"%1000000d","args":["x"]}`, `{"text":"%s %*s","args":["x"]}`} {
		var got plan.Question
		if err := json.Unmarshal([]byte(data), &got); err != nil || len(got.Text.String()) > 20 || !strings.Contains(got.Text.String(), "%") {
			t.Errorf("%s: %q, %v", data, got.Text, err)
		}
	}
	var got plan.Question
	if err := json.Unmarshal([]byte(`{"text":"100% of %s"}`), &got); err != nil || got.Text.String() != "100% of %s" {
		t.Errorf("%q, %v", got.Text, err)
	}
	if json.Unmarshal([]byte(`{"text":1}`), &got) == nil {
		t.Error("a text that is a number was read")
	}
}

// TestQuestionSince: a question that a row asks from a version of the plan on is in no plan of a former one, and changes none.
func TestQuestionSince(t *testing.T) {
	procedure := func(asks ...plan.Question) plan.Procedures {
		return func(string) ([]plan.Step, bool) { return []plan.Step{{ID: "one", Ask: asks}}, true }
	}
	was, more := plan.Question{ID: "was", Kind: plan.Choice}, plan.Question{ID: "new", Kind: plan.Choice, Since: 3}
	for version, want := range map[int]string{2: "was", 3: "was new", 4: "was new"} {
		c := change.Change{Path: "x", Plan: version, Solution: vos.Solution{Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: "a.b", Product: vos.UCCX}}}}}}
		p, err := plan.Preview(c, procedure(was, more))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, q := range p.Step("one").Ask {
			got = append(got, q.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("version %d asks %q, want %s", version, got, want)
		}
		former, err := plan.Preview(c, procedure(was))
		if err != nil || (former.Hash() == p.Hash()) != (version < 3) {
			t.Errorf("version %d: the hash, %v", version, err)
		}
	}
}
