package steps

import (
	"context"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/health"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/ports"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/watch"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookRestart: every address serves the certificate that was installed, which a node does only after it was started
// again (SIG-8). Where only trust was uploaded the boot time tells. Before a restart it looks once at what the node serves and
// holds; after one it watches until the node is at rest.
func lookRestart(ctx context.Context, j *plan.Job) (bool, error) {
	why := debts.RestartFor(j.Plan, j.Task.Step, j.Node.FQDN)
	switch {
	case why == "" && !j.Unsure() && !j.Acted:
		return true, nil // nothing was uploaded: nothing to restart for
	case certs.IdentityOf(j.Plan, j.Node.FQDN) == nil:
		return false, j.Refuse("SIG-7", msg.T("Nothing was sent to the node."), msg.T("Load the CA's reply again."), "No certificate for this node was loaded")
	case j.Acted:
		j.Drop()
		return watch.Restart(ctx, j)
	case j.Unsure():
		j.Say("checking whether the node is shutting down")
		return watch.Restart(ctx, j)
	}
	j.Seen.Served = ports.Probe(ctx, j)
	if why == plan.ForIdentity && ports.Restarted(j, j.Seen.Served) {
		return true, nil
	}
	if err := health.GuardReplication(ctx, j); err != nil {
		return false, err
	}
	about, err := watch.About(ctx, j)
	if err != nil {
		return false, err
	}
	boot.Keep(j.Seen, about, j.World.Now())
	return false, nil
}

// guardRestart asks about a node that others have changed: a restart would put what they did into service.
func guardRestart(ctx context.Context, j *plan.Job) error {
	if err := restart.GuardHeld(ctx, j); err != nil {
		return err
	}
	return pins.GuardRestart(ctx, j)
}

func actRestart(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	return restartAs(ctx, j, d)
}

// restartAs restarts what the table says: the whole node where any of the rows wants it, else the services.
func restartAs(ctx context.Context, j *plan.Job, d vos.Driver) error {
	rows := restart.RulesOn(j.Plan, j.Task.Step, j.Node.FQDN)
	if len(rows) == 0 {
		return j.Refuse("SIG-8", msg.T("Nothing was sent to the node."), msg.T("Check its release, and restart it by hand."), "No Cisco document says what to restart on %s for this change", j.Node.Product.Title(j.Node.Release))
	}
	if restart.Whole(rows) {
		j.Say("restarting")
		return d.Restart(ctx)
	}
	for _, name := range restart.ServicesOf(rows) {
		j.Say("restarting %s", name)
		if err := d.RestartService(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func rowRestart() plan.Step { return rowRestartAs(plan.StepRestart, "Restart") }

// rowBack is the first restart of the expired path.
func rowBack() plan.Step { return rowRestartAs(plan.StepBack, "Restart to restore service") }

func rowRestartAs(id, title string) plan.Step {
	return plan.Step{
		ID: id, Role: plan.RoleRestart, Title: title, On: believes, Order: restart.RankOf, Risk: plan.Interrupts, Look: lookRestart, Act: actRestart, Guard: guardRestart, Usual: 25 * time.Minute,
		Why: "Services read certificates only when they start. Nodes restart one at a time; each is verified " +
			"before the next one restarts.",
		Effect: "The services on a node stop until it is back. What users notice depends on the product and is shown before each " +
			"restart.",
		Undo:  "None: a restart cannot be undone.",
		Rules: []string{"SIG-8", "SELF-2", "EC-5"}, Commands: restart.TypedFor(id), Fit: fitRestart, Needed: owesRestart(id),
		Ask: []plan.Question{{ID: plan.AskRestart, Kind: plan.NodeName, Rule: "SIG-8", Text: msg.T("Type the node's name to restart it now."),
			Means: msg.T("Services on this node stop until it is back.")}},
	}
}

// owesRestart reports whether something has made this restart necessary on a node: its name is asked for only then.
func owesRestart(id string) func(*plan.Plan, vos.Node) bool {
	return func(p *plan.Plan, n vos.Node) bool { return debts.RestartFor(p, id, n.FQDN) != "" }
}

// fitRestart adds what is to be checked on the node first, and names the services where only these restart.
func fitRestart(s change.Scope, n vos.Node, q plan.Question) plan.Question {
	return restart.Fit(n, health.Fit(s, n, q))
}
