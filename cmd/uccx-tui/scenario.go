package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// choose takes the scenario that was named, if any.
func (o *labOptions) choose(args []string) error {
	if len(args) == 0 {
		return nil
	}
	s, err := findScenario(args[0])
	if err != nil {
		return err
	}
	o.scenario = &s
	return nil
}

// findScenario takes a lesson of the catalogue by its name, or one of one's own by the path of its file.
func findScenario(arg string) (sim.Scenario, error) {
	if !strings.HasSuffix(arg, ".toml") && !strings.ContainsRune(arg, filepath.Separator) {
		return sim.FindScenario(arg)
	}
	f, err := openFile(arg)
	if err != nil {
		return sim.Scenario{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, sim.MaxScenario+1))
	if err != nil {
		return sim.Scenario{}, err
	}
	return sim.ReadScenario(cert.Printable(arg), strings.TrimSuffix(filepath.Base(arg), ".toml"), data, rowIDs)
}

// rowIDs are the ids of the rows of a path, and whether there is such a path.
func rowIDs(path string) ([]string, bool) {
	rows, ok := steps.Procedure(path)
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, ok
}

// fill makes the change what the scenario says it is.
func (o *labOptions) fill(c *plan.Change) {
	if o.scenario == nil {
		return
	}
	c.Path = o.scenario.Path
	c.MultiServer = o.scenario.Change.MultiServer
	for _, n := range c.Solution.Nodes() {
		if slices.Contains(o.scenario.Change.Replace, n.Short()) {
			c.Replace = append(c.Replace, n.FQDN)
		}
	}
}

// lessons are the lessons of the lab, for a list.
func lessons() ([]lab.LessonInfo, error) {
	all, err := sim.Scenarios()
	if err != nil {
		return nil, err
	}
	infos := make([]lab.LessonInfo, 0, len(all))
	for _, s := range all {
		infos = append(infos, lab.LessonInfo{Name: s.Name, Title: s.Title})
	}
	return infos, nil
}

// listScenarios prints one line a scenario.
func (d *door) listScenarios() error {
	all, err := lessons()
	if err != nil {
		return err
	}
	for _, s := range all {
		if _, err := fmt.Fprintf(d.out, "%-20s %s\n", s.Name, s.Title); err != nil {
			return err
		}
	}
	return nil
}
