// Package app is what the screens and line mode need from the program that shows them: functions, so that a test can be the
// program, and what an open session consists of.
package app

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// App is what the screens and line mode need from the program: a struct of functions, so that a test can be the program. The functions may
// block and are called outside of Update.
type App struct {
	Say      lang.Localizer
	Version  string
	Sessions func() ([]Listed, error)                              // newest first
	Begin    func(c change.Change, from string) (*Work, error)     // a new session on real nodes; from is the saved solution that the form began with, or ""
	Revise   func(w *Work, c change.Change) (*Work, error)         // puts an open session away and begins it again with what was changed in the form
	Saved    func() ([]Saved, error)                               // the solution files of this person
	Discover func(ctx context.Context, q Query) (Found, error)     // asks a node which nodes its cluster has; *UnknownKey and *vos.LegacyError want a person
	Lab      func() (*Work, error)                                 // a new session on the embedded cluster
	Lessons  func() ([]practice.Info, error)                       // what the lab can teach
	Lesson   func(name string) (*Work, error)                      // a new session with a lesson
	Resume   func(name string) (*Work, error)                      // takes a session up again
	TakeOver func(name string, from session.Holder) (*Work, error) // takes it from a program that holds it
	Renew    func(name string) (*Work, error)                      // a new session that renews what a finished one did
	Learn    func() timing.Durations                               // how long rows took on this site; nil: only what is usual is known
	Rehearse func(w *Work) (plan.Rehearsal, error)                 // plays its plan on simulated nodes, and writes down what came of it; may take a minute
	Report   func(name, format string) ([]byte, error)             // "md", "html" or "json"
	Hold     func(hold func() bool)                                // line mode: what the first Ctrl+C asks; true: the end comes by itself
	Archive  func(name string) (to string, err error)              // puts a session away, into a folder of the archive
	Delete   func(name string) error                               // removes a session; its name was typed
	Rename   func(name, to string) (string, error)                 // another name on this machine; returns it as it is spelled
	Guarded  bool                                                  // another process restores the terminal: a panic ends the program, and is kept
}

// Saved is a solution file that a new change can begin with.
type Saved struct {
	Name   string // of the file, without its ending
	Change change.Change
	Err    error // why it cannot be used; nil: it can
}

// Query asks a node which nodes its cluster has.
type Query struct {
	Host   string // HOST or HOST:SSH-PORT
	Login  vos.Login
	Key    string // fingerprint of the host key that the person compared, or ""
	Legacy bool   // the person allowed SSH algorithms that are insecure today
}

// Found is the answer: the nodes of the cluster, and what the person accepted of the one that was asked.
type Found struct {
	Nodes []vos.Node
	Known map[string]change.Know
}

// UnknownKey tells that a node shows a host key that a person must compare first. No password was sent.
type UnknownKey struct {
	Host string
	Key  vos.HostKey
	Says msg.Text // what known_hosts tells about it, or nothing
}

// Text names the key.
func (u *UnknownKey) Text() msg.Text {
	return msg.T("%s presents the SSH host key (%s) %s", u.Host, u.Key.Type, u.Key.Fingerprint)
}

// Error is the same in English.
func (u *UnknownKey) Error() string { return u.Text().String() }

// Consent is what a person decides before a node is asked for its cluster.
type Consent struct {
	Says  msg.Text // what the node shows; empty where Asks says it
	Asks  msg.Text // to be answered with yes or no
	Means msg.Text // what must be known before it is answered
	Give  func(q *Query)
}

// ConsentTo is the question behind the error of Discover: about a host key that is new here, or about insecure algorithms. ok is false
// for any other error, and for what the query allows already.
func ConsentTo(q Query, err error) (c Consent, ok bool) {
	var key *UnknownKey
	var old *vos.LegacyError
	switch {
	case errors.As(err, &key) && q.Key == "":
		means := msg.T("Compare it with what the node's console shows. No password was sent yet.")
		if !key.Says.IsZero() {
			means = msg.Beside(means, key.Says)
		}
		return Consent{key.Text(), msg.T("Is it the same?"), means, func(q *Query) { q.Key = key.Key.Fingerprint }}, true
	case errors.As(err, &old) && !q.Legacy:
		return Consent{msg.Text{}, msg.T("%s offers only insecure SSH algorithms: %s. Allow them for this node?", q.Host, old.Offered),
			msg.T("An attacker on the network path could read the password."), func(q *Query) { q.Legacy = true }}, true
	}
	return Consent{}, false
}

// Listed is one session of the list.
type Listed struct {
	Name    string
	Lab     bool
	Where   standing.Where
	Held    *session.Holder // another program has it open
	Stopped bool            // that program was suspended
	Wrote   time.Time       // when the last entry was written
	Err     error           // why it cannot be read
	Opened  time.Time
}

// Work is an open session: the journal so far, the engine, and the way events come back.
type Work struct {
	Name     string
	Dir      string          // session folder
	Entries  []session.Entry // what the journal held when it was opened, the resumed entry included; fold it for the face
	Runner   *engine.Runner
	Events   *engine.EventQueue
	SetLogin func(fqdn string, l vos.Login) // "": for all nodes
	HasLogin func(fqdn string) bool
	User     func(fqdn string) string // the account that the solution file names for a node, "" for all nodes; nil: it names none
	JumpHost func() string            // the jump host whose password must be asked for, or ""; may be nil
	Lab      *practice.Services       // nil: real nodes
	Close    func() error
	Kept     string // the solution file in which the form was written down, or ""
}

// Lesson is what a session is to teach; nil: nothing, or there is no session.
func (w *Work) Lesson() *practice.Lesson {
	if w == nil || w.Lab == nil {
		return nil
	}
	return w.Lab.Lesson
}

// LoginGoesOn says where an account goes too that is asked for on one node.
const LoginGoesOn = "Once this node accepts it, it is also tried on the nodes that were not tried yet, one first."

// Jump reports whether a login that NeedsLogin named is that of the jump host, not of a node.
func Jump(p *plan.Plan, name string) bool {
	host := p.Change().Solution.Route.Host()
	return host != "" && name == host
}

// LoginAs returns the user with whom a login begins: of the jump host, of the solution file, or typed before; and what is said about
// it, English source.
func LoginAs(w *Work, p *plan.Plan, name, typed string) (user, about string) {
	if p != nil && Jump(p, name) {
		return p.Change().Solution.Route.User(), "Your account on the jump host, not one of a node. The password is kept only in memory, until you quit."
	}
	user = w.account(name)
	if user == "" {
		user = cmp.Or(typed, w.account(""))
	}
	return user, "The OS Administration account. It is kept only in memory, until you quit. Three failed logins in a row may lock the account."
}

// account is the account that the solution file names: for a node where that is another than for all of them; "": for all.
func (w *Work) account(fqdn string) string {
	if w == nil || w.User == nil {
		return ""
	}
	user := w.User(fqdn)
	if fqdn != "" && user == w.User("") {
		return ""
	}
	return user
}

// NeedsLogin returns the node whose login must be asked for before the tasks can run; "" with true: all nodes that have none.
// A jump host that wants a password comes first: nothing is reached without it. A node that refused a login is asked for alone
// (LoginGoesOn), and one that has an account of its own in the solution file; else one account is asked for once, for all nodes of
// the change, also where the next row is about one of them.
func NeedsLogin(w *Work, p *plan.Plan, tasks []plan.Task) (string, bool) {
	lacks := func(n vos.Node) bool { return n.Connection.NeedsLogin() && !w.HasLogin(n.FQDN) }
	if w.JumpHost != nil {
		if host := w.JumpHost(); host != "" && len(tasks) > 0 {
			return host, true
		}
	}
	missing, own := "", ""
	for _, t := range tasks {
		n, known := p.Node(t.Node)
		switch {
		case !known || !lacks(n):
		case p.Refusals(n.FQDN) > 0:
			return n.FQDN, true
		case w.account(n.FQDN) != "":
			own = cmp.Or(own, n.FQDN)
		default:
			missing = cmp.Or(missing, n.FQDN)
		}
	}
	if missing == "" {
		return own, own != ""
	}
	all := 0
	for _, n := range p.Nodes() {
		if lacks(n) && p.Refusals(n.FQDN) == 0 && w.account(n.FQDN) == "" {
			all++
		}
	}
	if all > 1 {
		return "", true
	}
	return missing, true
}

// First is the session that a person most likely wants to go on with. One at which another program is at work comes only
// where there is no other; one whose program was suspended comes as it stands in the list.
func First(all []Listed) (first *Listed) {
	for i, l := range all {
		switch {
		case l.Err != nil || l.Held != nil && l.Where.Outcome == standing.Proven:
		case l.Held == nil || l.Stopped:
			return &all[i]
		case first == nil:
			first = &all[i]
		}
	}
	return first
}
