package first

import (
	"context"
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/precheck"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/network"
)

// maxStratum is the highest stratum of a node. Unified CM refuses a server above 4, and warns where its own is above it [I].
const maxStratum = 5

// Clock is the row that looks at the clock of every node (FIRST-2).
func Clock() plan.Step {
	return plan.Step{
		ID: "ntp", Role: plan.RolePreflight, Title: "Check clock and NTP", On: every, Look: lookClock, Usual: 5 * time.Second,
		Commands: func(*plan.Plan, vos.Node) []string {
			return []string{vos.DialogueStatus().Line, vos.DialogueNetwork().Line, network.DialogueNTP().Line}
		},
		Why: "A node whose clock is behind refuses a new certificate as not yet valid. A certificate that it generates " +
			"itself has a wrong start date.",
		Effect: "None: this step only reads.",
		Undo:   "Nothing is changed.",
		Rules:  []string{"FIRST-2"},
	}
}

func lookClock(ctx context.Context, j *plan.Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	j.Say("reading the clock")
	about, err := d.About(ctx)
	if err != nil {
		return false, err
	}
	j.Seen.About, j.Seen.Asked = &about, j.World.Now()
	found := precheck.Clock(ctx, j, j.Seen)
	text, err := d.Show(ctx, network.DialogueNTP())
	switch {
	case errors.Is(err, vos.ErrRefused):
		found = append(found, plan.Find(codes.NotShown, plan.Note, "FIRST-2", msg.Text{}, "could not read %s from the node: %s", "NTP", plan.TroubleOf(err).What)...)
	case err != nil:
		return false, err
	default:
		n := network.ParseNTP(text)
		found = append(found, follows(j.Node, n)...)
		if len(found) > 0 && found[0].Code == codes.Clock && n.Synced {
			found[0].Cause = msg.T("The node follows its NTP server: that server, or the clock of this machine, is wrong.")
			found[0].Next = msg.T("check the clock of this machine, then the NTP server %s", n.Server)
		}
	}
	for i := range found {
		found[i].Rule = "FIRST-2"
	}
	return precheck.Decide(j, found, "Clock of %s", msg.T("Certificates are valid only from their first to their last day. Correct NTP, then check again; or accept "+
		"the findings and continue."))
}

// follows says what is wrong with the way in which a clock follows NTP. A subscriber follows its publisher.
func follows(n vos.Node, s network.NTP) []plan.Finding {
	next := msg.T("on the node: utils ntp server list, then %s ADDRESS and utils ntp restart; it may take some minutes", network.AddNTP)
	if n.Role == vos.Subscriber {
		next = msg.T("correct NTP on the publisher first, which this node follows; then utils ntp restart here")
	}
	about := func(code string, cause, next msg.Text, what string, args ...any) []plan.Finding {
		f := plan.Find(code, plan.Warning, "FIRST-2", next, what, args...)
		f[0].Cause = cause
		return f
	}
	switch {
	case !s.Known:
		return plan.Find(codes.NTP, plan.Note, "FIRST-2", msg.Text{}, "utils ntp status did not say whether the clock follows a server")
	case !s.Running:
		return about(codes.NTP, msg.T("The NTP service of the node is stopped."), msg.T("on the node: utils ntp start, then check again"), "NTP is not running")
	case !s.Synced:
		return about(codes.NTP, msg.T("No NTP server is set, none is reached (UDP 123), or the clock was set a moment ago."), next, "the clock follows no NTP server")
	case s.Stratum > maxStratum:
		return about(codes.Stratum, msg.T("The NTP server is too far from a reference clock, or is not synchronized."), next, "the clock follows %s and is at stratum %d", s.Server, s.Stratum)
	}
	return nil
}
