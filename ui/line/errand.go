package line

import (
	"context"
	"os"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Hands does errands in a person's place: an Answerer that is one too does nodes by hand.
type Hands interface {
	Errand(ctx context.Context, e engine.ManualTask) (given string, err error)
}

// row works on a row, and puts its errands before the person meanwhile. Without a person's word nothing is ordered twice.
func (l *line) row(ctx context.Context, id string, person bool) error {
	work := l.work.Runner.Continue
	if person {
		work = l.work.Runner.Run
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- work(ctx, id) }()
	for {
		select {
		case err := <-done:
			return err
		case <-l.knock:
		}
		for {
			e, ok := l.waiting()
			if !ok {
				break
			}
			if err := l.errand(ctx, e); err != nil {
				cancel()
				<-done
				return err
			}
		}
	}
}

// visit keeps the errands that wait. The caller holds l.turn.
func (l *line) visit(e engine.ManualTask) {
	for i, old := range l.errands {
		if old.ID == e.ID {
			l.errands = append(l.errands[:i:i], l.errands[i+1:]...)
			break
		}
	}
	if e.Over {
		return
	}
	l.errands = append(l.errands, e)
	select {
	case l.knock <- struct{}{}:
	default:
	}
}

func (l *line) waiting() (engine.ManualTask, bool) {
	l.turn.Lock()
	defer l.turn.Unlock()
	if len(l.errands) == 0 {
		return engine.ManualTask{}, false
	}
	e := l.errands[0]
	l.errands = l.errands[1:]
	return e, true
}

// errand shows one dialogue, and reads what the node said.
func (l *line) errand(ctx context.Context, e engine.ManualTask) error {
	if l.auto != nil {
		hands, ok := l.auto.(Hands)
		if !ok {
			return &vos.Error{Class: vos.ErrUnreachable, Node: e.Node, What: "This node uses manual tasks, which need a person",
				Means: "The node is unchanged.", Next: "uccx-tui resume goes on where a person can answer"}
		}
		given, err := hands.Errand(ctx, e)
		if err == nil {
			l.work.Runner.HandIn(e.ID, given)
		}
		return err
	}
	l.errandText(e)
	var given strings.Builder
	for given.Len() < widget.MaxPaste {
		text, err := l.in.ReadString('\n')
		bareText := strings.TrimSpace(text)
		switch first := given.Len() == 0; {
		case err != nil:
			l.print("")
			return errEnd
		case first && strings.EqualFold(bareText, "q"):
			return errEnd
		case first && strings.EqualFold(bareText, "n"):
			l.work.Runner.NotDone(e)
			return nil
		case first && aFile(bareText), bareText == ".":
			if bareText != "." {
				given.WriteString(bareText)
			}
			l.work.Runner.HandIn(e.ID, given.String())
			return nil
		}
		given.WriteString(text)
	}
	l.print("%s", l.say("Input too long. Nothing was accepted."))
	l.work.Runner.NotDone(e)
	return nil
}

// aFile reports whether a line is a path alone.
func aFile(text string) bool {
	if files.IsPath(text) {
		return true
	}
	info, err := os.Stat(text)
	return err == nil && info.Mode().IsRegular()
}

func (l *line) errandText(e engine.ManualTask) {
	m := l.pages().Manual(e)
	l.print("")
	l.print("%s", l.say("Type this on %s (admin:)", m.Node))
	l.print("    %s", m.Command)
	for text := range strings.Lines(m.Paste) {
		l.print("    %s", strings.TrimSpace(text))
	}
	for _, hint := range m.Hints {
		l.print("  %s", hint)
	}
	if m.Stops {
		l.print("  %s", l.say("SERVICES STOP on this node"))
	}
	if m.Address != "" {
		l.print("  %s  %s", l.say("or in OS Administration"), cert.Printable(m.Address))
	}
	for _, c := range m.Clicks {
		l.print("    %s", c)
	}
	if m.Wrong != "" {
		l.print("  %s", l.say("not accepted: %s", m.Wrong))
	}
	l.print("%s", l.say("Paste the output, then a line with a single dot; or enter a file path; n: not done; q: quit."))
}
