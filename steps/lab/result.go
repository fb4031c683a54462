package lab

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Result is a grade, line by line, and its text as the trainer's report in Markdown.
type Result struct {
	Session, Scenario, Title, Goal string
	Student                        string    // user@host of the first entry of the session
	Begun, Ended                   time.Time // of the first and the last entry
	Passed                         bool
	Hints                          int
	Lines                          []Line
	Nodes                          []NodeResult
	Text                           string
}

// Line is one line of a grade.
type Line struct {
	What, Seen string
	OK, Counts bool // Counts is false for a line that is only told
}

// NodeResult is what was done to a node of the lab.
type NodeResult struct {
	FQDN                             string
	CSRs, Uploads, Refused, Restarts int
	Away                             time.Duration // as long as a real node would have been away
}

// Graded compares how a session was done with what its scenario asks for, and writes the trainer's report. dir is the folder of
// its lab. A lab without a scenario is ErrNoScenario.
func Graded(home session.Home, dir, name string) (Result, error) {
	entries, err := home.Read(name)
	if err != nil {
		return Result{}, err
	}
	p, err := steps.Fold(entries)
	if err != nil {
		return Result{}, err
	}
	r, err := sim.ReadRecord(dir)
	if err != nil {
		return Result{}, err
	}
	if r.Scenario == nil {
		return Result{}, ErrNoScenario
	}
	all := marks(p, r)
	g := Result{Session: name, Scenario: r.Scenario.Name, Title: r.Scenario.Title, Goal: r.Scenario.Goal, Hints: r.Hints, Nodes: nodeResults(r)}
	if last := len(entries) - 1; last >= 0 {
		g.Student, g.Begun, g.Ended = entries[0].Who, entries[0].Time, entries[last].Time
	}
	for _, m := range all {
		g.Lines = append(g.Lines, Line{m.what, m.seen, m.ok, !m.note})
	}
	g.Text, g.Passed = gradeText(r, all, name, time.Now())
	return g, os.WriteFile(filepath.Join(home.SessionDir(name), gradeFile), []byte(g.Text), 0o600)
}

// nodeResults are what was done to each node.
func nodeResults(r sim.Record) []NodeResult {
	var all []NodeResult
	for _, n := range r.Nodes {
		one := NodeResult{FQDN: n.FQDN, CSRs: n.Counts.CSRs, Uploads: n.Counts.OwnUploads, Refused: n.Counts.Refused, Restarts: n.Counts.Restarts}
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
