// Package app is what the screens and line mode need from the program that shows them: functions, so that a test can be the
// program, and what an open session consists of.
package app

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
)

// App is what the screens and line mode need from the program: a struct of functions, so that a test can be the program. The functions may
// block and are called outside of Update.
type App struct {
	Say      lang.Tongue
	Version  string
	Sessions func() ([]Listed, error)                              // newest first
	Begin    func(c plan.Change) (*Work, error)                    // a new session on real nodes
	Lab      func() (*Work, error)                                 // a new session on the embedded cluster
	Lessons  func() ([]LessonInfo, error)                          // what the lab can teach
	Lesson   func(name string) (*Work, error)                      // a new session with a lesson
	Resume   func(name string) (*Work, error)                      // takes a session up again
	TakeOver func(name string, from session.Holder) (*Work, error) // takes it from a program that holds it
	Renew    func(name string) (*Work, error)                      // a new session that renews what a finished one did
	Learn    func() timing.Durations                               // how long rows took on this site; nil: only what is usual is known
	Rehearse func(w *Work) (plan.Rehearsal, error)                 // plays its plan on simulated nodes, and writes down what came of it; may take a minute
	Report   func(name, format string) ([]byte, error)             // "md", "html" or "json"
	Hold     func(hold func() bool)                                // line mode: what the first Ctrl+C asks; true: the end comes by itself
	Guarded  bool                                                  // somebody else puts the terminal back: a panic ends the program, and is kept
}

// Hands does on the web page of a lab's node what a question asks a person to do there; nothing for other questions, or
// where the answer is not yes.
func (l *LabWork) Hands(p *plan.Plan, q plan.Asked, value string) error {
	switch {
	case l == nil || value != "yes":
		return nil
	case q.Question.ID == plan.AskPageCSR:
		return l.PageCSR(q.Task.Node, p.Change().Unit, true)
	case q.Question.ID == plan.AskCOP:
		return l.COP(q.Task.Node)
	case q.Question.ID == plan.AskPageUpload:
		return l.PageUpload(q.Task.Node, p.Change().Unit, certs.Leaf(p, q.Task.Node))
	}
	return nil
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
	Lab      *LabWork // nil: real nodes
	Close    func() error
	Kept     string // the solution file in which the form was written down, or ""
}

// LabWork is what only the lab can do for the technician.
type LabWork struct {
	Console func(fqdn string) vos.HostKey                        // what the node's own console would show
	Login   vos.Login                                            // the lab's account, given without asking
	Serves  func(fqdn string) string                             // SHA-256 of the certificate that the node's OS Administration shows; "": no node
	Sign    func(ctx context.Context) (folder string, err error) // the lab CA signs the outbox; folder holds its reply, or what a server's owner sends

	Lesson *Lesson // nil: nothing is to be learnt but the path

	// PageCSR and PageUpload do in OS Administration of a node what the command line cannot: a CSR, multi-server or not,
	// and the upload of an application certificate. Their errors are the page's words.
	PageCSR    func(fqdn, unit string, multi bool) error
	PageUpload func(fqdn, unit string, leaf *x509.Certificate) error
	// COP installs the COP against tomcat-ECDSA on a node; it works after the next restart.
	COP func(fqdn string) error
}

// Lesson is what a session in a scenario of the lab is about, and what can be done about it outside of this program. Its
// functions may block.
type Lesson struct {
	Title, Story, Goal string
	Untouched          bool              // it is right to stop before anything is changed
	HandOver           string            // row at which the session goes to a colleague; empty: none
	Answers            map[string]string // what the careful say to a question, by its id, where that is not what they say elsewhere
	Outside            []Outside
	Hints              []string                                     // that were given before the session was opened
	Hint               func() (hint string, more bool, err error)   // gives the next one, and logs it; more false: there is none
	Do                 func(title string) error                     // does one of Outside, and logs it
	Grade              func() (text string, passed bool, err error) // as it stands now, in Markdown
}

// Lesson is what a session is to teach; nil: nothing, or there is no session.
func (w *Work) Lesson() *Lesson {
	if w == nil || w.Lab == nil {
		return nil
	}
	return w.Lab.Lesson
}

// Outside is something that a person can do outside of this program: in OS Administration, at a console, on the telephone.
type Outside struct {
	Title   string
	At      string // row at which whoever plays the lesson unattended does it
	Mistake bool   // it is what the lesson warns of
}

// LessonInfo is one line of the list of lessons.
type LessonInfo struct{ Name, Title string }

// NeedsLogin returns the node whose login must be asked for before the tasks can run; "" with true: all nodes that have none.
// A node that refused a login is asked for alone, so that what is typed for it goes to no other; else one account is asked
// for once, for all nodes of the change, also where the next row is about one of them.
func NeedsLogin(w *Work, p *plan.Plan, tasks []plan.Task) (string, bool) {
	lacks := func(n vos.Node) bool { return n.Connection.NeedsLogin() && !w.HasLogin(n.FQDN) }
	missing := ""
	for _, t := range tasks {
		n, known := p.Node(t.Node)
		switch {
		case !known || !lacks(n):
		case p.Refusals(n.FQDN) > 0:
			return n.FQDN, true
		case missing == "":
			missing = n.FQDN
		}
	}
	if missing == "" {
		return "", false
	}
	all := 0
	for _, n := range p.Nodes() {
		if lacks(n) && p.Refusals(n.FQDN) == 0 {
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
