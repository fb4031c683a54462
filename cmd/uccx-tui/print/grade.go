package print

import (
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// gradeJSON is lab grade as one document. Times are UTC.
type gradeJSON struct {
	Format   int             `json:"format"`
	Session  string          `json:"session"`
	Scenario string          `json:"scenario"`
	Title    string          `json:"title"`
	Goal     string          `json:"goal"`
	Student  string          `json:"student,omitempty" jsonschema:"description=user@host of the first entry of the session"`
	Begun    time.Time       `json:"begun"`
	Ended    time.Time       `json:"ended" jsonschema:"description=of the last entry of the session"`
	Passed   bool            `json:"passed"`
	Hints    int             `json:"hints"`
	Lines    []gradeLineJSON `json:"lines"`
	Nodes    []gradeNodeJSON `json:"nodes"`
}

// gradeLineJSON is one line of a grade.
type gradeLineJSON struct {
	What   string `json:"what"`
	Seen   string `json:"seen,omitempty"`
	OK     bool   `json:"ok"`
	Counts bool   `json:"counts" jsonschema:"description=false for a line that is only told"`
}

// gradeNodeJSON is what was done to a node of the lab.
type gradeNodeJSON struct {
	FQDN            string `json:"fqdn"`
	CSRs            int    `json:"csrs"`
	Uploads         int    `json:"uploads"`
	Refused         int    `json:"refused"`
	Restarts        int    `json:"restarts"`
	DowntimeSeconds int    `json:"downtime_seconds" jsonschema:"description=as long as a real node would have been away"`
}

// Grade returns lab grade as one document.
func Grade(g practice.Result) any {
	doc := gradeJSON{Format: 1, Session: g.Session, Scenario: g.Scenario, Title: g.Title, Goal: g.Goal, Student: g.Student, Begun: g.Begun.UTC(), Ended: g.Ended.UTC(), Passed: g.Passed, Hints: g.Hints,
		Lines: []gradeLineJSON{}, Nodes: []gradeNodeJSON{}}
	for _, l := range g.Lines {
		doc.Lines = append(doc.Lines, gradeLineJSON(l))
	}
	for _, n := range g.Nodes {
		doc.Nodes = append(doc.Nodes, gradeNodeJSON{n.FQDN, n.CSRs, n.Uploads, n.Refused, n.Restarts, int(n.Away / time.Second)})
	}
	return doc
}

// Grades are the grades of a class as a table in Markdown, in the language of the reader.
func Grades(say lang.Localizer, all []practice.Result) string {
	var b strings.Builder
	b.WriteString(say.Say("| session | scenario | student | result | score | hints |") + "\n| --- | --- | --- | --- | --- | --- |\n")
	for _, g := range all {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %d/%d | %d |\n", cert.Printable(g.Session), cert.Printable(g.Scenario), cert.Printable(g.Student), cert.Printable(say.T(g.Word)), g.Score, g.Of, g.Hints)
	}
	return b.String()
}
