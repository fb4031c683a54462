package input

import (
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Session folds the journal of a session without taking its lock.
func Session(name string) (session.Home, *plan.Plan, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return home, nil, err
	}
	entries, err := home.Read(name)
	if err != nil {
		return home, nil, err
	}
	p, err := steps.Fold(entries)
	if err != nil {
		return home, nil, msg.Errorf("%s: %w", cert.Printable(name), err)
	}
	return home, p, nil
}
