package pages

import (
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Trust is one trust: what it is for, and what it needs.
func (e Env) Trust(s trust.State) (why, needs []Line) {
	why = []Line{e.line("Why", e.Say(s.Why)), e.line("From", cert.Printable(e.Say("%s, port %d", s.Name(), s.Port))), e.line("Into", cert.Printable(s.Into.FQDN))}
	if s.Breaks() {
		needs = append(needs, e.line("Change", e.Say("This change replaces the certificate. The two cannot connect until the new one is trusted.")))
	}
	if !s.Needs.IsZero() {
		needs = append(needs, e.line("Upload", cert.Printable(e.T(s.Needs))), e.line("Who", cert.Printable(e.T(s.Act))))
	}
	return why, append(needs, e.line("Restart", e.Say("%s, after the trust store has changed", restart.TypedOn(s.Relation))), e.rules(s.Rules, s.Source))
}

// Holds is what a store holds of a trust, now or after the change.
func (e Env) Holds(h trust.Holding) string { return e.Say(string(h)) }

// Breaks is what stands in place of Holds where a change breaks a trust.
func (e Env) Breaks() string { return e.Say("breaks: upload") }
