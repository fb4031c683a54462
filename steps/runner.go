package steps

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Event is what a Runner tells the face: an entry that is on disk, how a task gets on, or a dialogue that waits for a
// person, and then that it waits no longer.
type Event struct {
	Entry    *session.Entry
	Progress *Progress
	Errand   *Errand
}

// Progress is one line about a task that runs. Args may hold words of nodes.
type Progress struct {
	Task Task
	Text string
	Args []any
	At   time.Time
}

// Runner works on the tasks of one session. It folds the journal for itself and shares no memory with a screen.
type Runner struct {
	plan   *Plan
	memory Memory
	world  World
	notify func(Event) // must not block

	mu    sync.Mutex // order of journal and fold
	lines sync.Map   // FQDN -> *line
	desk  desk

	tasks, probes places
}

// runnerOf makes a runner of the fold of a journal, which is its own from now on. notify is told every entry after it is on
// disk; it must not block.
func runnerOf(plan *Plan, memory Memory, world World, notify func(Event)) *Runner {
	if world.Probe == nil {
		world.Probe = vos.Probe
	}
	if world.Now == nil {
		world.Now = time.Now
	}
	return &Runner{plan: plan, memory: memory, world: world, notify: notify,
		tasks: newPlaces(taskPlaces, taskMoment), probes: newPlaces(probePlaces, probeMoment)}
}

// Keep writes a file into the folder of the session, and returns where it lies.
func (r *Runner) Keep(rel string, data []byte) (string, error) { return r.memory.Keep(rel, data) }

// Now is the time by the clock of the runner's world.
func (r *Runner) Now() time.Time { return r.world.Now() }

// Plan returns the runner's own fold, to read from.
func (r *Runner) Plan() *Plan { return r.plan }

// Resume says that a program takes the session up again: what had begun is unsure.
func (r *Runner) Resume() error { return r.append(KindResumed, Task{}, Resumed{r.world.Program}) }

// Take says that the session was taken from somebody who held it, or to whom it was handed over; lab is the folder of its
// lab from now on, or empty.
func (r *Runner) Take(from session.Holder, lab string) error {
	return r.append(KindTaken, Task{}, Taken{from, r.world.Program, lab})
}

// Export says that the session is handed over: whoever imports it goes on.
func (r *Runner) Export() error { return r.append(KindExported, Task{}, Resumed{r.world.Program}) }

// Import says that a session that was handed over is taken up here; lab is the folder of its lab here, or empty.
func (r *Runner) Import(lab string) error {
	return r.append(KindImported, Task{}, Imported{r.world.Program, lab})
}

// Locate says where a node is dialled from now on, where that is not where it was.
func (r *Runner) Locate(fqdn string, l Location) error {
	return r.append(KindLocated, Task{Node: fqdn}, l)
}

// Choose says how a node is spoken to from now on. The line to it is given up, so no task may be working on it.
func (r *Runner) Choose(fqdn string, w vos.Way) error {
	if _, err := vos.ParseWay(string(w)); err != nil {
		return err
	}
	if err := r.append(KindWay, Task{Node: fqdn}, Way{w}); err != nil {
		return err
	}
	r.line(fqdn).drop()
	return nil
}

// Answer writes down what a person said. A question that was not asked, or a value that is no answer to it, is an error.
func (r *Runner) Answer(q Asked, value string) error {
	n, _ := r.plan.Node(q.Task.Node)
	switch q.Question.Kind {
	case NodeName:
		if !sameName(value, n) {
			return fmt.Errorf("%q is not the name of %s: nothing was done; type it in full, or Esc goes back", value, n.FQDN)
		}
	case Choice:
		if !q.Question.allows(value) {
			return fmt.Errorf("%q is not one of the answers: nothing was written", value)
		}
	default:
		return fmt.Errorf("%s is answered with files", q.Question.ID)
	}
	err := r.append(KindAnswered, q.Task, Answer{Question: q.Question.ID, Value: value, Key: q.Question.Key})
	switch {
	case err != nil:
		return err
	case r.plan.Step(q.Task.Step).Role == RoleAsk: // the report says what it says now
		return r.reopen("a question that was owed is answered", func(row Step, _ Task) bool { return row.Role == RoleReport })
	case q.Question.ID == AskFindings && value == again:
		return r.reopen("read again before checking again", func(row Step, t Task) bool { return row.Role == RoleSurvey && t.Node == q.Task.Node })
	}
	return nil
}

func (q Question) allows(value string) bool {
	for _, o := range q.Options {
		if o.Value == value {
			return true
		}
	}
	return false
}

// Reopen says why a task has to be done once more.
func (r *Runner) Reopen(t Task, why string) error {
	return r.append(KindReopened, t, Trouble{Class: "reopened", What: why})
}

// Again begins anew on one node whose certificate it does not take: CSR, CA and uploads. What is installed on other nodes
// stays. The node is not touched; what becomes of a CSR that it holds is asked.
func (r *Runner) Again(fqdn string) error {
	n, _ := r.plan.Node(fqdn)
	return r.again(fqdn, r.plan.Scope().together(n), "")
}

// AgainIn is Again for the identity that a row installs: a new CSR for tomcat-ECDSA leaves tomcat as it is.
func (r *Runner) AgainIn(row Step, fqdn string) error {
	if row.Unit == "" {
		return r.Again(fqdn)
	}
	return r.again(fqdn, []string{fqdn}, row.Unit)
}

func (r *Runner) again(fqdn string, together []string, unit string) error {
	return r.reopen("a new CSR for "+fqdn, func(row Step, t Task) bool {
		switch row.Role {
		case RoleRequest, RoleInstall:
			return row.Unit == unit && slices.Contains(together, t.Node)
		case RoleOutbox, RoleHandOver:
			return true
		}
		return replyAndTrust(row, t)
	})
}

// OtherReply takes the CA's reply once more: other files answer the same CSRs. No node is touched; what is installed stays.
func (r *Runner) OtherReply() error { return r.reopen("other files of the CA", replyAndTrust) }

// replyAndTrust are the rows that take the CA's files, and bring its CAs into the stores.
func replyAndTrust(row Step, _ Task) bool {
	return row.Role == RoleReply || row.Role == RoleTrust && row.Retry.May(OtherFiles)
}

// reopen lets tasks that have ended be done once more. Rows whose end is looked at again find what is there already.
func (r *Runner) reopen(why string, these func(Step, Task) bool) error {
	for _, row := range r.plan.Rows() {
		for _, t := range row.Tasks {
			if t.State == Idle || t.State == Running || !these(row.Step, t.Task) {
				continue
			}
			if err := r.Reopen(t.Task, why); err != nil {
				return err
			}
		}
	}
	return nil
}

// append puts an entry on disk, then into the fold, then before the eyes.
func (r *Runner) append(kind string, t Task, data any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, err := r.memory.Append(kind, t.Step, t.Node, data)
	if err != nil {
		return &vos.Error{Class: vos.ErrRefused, Node: t.Node, What: "the journal could not be written", Err: err,
			Means: "nothing is done that is not written down first", Next: "make room or give back the right to write, then Enter tries again"}
	}
	if err := r.plan.Apply(e); err != nil {
		return err
	}
	r.notify(Event{Entry: &e})
	return nil
}

// Run works on all tasks of a row that may run now: side by side where they do not interrupt, one alone where they do.
// It returns the first error in node order; what became of each task stands in the journal. A task that needs a person
// is not an error: Plan.Next has the question.
func (r *Runner) Run(ctx context.Context, step string) error {
	row, tasks, why := r.plan.Ready(step)
	if why != nil {
		return fmt.Errorf("%s: %w", step, why)
	}
	errs := make([]error, len(tasks))
	var all sync.WaitGroup
	for i, t := range tasks {
		leave, _ := r.tasks.take(ctx)
		all.Go(func() {
			defer leave()
			errs[i] = r.guarded(ctx, row, t, leave)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// guarded keeps a panic in one task from taking the program, and the other nodes' tasks, with it.
func (r *Runner) guarded(ctx context.Context, row Step, t Task, leave func()) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = &vos.Error{Class: vos.ErrUncertain, Node: t.Node, What: fmt.Sprintf("the program failed: %v", x),
				Means: "the task may or may not have been done", Next: "Enter looks at the node; please report this with the session's crash file"}
			_, _ = r.memory.Keep("crash.txt", debug.Stack())
			err = errors.Join(err, r.end(t, err))
		}
	}()
	return r.one(ctx, row, t, leave)
}

// Close ends all connections.
func (r *Runner) Close() error {
	var errs []error
	r.lines.Range(func(_, v any) bool {
		errs = append(errs, v.(*line).close())
		return true
	})
	return errors.Join(errs...)
}
