package print

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// scenarioList is lab --list as one document.
type scenarioList struct {
	Format    int            `json:"format"`
	Scenarios []scenarioJSON `json:"scenarios"`
}

// scenarioJSON is one scenario of the lab.
type scenarioJSON struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Level   int    `json:"level" jsonschema:"description=1 to 3; 1 is the easiest"`
	Minutes int    `json:"minutes" jsonschema:"description=that a person usually needs in the lab"`
}

// Scenarios returns lab --list as one document.
func Scenarios(all []practice.Info) any {
	doc := scenarioList{Format: 1, Scenarios: []scenarioJSON{}}
	for _, s := range all {
		doc.Scenarios = append(doc.Scenarios, scenarioJSON{s.Name, s.Title, s.Level, int(s.Usual.Minutes())})
	}
	return doc
}

// Documents are the types of what --json prints, by command; docs/json.md is printed from them.
func Documents() map[string]any {
	return map[string]any{"sessions": sessionList{}, "lab --list": scenarioList{}, "plan": planned{}, "rehearse": rehearsalView{}, "advise (one line a match)": advised{}, "facts": []factOf{},
		"verify": checkedJSON{}, "lab grade": gradeJSON{}}
}

// Page is a page of Markdown for a person at a terminal of w cells: headings, tables in columns, and lines broken at spaces, without
// escapes.
func Page(text []byte, w int) []byte {
	lines := layout.Theme{}.Markdown(string(text), w)
	for i := range lines {
		lines[i] = ansi.Strip(lines[i])
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}
