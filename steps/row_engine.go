package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// AskRestarted is the question whether a service was restarted, where the line was lost in the middle of it.
const AskRestarted = "restarted"

// lookEngine: nothing is owed, or the engine was restarted and has started. The restart of one service leaves no trace on
// the node: where the line was lost, a person is asked, because nothing else can know (REL-3).
func lookEngine(ctx context.Context, j *Job) (bool, error) {
	switch {
	case j.Acted:
		return true, engineUp(ctx, j)
	case j.Unsure():
		return lookUnsureEngine(ctx, j)
	}
	return j.Plan.restartFor(stepEngine, j.Node.FQDN) == "", nil
}

func lookUnsureEngine(ctx context.Context, j *Job) (bool, error) {
	if err := engineUp(ctx, j); err != nil {
		return false, err
	}
	switch j.Answered(AskRestarted) {
	case yes:
		return true, nil
	case no:
		return false, nil
	}
	return false, &Ask{Question{ID: AskRestarted, Kind: Choice, Rule: "REL-3", Args: []string{j.Node.FQDN, ServiceEngine},
		Text:    "The line to %s was lost while %s was being restarted. Was it restarted?",
		Means:   "The node shows no trace of it. Agents were logged out if it was; the engine's log says when it started last.",
		Options: []Option{{no, "No, or not known: restart it (again)"}, {yes, "Yes, it was restarted"}}}}
}

// engineUp waits until the engine is started on the node.
func engineUp(ctx context.Context, j *Job) error {
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
		i := slices.IndexFunc(all, func(s vos.Service) bool { return strings.EqualFold(s.Name, ServiceEngine) })
		if i >= 0 && all[i].State == "STARTED" {
			return nil
		}
		if j.World.Now().After(end) {
			return &vos.Error{Class: vos.ErrUncertain, Node: j.Node.FQDN, What: ServiceEngine + " has not started",
				Means: "calls are not answered on this node", Next: "look at the services (utils service list), start it by hand, then Enter looks again"}
		}
		j.Say("waiting for %s", ServiceEngine)
		if err := wait(ctx, j.World.Pace.Poll); err != nil {
			return err
		}
	}
}

func actEngine(ctx context.Context, j *Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	return restartAs(ctx, j, d)
}
