package input

import (
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// Plan returns the plan of a solution file, or of the session that is named where file is empty.
func Plan(file string, args []string) (*plan.Plan, error) {
	if file != "" {
		f, err := Solution(file)
		if err != nil {
			return nil, err
		}
		return steps.Preview(ChangeOf(f))
	}
	_, p, err := Session(args[0])
	return p, err
}
