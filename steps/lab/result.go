package lab

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Graded compares how a session was done with what its scenario asks for, and writes the trainer's report, in the language of
// a Localizer (nil: English). dir is the folder of
// its lab. A lab without a scenario is ErrNoScenario.
func Graded(home session.Home, dir, name string, by msg.Localizer) (practice.Result, error) {
	entries, err := home.Read(name)
	if err != nil {
		return practice.Result{}, err
	}
	p, err := steps.Fold(entries)
	if err != nil {
		return practice.Result{}, err
	}
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return practice.Result{}, err
	}
	if r.Scenario == nil {
		return practice.Result{}, ErrNoScenario
	}
	all := marks(p, r)
	g := practice.Result{Session: name, Scenario: r.Scenario.Name, Title: r.Scenario.Title, Goal: r.Scenario.Goal, Hints: r.Hints, Nodes: nodeResults(r)}
	if last := len(entries) - 1; last >= 0 {
		g.Student, g.Begun, g.Ended = entries[0].Who, entries[0].Time, entries[last].Time
	}
	for _, m := range all {
		g.Lines = append(g.Lines, practice.Line{What: m.what.String(), Seen: m.seen.String(), OK: m.ok, Counts: !m.note})
	}
	g.Text, g.Word, g.Passed = gradeText(by, r, all, g, time.Now())
	g.Score, g.Of = score(all)
	return g, os.WriteFile(filepath.Join(home.SessionDir(name), gradeFile), []byte(g.Text), 0o600)
}

// nodeResults are what was done to each node.
func nodeResults(r sim.Record) []practice.NodeResult {
	var all []practice.NodeResult
	for _, n := range r.Nodes {
		one := practice.NodeResult{FQDN: n.FQDN, CSRs: n.Counts.CSRs, Uploads: n.Counts.OwnUploads, Refused: n.Counts.Refused, Restarts: n.Counts.Restarts}
		for _, a := range n.Aways {
			one.Away += a.Real
		}
		for _, times := range n.Counts.TrustUploads {
			one.Uploads += times
		}
		all = append(all, one)
	}
	return slices.Clip(all)
}
