package po_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/ui/lang/po/pseudo"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestAnotherLanguage: what a driver says passes a journal and comes out in the language of the reader, its arguments and the words
// of the node as they were; in English it is what it always was; and a journal of a former program keeps its English.
func TestAnotherLanguage(t *testing.T) {
	words, err := po.Parse(qps(t))
	if err != nil {
		t.Fatal(err)
	}
	say := lang.New(words)
	e := &vos.Error{Class: vos.ErrRefused, Node: "uccx1.example.com", What: msg.T("The command %q cannot be typed", "set cert"), Said: "Executed command unsuccessfully",
		Means: msg.T("Nothing was typed. The node is unchanged."), Next: msg.T("Use OS Administration for this file."), Err: msg.Errorf("%s is listed twice", "ccp")}
	kept := plan.TroubleOf(e)
	raw, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	entry := session.Entry{Data: raw, Texts: msg.Origins(kept)}
	var read, old plan.Trouble
	if err := entry.Read(&read); err != nil {
		t.Fatal(err)
	}
	if err := (session.Entry{Data: raw}).Read(&old); err != nil {
		t.Fatal(err)
	}
	const english = `The command "set cert" cannot be typed: ccp is listed twice`
	if read.What.String() != english || old.What.String() != english || (lang.Localizer{}).T(read.What) != english || e.Error() != "uccx1.example.com: The command \"set cert\" cannot be typed: Executed command unsuccessfully: ccp is listed twice" {
		t.Errorf("%q, %q, %q", read.What, old.What, e)
	}
	want := strings.NewReplacer("%q", `"set cert"`).Replace(pseudo.Accented("The command %q cannot be typed")) + ": " + strings.Replace(pseudo.Accented("%s is listed twice"), "%s", "ccp", 1)
	if got := say.T(read.What); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, x := range []msg.Text{read.Means, read.Next, old.Means} {
		if got := say.T(x); got != pseudo.Accented(x.Format) {
			t.Errorf("%q", got)
		}
	}
	if got := say.T(old.What); got != english {
		t.Errorf("a sentence without its arguments: %q", got)
	}
}
