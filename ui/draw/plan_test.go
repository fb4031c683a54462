package draw

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestPlanLinesUseTheirBlanks: in a plan of any width, with names of any length and in every language, no line is wider than it may be,
// and none is cut that has more than the blanks between its columns.
func TestPlanLinesUseTheirBlanks(t *testing.T) {
	for _, tag := range []string{"en", "pt-BR", "ja", "ko", "zh-Hant", "nl"} {
		say, err := lang.Open(tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"uccx", "a-node-with-a-long-name-", strings.Repeat("n", 60)} {
			for count := 1; count <= 8; count++ {
				p := planOf(t, name, count)
				f := &View{Theme: layout.NewTheme(false, say), Width: 160, Now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
				f.Plan = p
				for w := 48; w <= 90; w += 3 {
					line := f.PlanLines(p.Rows(), p.Next(), w)
					for i := range p.Rows() {
						got := strings.TrimRight(ansi.Strip(line(i)), " ")
						if layout.Width(got) > w {
							t.Fatalf("%s, %d cells: %q", tag, w, got)
						}
						if strings.Contains(got, f.Dots) && (w-layout.Width(got) > 1 || strings.Contains(strings.TrimLeft(got[4:], " "), "   ")) {
							t.Errorf("%s, %d cells, cut beside blanks: %q", tag, w, got)
						}
					}
				}
			}
		}
	}
}

// planOf is the plan of so many UCCX nodes of one cluster.
func planOf(t *testing.T, name string, count int) *plan.Plan {
	t.Helper()
	c := stepstest.ThreeNodes()
	c.Solution.Clusters = []vos.Cluster{{}}
	for i := range count {
		role := vos.Subscriber
		if i == 0 {
			role = vos.Publisher
		}
		c.Solution.Clusters[0].Nodes = append(c.Solution.Clusters[0].Nodes, vos.Node{FQDN: fmt.Sprintf("%s%d.example.com", name, i+1), Product: vos.UCCX, Role: role})
	}
	p, err := steps.Preview(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
