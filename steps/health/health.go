package health

import (
	"context"
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/health"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// longest is how many bytes of an answer are kept as evidence; the transcript has all of it.
const longest = 6000

// read types a query on the node of a job, and keeps what it says as evidence. ok is false where the node cannot be asked: there
// is no such command, a person would have to type it, or it does not answer.
func read(ctx context.Context, j *plan.Job, kind health.Kind) (r health.Result, q health.Query, ok bool, err error) {
	q, ok = health.Of(kind, j.Node)
	if !ok || j.Node.Connection.ByHand() {
		return r, q, false, nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return r, q, false, err
	}
	reader, ok := vos.Offered[health.Reader](d)
	if !ok {
		return r, q, false, nil
	}
	text, err := reader.Type(ctx, q.Dialogue())
	switch {
	case ctx.Err() != nil:
		return r, q, false, err
	case errors.Is(err, vos.ErrRefused), errors.Is(err, vos.ErrUncertain): // it says something else, or takes too long
		return r, q, false, nil
	case err != nil:
		return r, q, false, err
	}
	r = q.Read(text)
	j.Seen.Readings = append(j.Seen.Readings, plan.Reading{Kind: string(kind), Command: q.Line, Words: r.Words, Said: text[:min(len(text), longest)], At: j.World.Now()})
	return r, q, r.State != health.Unread, nil
}

// backupOld is the age from which on a backup is a warning.
const backupOld = 7 * 24 * time.Hour

// CheckBackup looks for a backup of the cluster before it is changed. Only the publisher, or a node that stands alone, keeps the
// history.
func CheckBackup(ctx context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if j.Node.Role == vos.Subscriber || j.Plan.Change().Path == change.PathCleanup {
		return nil
	}
	j.Say("reading the history of backups")
	r, q, ok, err := read(ctx, j, health.Backup)
	next := msg.T("Make a backup now (Disaster Recovery System, Backup > Manual Backup), or a snapshot of the virtual machine while it is off.")
	switch {
	case err != nil || !ok:
		return plan.Find(codes.BackupUnread, plan.Note, "", msg.T("Check it before you continue: %s", q.Look), "the last backup could not be read")
	case r.State == health.Bad:
		return plan.Find(codes.NoBackup, plan.Warning, "", next, "%s (%s)", r.Words, q.Line)
	}
	now := j.World.Now()
	if s.About != nil && !s.About.Now.IsZero() { // by the node's own clock
		now = s.About.Now
	}
	if age := now.Sub(r.At); age > backupOld {
		return plan.Find(codes.OldBackup, plan.Warning, "", next, "%s, %s ago (%s)", r.Words, msg.Elapsed(age), q.Line)
	}
	return nil
}

// GuardReplication stops before a restart of a cluster whose databases are not replicated: a person waits, or goes on. After a
// restart of another node of the cluster it is given time to come back.
func GuardReplication(ctx context.Context, j *plan.Job) error {
	if len(j.Plan.Scope().Cluster(j.Node)) < 2 {
		return nil
	}
	j.Say("reading the state of database replication")
	for _, kind := range []health.Kind{health.Replication, health.Datastore} {
		if err := guard(ctx, j, kind); err != nil {
			return err
		}
	}
	return nil
}

func guard(ctx context.Context, j *plan.Job, kind health.Kind) error {
	end := j.World.Now()
	if mateRestarted(j) {
		end = end.Add(20 * j.World.Pace.Settle)
	}
	for i := 1; ; i++ {
		had := len(j.Seen.Readings)
		r, q, ok, err := read(ctx, j, kind)
		switch {
		case err != nil:
			return err
		case !ok && q.Line != "":
			j.Seen.Findings = append(j.Seen.Findings, plan.Find(codes.ReplicationUnread, plan.Note, "", msg.T("Check it yourself: %s", q.Look), "%s could not be read", q.Line)...)
			return nil
		case !ok || r.State == health.Good || j.Answered(plan.AskReplication) == plan.Yes:
			return nil
		case !j.World.Now().Before(end):
			return ask(j, q, r)
		}
		j.Seen.Readings = j.Seen.Readings[:had] // the last one counts
		j.Say("waiting for database replication: %s", r.Words)
		if err := world.Wait(ctx, j.World.Pace.Early(i)); err != nil {
			return err
		}
	}
}

// mateRestarted reports whether this change has restarted another node of the cluster.
func mateRestarted(j *plan.Job) bool {
	for _, mate := range j.Plan.Scope().Cluster(j.Node) {
		if t, ok := j.Plan.Task(plan.Task{Step: j.Task.Step, Node: mate.FQDN}); ok && mate.FQDN != j.Node.FQDN && t.State == plan.Done && t.Changed {
			return true
		}
	}
	return false
}

// ask asks whether a node is restarted although the databases of its cluster are not replicated.
func ask(j *plan.Job, q health.Query, r health.Result) error {
	found := plan.Find(codes.Unreplicated, plan.Warning, "SIG-8", msg.T("Wait, and check again. If it does not recover, run utils dbreplication status, then repair it before you "+
		"restart another node."),
		"%s: %s", q.Line, r.Words)
	found[0].Cause = msg.T("Another node of the cluster is down or still starting, or replication is broken. A node that restarts now " +
		"may come up without the other's data.")
	return &plan.Ask{Question: plan.Question{ID: plan.AskReplication, Kind: plan.Choice, Rule: "SIG-8", Findings: found,
		Lines: []msg.Text{msg.T("%s: %s", q.Line, r.Words)},
		Text:  msg.T("The databases of the cluster of %s are not replicated. Restart it now?", j.Node.FQDN),
		Means: msg.T("Nothing has been sent to this node. Its services present the old certificate until it restarts. Your " +
			"decision is recorded with your name."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Wait: check again")}, {Value: plan.Yes, Label: msg.T("Restart it now, although replication is not in state (2)")}}}}
}

// Fit adds to the question about a restart what a person looks at where the node itself does not say it: the state of high
// availability, and of replication on nodes that no program enters.
func Fit(s change.Scope, n vos.Node, q plan.Question) plan.Question {
	if q.ID != plan.AskRestart || len(s.Cluster(n)) < 2 {
		return q
	}
	if look, ok := health.Of(health.Replication, n); ok && n.Connection.ByHand() {
		q.Lines = append(q.Lines, msg.T("Check first: %s", look.Look))
	}
	if n.Product.Traits().Pair {
		q.Lines = append(q.Lines, msg.T("Check: Serviceability shows one node as MASTER"))
	}
	return q
}
