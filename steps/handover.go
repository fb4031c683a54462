package steps

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
)

// NewerEntry tells that a journal holds an entry of a kind that this program does not know.
type NewerEntry struct {
	Kind    string
	Program string // version that last took the session up
}

// Error says which program knows it.
func (n *NewerEntry) Error() string {
	return fmt.Sprintf("entries of the kind %q are not known to this program: the session was carried on by a newer one (version %s); nothing was touched, use that one", n.Kind, n.Program)
}

// pass lets a session go from one program to the next: what had begun is unsure from now on.
func (p *Plan) pass(e session.Entry) error {
	var now Imported // all of them name the program
	if len(e.Data) == 0 {
		e.Data = []byte("null")
	}
	if err := json.Unmarshal(e.Data, &now); err != nil {
		return err
	}
	p.interrupt(e)
	p.program, p.away = now.Program, nil
	if e.Time.After(p.window.Until.Add(longest)) { // a window of another night
		p.window = Window{}
	}
	if e.Kind == KindImported || e.Kind == KindTaken {
		p.hands++
	}
	switch {
	case e.Kind == KindExported:
		p.away = &e
	case e.Kind != KindResumed && now.Lab != "" && p.change.Lab != nil:
		lab := *p.change.Lab
		lab.Folder = now.Lab
		p.change.Lab = &lab
	}
	return nil
}

// Hands returns how often somebody else took the session up: from a file, or from whoever held it.
func (p *Plan) Hands() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.hands
}

// Away returns who handed the session over to another machine and when, while nobody took it up here again.
func (p *Plan) Away() (who string, when time.Time, away bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.away == nil {
		return "", time.Time{}, false
	}
	return p.away.Who, p.away.Time, true
}
