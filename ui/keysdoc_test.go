package ui

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestKeysPage: docs/keys.md is printed from the actions of all screens.
func TestKeysPage(t *testing.T) {
	rows := map[string]map[string]bool{} // key and explanation -> titles of screens
	add := func(name string, all []action) {
		for _, a := range all {
			k := strings.Join(a.Keys(), " ")
			if a.Typing {
				k = "letters"
			}
			row := fmt.Sprintf("| `%s` | %s |", strings.ReplaceAll(k, "|", "\\|"), a.Explain)
			if a.Explain == "" {
				continue
			}
			if rows[row] == nil {
				rows[row] = map[string]bool{}
			}
			rows[row][name] = true
		}
	}
	all := screens(t, 80, 24)
	for _, m := range all {
		m.help = false
		name := m.top().title(&m.env)
		switch m.top().(type) {
		case *home:
			name = "Home"
		case *planView:
			name = "Plan"
		case *stepView:
			name = "Step"
		case *adviceView:
			name = "Explanation"
		case *detailView:
			name = "Details"
		}
		add(name, m.keys())
	}
	sometimes(t, add)
	var b strings.Builder
	b.WriteString("# Keys\n\nPrinted from the actions of the screens (`go test ./ui -run TestKeysPage -update`): what is listed here works.\nA letter means the same on every screen where it is not text.\n\n| keys | what they do | where |\n| --- | --- | --- |\n")
	for _, row := range slices.SortedFunc(maps.Keys(rows), func(x, y string) int {
		if c := strings.Compare(strings.ToLower(x), strings.ToLower(y)); c != 0 {
			return c
		}
		return strings.Compare(x, y)
	}) {
		where := "every screen"
		if len(rows[row]) < 12 {
			where = strings.Join(slices.Sorted(maps.Keys(rows[row])), ", ")
		}
		fmt.Fprintf(&b, "%s %s |\n", row, where)
	}
	listsEveryLetter(t, b.String())
	goldentest.File(t, filepath.Join("..", "docs", "keys.md"), []byte(b.String()))
}

// listsEveryLetter: each key of one character that the source of a screen gives a meaning is on the page, with that meaning.
func listsEveryLetter(t *testing.T, page string) {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:on\(|askAgain\(m, )"(.)", "[^"]*", "([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			if found++; !strings.Contains(page, "| `"+m[1]+"` | "+m[2]+" |") {
				t.Errorf("%s: the key %s is not on the page: %s", name, m[1], m[2])
			}
		}
	}
	if found < 20 {
		t.Errorf("%d keys in the sources", found)
	}
}

// sometimes adds what the plan offers only in a lesson, the report only while an answer is owed, and a step only where it failed.
func sometimes(t *testing.T, add func(name string, all []action)) {
	t.Helper()
	lesson := model(t, opened3(), 80, 24)
	lesson.Work.Lab = &practice.Services{Lesson: someLesson()}
	add("Plan", lesson.keys())
	owing := onPath(t, change.PathSigned, plan.StepFunction, 0).add(plan.KindAnswered, plan.StepFunction, "", plan.Answer{Question: "VER-2", Value: plan.Later})
	report := model(t, owing, 80, 24)
	report.push(newReport(mustPlan(t, owing), speaking()))
	add("Report", report.keys())
	for row, class := range map[string]string{"install": "refused", "prove": "unproven"} {
		failed := onPath(t, change.PathSigned, row, 0).add(plan.KindFailed, row, fqdns[0], plan.Trouble{Class: class, What: msg.T("the certificate was refused")})
		step := model(t, failed, 80, 24)
		step.push(&stepView{id: row})
		add("Step", step.keys())
	}
}
