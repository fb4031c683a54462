package pages

import (
	"fmt"
	"strconv"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// RehearsalLines is a rehearsal for people: what would go wrong, how long it takes, a line a row, and what will be asked.
func RehearsalLines(say lang.Localizer, p *plan.Plan, r plan.Rehearsal) []string {
	lines := []string{say.Say("Problems: none found.")}
	if len(r.Trouble) > 0 {
		lines[0] = say.Say("Problems:")
	}
	for _, t := range r.Trouble {
		lines = append(lines, "  "+say.Say(msg.Label(t.Severity))+"  "+cert.Printable(say.Local(t.What)))
		if !t.Next.IsZero() {
			lines = append(lines, "    -> "+cert.Printable(say.Local(t.Next)))
		}
	}
	lines = append(lines, "", say.Say("Remaining: about %s, including %s with services stopped. Waiting for the CA is not counted.", msg.Duration(r.Left), msg.Duration(r.Stops)),
		say.Say("Signed by %s.", say.Say(r.CA)), "")
	states := 6
	for _, row := range r.Rows {
		states = layout.LabelWidth(states, say.Say(row.State))
	}
	for i, row := range r.Rows {
		nodes := ""
		if row.Nodes > 0 {
			nodes = strconv.Itoa(row.Nodes)
		}
		lines = append(lines, fmt.Sprintf("  %2d  %s %3s  %s %s", i+1, layout.Column(say.Say(steps.TitleOf(p.Change().Path, row.Step)), 36), nodes, layout.Column(say.Say(row.State), states), rowTime(say, row)))
	}
	if len(r.Asks) > 0 {
		lines = append(lines, "", say.Say("Questions:"))
	}
	for _, text := range r.Asks {
		lines = append(lines, "  "+cert.Printable(say.T(text)))
	}
	return append(lines, "", say.Say("plan %s", r.Hash))
}

func rowTime(say lang.Localizer, row plan.RehearsedRow) string {
	switch {
	case row.Past:
		return say.Say("already done")
	case row.Took == 0:
		return say.Say("under 1 s")
	case row.Learnt:
		return say.Say("about %s (measured here)", msg.Duration(row.Took))
	}
	return say.Say("about %s (typical)", msg.Duration(row.Took))
}
