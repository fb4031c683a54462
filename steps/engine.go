package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/functional"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookEngine: nothing is owed, or the engine was restarted and has started. The restart of one service leaves no trace on
// the node: where the line was lost, a person is asked, because nothing else can know (REL-3).
func lookEngine(ctx context.Context, j *plan.Job) (bool, error) {
	switch {
	case j.Acted:
		return true, engineUp(ctx, j)
	case j.Unsure():
		return lookUnsureEngine(ctx, j)
	}
	return debts.RestartFor(j.Plan, plan.StepEngine, j.Node.FQDN) == "", nil
}

func lookUnsureEngine(ctx context.Context, j *plan.Job) (bool, error) {
	if err := engineUp(ctx, j); err != nil {
		return false, err
	}
	switch j.Answered(plan.AskRestarted) {
	case plan.Yes:
		return true, nil
	case plan.No:
		return false, nil
	}
	return false, &plan.Ask{Question: plan.Question{ID: plan.AskRestarted, Kind: plan.Choice, Rule: "REL-3",
		Text: msg.T("The connection to %s was lost while %s was restarting. Did it restart?", j.Node.FQDN, plan.ServiceEngine),
		Means: msg.T("The node keeps no record of it. If it restarted, agents were logged out; the engine log shows the " +
			"last start."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, or unknown: restart it again")}, {Value: plan.Yes, Label: msg.T("Yes, it restarted")}}}}
}

// engineUp waits until the engine is started on the node.
func engineUp(ctx context.Context, j *plan.Job) error {
	for end := j.World.Now().Add(j.World.Pace.Restart); ; {
		d, err := j.Driver(ctx)
		if err != nil {
			return err
		}
		all, err := d.Services(ctx)
		if err != nil {
			return err
		}
		j.Seen.Services = all
		i := slices.IndexFunc(all, func(s vos.Service) bool { return strings.EqualFold(s.Name, plan.ServiceEngine) })
		if i >= 0 && all[i].State == "STARTED" {
			return nil
		}
		if j.World.Now().After(end) {
			return &vos.Error{Class: vos.ErrUncertain, Node: j.Node.FQDN, What: msg.T("%s has not started", plan.ServiceEngine),
				Means: msg.T("This node does not answer calls."), Next: msg.T("Check the services (utils service list), start it by hand, then press Enter.")}
		}
		j.Say("waiting for %s", plan.ServiceEngine)
		if err := world.Wait(ctx, j.World.Pace.Poll); err != nil {
			return err
		}
	}
}

func actEngine(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	return restartAs(ctx, j, d)
}

func rowEngine() plan.Step {
	return plan.Step{
		ID: plan.StepEngine, Role: plan.RoleRestart, Title: "Restart Cisco Unified CCX Engine", On: scriptsRun, Risk: plan.Interrupts, Look: lookEngine, Act: actEngine, Guard: pins.Guard, Usual: 5 * time.Minute, Pays: plan.StepEngine, Needed: owesRestart(plan.StepEngine),
		Why: "The engine reads the trust store when it starts. The node keeps no record of a service restart, so " +
			"you are asked if the connection was lost.",
		Effect: "Calls in scripts on this node end. Agents are logged out or move to the other node until the engine " +
			"is back.",
		Undo:  "None: a restart cannot be undone.",
		Rules: []string{"REL-3"}, Commands: restart.TypedFor(plan.StepEngine),
		Ask: []plan.Question{{ID: plan.AskRestart, Kind: plan.NodeName, Rule: "REL-3", Text: msg.T("Type the node's name to restart its engine now."),
			Means: msg.T("Calls in scripts on this node end.")}},
	}
}

func rowScript() plan.Step {
	return plan.Step{
		ID: plan.StepScript, Role: plan.RoleAsk, Title: "Test the script",
		Why:   "Only a test call shows that the script works.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
		Ask: []plan.Question{{ID: "REL-3", Kind: plan.Choice, Rule: "REL-3", Text: msg.T("Does the script reach the server (Get URL Document, Make REST Call)?"),
			Means: msg.T("The reactive debugger of the script editor shows the step that fails."), Options: functional.Answers()}},
	}
}
