package pages

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Evidence is what a done task saw, in a few words.
func (e Env) Evidence(t plan.TaskView) string {
	s := t.Seen
	if s == nil {
		return ""
	}
	var parts []string
	if s.Found {
		parts = append(parts, e.Say("already done"))
	}
	switch e.Plan.Step(t.Task.Step).Role {
	case plan.RoleSurvey:
		parts = append(parts, e.expiry(s.Identity))
		if s.About != nil { // behind the days that are left: a narrow window cuts the end
			parts = append(parts, cert.Printable(s.About.Version))
		}
	case plan.RolePreflight:
		parts = append(parts, e.findings(s.Findings))
	case plan.RoleRequest:
		if s.Found {
			parts[0] = e.Say("existing CSR used")
		}
	case plan.RoleInstall:
		if own := cert.FromPEM(s.Own(e.Plan.Step(t.Task.Step).Unit)); own != nil {
			parts = append(parts, e.Say("serial %s", layout.Tail(cert.Serial(own))))
		}
	case plan.RoleRestart, plan.RoleProve:
		n := 0
		for _, p := range s.Served {
			if p.PEM != "" {
				n++
			}
		}
		if n > 0 { // a service that was restarted has none
			parts = append(parts, e.T(msg.N("1 port verified", "%d ports verified", n)))
		}
	}
	return e.listed(parts)
}

func (e Env) expiry(pem string) string {
	it := read.Parse("", []byte(pem)).Items
	if len(it) == 0 || it[0].Cert == nil {
		return ""
	}
	days := cert.DaysLeft(it[0].Cert, e.Now)
	if days < 0 {
		return e.Say("%s, expired", e.Say(it[0].Kind.String()))
	}
	return e.T(msg.N("%[2]s, 1 day left", "%[2]s, %[1]d days left", days, days, e.Say(it[0].Kind.String())))
}

func (e Env) findings(all []plan.Finding) string {
	n := 0
	for _, x := range all {
		if x.Severity != plan.Note {
			n++
		}
	}
	switch {
	case n == 0 && len(all) > 0:
		return e.T(msg.N("1 note", "%d notes", len(all)))
	case n == 0:
		return e.Say("no findings")
	}
	return e.T(msg.N("1 finding accepted", "%d findings accepted", n))
}

// Subject is what a task is about: the short name of its node, or the solution.
func (e Env) Subject(t plan.Task) string {
	if t.Node == "" {
		return e.Say("solution")
	}
	return cert.Printable(layout.Short(t.Node))
}

// Task is how a task stands that is not being worked on.
func (e Env) Task(row plan.Row, t plan.TaskView) string {
	switch off := standing.PutOffOf(row, t); {
	case t.State == plan.Done && len(off) > 0:
		return PutOffLine(e.Say, off)
	case t.State == plan.Done:
		return strings.TrimRight(e.Say("done %s", t.Since.Local().Format("15:04:05"))+"  "+e.Evidence(t), " ")
	case t.Asked != nil:
		return e.Say("needs your answer")
	case t.State == plan.Unsure:
		return e.Say("unknown")
	case t.State == plan.Failed:
		return e.Say("failed")
	}
	if b := e.Plan.Blocked(t.Task); b != nil {
		return cert.Printable(e.T(b.Text))
	}
	return e.Say("ready")
}

// listed is parts one behind the other, with the comma of the language.
func (e Env) listed(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	text := parts[0]
	for _, part := range parts[1:] {
		text = e.T(msg.Both(msg.Verbatim(text), msg.Verbatim(part)))
	}
	return text
}
