package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
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
