package plan

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/limiter"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Memory is what steps needs of a session: the journal, and a folder in which nothing is overwritten.
// *session.Session is one.
type Memory interface {
	Append(kind, step, node string, data any) (session.Entry, error)
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
	// Known returns fingerprints of the host keys of a node, and of certificates of its API, that a person compared before the
	// run; nil: none.
	Known func(vos.Node) []string
	// KnownHosts says in one English sentence what else is known of a host key that is asked about; nil: nothing.
	KnownHosts func(vos.Node, vos.HostKey) string
	// Legacy reports whether a person allowed SSH algorithms that are insecure today for a node before the run; nil: for none.
	Legacy func(vos.Node) bool
	// Probe looks at what a port serves; nil: vos.Probe.
	Probe func(context.Context, vos.Node, int) (vos.Served, error)
	// Lookup asks the resolver, for PRE-2; nil: not asked (the lab has no DNS).
	Lookup Resolver
	// Transcript is given what is typed and printed on a node, without secrets; may be nil.
	Transcript func(node string, typed bool, text string)
	Pace       Pace
	Now        func() time.Time // nil: time.Now
	Program    string           // version, for the report
}

// Resolver is the part of net.Resolver that is needed.
type Resolver interface {
	LookupHost(ctx context.Context, host string) ([]string, error)
	LookupAddr(ctx context.Context, addr string) ([]string, error)
}

// Job is one task while it is worked on. It belongs to one goroutine.
type Job struct {
	Task   Task
	Node   vos.Node
	Unit   string // identity that the row is about
	Plan   *Plan
	World  World
	Before *Seen // what was seen before the node was last changed in this task; nil: it never was
	Acted  bool  // Act has just run in this program
	Seen   *Seen // evidence; Look and Act fill it in

	Files map[string]*x509.Certificate // trust file -> what it holds, read in this task

	tools Tools
}

// Tools is what a job works with: the engine gives it.
type Tools struct {
	Memory  Memory
	Probes  limiter.Limiter                           // bound how many handshakes and look-ups run at once
	Say     func(string, ...any)                      // tells the screen how the task gets on
	Connect func(context.Context) (vos.Driver, error) // returns the connection to the node, and dials it first where there is none
	Drop    func()                                    // gives the connection up
}

// NewJob makes the working place of one task of a plan.
func NewJob(p *Plan, w World, t Task, tools Tools) *Job {
	n, _ := p.Node(t.Node)
	view, _ := p.Task(t)
	job := &Job{Task: t, Node: n, Unit: p.Change().UnitOf(p.Step(t.Step)), Plan: p, World: w, Seen: &Seen{}, Files: map[string]*x509.Certificate{}, tools: tools}
	if view.State == Unsure {
		job.Before = view.Before
	}
	return job
}

// Driver returns the connection to the node, and dials it first where there is none.
func (j *Job) Driver(ctx context.Context) (vos.Driver, error) { return j.tools.Connect(ctx) }

// Drop gives the connection to the node up; Driver dials it again.
func (j *Job) Drop() { j.tools.Drop() }

// Say tells the screen how the task gets on. It is no evidence, and is not kept.
func (j *Job) Say(format string, args ...any) { j.tools.Say(format, args...) }

// Keep writes a file into the folder of the session, and returns where it lies.
func (j *Job) Keep(rel string, data []byte) (string, error) { return j.tools.Memory.Keep(rel, data) }

// Probing waits for leave to look past the line to the node, and returns what gives it back, and whether others wait too.
func (j *Job) Probing(ctx context.Context) (leave func(), crowd bool) {
	return j.tools.Probes.Take(ctx)
}

// Answered returns the answer of a person to a question of this task, or "".
func (j *Job) Answered(question string) string {
	t, _ := j.Plan.Task(j.Task)
	return t.Answers[question].Value
}

// Unsure reports whether this task started and its end was not seen.
func (j *Job) Unsure() bool { return j.Before != nil }

// Refused makes an error of our own "no" before anything was sent to the node.
func (j *Job) Refused(rule, means, next, what string, args ...any) error {
	if rule != "" {
		means += " (" + rule + ")"
	}
	return &vos.Error{Class: vos.ErrRefused, Node: j.Node.FQDN, What: fmt.Sprintf(what, args...), Means: means, Next: next}
}
