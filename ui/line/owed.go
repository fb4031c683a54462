package line

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// owed asks again what was not answered with yes, until the input is empty. Enter leaves it pending.
func (l *line) owed() error {
	for {
		owed := standing.AllPutOff(l.work.Runner.Plan())
		if len(owed) == 0 || l.in == nil {
			return nil
		}
		for i, q := range owed {
			l.tell("  ", fmt.Sprintf("%d  %s", i+1, l.tongue.T(q.Question.Text)))
		}
		ask := l.say("One question is still open. 1: answer it now, Enter: later:")
		if len(owed) > 1 {
			ask = l.say("%d open questions. NUMBER: answer now, Enter: later:", len(owed))
		}
		text, err := l.consult(ask, plan.Row{}, l.say("The number of a question asks it again. Enter leaves the open questions pending; the report lists them."))
		if err != nil || text == "" || isNo(text) || strings.EqualFold(text, "q") {
			return nil // what is owed stays so
		}
		i, ok := index(text, len(owed))
		if !ok {
			l.tell("", l.say("That is not an answer. Nothing was recorded."))
			continue
		}
		about := l.question(owed[i].Asked)
		if err := l.choose(owed[i].Asked, about.Means); err != nil {
			return msg.Errorf("the answer was not recorded: %w", err)
		}
		l.player.Flush()
	}
}
