package draw

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestPortsOfAWaitOnce: while a node restarts, each port that is waited for is named once, with the reason where it is not up: in the
// step, or, from the width at which the ports stand beside it, only there, in a table or a list, and first where not all have room.
func TestPortsOfAWaitOnce(t *testing.T) {
	ports := standing.Ports{{Port: 443, Name: "443 AppAdmin"}, {Port: 7443, Name: "7443 Notification", Why: msg.T("connection refused")}, {Port: 8443, Name: "8443 Platform"},
		{Port: 8445, Name: "8445 Finesse", Why: msg.T("it presents another certificate than the one that was installed")}}
	for _, nodes := range []int{1, 2, 3, 5} {
		for _, width := range []int{80, 159, 160, 240} {
			for _, h := range []int{14, 20, 40} {
				p := planOf(t, "uccx", nodes)
				row, _ := p.Row(plan.StepRestart)
				node := p.Nodes()[nodes-1].FQDN
				task := plan.Task{Step: row.Step.ID, Node: node}
				f := &View{Theme: layout.NewTheme(false, lang.Localizer{}), Width: width, Height: h, Running: row.Step.ID, Begun: time.Now(), Now: time.Now(), Plan: p,
					Progress: map[plan.Task]engine.Progress{task: {Task: task, Text: msg.T("waiting for %s", ports)}}}
				w := width - 4
				if width >= 120 {
					w = RightWidth(f, w)
				}
				beside := PortsWidth(f, row, w)
				if (beside > 0) != (width >= 160) {
					t.Fatalf("%d cells: %d for the ports", width, beside)
				}
				var lines []string
				if beside > 0 {
					lines = PortsBeside(f, beside, h)
					w -= beside + 3
				}
				if len(lines) > h || slices.ContainsFunc(lines, func(l string) bool { return layout.Width(l) > beside }) {
					t.Errorf("%d nodes, %dx%d: too large:\n%s", nodes, width, h, strings.Join(lines, "\n"))
				}
				step := Step(f, row, false, &widget.Page{}, w, 100)
				text := strings.Join(strings.Fields(ansi.Strip(step+" "+strings.Join(lines, "\n"))), " ")
				for _, want := range []string{"443 AppAdmin", "7443 Notification", "8443 Platform", "8445 Finesse", "connection refused", "another certificate"} {
					if n := strings.Count(text, want); n != 1 {
						t.Errorf("%d nodes, %dx%d: %q is named %d times:\n%s\n%s", nodes, width, h, want, n, ansi.Strip(step), ansi.Strip(strings.Join(lines, "\n")))
					}
				}
			}
		}
	}
}
