package engine

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/limiter"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Event is what a Runner tells a screen: an entry that is on disk, how a task gets on, or a dialogue that waits for a person,
// and then that it waits no longer. End is what the owner of a queue puts behind the entries of something that is over, so
// that it is told when they have been: a Runner never sets it.
type Event struct {
	Entry    *session.Entry
	Progress *Progress
	Errand   *ManualTask
	End      any
}

// Progress is one line about a task that runs. Its arguments may be words of nodes.
type Progress struct {
	Task plan.Task
	Text msg.Text
	At   time.Time
}

// Runner works on the tasks of one session. It folds the journal for itself and shares no memory with a screen.
type Runner struct {
	plan   *plan.Plan
	memory world.Memory
	world  world.World
	notify func(Event) // must not block

	mu    sync.Mutex // order of journal and fold
	queue appendQueue
	links sync.Map // FQDN -> *line
	sent  sync.Map // plan.Task -> true: its command went out in this program

	entering sync.Mutex // one task enters the jump host

	accounts accounts
	manual   manualQueue

	tasks, probes limiter.Limiter
}

// New makes a runner of the fold of a journal, which is its own from now on. notify is told every entry after it is on
// disk; it must not block.
func New(p *plan.Plan, memory world.Memory, outside world.World, notify func(Event)) *Runner {
	if outside.Probe == nil {
		outside.Probe = vos.Probe
	}
	if outside.Now == nil {
		outside.Now = time.Now
	}
	return &Runner{plan: p, memory: memory, world: outside, notify: notify,
		tasks: limiter.New(limiter.TaskPlaces, limiter.TaskMoment), probes: limiter.New(limiter.ProbePlaces, limiter.ProbeMoment)}
}

// Keep writes a file into the folder of the session, and returns where it lies.
func (r *Runner) Keep(rel string, data []byte) (string, error) { return r.memory.Keep(rel, data) }

// Now is the time by the clock of the runner's world.
func (r *Runner) Now() time.Time { return r.world.Now() }

// Words is the language of the files that the runner writes for people; nil: English.
func (r *Runner) Words() msg.Localizer { return r.world.Words }

// Plan returns the runner's own fold, to read from.
func (r *Runner) Plan() *plan.Plan { return r.plan }

// Resume says that a program takes the session up again: what had begun is unsure.
func (r *Runner) Resume() error {
	return r.Append(plan.KindResumed, plan.Task{}, plan.Resumed{Program: r.world.Program})
}

// Take says that the session was taken from the program that held it, or to whom it was handed over; lab is the folder of its
// lab from now on, or empty.
func (r *Runner) Take(from session.Holder, lab string) error {
	return r.Append(plan.KindTaken, plan.Task{}, plan.Taken{From: from, Program: r.world.Program, Lab: lab})
}

// Export says that the session is handed over: it continues where it is imported.
func (r *Runner) Export() error {
	return r.Append(plan.KindExported, plan.Task{}, plan.Resumed{Program: r.world.Program})
}

// Import says that a session that was handed over is taken up here; lab is the folder of its lab here, or empty.
func (r *Runner) Import(lab string) error {
	return r.Append(plan.KindImported, plan.Task{}, plan.Imported{Program: r.world.Program, Lab: lab})
}

// Locate says where a node is dialled from now on, where that is not where it was.
func (r *Runner) Locate(fqdn string, l plan.Location) error {
	return r.Append(plan.KindLocated, plan.Task{Node: fqdn}, l)
}

// Choose says how a node is spoken to from now on. The line to it is given up, so no task may be working on it.
func (r *Runner) Choose(fqdn string, w vos.Connection) error {
	if _, err := vos.ParseConnection(string(w)); err != nil {
		return err
	}
	if err := r.Append(plan.KindConnection, plan.Task{Node: fqdn}, plan.Connection{Connection: w}); err != nil {
		return err
	}
	r.link(fqdn).drop()
	return nil
}

// Answer writes down what a person said. A question that was not asked, or a value that is no answer to it, is an error.
// why is what answered where no person was asked.
func (r *Runner) Answer(q plan.Asked, value string, why ...msg.Text) error {
	n, _ := r.plan.Node(q.Task.Node)
	switch q.Question.Kind {
	case plan.NodeName:
		if !plan.SameName(value, n) {
			return msg.Errorf("%q is not the name of %s. Nothing was done. Type the full name.", value, n.FQDN)
		}
	case plan.Choice:
		if !q.Question.Allows(value) {
			return msg.Errorf("%q is not one of the answers. Nothing was recorded.", value)
		}
		if value == plan.All {
			return errors.New("Accepting all keys must be confirmed by typing. Nothing was recorded.")
		}
	case plan.Phrase:
		if strings.TrimSpace(value) != q.Question.Phrase {
			return msg.Errorf("%q is not what was asked for. Nothing was recorded. Type: %s", value, q.Question.Phrase)
		}
	default:
		return msg.Errorf("%s needs files as the answer", q.Question.ID)
	}
	var err error
	for _, one := range answersOf(q, value) {
		if one.Answer.Why = msg.Joined(slices.DeleteFunc(why, msg.Text.IsZero), "; "); err == nil {
			err = r.Append(plan.KindAnswered, one.Task, one.Answer)
		}
	}
	switch {
	case err != nil:
		return err
	case r.plan.Step(q.Task.Step).Role == plan.RoleAsk: // the report says what it says now
		return r.reopen(msg.T("an open question was answered"), func(row plan.Step, _ plan.Task) bool { return row.Role == plan.RoleReport })
	case q.Question.ID == plan.AskOther && value == plan.MakeCSR:
		return r.NewCSR(q.Task.Node)
	case q.Question.ID == plan.AskStale && value == plan.RestartAgain:
		return r.Reopen(q.Task, msg.T("to be restarted again"))
	case q.Question.ID == plan.AskFindings && value == plan.Again:
		return r.reopen(msg.T("read again before the new check"), func(row plan.Step, t plan.Task) bool { return row.Role == plan.RoleSurvey && t.Node == q.Task.Node })
	}
	return nil
}

// Reopen says why a task has to be done once more.
func (r *Runner) Reopen(t plan.Task, why msg.Text) error {
	r.sent.Delete(t)
	return r.Append(plan.KindReopened, t, plan.Trouble{Class: "reopened", What: why})
}

// NewCSR starts again on one node that refuses its certificate: CSR, CA and uploads. What is installed on other nodes
// stays. The node is not touched; what becomes of a CSR that it holds is asked.
func (r *Runner) NewCSR(fqdn string) error {
	n, _ := r.plan.Node(fqdn)
	return r.newCSR(fqdn, r.plan.Scope().Together(n), "")
}

// NewCSRIn is Again for the identity that a row installs: a new CSR for tomcat-ECDSA leaves tomcat as it is.
func (r *Runner) NewCSRIn(row plan.Step, fqdn string) error {
	if row.Unit == "" {
		return r.NewCSR(fqdn)
	}
	return r.newCSR(fqdn, []string{fqdn}, row.Unit)
}

func (r *Runner) newCSR(fqdn string, together []string, unit string) error {
	return r.reopen(msg.T("new CSR for %s", fqdn), func(row plan.Step, t plan.Task) bool {
		switch row.Role {
		case plan.RoleRequest, plan.RoleInstall:
			return row.Unit == unit && slices.Contains(together, t.Node)
		case plan.RoleRestart, plan.RoleProve: // the node gets another certificate than the one it was restarted for
			return row.Renews() && slices.Contains(together, t.Node)
		case plan.RoleOutbox, plan.RoleHandOver:
			return true
		}
		return replyAndTrust(row, t)
	})
}

// OtherReply takes the CA's reply once more: other files answer the same CSRs. No node is touched; what is installed stays.
func (r *Runner) OtherReply() error { return r.reopen(msg.T("other files from the CA"), replyAndTrust) }

// replyAndTrust are the rows that take the CA's files, and bring its CAs into the stores.
func replyAndTrust(row plan.Step, _ plan.Task) bool {
	return row.Role == plan.RoleReply || row.Role == plan.RoleTrust && row.Retry.May(plan.OtherFiles)
}

// reopen lets tasks that have ended be done once more. Rows whose end is looked at again find what is there already.
func (r *Runner) reopen(why msg.Text, these func(plan.Step, plan.Task) bool) error {
	for _, row := range r.plan.Rows() {
		for _, t := range row.Tasks {
			if t.State == plan.Idle || t.State == plan.Running || !these(row.Step, t.Task) {
				continue
			}
			if err := r.Reopen(t.Task, why); err != nil {
				return err
			}
		}
	}
	return nil
}

// RestartAgain has a node restarted once more that was restarted and is not verified: the row asks for its name again.
func (r *Runner) RestartAgain(fqdn string) error {
	return r.reopen(msg.T("to be restarted again"), func(row plan.Step, t plan.Task) bool { return t.Node == fqdn && row.Renews() })
}

// Run works on all tasks of a row that may run now: side by side where they do not interrupt, one alone where they do.
// It returns the first error in node order; what became of each task stands in the journal. A task that needs a person
// is not an error: Plan.Next has the question. Run stands for a person's decision; Continue does not.
func (r *Runner) Run(ctx context.Context, step string) error {
	row, tasks, why := r.plan.Ready(step)
	if why != nil {
		return msg.Errorf("%s: %w", step, why)
	}
	return sideBySide(ctx, r, row, tasks)
}

// Continue is Run without a person's decision: a task whose command went out in this program before is left out, so that the
// program itself never sends a node the same bytes or the same command twice. Where only such tasks are left the error is
// ErrSent.
func (r *Runner) Continue(ctx context.Context, step string) error {
	row, tasks, why := r.plan.Ready(step)
	if why != nil {
		return msg.Errorf("%s: %w", step, why)
	}
	if tasks = untried(r, row, tasks); len(tasks) == 0 {
		return msg.Errorf("%s: %w", step, ErrSent)
	}
	return sideBySide(ctx, r, row, tasks)
}

// sideBySide works on several tasks of a row at once.
func sideBySide(ctx context.Context, r *Runner, row plan.Step, tasks []plan.Task) error {
	errs := make([]error, len(tasks))
	var all sync.WaitGroup
	for i, t := range tasks {
		leave, _ := r.tasks.Take(ctx)
		all.Go(func() {
			defer leave()
			errs[i] = r.guarded(ctx, &row, t, leave)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// guarded keeps a panic in one task from taking the program, and the other nodes' tasks, with it.
func (r *Runner) guarded(ctx context.Context, row *plan.Step, t plan.Task, leave func()) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = crash(r.memory, t.Node, x)
			err = errors.Join(err, r.end(t, err))
		}
	}()
	return r.runTask(ctx, row, t, leave)
}

// crash is the error of a panic, whose stack it keeps.
func crash(m world.Memory, node string, x any) error {
	_, _ = m.Keep("crash.txt", debug.Stack())
	return &vos.Error{Class: vos.ErrUncertain, Node: node, What: msg.T("Internal error: %v", x),
		Means: msg.T("The node may or may not have been changed."), Next: msg.T("Press Enter to check the node. Please report this with the crash file in the session folder.")}
}

// Close ends all connections.
func (r *Runner) Close() error {
	var errs []error
	r.links.Range(func(_, v any) bool {
		errs = append(errs, v.(*link).close())
		return true
	})
	return errors.Join(errs...)
}

// Rehearsed writes down what a rehearsal has shown. From now on each node is compared with what the rehearsal stood on
// before it is changed.
func (r *Runner) Rehearsed(what plan.Rehearsal) error {
	return r.Append(plan.KindRehearsed, plan.Task{}, what)
}

// SetWindow says when the change window ends; zero: there is none.
func (r *Runner) SetWindow(w plan.Window) error { return r.Append(plan.KindWindow, plan.Task{}, w) }
