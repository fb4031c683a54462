package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// thousand is a session with so many nodes: logged in, and half of them read.
func thousand(nodes int) *journal {
	c := change.Change{Name: "many", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: "many"}}
	name := func(i int) string { return fmt.Sprintf("uccx%d.example.com", i) }
	for i := range nodes {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: name(i), Product: vos.UCCX, Role: vos.Standalone}}})
	}
	j := new(journal).add(plan.KindOpened, "", "", c)
	for i := range nodes {
		j.add(plan.KindDone, "login", name(i), plan.Seen{})
	}
	for i := range nodes / 2 {
		j.add(plan.KindDone, "survey", name(i), plan.Seen{Served: []plan.Served{{Port: 443, Serial: "4AF07C", PEM: "x"}, {Port: 8445, Error: "connection refused"}}})
	}
	return j
}

// TestManyNodesFit: a row on a thousand nodes is no longer than the window, and its last node can be reached.
func TestManyNodesFit(t *testing.T) {
	m := model(t, thousand(1000), 80, 24)
	m.stack = append(m.stack, &stepView{id: "survey"})
	if n := strings.Count(shown(m), "\n") + 1; n > 24 {
		t.Errorf("%d lines", n)
	}
	for range 1000 {
		m.Update(tea.KeyPressMsg{Code: tea.KeyPgDown})
		if strings.Contains(ansi.Strip(shown(m)), "uccx999 ") {
			return
		}
	}
	t.Errorf("the last node is out of reach:\n%s", ansi.Strip(shown(m)))
}

// BenchmarkKeyOfThousand: one key and the screen after it, with a thousand nodes.
func BenchmarkKeyOfThousand(b *testing.B) {
	for name, push := range map[string][]screen{"plan": nil, "row": {&stepView{id: "survey"}}} {
		b.Run(name, func(b *testing.B) {
			m := model(b, thousand(1000), 80, 24)
			m.stack = append(m.stack, push...)
			for i := 0; b.Loop(); i++ {
				m.Update(tea.KeyPressMsg{Code: []rune{tea.KeyDown, tea.KeyUp}[i%2]})
				shown(m)
			}
		})
	}
}

// BenchmarkKeyWhileWriting: the worst twentieth of keys while entries are written and synced all the time, as a row on many
// nodes does, and while nothing is written.
func BenchmarkKeyWhileWriting(b *testing.B) {
	for _, writing := range []bool{false, true} {
		b.Run(fmt.Sprintf("writing=%v", writing), func(b *testing.B) {
			m := model(b, thousand(3), 80, 24)
			s, err := session.Home{Dir: b.TempDir()}.Create("bench")
			if err != nil {
				b.Fatal(err)
			}
			over, ended := make(chan struct{}), make(chan int)
			go func() {
				written := 0
				defer func() { ended <- written }()
				for {
					select {
					case <-over:
						return
					case <-time.After(time.Millisecond):
					}
					if writing {
						_, _ = s.Append(plan.KindDone, "survey", "uccx1.example.com", plan.Seen{})
						written++
					}
				}
			}()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				<-time.After(2 * time.Millisecond)
				begun := time.Now()
				m.Update(tea.KeyPressMsg{Code: []rune{tea.KeyDown, tea.KeyUp}[i%2]})
				shown(m)
				took = append(took, time.Since(begun))
			}
			close(over)
			b.ReportMetric(float64(<-ended), "entries")
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms-p95")
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
