package reply

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/ecdsa"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// AskNoEC is the question that a verdict raises where nothing is wrong but tomcat-ECDSA: the CA signs with RSA alone, or sent
// no certificate for it. The decision about it can be changed then (EC-3, EC-6). ok is false for all other verdicts.
func AskNoEC(p *plan.Plan, v cert.Verdict) (q plan.Question, ok bool) {
	var found []plan.Finding
	missing := true
	for _, m := range v.Missing {
		if m.Unit != change.UnitECDSA {
			return q, false
		}
		found = append(found, plan.Finding{Code: "missing", Severity: plan.Fault, Rule: "EC-2", What: msg.T("%s: no certificate for %s", m.Node, m.Unit)})
	}
	for _, f := range v.Findings {
		switch {
		case f.Severity != cert.Fault || f.Code == "missing":
		case !strings.HasPrefix(f.Code, "ec-by-rsa"):
			return q, false
		default:
			missing, found = false, append(found, findingOf(f))
		}
	}
	scope := p.Scope()
	some := func(is func(vos.Product) bool) bool {
		return slices.ContainsFunc(Requests(p), func(r cert.Request) bool {
			n, _ := p.Node(r.Node)
			return r.Unit == change.UnitECDSA && scope.SignsECDSA(n) && is(n.Product)
		})
	}
	cop := !some(func(product vos.Product) bool { return !ecdsa.HasCOP(product) })
	chat := some(func(product vos.Product) bool { return product.Traits().Chat })
	return ecdsa.ByRSA(found, missing, cop, chat), len(found) > 0
}
