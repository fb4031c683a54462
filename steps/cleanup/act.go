package cleanup

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Ask is the look that asks about each certificate that may go, one question a certificate.
func Ask(_ context.Context, j *plan.Job) (bool, error) {
	for _, all := range candidates(j.Plan, j.World.Now()) {
		if q := question(all); j.Answered(q.ID) == "" {
			return false, &plan.Ask{Question: q}
		}
	}
	return true, nil
}

// Look: none of the files that a person told to delete is there.
func Look(ctx context.Context, j *plan.Job) (bool, error) {
	there, err := stillThere(ctx, j)
	if err == nil && len(there) == 0 && j.Acted {
		return true, listAgain(ctx, j)
	}
	if err == nil && len(there) > 0 && j.Acted {
		return false, vos.Coded(codes.CameBack, j.Refuse("Cisco document 211300", msg.T("The other certificates of the store are unchanged."),
			msg.T("Stop Cisco Certificate Change Notification on all nodes of the cluster, press Enter, then start it again."),
			"The node deleted %s, but it is there again", cert.Printable(there[0].File.File)))
	}
	return len(there) == 0, err
}

// listAgain keeps what the store holds now, for later.
func listAgain(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	j.Seen.Trust, err = d.TrustList(ctx, j.Plan.Change().Main())
	return err
}

// stillThere are the files that are to go and are listed.
func stillThere(ctx context.Context, j *plan.Job) ([]Verdict, error) {
	if len(going(j.Plan, j.Node.FQDN, nil, j.World.Now())) == 0 {
		return nil, nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	list, err := d.TrustList(ctx, j.Plan.Change().Main())
	if err != nil {
		return nil, err
	}
	return going(j.Plan, j.Node.FQDN, append([]vos.TrustFile{}, list...), j.World.Now()), nil
}

// Act deletes one file after the other, each read once more before: a file of that name may hold another certificate now.
func Act(ctx context.Context, j *plan.Job) error {
	there, err := stillThere(ctx, j)
	if err != nil {
		return err
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	unit := j.Plan.Change().Main()
	for _, v := range there {
		c, err := d.Trusted(ctx, unit, v.File)
		if err != nil {
			return err
		}
		if !c.Equal(v.Cert) {
			return j.Refuse("", msg.T("It was not deleted."), msg.T("Start a new clean-up: the trust store has changed."), "%s contains a different certificate from the one that was read", cert.Printable(v.File.File))
		}
		j.Say("deleting %s", cert.Printable(v.File.File))
		if err := deleted(ctx, j, d, v); err != nil {
			return err
		}
	}
	return nil
}

// deleted deletes one file. That it is gone already, through another node of the cluster, is as good; a connection that cannot
// delete has a person do it on the web page.
func deleted(ctx context.Context, j *plan.Job, d vos.Driver, v Verdict) error {
	err := d.DeleteTrust(ctx, j.Plan.Change().Main(), v.File)
	switch {
	case errors.Is(err, vos.ErrNotOffered):
		return j.Refuse("", msg.T("This connection cannot delete. The node is unchanged."),
			msg.T("In OS Administration, Security > Certificate Management, open %s, compare the serial %s, select Delete, then press Enter.", cert.Printable(v.File.File), cert.Serial(v.Cert)),
			"%s must be deleted on the web page", cert.Printable(v.File.File))
	case errors.Is(err, vos.ErrRefused):
		if left, looked := stillThere(ctx, j); looked == nil && !slices.ContainsFunc(left, func(o Verdict) bool { return o.File == v.File }) {
			return nil
		}
	}
	return err
}

// Commands are typed for what a person told to delete.
func Commands(p *plan.Plan, n vos.Node) []string {
	var all []string
	for _, v := range going(p, n.FQDN, nil, time.Now()) {
		all = append(all, vos.DialogueDeleteTrust(p.Change().Main(), v.File).Line)
	}
	return all
}
