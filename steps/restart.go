package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/vos"
)

// lookRestart: every address serves the certificate that was installed, which a node does only after it was started
// anew (SIG-8). Where only trust was uploaded the boot time tells. Before a restart it looks once; after one it watches
// until the node is at rest.
func lookRestart(ctx context.Context, j *plan.Job) (bool, error) {
	why := j.Plan.RestartFor(j.Task.Step, j.Node.FQDN)
	switch {
	case why == "" && !j.Unsure() && !j.Acted:
		return true, nil // nothing was uploaded: nothing to restart for
	case certs.IdentityOf(j.Plan, j.Node.FQDN) == nil:
		return false, j.Refused("SIG-7", "Nothing was sent to the node.", "Load the CA's reply again.", "No certificate for this node was loaded")
	case j.Acted:
		return true, watchRestart(ctx, j)
	case j.Unsure():
		return lookUnsureRestart(ctx, j)
	}
	j.Seen.Served = probeAll(ctx, j)
	if why == plan.ForIdentity && len(unproven(j, j.Seen.Served)) == 0 {
		return true, nil
	}
	about, err := ask(ctx, j)
	if err != nil {
		return false, err
	}
	j.Seen.KeepBoot(about, j.World.Now())
	return false, nil
}

// seenAnew reports whether what is served shows that the node was started anew. New trust does not show there.
func seenAnew(j *plan.Job) bool {
	return j.Plan.RestartFor(j.Task.Step, j.Node.FQDN) == plan.ForIdentity && len(unproven(j, j.Seen.Served)) == 0
}

// lookUnsureRestart: the line was lost while a restart was ordered. The node may be about to go down: it is given time
// before "it did not happen" is believed.
func lookUnsureRestart(ctx context.Context, j *plan.Job) (bool, error) {
	j.Say("checking whether the node is shutting down")
	for end := j.World.Now().Add(j.World.Pace.Settle); ; {
		j.Seen.Served = probeAll(ctx, j)
		if seenAnew(j) {
			return true, settled(ctx, j)
		}
		down, err := goneOrBack(ctx, j)
		if err != nil {
			return false, err
		}
		if down {
			return true, watchRestart(ctx, j)
		}
		if j.World.Now().After(end) {
			return false, nil
		}
		if err := wait(ctx, j.World.Pace.Poll); err != nil {
			return false, err
		}
	}
}

// goneOrBack reports whether the node is away, or has come up since the restart was ordered.
func goneOrBack(ctx context.Context, j *plan.Job) (bool, error) {
	about, err := ask(ctx, j)
	if errors.Is(err, vos.ErrUnreachable) || errors.Is(err, vos.ErrUncertain) {
		j.Drop()
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return plan.BootedSince(j.Before, about, j.World.Now()), nil
}

func ask(ctx context.Context, j *plan.Job) (vos.About, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return vos.About{}, err
	}
	return d.About(ctx)
}

// watchRestart waits until the node is back and serves the new certificate on every address, and says what it waits for.
func watchRestart(ctx context.Context, j *plan.Job) error {
	j.Drop()
	end := j.World.Now().Add(j.World.Pace.Restart)
	for i := 1; ; i++ {
		j.Seen.Served = probeAll(ctx, j)
		ports := portsOf(j, j.Seen.Served)
		open := ports.Open()
		if len(open) == 0 {
			return settled(ctx, j)
		}
		j.Say("waiting for %s", ports)
		if j.World.Now().After(end) {
			return &vos.Error{Class: vos.ErrUncertain, Code: plan.CodeNotServed, About: openPorts(j, j.Seen.Served), Node: j.Node.FQDN,
				What:  fmt.Sprintf("After %s these ports do not present the new certificate: %s", j.World.Pace.Restart, strings.Join(open, ", ")),
				Means: "The node is still starting, or a service has failed to start.", Next: "Check the services (utils service list), then press Enter."}
		}
		if err := wait(ctx, j.World.Pace.Early(i)); err != nil {
			return err
		}
	}
}

// settled waits for the prompt and for the services: a node that serves may still be starting the rest. Some print the
// same uptime before and after: there it counts that their door was shut, which no lost line looks like.
func settled(ctx context.Context, j *plan.Job) error {
	end := j.World.Now().Add(j.World.Pace.Restart)
	shut := false
	for i := 1; ; i++ {
		down, err := startedAll(ctx, j)
		shut = shut || j.Acted && errors.Is(err, vos.ErrUnreachable) && plan.TroubleOf(err).Code == vos.CodeShut
		if err == nil && len(down) == 0 && (shut || seenAnew(j) || plan.BootedSince(j.Before, *j.Seen.About, j.World.Now())) {
			return nil
		}
		var question *plan.Ask
		if errors.As(err, &question) || errors.Is(err, vos.ErrLogin) || ctx.Err() != nil {
			return err
		}
		j.Drop()
		if j.World.Now().After(end) {
			return &vos.Error{Class: vos.ErrUncertain, Code: plan.CodeServices, About: release.ServiceNames(down), Node: j.Node.FQDN, What: notUp(down), Err: err,
				Means: "The node answers, but there is no sign of a restart", Next: "Check the services (utils service list), then press Enter."}
		}
		j.Say("waiting for the services to start")
		if err := wait(ctx, j.World.Pace.Early(i)); err != nil {
			return err
		}
	}
}

func notUp(down []vos.Service) string {
	if len(down) == 0 {
		return "its boot time is from before the restart"
	}
	return fmt.Sprintf("services not started yet: %s", release.ServiceWords(down))
}

func startedAll(ctx context.Context, j *plan.Job) ([]vos.Service, error) {
	about, err := ask(ctx, j)
	if err != nil {
		return nil, err
	}
	j.Seen.About = &about
	j.Seen.KeepBoot(about, j.World.Now())
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	listed, err := d.Services(ctx)
	if failing(j, "the services", err) {
		return nil, err
	}
	j.Seen.Services = listed
	before := j.Plan.Survey(j.Node.FQDN)
	return stillDown(release.ServicesDown(release.FactsOf(j.Plan, j.Node), listed), before, release.FactsOf(j.Plan, j.Node)), nil
}

// stillDown leaves out what was down before the change already: it was said in the check before starting.
func stillDown(down []vos.Service, before *plan.Seen, f vos.Facts) []vos.Service {
	if before == nil {
		return down
	}
	was := release.ServiceNames(release.ServicesDown(f, before.Services))
	return slices.DeleteFunc(slices.Clone(down), func(s vos.Service) bool { return slices.Contains(was, s.Name) })
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
		return j.Refused("SIG-8", "Nothing was sent to the node.", "Check its release, and restart it by hand.", "No Cisco document says what to restart on %s for this change", j.Node.Product.Title(j.Node.Release))
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
		ID: id, Role: plan.RoleRestart, Title: title, On: believes, Order: restart.RankOf, Risk: plan.Interrupts, Look: lookRestart, Act: actRestart, Usual: 25 * time.Minute,
		Why: "Services read certificates only when they start. Nodes restart one at a time; each is verified " +
			"before the next one restarts.",
		Effect: "Agents on this node are logged out or move to the other node. Chat and reports stop until it is " +
			"back.",
		Undo:  "None: a restart cannot be undone.",
		Rules: []string{"SIG-8", "SELF-2", "EC-5"}, Commands: restart.TypedFor(id),
		Ask: []plan.Question{{ID: "restart", Kind: plan.NodeName, Rule: "SIG-8", Text: "Type the node's name to restart it now.",
			Means: "Services on this node stop until it is back."}},
	}
}
