package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// place is where a screen is opened from.
type place int

const (
	atHome place = iota + 1
	atPlan
	behindPlan // on the plan, behind what is pressed more often
	atStep
)

// opening is a screen that a key opens from others.
type opening struct {
	key, label, explain string                              // English
	from                []place                             // where the key works
	first               place                               // where it stands before all others; 0: nowhere
	of                  func(s plan.Step) bool              // on which steps, of one that is opened from a step
	off                 func(m *Model) string               // why it does not now, "" if it does; nil: it always does
	open                func(m *Model, step string) tea.Cmd // shows it; step is the id of the one on the screen, "" elsewhere
}

// openings are the screens that a key opens, in the order of the line of keys. A new screen is its file and a row here: the keys, the
// help, docs/keys.md and the goldens (TestGolden) follow.
var openings = []opening{
	{key: "l", label: "scenarios", explain: "Lists the lab scenarios: mistakes of CAs, nodes and people.", from: []place{atHome},
		open: func(m *Model, _ string) tea.Cmd { m.push(&lessons{}); return loadLessons(m.app) }},
	{key: "t", label: "trust", explain: "Shows the trust relations, and which ones this change breaks.", from: []place{atPlan},
		open: func(m *Model, _ string) tea.Cmd { return m.push(newTrust(m.Plan)) }},
	{key: "r", label: "report", explain: "Shows the current report.", from: []place{atPlan},
		open: func(m *Model, _ string) tea.Cmd { return m.push(newReport(m.Plan, m.Localizer)) }},
	{key: "p", label: "ports", explain: "Shows every port of every node: what it presented before, and what it presents now.", from: []place{behindPlan, atStep},
		of: func(s plan.Step) bool {
			return s.Risk == plan.Interrupts || s.Role == plan.RoleProve || s.Role == plan.RoleSurvey
		},
		open: func(m *Model, _ string) tea.Cmd { return m.push(&proveView{}) }},
	{key: "v", label: "connections", explain: "Shows how each node is reached (SSH, REST, by hand), and lets you choose another connection.", from: []place{behindPlan, atStep}, of: logsIn,
		open: func(m *Model, _ string) tea.Cmd { return m.push(&waysView{}) }},
	{key: "w", label: "window", explain: "Sets the end of the change window.", from: []place{behindPlan},
		open: func(m *Model, _ string) tea.Cmd { return m.push(newWindow(&m.env)) }},
	{key: "e", label: "rehearse", explain: "Rehearses this plan on simulated copies of the nodes. No real node is touched.", from: []place{behindPlan},
		open: func(m *Model, _ string) tea.Cmd { return m.push(&rehearsalView{}) }},
	{key: "s", label: "restarts", explain: "Shows what is restarted, in which order, the effect, and the source.", from: []place{behindPlan, atStep}, first: atStep,
		of:   func(s plan.Step) bool { return s.Risk == plan.Interrupts },
		open: func(m *Model, step string) tea.Cmd { return m.push(&detailView{about: m.Pages().Restarts(step)}) }},
	{key: "E", label: "edit", explain: "Changes the name, task and nodes of the plan, as long as nothing was changed on a node.", from: []place{behindPlan, atStep}, of: logsIn,
		off: cannotRevise, open: func(m *Model, _ string) tea.Cmd { return revise(m) }},
}

func logsIn(s plan.Step) bool { return s.Role == plan.RoleLogin }

// opens are the keys that open screens from a place; step is the one on the screen, where it is one.
func opens(m *Model, from place, step plan.Step) []action {
	var all []action
	for _, o := range openings {
		if !slices.Contains(o.from, from) || from == atStep && !o.of(step) {
			continue
		}
		off := ""
		if o.off != nil {
			off = o.off(m)
		}
		at := len(all)
		if o.first == from {
			at = 0
		}
		all = slices.Insert(all, at, on(o.key, o.label, o.explain, func() tea.Cmd { return o.open(m, step.ID) }).Unless(off))
	}
	return all
}
