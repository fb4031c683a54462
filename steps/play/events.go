package play

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/engine"
)

// watch tells events as they come, and what is left when the play is over.
func (p *Player) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			p.Flush()
			return
		case <-p.Events.Ready():
			p.Flush()
		}
	}
}

// Flush tells what the engine has said so far. The play does so before each hook; a hook may, where it has changed the
// journal.
func (p *Player) Flush() {
	if p.Events == nil {
		return
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	for _, e := range p.Events.Take() {
		if e.Errand != nil {
			p.visit(*e.Errand)
		}
		if p.Event != nil {
			p.Event(e)
		}
	}
}

// visit keeps the manual tasks that wait. p.turn is held.
func (p *Player) visit(e engine.ManualTask) {
	for i, old := range p.manual {
		if old.ID == e.ID {
			p.manual = append(p.manual[:i:i], p.manual[i+1:]...)
			break
		}
	}
	if e.Over {
		return
	}
	p.manual = append(p.manual, e)
	select {
	case p.knock <- struct{}{}:
	default:
	}
}

// waiting takes the oldest manual task that waits.
func (p *Player) waiting() (engine.ManualTask, bool) {
	p.turn.Lock()
	defer p.turn.Unlock()
	if len(p.manual) == 0 {
		return engine.ManualTask{}, false
	}
	e := p.manual[0]
	p.manual = p.manual[1:]
	return e, true
}
