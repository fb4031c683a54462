package rehearsal

import "github.com/uccx-tui/uccx-tui/steps/plan"

// Unread returns the nodes that the plan reads and has not read yet: what was not read cannot be rehearsed.
func Unread(p *plan.Plan) []string {
	var all []string
	row, _ := p.Row(plan.StepSurvey)
	for _, t := range row.Tasks {
		if t.Seen == nil || t.Seen.About == nil {
			all = append(all, t.Task.Node)
		}
	}
	return all
}

// Basis is what was seen of a node before anything was changed: the survey, with what the check before starting read of
// its trust store and its peers. nil where it was not read.
func Basis(p *plan.Plan, fqdn string) *plan.Seen {
	s := p.Survey(fqdn)
	if s == nil {
		return nil
	}
	all := *s
	if t, ok := plan.RoleTask(p, plan.RolePreflight, fqdn); ok && t.Seen != nil {
		all.Store = append(append([]plan.Stored{}, s.Store...), t.Seen.Store...)
		all.Peers = append(append([]plan.Peer{}, s.Peers...), t.Seen.Peers...)
	}
	return &all
}
