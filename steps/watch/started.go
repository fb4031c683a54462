package watch

import (
	"context"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/ports"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// showsRestart reports whether what is presented shows that the node was restarted. New trust does not show there.
func showsRestart(j *plan.Job) bool {
	return debts.RestartFor(j.Plan, j.Task.Step, j.Node.FQDN) == plan.ForIdentity && len(ports.Unproven(j, j.Seen.Served)) == 0
}

// About asks the node what it is.
func About(ctx context.Context, j *plan.Job) (vos.About, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return vos.About{}, err
	}
	return d.About(ctx)
}

// services returns the services that are not started and were before, and notes release and boot time.
func services(ctx context.Context, j *plan.Job) ([]vos.Service, error) {
	about, err := About(ctx, j)
	if err != nil {
		return nil, err
	}
	j.Seen.About = &about
	boot.Keep(j.Seen, about, j.World.Now())
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	listed, err := d.Services(ctx)
	if j.Failing(msg.T("the services"), err) {
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
