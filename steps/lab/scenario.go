package lab

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// FindScenario takes a lesson of the catalogue by its name, or one of one's own by the path of its file,
// which open opens.
func FindScenario(arg string, open func(path string) (*os.File, error)) (sim.Scenario, error) {
	if !strings.HasSuffix(arg, ".toml") && !strings.ContainsRune(arg, filepath.Separator) {
		s, err := sim.FindScenario(arg)
		if none, ok := errors.AsType[*sim.NoScenarioError](err); ok {
			err = msg.Errorf("No scenario named %q. Scenarios: %s", none.Name, strings.Join(none.Others, ", "))
		}
		return s, err
	}
	f, err := open(arg)
	if err != nil {
		return sim.Scenario{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, sim.MaxScenario+1))
	if err != nil {
		return sim.Scenario{}, err
	}
	return sim.ReadScenario(cert.Printable(arg), strings.TrimSuffix(filepath.Base(arg), ".toml"), data, RowIDs)
}

// RowIDs are the ids of the rows of a path, and whether there is such a path.
func RowIDs(path string) ([]string, bool) {
	rows, ok := steps.Procedure(path)
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, ok
}

// Lessons are the lessons of the lab, for a list, the easiest first.
func Lessons() ([]practice.Info, error) {
	all, err := sim.Scenarios()
	if err != nil {
		return nil, err
	}
	infos := make([]practice.Info, 0, len(all))
	for _, s := range all {
		infos = append(infos, practice.Info{Name: s.Name, Title: s.Title, Story: s.Story, Goal: s.Goal, Level: s.Difficulty(), Usual: s.Usual()})
	}
	return infos, nil
}
