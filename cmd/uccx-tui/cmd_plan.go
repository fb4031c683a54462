package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

func (d *door) planCommand() *cobra.Command {
	var file string
	var asJSON bool
	c := &cobra.Command{
		Use:   "plan (--solution FILE | SESSION)",
		Short: "Print the plan: steps, nodes, order and hash. Nothing is changed",
		Args:  atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			if (file == "") == (len(args) == 0) {
				return usage(c, errors.New("plan needs --solution FILE or a session name"))
			}
			p, err := planOf(file, args)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(print.JSON{To: c.OutOrStdout()}).Encode(plannedOf(p))
			}
			_, err = io.WriteString(c.OutOrStdout(), planText(p))
			return err
		},
	}
	solutionFlag(c, &file)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

func planOf(file string, args []string) (*plan.Plan, error) {
	if file != "" {
		f, err := loadSolution(file)
		if err != nil {
			return nil, err
		}
		return steps.Preview(changeOf(f))
	}
	_, p, err := sessionPlan(args[0])
	return p, err
}

// planned is a plan as JSON.
type planned struct {
	Name  string       `json:"name"`
	Path  string       `json:"path"`
	Unit  string       `json:"unit"`
	Hash  string       `json:"hash"`
	Nodes []vos.Node   `json:"nodes"`
	Peers []vos.Node   `json:"peers,omitempty"` // not changed, trusted by nodes of the plan
	Rows  []plannedRow `json:"rows"`
}

type plannedRow struct {
	Number  int      `json:"number"`
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Risk    string   `json:"risk"`
	Nodes   []string `json:"nodes,omitempty"`
	Seconds float64  `json:"usual_seconds,omitempty"` // on one node
	Effect  string   `json:"effect,omitempty"`
	Undo    string   `json:"undo"`
	Rules   []string `json:"rules,omitempty"`
}

func plannedOf(p *plan.Plan) planned {
	c := p.Change()
	all := planned{Name: c.Name, Path: c.Path, Unit: c.Unit, Hash: p.Hash(), Nodes: c.Solution.Nodes(), Peers: c.Solution.Beside()}
	for _, row := range p.Rows() {
		one := plannedRow{Number: row.Number, ID: row.Step.ID, Title: row.Step.Title, Risk: row.Step.Risk.String(),
			Seconds: row.Step.Usual.Seconds(), Effect: row.Step.Effect, Undo: row.Step.Undo, Rules: row.Step.Rules}
		for _, t := range row.Tasks {
			if t.Task.Node != "" {
				one.Nodes = append(one.Nodes, t.Task.Node)
			}
		}
		all.Rows = append(all.Rows, one)
	}
	return all
}

// planText is a plan for people: a line a row.
func planText(p *plan.Plan) string {
	var b strings.Builder
	b.WriteString(print.PlanHead(p.Change(), p.Nodes()))
	for _, row := range p.Rows() {
		var where []string
		for _, t := range row.Tasks {
			if host, _, _ := strings.Cut(t.Task.Node, "."); host != "" {
				where = append(where, host)
			}
		}
		line := fmt.Sprintf("  %2d  %-10s  %-31s  %s", row.Number, row.Step.Risk, row.Step.Title, strings.Join(where, ", "))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	fmt.Fprintf(&b, "\nplan %s\n", p.Hash())
	return b.String()
}
