package wiring

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

var lessonsToo = flag.Bool("lessons", false, "hold every scenario of the lab against itself at every stop, instead of a few; takes minutes")

// disagreements are what header, report, JSON and exit code say differently of one plan.
func disagreements(p *plan.Plan) []string {
	var bad []string
	is := func(ok bool, text string, args ...any) {
		if !ok {
			bad = append(bad, fmt.Sprintf(text, args...))
		}
	}
	s, header, r := standing.Of(p), pages.Pending(p, lang.Localizer{}), report.Of(p)
	var back report.Report
	if err := json.Unmarshal(r.JSON(), &back); err != nil {
		return []string{err.Error()}
	}
	text := string(r.Markdown())
	code, owed := exitcode.Of(exitcode.OfOutcome(s.Outcome)), strings.Join(msg.Strings(back.Owed), "\n")
	is(s.Outcome == standing.OutcomeOf(p) && r.Outcome == s.Outcome.String() && back.Outcome == r.Outcome, "outcome %s, report %s, JSON %s", s.Outcome, r.Outcome, back.Outcome)
	is(strings.Contains(text, "- Outcome: "+msg.Label(r.Outcome)+"\n"), "the page does not say %s", r.Outcome)
	is((header == "") == s.Clear() && (len(back.Owed) == 0) == s.Clear() && strings.Contains(text, "\nNothing.\n") == s.Clear(), "header %q, owed %q", header, owed)
	is((code == exitcode.Done) == (s.Outcome == standing.Proven) && (code != exitcode.Done || s.Clear()), "exit %d with %q", code, owed)
	is(!p.Next().Finished || (code == exitcode.Owed) != s.Clear(), "finished, exit %d with %q", code, owed)
	for what, word := range map[string]string{"pending: restart": ": restart and verification", "pending: verification": ": verification only", "pending: ports": ": port ", "pending: trust": ": trust ", "pending: answers": ": answered "} {
		is(strings.Contains(header, what) == strings.Contains(owed, word), "header %q, owed %q", header, owed)
	}
	for _, d := range s.Debts {
		restart, _ := p.Task(plan.Task{Step: d.Restart, Node: d.Node})
		is(d.Restarted() == (restart.State == plan.Done), "%s: restarted %v, its row is %s", d.Node, d.Restarted(), restart.State)
	}
	i := 0
	for _, n := range back.Nodes {
		for _, a := range n.Addresses {
			at := standing.Addresses(p)[i]
			i++
			is(at.Node.FQDN == n.FQDN && at.Port == a.Port && string(at.State) == a.State, "%s %d is %s, the report says %s", n.FQDN, a.Port, at.State, a.State)
			is(s.Outcome != standing.Proven || !at.Wrong(), "proven, and %s %d is %s", n.FQDN, a.Port, at.State)
		}
	}
	for _, row := range p.Rows() {
		is(len(standing.PutOffIn(row)) == 0 || s.Outcome != standing.Proven, "proven, and %s was put off", row.Step.Title)
	}
	return bad
}

// Header, report, JSON and exit code tell the same at every stop of every scenario: after each entry of its journal.
func TestStandingAgreesEverywhere(t *testing.T) {
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	home, err := session.DefaultHome()
	if err != nil {
		t.Fatal(err)
	}
	a := &App{Signals: supervisor.Watch(supervisor.Child{}), Known: input.NewKnown(), Version: "test"}
	few := []string{"window-ends", "cucm-renewed", "expired", "hostname-changed"}
	if testing.Short() {
		few = few[3:]
	}
	for _, s := range all {
		if s.Name == "laptop-dies" || !*lessonsToo && !slices.Contains(few, s.Name) { // it ends the process that plays it
			continue
		}
		w, err := a.BeginLab(lab.Options{Pairs: 1, Scenario: &s})
		if err != nil {
			t.Fatal(err)
		}
		app := a.UI()
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			defer w.Close()
			technician := &lab.Technician{Services: w.Lab, Runner: w.Runner, Name: w.Name}
			o, playErr := line.Play(context.Background(), app, w, io.Discard, line.Auto{Hooks: technician.Hooks(), By: technician, Replies: lab.Replies, Why: msg.T(lab.ByTechnician)})
			entries, err := home.Read(w.Name)
			if err != nil {
				t.Fatal(err)
			}
			walk(t, entries, o)
			if t.Failed() {
				t.Log(playErr)
			}
		})
	}
}

// walk holds a journal against itself after each of its entries.
func walk(t *testing.T, entries []session.Entry, played standing.Outcome) {
	t.Helper()
	p, err := steps.Fold(entries[:1])
	for i := 0; err == nil; i++ {
		for _, bad := range disagreements(p) {
			e := entries[i]
			t.Fatalf("after entry %d (%s %s %s): %s", e.Seq, e.Kind, e.Step, e.Node, bad)
		}
		if i+1 == len(entries) {
			break
		}
		err = p.Apply(entries[i+1])
	}
	if err != nil || standing.OutcomeOf(p) != played {
		t.Errorf("%v: the journal says %s, the program ended with %s", err, standing.OutcomeOf(p), played)
	}
}
