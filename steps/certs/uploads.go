package certs

import (
	"cmp"
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// Upload is one line of the order of the uploads (SIG-4 to SIG-7).
type Upload struct {
	What  string            // "root", "intermediate", "application"
	CA    *x509.Certificate // nil: each node its own
	Store string
	Done  bool // on every node
	Next  bool
}

// Uploads returns in which order the CA's files go up; nothing as long as they were not taken.
func Uploads(p *plan.Plan) []Upload {
	if p.Reply() == nil {
		return nil
	}
	var all []Upload
	add := func(step, what, store string, cas ...*x509.Certificate) {
		row, ok := p.Row(step)
		for _, ca := range cas {
			all = append(all, Upload{what, ca, store, ok && row.Whole(), ok && !row.Whole() && p.Next().Row.Step.ID == step})
		}
	}
	unit := p.Change().Main()
	add(plan.StepRoot, "root", "tomcat-trust", ReplyRoots(p)...)
	add(plan.StepIntermediate, "intermediate", "tomcat-trust", ReplyIntermediates(p)...)
	for _, row := range plan.RoleRows(p, plan.RoleInstall) {
		if row.Step.Act != nil {
			add(row.Step.ID, "application", cmp.Or(row.Step.Unit, unit), nil)
		}
	}
	return all
}
