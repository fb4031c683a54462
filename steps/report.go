package steps

import (
	"bytes"
	"context"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookReport writes the report into the session folder, in all its forms, and the copy for the customer.
func lookReport(_ context.Context, j *plan.Job) (bool, error) {
	r := report.Of(j.Plan).Said(j.World.Words)
	redacted := r.Redacted(false)
	for _, f := range []struct {
		name string
		data []byte
	}{{"report.md", r.Markdown()}, {"report.html", r.HTML()}, {"report.json", r.JSON()}, {"expiry.ics", r.Calendar()},
		{"customer/report.md", redacted.Markdown()}, {"customer/report.html", redacted.HTML()}} {
		at, err := j.Keep(f.name, bytes.TrimLeft(f.data, "\n"))
		if err != nil {
			return false, j.Refuse("", msg.T("Nothing was changed on any node. %s", err), msg.T("Free disk space, then press Enter."), "The report could not be written")
		}
		j.Seen.Files = append(j.Seen.Files, at)
	}
	return true, nil
}

func rowReport() plan.Step {
	return plan.Step{
		ID: plan.StepReport, Role: plan.RoleReport, Title: "Write the report", Look: lookReport,
		Why:  "Records every port before and after, who did what and when, and what is pending.",
		Undo: "Nothing is changed.",
	}
}
