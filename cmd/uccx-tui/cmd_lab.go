package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// labFlags are the flags of the lab command.
type labFlags struct {
	lab.Options
	auto  bool
	serve bool
	list  bool
	wrong bool // --auto makes the mistake of the lesson
}

func labCommand(a *wiring.App) *cobra.Command {
	o := labFlags{}
	asJSON := false
	c := &cobra.Command{
		Use:   "lab [SCENARIO]",
		Short: "Practise on simulated nodes on this machine: a UCCX pair, CCP and a CA, or a scenario",
		Args:  atMostOneScenario,
		RunE: func(c *cobra.Command, args []string) error {
			if o.list {
				return listScenarios(a, asJSON)
			}
			if len(args) > 0 {
				s, err := lab.FindScenario(args[0], input.OpenFile)
				if err != nil {
					return usage(c, err)
				}
				o.Scenario = &s
			}
			if err := o.wrongFlags(len(args) > 0); err != nil {
				return usage(c, err)
			}
			if _, err := o.Made(); err != nil {
				return usage(c, err)
			}
			if o.serve {
				return a.ServeLab(o.Options)
			}
			w, err := a.BeginLab(o.Options)
			if err != nil {
				return err
			}
			if o.auto {
				return a.Auto(w, o.wrong)
			}
			return a.Interactive(w)
		},
	}
	c.AddCommand(hintCommand(a), gradeCommand(a), resetCommand(a), learnCommand(a))
	f := c.Flags()
	f.BoolVar(&o.list, "list", false, "list the scenarios")
	f.BoolVar(&asJSON, "json", false, "with --list: print one JSON object: {\"format\": 1, \"scenarios\": [...]}")
	f.BoolVar(&o.auto, "auto", false, "run all steps unattended, one line per event; exits 0 only if everything is verified")
	f.BoolVar(&o.wrong, "careless", false, "with --auto: make the scenario's mistake")
	f.BoolVar(&o.serve, "serve", false, "only serve the simulated nodes until interrupted; the first line is a JSON object with the addresses")
	f.StringVar(&o.Name, "name", "", "name of the lab (default: the scenario, or lab; with --serve: serve). --serve reuses an existing lab")
	f.Int64Var(&o.Seed, "seed", 1, "seed for repeatable ports, serials and file names")
	f.IntVar(&o.Pairs, "nodes", 1, "number of UCCX pairs")
	f.DurationVar(&o.RTT, "rtt", 0, "latency per round trip, for example 50ms")
	f.StringSliceVar(&o.API, "rest", nil, "enable the certificate API and use it: on all nodes, or on --rest=uccx1,ccp")
	f.Lookup("rest").NoOptDefVal = lab.AllNodes
	f.BoolVar(&o.Real, "real-time", false, "restarts take as long as on real nodes")
	return c
}

// wrongFlags says which flag has a value that it does not take, or stands beside one that it cannot be combined with.
func (o labFlags) wrongFlags(scenario bool) error {
	switch {
	case o.Pairs < 1 || o.Pairs > 500:
		return msg.Errorf("--nodes accepts 1 to 500, not %d.", o.Pairs)
	case o.RTT < 0:
		return msg.Errorf("--rtt accepts a duration such as 50ms, not %s.", o.RTT)
	case o.auto && o.serve:
		return msg.Errorf("--auto and --serve cannot be combined.")
	case o.wrong && !(o.auto && scenario):
		return msg.Errorf("--careless needs a scenario and --auto.")
	}
	return nil
}

// listScenarios prints one line a scenario, the easiest first.
func listScenarios(a *wiring.App, asJSON bool) error {
	all, err := lab.Lessons()
	if err != nil {
		return err
	}
	if asJSON {
		return print.Document(a.Out, print.Scenarios(all))
	}
	efforts := make([]string, len(all))
	for i, s := range all {
		efforts[i] = a.Say.T(s.Effort())
	}
	column := print.Widest(0, efforts...) + 1
	for i, s := range all {
		if _, err := fmt.Fprintf(a.Out, "%s %s %s\n", print.Column(s.Name, 20), print.Column(efforts[i], column), a.Say.Say(s.Title)); err != nil {
			return err
		}
	}
	return nil
}
