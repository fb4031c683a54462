package engine

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// link is the one connection to a node that is kept for the whole run.
type link struct {
	mu   sync.Mutex
	open vos.Driver
	job  atomic.Pointer[plan.Job] // what works on the node now: the connection reports the progress of that job, and not of the one that opened it
}

func (r *Runner) link(fqdn string) *link {
	l, _ := r.links.LoadOrStore(fqdn, &link{})
	return l.(*link)
}

func (l *link) driver(ctx context.Context, r *Runner, job *plan.Job) (vos.Driver, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.job.Store(job)
	if l.open != nil {
		return l.open, nil
	}
	n, _ := r.plan.Node(job.Node.FQDN)
	d, err := entrance{r, job, n}.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.open = d
	return d, nil
}

// says tells how the task gets on that works on the node; first is the one that opens the connection.
func (l *link) says(words string, first *plan.Job) {
	job := l.job.Load()
	if job == nil {
		job = first
	}
	job.Say("%s", msg.English(words))
}

// stands reports whether there is a connection.
func (l *link) stands() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open != nil
}

// drop forgets a connection that is no longer trusted.
func (l *link) drop() { _ = l.close() }

func (l *link) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		return nil
	}
	d := l.open
	l.open = nil
	return d.Close()
}

// entrance is one way into a node, for the task that needs it. Without a task no question can be asked.
type entrance struct {
	r   *Runner
	job *plan.Job
	to  vos.Node
}

// dial enters a node: never a third refused login by itself, never an unknown or changed host key.
func (e entrance) dial(ctx context.Context) (vos.Driver, error) {
	r, job, n := e.r, e.job, e.to
	if err := enter(ctx, r, job); err != nil {
		return nil, err
	}
	if !n.Connection.NeedsLogin() {
		return r.world.Dialer.Dial(ctx, n, e.access())
	}
	if r.plan.Refusals(n.FQDN) >= plan.MaxRefusals {
		return nil, &plan.Ask{Question: plan.Question{ID: plan.AskLockout, Kind: plan.NodeName, Rule: "Unified CM CLI Reference Guide",
			Text: msg.T("%s refused two logins in a row. A third failure may lock the account for 5 minutes or longer.", n.FQDN),

			Means: msg.T("Check user and password first. To try again, type the node's name.")}}
	}
	login, ok := r.world.Login(n)
	if !ok && r.plan.Refusals(n.FQDN) > 0 {
		return nil, &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("The node refused the user and password, and no others were given"),
			Means: msg.T("Nothing was sent to the node since."), Next: msg.T("Check the user and password of the OS Administration account, and enter them again.")}
	}
	if !ok {
		return nil, &vos.Error{Class: vos.ErrLogin, Node: n.FQDN, What: msg.T("No user and password were given"),
			Means: msg.T("Nothing was sent to the node."), Next: msg.T("Enter the user and password of the OS Administration account.")}
	}
	job.Say("logging in")
	d, err := e.logIn(ctx, login)
	var legacy *vos.LegacyError
	if errors.As(err, &legacy) {
		if err = e.allowLegacy(legacy); err == nil {
			d, err = e.logIn(ctx, login)
		}
	}
	if err != nil {
		return nil, e.notEntered(login, err)
	}
	return d, e.accepted(login)
}

// logIn dials once. Its error holds the question that a host key or certificate raises, or tells that the account was not
// tried.
func (e entrance) logIn(ctx context.Context, login vos.Login) (vos.Driver, error) {
	r, n := e.r, e.to
	pin, legacy := r.plan.Pin(n.FQDN)
	access := e.access()
	access.Login, access.Pinned, access.Legacy = login, pin, legacy
	access.CheckKey = func(k vos.HostKey) error {
		err := told(r.world, n, k, e.known(pin, k))
		if err == nil {
			e.job.Seen.HostKey = &k
		}
		return err
	}
	t := &try{account: r.accounts.account(login), node: n.FQDN}
	t.waitTurn(ctx, &access)
	d, err := r.world.Dialer.Dial(ctx, n, access)
	t.end(err)
	return d, err
}

// allowLegacy lets a node be spoken to with what is insecure today, where that was decided before the run; else it asks.
func (e entrance) allowLegacy(lacks *vos.LegacyError) error {
	if allows := e.r.world.Legacy; allows == nil || !allows(e.to) {
		return askLegacy(e.to, lacks.Offered)
	}
	return e.r.Append(plan.KindAnswered, e.job.Task, plan.Answer{Question: plan.AskLegacy, Value: plan.Yes, Why: msg.T("it was decided before the run")})
}

// access is what every way into a node needs.
func (e entrance) access() vos.Access {
	r, job, n := e.r, e.job, e.to
	a := vos.Access{ByHand: r.askPerson, CheckCert: e.knownCert, Say: func(s string) { r.link(n.FQDN).says(s, job) }}
	if t := r.world.Transcript; t != nil {
		a.Transcript = func(typed bool, text string) { t(n.FQDN, typed, text) }
	}
	return a
}

// accepted lets the lockout count start again after a refusal.
func (e entrance) accepted(login vos.Login) error {
	if e.r.plan.Refusals(e.to.FQDN) == 0 {
		return nil
	}
	return e.r.Append(plan.KindLogin, plan.Task{Node: e.to.FQDN}, plan.LoginTry{User: login.User, OK: true})
}

// notEntered is what a login that failed means.
func (e entrance) notEntered(login vos.Login, err error) error {
	var question *plan.Ask
	var other *notTried
	switch {
	case errors.As(err, &question):
		return question
	case errors.As(err, &other):
		skip(e.r.world, e.to)
		return other.asError(e.to.FQDN)
	case errors.Is(err, vos.ErrLogin) && e.goesDown(login):
		return errors.Join(passing(e.to), e.count(login))
	case errors.Is(err, vos.ErrLogin):
		return errors.Join(err, e.refused(login))
	}
	return err
}

// goesDown reports whether a refused login is more likely the node's restart than the account: it was told to restart, and took
// the same account in this run. That is believed once: the second refusal in a row is one.
func (e entrance) goesDown(login vos.Login) bool {
	r, job := e.r, e.job
	_, sent := r.sent.Load(job.Task)
	return sent && r.plan.Step(job.Task.Step).Role == plan.RoleRestart && r.plan.Refusals(job.Node.FQDN) == 0 && r.accounts.account(login).tookIt(job.Node.FQDN)
}

// passing is the error of a login that a node refuses on its way down or up.
func passing(n vos.Node) error {
	return &vos.Error{Class: vos.ErrUnreachable, Code: codes.Passing, Node: n.FQDN, What: msg.T("The node refused the login that it accepted before the restart"),
		Means: msg.T("It is shutting down or starting. It may have counted one failed login."), Next: msg.T("Wait a minute, then press Enter to check the node.")}
}

// refused counts a login that a node has refused, and has it asked for again.
func (e entrance) refused(login vos.Login) error {
	forget(e.r.world, e.to)
	return e.count(login)
}

// count writes a refused login down.
func (e entrance) count(login vos.Login) error {
	return e.r.Append(plan.KindLogin, plan.Task{Node: e.to.FQDN}, plan.LoginTry{User: e.r.accounts.name(login), OK: false})
}

// refusedLater counts a login that an API, which is told the account with each request, has refused in the middle of the
// work: it would refuse it again each time. Where there is no line, the refusal was counted when it was dialled.
func (r *Runner) refusedLater(fqdn string) error {
	if !r.link(fqdn).stands() {
		return nil
	}
	r.link(fqdn).drop()
	n, _ := r.plan.Node(fqdn)
	login, _ := r.world.Login(n)
	return entrance{r: r, to: n}.refused(login)
}

// told adds to a question about a host key what known_hosts of this user says of it.
func told(w world.World, n vos.Node, k vos.HostKey, err error) error {
	var question *plan.Ask
	if w.KnownHosts != nil && errors.As(err, &question) {
		if says := w.KnownHosts(n, k); !says.IsZero() {
			question.Question.Lines = append(question.Question.Lines, says)
		}
	}
	return err
}

// known accepts a first key whose fingerprint a person compared before the run; that is written down as an answer.
func (e entrance) known(pin *vos.HostKey, k vos.HostKey) error {
	r, job, n := e.r, e.job, e.to
	o, handed := plan.Proposed(r.plan, n.FQDN)
	switch {
	case pin == nil && given(r, n, k.Fingerprint):
		return r.Append(plan.KindAnswered, job.Task, plan.Answer{Question: plan.AskHostKey, Value: plan.Yes, Key: &k, Why: msg.T("fingerprint given on the command line")})
	case pin == nil && handed:
		return handedKey(n, o, k)
	}
	return checkKey(n, pin, k)
}

// checkKey holds a host key against the one that was accepted before.
func checkKey(n vos.Node, pin *vos.HostKey, k vos.HostKey) error {
	switch {
	case pin == nil:
		return &plan.Ask{Question: plan.Question{ID: plan.AskHostKey, Kind: plan.Choice, Key: &k,
			Text: msg.T("First connection to %s. Its SSH host key is %s %s", n.FQDN, k.Type, k.Fingerprint),
			Means: msg.T("Compare it with the fingerprint on the node's console, or on a machine that has connected before: ssh-keygen -l -F NODE. If it differs, you are talking to another " +
				"machine."),
			Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, the fingerprints match")}}}}
	case *pin != k:
		return &plan.Ask{Question: plan.Question{ID: plan.AskChangedKey, Kind: plan.NodeName, Key: &k,
			Text: msg.T("STOP: the SSH host key of %s changed from %s to %s", n.FQDN, pin.Fingerprint, k.Fingerprint),
			Means: msg.T("The node was reinstalled, or another machine is answering. No password was sent. Continue only if " +
				"you know why: type the node's name.")}}
	}
	return nil
}

// forget has the login of a node asked for again.
func forget(w world.World, n vos.Node) {
	if w.Refused != nil {
		w.Refused(n)
	}
}

// skip has the login of a node asked for again that was not tried there.
func skip(w world.World, n vos.Node) {
	if w.Untried == nil {
		forget(w, n)
		return
	}
	w.Untried(n)
}
