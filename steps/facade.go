package steps

import (
	"github.com/uccx-tui/uccx-tui/session"
)

// Fold makes a Plan of a whole journal.
func Fold(entries []session.Entry) (*Plan, error) { return foldBy(entries, Procedure) }

// Preview is the plan of a change before anything is written: the rows as a session would begin with them.
func Preview(c Change) (*Plan, error) { return previewBy(c, Procedure) }

// NewRunner takes over a journal: entries are what it holds so far. Tasks without an end are unsure from now on.
// notify is told every entry after it is on disk; it must not block.
func NewRunner(entries []session.Entry, memory Memory, world World, notify func(Event)) (*Runner, error) {
	plan, err := Fold(entries)
	if err != nil {
		return nil, err
	}
	return runnerOf(plan, memory, world, notify), nil
}
