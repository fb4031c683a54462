package practice

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Result is a grade, line by line, and its text as the trainer's report in Markdown.
type Result struct {
	Session, Scenario, Title, Goal string
	Student                        string    // user@host of the first entry of the session
	Begun, Ended                   time.Time // of the first and the last entry
	Passed                         bool
	Word                           msg.Text // passed, failed, not finished, and what a trainer must know beside it
	Score, Of                      int      // lines that are ok, of those that count
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
