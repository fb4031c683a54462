package steps

import (
	"path"
	"strings"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
)

// Fold makes a Plan of a whole journal.
func Fold(entries []session.Entry) (*plan.Plan, error) { return plan.Fold(entries, Procedure) }

// Preview is the plan of a change before anything is written: the rows as a session would begin with them.
func Preview(c change.Change) (*plan.Plan, error) { return plan.Preview(c, Procedure) }

// NewRunner takes over a journal: entries are what it holds so far. Tasks without an end are unsure from now on.
// notify is told every entry after it is on disk; it must not block.
func NewRunner(entries []session.Entry, memory world.Memory, outside world.World, notify func(engine.Event)) (*engine.Runner, error) {
	p, err := Fold(entries)
	if err != nil {
		return nil, err
	}
	return engine.New(p, memory, outside, notify), nil
}

// RowTitle returns the title of a row of any path, or "".
func RowTitle(id string) string {
	for _, row := range AllRows() {
		if row.ID == id {
			return row.Title
		}
	}
	return ""
}

// WriteKit keeps the kit in the session folder and returns its folder.
func WriteKit(r *engine.Runner) (string, error) {
	k := kit.Of(r.Plan(), r.Now(), r.Words())
	folder := k.Folder
	for _, f := range k.Files {
		at, err := r.Keep(path.Join(k.Folder, f.Name), f.Data)
		if err != nil {
			return "", err
		}
		folder = strings.TrimSuffix(at, f.Name)
	}
	return folder, nil
}

// TitleOf returns the title of a row of a path; the id where this program has no such row.
func TitleOf(path, id string) string {
	rows, _ := Procedure(path)
	for _, row := range rows {
		if row.ID == id {
			return row.Title
		}
	}
	return id
}
