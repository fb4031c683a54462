package steps

import (
	"context"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/cleanup"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// cleanUp deletes what is expired, doubled or superseded in trust stores. No certificate is replaced, nothing is restarted.
func cleanUp() []plan.Step { return rows(look(), rowStores(), rowStale(), rowDelete(), rowReport()) }

// lookStores reads every file of the trust store.
func lookStores(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	list, err := d.TrustList(ctx, j.Plan.Change().Main())
	if err != nil {
		return false, err
	}
	for i, f := range list {
		j.Say("reading %s (%d of %d)", cert.Printable(f.File), i+1, len(list))
		if _, err := trusted(ctx, j, d, f); j.Failing(msg.Verbatim(f.File), err) {
			return false, err
		}
	}
	j.Seen.Trust, j.Seen.Store = list, stored(j.Files)
	for _, v := range cleanup.Judge(j.Plan, j.Node.FQDN, list, j.Files, j.World.Now()) {
		j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.Stale, plan.Note, "", msg.Text{}, "%s", v.Word())...)
	}
	return true, nil
}

func rowStores() plan.Step {
	return plan.Step{
		ID: plan.StepStores, Role: plan.RoleStores, Title: "Read the trust stores", On: Every, Look: lookStores, Usual: time.Minute,
		Why:  "Only what was read can be judged. Nothing is changed.",
		Undo: "Nothing is changed.",
	}
}

func rowStale() plan.Step {
	return plan.Step{
		ID: plan.StepStale, Role: plan.RoleDecide, Title: "Choose the trust certificates to delete", Look: cleanup.Ask,
		Why: "Expired certificates stop upgrades. Duplicate and superseded ones hide which certificate is in use. There " +
			"is one question per certificate. A certificate that a chain of this solution needs is never offered.",
		Undo: "Nothing is changed.",
	}
}

func rowDelete() plan.Step {
	return plan.Step{
		ID: plan.StepDelete, Role: plan.RoleDelete, Title: "Delete the selected trust certificates", On: Every, Risk: plan.Changes, Look: cleanup.Look, Act: cleanup.Act, Guard: pins.Guard, Usual: 10 * time.Second,
		Why: "Deletes what you selected, and nothing else. From release 11 on, a deletion applies to all nodes of a " +
			"cluster.",
		Effect: "None. Running services keep what they have read until they restart.",
		Undo:   "Upload the certificate again as tomcat-trust: the session keeps it.", Rules: []string{"SIG-6"}, Commands: cleanup.Commands,
	}
}
