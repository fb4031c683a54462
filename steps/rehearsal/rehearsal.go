package rehearsal

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Rehearsed sums up what was played: on is the plan as it stands on the real nodes, played the one of the simulated nodes.
func Rehearsed(on, played *plan.Plan, d timing.Durations, now time.Time) plan.Rehearsal {
	r := plan.Rehearsal{Hash: on.Hash(), Outcome: standing.OutcomeOf(played).String()}
	for _, row := range played.Rows() {
		there, _ := on.Row(row.Step.ID)
		line := plan.RehearsedRow{Step: row.Step.ID, State: worstOf(row).String(), Past: len(there.Tasks) > 0 && there.Whole()}
		if row.Step.On != nil {
			line.Nodes = len(row.Tasks)
		}
		line.Took, line.Learnt = d.Takes(row)
		if r.Rows = append(r.Rows, line); line.Past {
			continue
		}
		r.Left += line.Took
		if row.Step.Risk == plan.Interrupts {
			r.Stops += line.Took
		}
	}
	r.Trouble = troubles(on, played)
	if until := on.Until(); until.After(now) && now.Add(r.Left).After(until) {
		r.Trouble = append(r.Trouble, plan.Find(codes.Window, plan.Warning, "", msg.T("start earlier, or extend the window"), "the remaining steps take about %s; %s of the window is left", msg.Duration(r.Left), msg.Duration(until.Sub(now)))...)
	}
	return r
}

// worstOf is the state of a row's worst task.
func worstOf(row plan.Row) plan.State {
	for _, s := range []plan.State{plan.Unsure, plan.Failed, plan.Running, plan.Idle} {
		if row.Count(s) > 0 {
			return s
		}
	}
	return plan.Done
}

// troubles are what went wrong with the simulated nodes, and what is known to be wrong with the real ones.
func troubles(on, played *plan.Plan) []plan.Finding {
	var all []plan.Finding
	for _, row := range played.Rows() {
		for _, t := range row.Tasks {
			if t.Trouble != nil && t.State != plan.Done {
				all = append(all, plan.Find(codes.Rehearsed, plan.Fault, "", t.Trouble.Next, "%s: %s", onNode(row.Step.Title, t.Task.Node), said(t.Trouble))...)
			}
			if t.Seen != nil {
				all = append(all, grave(t.Task.Node, foundOn(on, t))...)
			}
		}
	}
	if r := played.Reply(); r != nil {
		all = append(all, grave("", r.Notes)...)
	}
	all = once(all)
	for _, e := range trust.Broken(played) {
		all = append(all, plan.Find(codes.Trust, plan.Warning, trust.FirstRule(e.Relation), e.Cure(), "%s would not trust %s after this change", e.Into.FQDN, e.From.FQDN)...)
	}
	return all
}

// foundOn returns the findings of a task: those of the real nodes where that task is done there, since they have seen
// what no simulated node has, such as the site's DNS.
func foundOn(on *plan.Plan, t plan.TaskView) []plan.Finding {
	if there, ok := on.Task(t.Task); ok && there.State == plan.Done {
		return there.Seen.Findings
	}
	return t.Seen.Findings
}

// grave leaves the notes out, and says of which node the rest is.
func grave(fqdn string, all []plan.Finding) []plan.Finding {
	var some []plan.Finding
	for _, f := range all {
		if f.Severity != plan.Note {
			if fqdn != "" && f.Code != codes.Trust && f.Code != codes.Replication { // these name it
				f.What = msg.T("%s: %s", fqdn, f.What)
			}
			some = append(some, f)
		}
	}
	return some
}

// once leaves out what was said before: a look before and one after find the same.
func once(all []plan.Finding) []plan.Finding {
	var some []plan.Finding
	for _, f := range all {
		if !slices.ContainsFunc(some, func(o plan.Finding) bool {
			return o.Severity == f.Severity && o.What.String() == f.What.String() && o.Rule == f.Rule
		}) {
			some = append(some, f)
		}
	}
	return some
}

func onNode(title, fqdn string) msg.Text {
	if fqdn == "" {
		return msg.English(title)
	}
	return msg.T("%s on %s", msg.English(title), fqdn)
}

func said(t *plan.Trouble) msg.Text {
	if t.Said == "" {
		return t.What
	}
	return msg.T("%s: %s", t.What, t.Said)
}

// Misjudged are the faults of a verdict on the CA's files, as a rehearsal names them.
func Misjudged(v cert.Verdict) []plan.Finding {
	var all []plan.Finding
	for _, f := range v.Findings {
		if f.Severity == cert.Fault {
			all = append(all, plan.Finding{Code: f.Code, Severity: plan.Fault, What: msg.T("the CA's files: %s", f.What), Next: f.Cure, Rule: f.Rule})
		}
	}
	return all
}
