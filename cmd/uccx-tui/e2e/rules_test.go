package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/rulebook"
	"github.com/uccx-tui/uccx-tui/vos"
)

// played is what a report tells of a scenario that was played.
type played struct {
	Steps []struct {
		Title, State string
	}
	Nodes []struct {
		Product   string
		Addresses []struct {
			Port  int
			State string
		}
	}
	Trust []struct {
		From, Into, Now string
		Rules           []string
	}
}

// TestRulesAreExercised plays the scenarios that docs/rules.md names, and fails where one does not reach the place of its rule.
func TestRulesAreExercised(t *testing.T) {
	t.Parallel()
	by := map[string][]string{}
	for id, e := range rulebook.Exercises() {
		if *lessons || slices.Contains([]string{"signed-pair", "san-dropped", "regenerate"}, e.Scenario) {
			by[e.Scenario] = append(by[e.Scenario], id)
		}
	}
	for scenario, ids := range by {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.run("lab", scenario, "--auto", "--name", "played")
			var r played
			if err := json.Unmarshal([]byte(p.must(0, "", "report", "played", "--format", "json")), &r); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				if place := rulebook.Exercises()[id].Place; !reaches(p, r, id, place) {
					t.Errorf("%s: %s is not reached", id, place)
				}
			}
		})
	}
}

// reaches reports whether a scenario has come to the place of a rule.
func reaches(p place, r played, id, at string) bool {
	kind, what, _ := strings.Cut(at, ": ")
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "played")
	switch kind {
	case "row":
		return slices.ContainsFunc(r.Steps, func(s struct{ Title, State string }) bool { return s.Title == what && s.State == "done" })
	case "check":
		refused, _ := os.ReadFile(filepath.Join(dir, "verdicts", "reply.json"))
		return strings.Contains(string(refused), fmt.Sprintf("%q: %q", "code", what))
	case "address":
		number, product, _ := strings.Cut(what, " ")
		for _, n := range r.Nodes {
			for _, a := range n.Addresses {
				if fmt.Sprint(a.Port) == number && a.State == "proven" && strings.HasSuffix(product, " of "+vos.Product(n.Product).Title("")) {
					return true
				}
			}
		}
	case "trust":
		for _, one := range r.Trust {
			if slices.Contains(one.Rules, id) && one.Now == "holds" {
				return true
			}
		}
	case "client kit":
		_, _, code := p.run("kit", "played", filepath.Join(p.home, "kit"))
		all, _ := filepath.Glob(filepath.Join(p.home, "kit", "*"))
		return code == 0 && len(all) > 3
	case "advice":
		out, _, code := p.run("advise", "CSCuv89545")
		return code == 0 && strings.Contains(out, "Logjam")
	}
	return false
}
