package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
)

// openedMany is a change of a UCCX pair and n CCP nodes.
func openedMany(n int) *journal {
	c := change.Change{Name: "HQ renewal", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: "HQ", Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Publisher}, {FQDN: fqdns[1], Product: vos.UCCX, Role: vos.Subscriber}}}}}}
	for i := range n {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("ccp%02d.example.com", i), Product: vos.CCP, Role: vos.Standalone}}})
	}
	return new(journal).add(plan.KindOpened, "", "", c)
}

// TestEffectAndWayBackStay: however small the window and however many the nodes, a step that changes them says what agents notice
// and what the way back is.
func TestEffectAndWayBackStay(t *testing.T) {
	for _, j := range []*journal{opened3(), openedMany(19)} {
		for _, size := range sizes() {
			m := model(t, j, size[0], size[1])
			for _, row := range m.Plan.Rows() {
				if row.Step.Risk == plan.Looks || row.Step.Effect == "" {
					continue
				}
				m.stack = append(m.stack[:2], &stepView{id: row.Step.ID})
				saysBoth(t, m, m.Pages().NextLoss(row).Step, fmt.Sprintf("%s at %v", row.Step.ID, size))
			}
		}
	}
	late := plan.Window{Until: monday.Add(1e12)}
	for _, size := range sizes() {
		for name, j := range map[string]*journal{"restart": installed(), "restart in a window": installed().add(plan.KindWindow, "", "", late)} {
			m := model(t, j, size[0], size[1])
			m.stack = append(m.stack, asking("", *m.Plan.Next().Question))
			row := m.Pages().Lost(m.Plan.Next().Row, m.Plan.Next().Question.Task.Node)
			saysBoth(t, m, row.Step, fmt.Sprintf("%s at %v", name, size))
			if text := ansi.Strip(shown(m)); !strings.Contains(text, "Type the node's name") || !strings.Contains(text, "SERVICES STOP") {
				t.Errorf("%s at %v does not say what to do:\n%s", name, size, text)
			}
		}
	}
}

func saysBoth(t *testing.T, m *Model, step plan.Step, where string) {
	t.Helper()
	text := ansi.Strip(shown(m))
	for _, says := range []string{"Effect", "Way back", firstWords(step.Effect), firstWords(step.Undo)} {
		if !strings.Contains(text, says) {
			t.Errorf("%s does not say %q:\n%s", where, says, text)
		}
	}
}

func firstWords(text string) string {
	all := strings.Fields(text)
	return strings.Join(all[:min(len(all), 2)], " ")
}

// TestNextIsNotTheCursor: the selected row has a sign of its own in the first column, also without colour and in ASCII, and what
// is next has another.
func TestNextIsNotTheCursor(t *testing.T) {
	for _, size := range sizes() {
		m := model(t, waiting(), size[0], size[1])
		pressed(m, "down", "down")
		text := ansi.Strip(shown(m))
		marked, due := "", ""
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "  "+m.Next) {
				marked = line
			}
			if strings.Contains(line, " 7 "+m.Due) {
				due = line
			}
		}
		if marked == due || !strings.Contains(marked, " 9 ") || due == "" || m.Next == m.Due {
			t.Errorf("at %v the mark is at %q, next at %q:\n%s", size, marked, due, text)
		}
	}
}

// TestWideWindow: from 120 columns the plan stands beside the step, from 160 the ports beside a restart, and below it does not.
func TestWideWindow(t *testing.T) {
	for _, size := range sizes() {
		m := screens(t, size[0], size[1])["restarting"]
		text := ansi.Strip(shown(m))
		if has := strings.Contains(text, "Write the report"); has != (size[0] >= 120) {
			t.Errorf("at %v the plan is seen: %v\n%s", size, has, text)
		}
		if has := strings.Contains(text, "8445 Finesse       not checked"); has != (size[0] >= 160) {
			t.Errorf("at %v the ports are seen: %v\n%s", size, has, text)
		}
		for _, says := range []string{"20 min of about 25 min", "443 AppAdmin", pages.Env{Localizer: m.Localizer, Plan: m.Plan}.Say("up")} {
			if !strings.Contains(text, says) {
				t.Errorf("at %v the restart does not say %q:\n%s", size, says, text)
			}
		}
	}
}

// TestAttention: the end of a long wait rings, the end of a short one does not, and nothing rings where the terminal is not to.
func TestAttention(t *testing.T) {
	for took, rings := range map[time.Duration]bool{30 * time.Second: false, 25 * time.Minute: true} {
		for _, signals := range []terminal.Signals{{}, {Bell: true}} {
			m := model(t, installed(), 80, 24)
			m.signals = signals
			m.Running, m.worked = "restart", m.Now.Add(-took)
			before := m.signals.Attention("x")
			cmd := m.stopped(nil)
			if got := cmd != nil && before != nil && rang(cmd); got != (rings && signals.Bell) {
				t.Errorf("%v with %+v: rings %v", took, signals, got)
			}
		}
	}
	m := screens(t, 80, 24)["restarting"]
	if v := m.View(); v.ProgressBar != nil {
		t.Error("a terminal that knows no progress gets one")
	}
	m.signals.Progress = true
	if v := m.View(); v.ProgressBar == nil || v.ProgressBar.Value != 80 {
		t.Errorf("%+v", v.ProgressBar)
	}
	if title := m.View().WindowTitle; title != "uccx-tui: HQ renewal: Restart" {
		t.Error(title)
	}
}

// rang reports whether a command rings. What it does besides needs an engine, which the model of a test has not.
func rang(cmd tea.Cmd) (rings bool) {
	defer func() { _ = recover() }()
	if cmd == nil {
		return false
	}
	msg := cmd()
	if all, ok := msg.(tea.BatchMsg); ok {
		return slices.ContainsFunc(all, rang)
	}
	return strings.Contains(fmt.Sprint(msg), "\a")
}
