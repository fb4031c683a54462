package input

import (
	"errors"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Session folds the journal of a session without taking its lock.
func Session(name string) (session.Home, *plan.Plan, error) {
	return SessionSince(name, nil)
}

// SessionSince is Session for what has read the same session before: only the entries that are new are folded, into that plan, which is
// returned. Where the journal is another one by now, all of it is folded.
func SessionSince(name string, p *plan.Plan) (session.Home, *plan.Plan, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return home, nil, err
	}
	entries, err := home.Read(name)
	if err != nil {
		return home, nil, err
	}
	if fresh := newer(p, entries); fresh != nil {
		for _, e := range fresh {
			err = errors.Join(err, p.Apply(e))
		}
	} else {
		p, err = steps.Fold(entries)
	}
	if err != nil {
		return home, nil, msg.Errorf("%s: %w", cert.Printable(name), err)
	}
	return home, p, nil
}

// newer are the entries behind those that a plan was made of, empty where there are none; nil where it was not made of these.
func newer(p *plan.Plan, entries []session.Entry) []session.Entry {
	if p == nil {
		return nil
	}
	n, _, sum := p.Entries()
	if n == 0 || n > len(entries) || entries[n-1].Sum != sum {
		return nil
	}
	return append([]session.Entry{}, entries[n:]...)
}
