package unattended

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestRestartIsNotRepeated: --restart, and a name given by --answer, confirm the first order alone. A restart that had no effect is
// ordered again only where --restart-again names the node, and the message names that flag.
func TestRestartIsNotRepeated(t *testing.T) {
	const node = "uccx1.example.com"
	failed := func(asBefore bool) *plan.Plan {
		j := stepstest.Begun(t)
		stepstest.DoneUntil(t, j, plan.StepRestart)
		j.Add(t, plan.KindAnswered, plan.StepRestart, node, plan.Answer{Question: plan.AskRestart, Value: node})
		j.Add(t, plan.KindBegan, plan.StepRestart, node, plan.Seen{})
		j.Add(t, plan.KindFailed, plan.StepRestart, node, plan.Trouble{Class: "uncertain", What: msg.T("The node did not answer"), Means: msg.T("It is up since Monday."), AsBefore: asBefore})
		return stepstest.Fold(t, j)
	}
	first := stepstest.Begun(t)
	stepstest.DoneUntil(t, first, plan.StepRestart)
	for name, c := range map[string]struct {
		p       *plan.Plan
		options Options
		again   bool
		yes     bool
	}{
		"the first order":                   {stepstest.Fold(t, first), Options{Restart: []string{"uccx1"}}, false, true},
		"nothing was sent":                  {failed(false), Options{Restart: []string{"uccx1"}}, false, true},
		"no effect":                         {failed(true), Options{Restart: []string{"uccx1"}}, false, false},
		"no effect, by --answer":            {failed(true), Options{Answers: []string{"restart@uccx1=uccx1"}}, false, false},
		"no effect, again":                  {failed(true), Options{}, true, true},
		"no effect, again and --restart":    {failed(true), Options{Restart: []string{"uccx1"}}, true, true},
		"no effect, again for another node": {failed(true), Options{Restart: []string{"uccx1"}, RestartAgain: []string{"uccx2"}}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := c.options.answerer(c.p, &app.Work{}, input.Known{Fingerprints: map[string][]string{}})
			if err != nil {
				t.Fatal(err)
			}
			if c.again {
				a.restart[node], a.again[node] = true, true
			}
			q := plan.Asked{Task: plan.Task{Step: plan.StepRestart, Node: node}, Question: plan.Question{ID: plan.AskRestart, Kind: plan.NodeName}}
			value, _, err := a.Answer(t.Context(), q, c.p)
			switch {
			case c.yes && (err != nil || !strings.HasPrefix(value, "uccx1")):
				t.Errorf("%q, %v", value, err)
			case !c.yes && (exitcode.Of(err) != exitcode.Confirm || !strings.Contains(err.Error(), "--restart-again uccx1") ||
				!strings.Contains(err.Error(), "has not restarted since. It is up since Monday. The command")):
				t.Errorf("%q, %v", value, err)
			case c.yes:
				if value, _, err := a.Answer(t.Context(), q, c.p); exitcode.Of(err) != exitcode.Confirm || !strings.Contains(err.Error(), "--restart-again uccx1") {
					t.Errorf("asked twice in one run: %q, %v", value, err)
				}
			}
		})
	}
}

// TestOnlyAnswer: an answer with which the row cannot go on is not given again and again: what is missing, and the one that lets it go
// on, is named.
func TestOnlyAnswer(t *testing.T) {
	p := stepstest.Fold(t, stepstest.Begun(t))
	q := plan.Asked{Task: plan.Task{Step: plan.StepCSR, Node: "uccx1.example.com"}, Question: plan.Question{ID: "told", Kind: plan.Choice, Needs: plan.Yes, Text: msg.T("Was the CA told?"),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("Not yet")}, {Value: plan.Yes, Label: msg.T("Yes")}}}}
	for given, ok := range map[string]bool{"told=no": false, "told=yes": true} {
		o := Options{Answers: []string{given}}
		a, err := o.answerer(p, &app.Work{}, input.Known{Fingerprints: map[string][]string{}})
		if err != nil {
			t.Fatal(err)
		}
		value, _, err := a.Answer(t.Context(), q, p)
		if ok && (value != plan.Yes || err != nil) || !ok && (exitcode.Of(err) != exitcode.Confirm || err.Error() != "Was the CA told? To continue: --answer told@uccx1=yes") {
			t.Errorf("%s: %q, %v", given, value, err)
		}
	}
}

// TestPrintableLines: what a run says with --json is missing keeps its lines, and loses what a terminal would act on.
func TestPrintableLines(t *testing.T) {
	if got := layout.PrintableLines("a question?\n  https://uccx1\x1b[2J"); got != "a question?\n  https://uccx1\\x1b[2J" {
		t.Errorf("%q", got)
	}
}

// TestFindingsOfAllNodes: a run that ends at a question names it for every node that is asked it, with a flag for each; what a flag
// answers is left out.
func TestFindingsOfAllNodes(t *testing.T) {
	j := stepstest.Begun(t)
	stepstest.DoneUntil(t, j, plan.StepPreflight)
	asked := map[string]plan.Asked{}
	for _, host := range []string{"uccx1", "uccx2", "ccp"} {
		task := plan.Task{Step: plan.StepPreflight, Node: host + ".example.com"}
		q := plan.Question{ID: plan.AskFindings, Kind: plan.Choice, Text: msg.T("Findings on %s", task.Node), Options: []plan.Option{{Value: "again"}, {Value: "yes"}}}
		j.Add(t, plan.KindAsked, task.Step, task.Node, q)
		asked[host] = plan.Asked{Task: task, Question: q}
	}
	p := stepstest.Fold(t, j)
	for _, c := range []struct {
		options Options
		names   []string
		not     string
	}{
		{Options{}, []string{"uccx1", "uccx2", "ccp"}, "\x00"},
		{Options{Answers: []string{"findings@uccx2=yes"}}, []string{"uccx1", "ccp"}, "uccx2"},
		{Options{Answers: []string{"*=no-such", "findings@uccx2=maybe"}}, []string{"uccx1", "uccx2", "ccp"}, "\x00"},
	} {
		a, err := c.options.answerer(p, &app.Work{}, input.Known{Fingerprints: map[string][]string{}})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = a.Answer(t.Context(), asked["uccx1"], p)
		if exitcode.Of(err) != exitcode.Confirm || strings.Contains(err.Error(), c.not) {
			t.Errorf("%v", err)
		}
		for _, host := range c.names {
			if !strings.Contains(err.Error(), "Findings on "+host+".example.com") || strings.Count(err.Error(), "--answer findings@"+host+"=again|yes") != 1 {
				t.Errorf("%s: %v", host, err)
			}
		}
	}
}

// TestAskedWithoutEnd: a question that comes again whatever is answered ends the run; others are answered meanwhile.
func TestAskedWithoutEnd(t *testing.T) {
	p := stepstest.Fold(t, stepstest.Begun(t))
	a, err := (&Options{Answers: []string{"findings=again"}}).answerer(p, &app.Work{}, input.Known{Fingerprints: map[string][]string{}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(node string) error {
		_, _, err := a.Answer(t.Context(), plan.Asked{Task: plan.Task{Step: plan.StepPreflight, Node: node}, Question: plan.Question{ID: plan.AskFindings, Kind: plan.Choice,
			Text: msg.T("Findings on %s", node), Options: []plan.Option{{Value: "again"}, {Value: "yes"}}}}, p)
		return err
	}
	for n := range 5 {
		if err := ask("uccx1.example.com"); err != nil {
			t.Fatalf("answer %d: %v", n+1, err)
		}
	}
	if err := ask("uccx1.example.com"); exitcode.Of(err) != exitcode.Confirm || !strings.Contains(err.Error(), "came again after 5 answers: Findings on uccx1.example.com") {
		t.Errorf("%v", err)
	}
	if err := ask("uccx2.example.com"); err != nil {
		t.Errorf("another node: %v", err)
	}
}
