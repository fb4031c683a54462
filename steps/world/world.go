// Package world is what the engine needs from outside: nodes, accounts, a resolver, a clock, and where it writes.
package world

import (
	"context"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Memory is what steps needs of a session: the journal, and a folder in which nothing is overwritten.
// *session.Session is one.
type Memory interface {
	AppendAll(records []session.Record) ([]session.Entry, error)
	Keep(rel string, data []byte) (path string, err error)
}

// Pace is how patiently nodes are watched. The lab is faster than life.
type Pace struct {
	Poll    time.Duration // between two looks at something that is awaited
	Settle  time.Duration // how long a node may still be finishing what a lost line had ordered
	Restart time.Duration // how long a restart may take until every service answers
}

// RealPace is for real nodes: a UCCX restart takes 20 to 30 minutes [I] until every service answers.
func RealPace() Pace {
	return Pace{Poll: 10 * time.Second, Settle: 30 * time.Second, Restart: 60 * time.Minute}
}

// LabPace is for the embedded cluster with its fast clock.
func LabPace() Pace {
	return Pace{Poll: 50 * time.Millisecond, Settle: 400 * time.Millisecond, Restart: 2 * time.Minute}
}

// Early is how long to wait after the i-th look, from 1: it is unknown how long it takes, so the first checks come sooner.
func (p Pace) Early(i int) time.Duration { return min(p.Poll, p.Poll*time.Duration(i)/10) }

// World is what a Runner needs from outside.
type World struct {
	Dialer vos.Dialer
	// Login returns the account for a node, and whether there is one. It must not block: a screen asks before.
	Login func(vos.Node) (vos.Login, bool)
	// Refused is told that a node refused the account, so that it is not tried again automatically.
	Refused func(vos.Node)
	// Untried is told that the account was not tried on a node, because another node refused it; nil: Refused is told.
	Untried func(vos.Node)
	// Known returns fingerprints of the host keys of a node, and of certificates of its API, that a person compared before the
	// run; nil: none.
	Known func(vos.Node) []string
	// KnownHosts says in one English sentence what else is known of a host key that is asked about; nil: nothing.
	KnownHosts func(vos.Node, vos.HostKey) msg.Text
	// Legacy reports whether a person allowed SSH algorithms that are insecure today for a node before the run; nil: for none.
	Legacy func(vos.Node) bool
	// Enter logs in to the jump host of the change; nil: there is none. The access holds what checks its host key.
	Enter func(context.Context, vos.Access) error
	// Probe looks at what a port serves; nil: vos.Probe.
	Probe func(context.Context, vos.Node, int) (vos.Served, error)
	// Lookup asks the resolver, for PRE-2; nil: not asked (the lab has no DNS).
	Lookup Resolver
	// Transcript is given what is typed and printed on a node, without secrets; may be nil.
	Transcript func(node string, typed bool, text string)
	Pace       Pace
	Now        func() time.Time // nil: time.Now
	Program    string           // version, for the report
	Words      msg.Localizer    // of the files that people read: report, client kit, letters to the CA; nil: English
}

// Resolver is the part of net.Resolver that is needed.
type Resolver interface {
	LookupHost(ctx context.Context, host string) ([]string, error)
	LookupAddr(ctx context.Context, addr string) ([]string, error)
}

// Wait returns after d, or with the error of ctx as soon as it ends.
func Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
