package main

import (
	"encoding/json"
	"fmt"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// choose takes the scenario that was named, if any.
func (o *labOptions) choose(args []string) error {
	if len(args) == 0 {
		return nil
	}
	s, err := sim.FindScenario(args[0])
	if err != nil {
		return err
	}
	o.scenario = &s
	return nil
}

// fill makes the change what the scenario says it is.
func (o *labOptions) fill(c *steps.Change) error {
	if o.scenario == nil {
		return nil
	}
	c.Path = o.scenario.Path
	if o.scenario.Change == nil {
		return nil
	}
	if err := json.Unmarshal(o.scenario.Change, c); err != nil {
		return fmt.Errorf("scenario %s: change: %w", o.scenario.Name, err)
	}
	return nil
}

// listScenarios prints one line a scenario.
func (d *door) listScenarios() error {
	all, err := sim.Scenarios()
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
