package report

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Found is what the check before starting found, and whether it is so no longer: a finding is of its time.
type Found struct {
	plan.Finding
	Mended bool `json:"mended,omitempty"` // what was seen since shows that it is so no longer
}

// foundOn are the findings of the check before starting of a node, each compared with what was seen since.
func foundOn(p *plan.Plan, fqdn string) []Found {
	t, ok := plan.RoleTask(p, plan.RolePreflight, fqdn)
	if !ok || t.Seen == nil {
		return nil
	}
	var all []Found
	for _, f := range t.Seen.Findings {
		all = append(all, Found{f, mended(p, fqdn, f)})
	}
	return all
}

// mended reports whether a finding is known to be so no longer. What nothing was seen of since is not.
func mended(p *plan.Plan, fqdn string, f plan.Finding) bool {
	_, replaced := trust.Replacing(p, fqdn)
	switch f.Code {
	case plan.CodeTrust:
		return len(f.About) == 2 && slices.ContainsFunc(trust.StatesInto(p, fqdn), func(e trust.State) bool {
			return e.From.FQDN == f.About[0] && e.Unit == f.About[1] && e.Now == trust.HoldYes && e.Then == trust.HoldYes
		})
	case plan.CodeServed, plan.CodeSilent:
		return allRight(p, fqdn)
	case plan.CodeExpired:
		return replaced && allRight(p, fqdn)
	case plan.CodePending:
		return replaced
	case plan.CodeServices:
		listed := servicesLast(p, fqdn)
		n, _ := p.Node(fqdn)
		down := plan.ServiceNames(plan.ServicesDown(plan.FactsOf(p, n), listed))
		return len(listed) > 0 && !slices.ContainsFunc(f.About, func(name string) bool { return slices.Contains(down, name) })
	}
	return false
}

// allRight reports whether every address of a node was looked at since the survey, and answers as it should.
func allRight(p *plan.Plan, fqdn string) bool {
	all := standing.AddressesOf(p, fqdn)
	return len(all) > 0 && !slices.ContainsFunc(all, func(a standing.Address) bool {
		return a.Now == nil || a.Wrong() || a.State == standing.AddressSilent
	})
}

// servicesLast are the services as they were listed after a restart; nil where there was none.
func servicesLast(p *plan.Plan, fqdn string) (last []vos.Service) {
	for _, row := range p.Steps() {
		t, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn})
		if ok && row.Role == plan.RoleRestart && t.State == plan.Done && len(t.Seen.Services) > 0 {
			last = t.Seen.Services
		}
	}
	return last
}
