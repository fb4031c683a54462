package plan

import (
	"context"
	"crypto/x509"
	"errors"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/limiter"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Job is one task while it is worked on. It belongs to one goroutine.
type Job struct {
	Task   Task
	Node   vos.Node
	Unit   string // identity that the row is about
	Plan   *Plan
	World  world.World
	Before *Seen // what was seen before the node was last changed in this task; nil: it never was
	Acted  bool  // Act has just run in this program
	Seen   *Seen // evidence; Look and Act fill it in

	Files map[string]*x509.Certificate // trust file -> what it holds, read in this task

	tools Tools
}

// Tools is what a job works with: the engine gives it.
type Tools struct {
	Memory  world.Memory
	Probes  limiter.Limiter                           // bound how many handshakes and look-ups run at once
	Say     func(string, ...any)                      // tells the screen how the task gets on
	Connect func(context.Context) (vos.Driver, error) // returns the connection to the node, and dials it first where there is none
	Drop    func()                                    // gives the connection up
}

// NewJob makes the working place of one task of a plan.
func NewJob(p *Plan, w world.World, t Task, tools Tools) *Job {
	n, _ := p.Node(t.Node)
	view, _ := p.Task(t)
	job := &Job{Task: t, Node: n, Unit: p.Step(t.Step).UnitIn(p.Change()), Plan: p, World: w, Seen: &Seen{}, Files: map[string]*x509.Certificate{}, tools: tools}
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

// Refuse makes an error of our own "no" before anything was sent to the node.
func (j *Job) Refuse(rule string, means, next msg.Text, what string, args ...any) error {
	if rule != "" {
		means = msg.T("%s (%s)", means, rule)
	}
	return &vos.Error{Class: vos.ErrRefused, Node: j.Node.FQDN, What: msg.T(what, args...), Means: means, Next: next}
}

// Failing reports whether an error ends a look. What a node has no command for, or does not let this account see, is
// noted: the change does not stand on it.
func (j *Job) Failing(what msg.Text, err error) bool {
	if errors.Is(err, vos.ErrRefused) {
		j.Seen.Findings = append(j.Seen.Findings, Find(codes.NotShown, Note, "", msg.Text{}, "could not read %s from the node: %s", what, TroubleOf(err).Said)...)
		return false
	}
	return err != nil
}
