package steps

import (
	"context"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// lookLogin: the connection to the node is open. Its provider checked host key and login.
func lookLogin(ctx context.Context, j *plan.Job) (bool, error) {
	_, err := j.Driver(ctx)
	return err == nil, err
}

func rowLogin() plan.Step {
	return plan.Step{
		ID: plan.StepLogin, Role: plan.RoleLogin, Title: "Log in to every node", On: Every, Look: lookLogin, Usual: 10 * time.Second,
		Why: "Every step needs the OS Administration account on each node, over a connection whose host key was " +
			"checked.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-1"},
	}
}
