// Package practice is what a lab offers to those who play a session in it: what people and machines outside of the program do there,
// and the lesson. It knows nothing of the simulator.
package practice

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Services are what the lab does in the place of people and machines outside of a session.
type Services struct {
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

	// Try lets the agents try what a question asks: what they see, unescaped, and whether it works; nil: there are no agents.
	Try func(p *plan.Plan, q plan.Asked) (lines []msg.Text, works bool)
	// Tell writes down what was answered about agents, and what is so.
	Tell func(q plan.Asked, answer, honest string) error

	seen sync.Map // of a question: []msg.Text
}

// Operate does on the web page of a node what a question asks a person to do there; nothing for other questions, or where the
// answer is not yes. An answer about agents is compared with what they see. Without a lab (nil) nothing is done.
func (s *Services) Operate(p *plan.Plan, q plan.Asked, value string) error {
	if honest := s.Watch(p, q); honest != "" {
		return s.Tell(q, value, honest)
	}
	switch {
	case s == nil || value != plan.Yes:
		return nil
	case q.Question.ID == plan.AskPageCSR:
		return s.PageCSR(q.Task.Node, p.Change().Main(), true)
	case q.Question.ID == plan.AskCOP:
		return s.COP(q.Task.Node)
	case q.Question.ID == plan.AskPageUpload:
		return s.PageUpload(q.Task.Node, p.Change().Main(), certs.Leaf(p, q.Task.Node))
	}
	return nil
}

// Watch lets the agents of the lab try what a question asks, and returns the honest answer to it: plan.Yes or plan.No; "" for
// other questions, and without a lab. It opens the addresses as a browser would.
func (s *Services) Watch(p *plan.Plan, q plan.Asked) (answer string) {
	if s == nil || s.Try == nil || p.Step(q.Task.Step).Role != plan.RoleAsk {
		return ""
	}
	lines, works := s.Try(p, q)
	s.seen.Store(key(q), lines)
	if works {
		return plan.Yes
	}
	return plan.No
}

// Agents says what was seen of a question when it was watched last, a line each.
func (s *Services) Agents(q plan.Asked) []msg.Text {
	if s == nil {
		return nil
	}
	lines, _ := s.seen.Load(key(q))
	seen, _ := lines.([]msg.Text)
	return seen
}

func key(q plan.Asked) string { return q.Task.Node + " " + q.Question.ID }

// Lesson is what a session in a scenario of the lab is about, and what can be done about it outside of this program. Its
// functions may block.
type Lesson struct {
	Title, Story, Goal string
	Untouched          bool              // it is right to stop before anything is changed
	HandOver           string            // row at which the session goes to a colleague; empty: none
	Answers            map[string]string // what the careful say to a question, by its id, where that is not what they say elsewhere
	Outside            []Outside
	Hints              []string                                     // that were given; who asks for the next one appends it
	Hint               func() (hint string, more bool, err error)   // gives the next one, and logs it; more false: there is none
	Question           string                                       // what a person reports at the end; empty: nothing is asked
	Reported           func() bool                                  // it was
	Do                 func(title, reason string) (string, error)   // does one of Outside, and logs it; returns what others say to it
	Grade              func() (text string, passed bool, err error) // as it stands now, in Markdown

	// Correct sends a wrong reply back, Conclude reports what was found, as a careful technician does; nil: nothing to do.
	Correct, Conclude func() error
}

// ReportTitle is the title of what is done outside to report what was found.
const ReportTitle = "Report what you found"

// Says is the title of something that is done outside, for the reader: a title that names a node is one sentence with a place for
// the name, whatever the node is called.
func Says(title string) msg.Text {
	const gap = "\x00"
	for _, one := range []msg.Text{msg.T("Restart %s now at its console", gap), msg.T("Generate a new CSR for %s in OS Administration", gap),
		msg.T("Have NTP corrected on %s", gap), msg.T("Have %s switched on, and wait until it is up", gap),
		msg.T("Delete the root with the same name from tomcat-trust of %s", gap), msg.T("Restart %s on %s", gap, gap)} {
		if args, ok := filled(title, strings.Split(one.String(), gap)); ok {
			return msg.Text{Format: one.Format, Args: args}
		}
	}
	return msg.English(title)
}

// filled is what stands between the pieces of a sentence. The last of it names a node, and holds no blank.
func filled(title string, pieces []string) ([]any, bool) {
	if !strings.HasPrefix(title, pieces[0]) {
		return nil, false
	}
	args := make([]any, len(pieces)-1)
	for i := len(args) - 1; i >= 0; i-- {
		before, ok := strings.CutSuffix(title, pieces[i+1])
		at := strings.LastIndex(before, pieces[i])
		if i == 0 {
			at = 0
		}
		if !ok || at < 0 || len(before) <= at+len(pieces[i]) {
			return nil, false
		}
		at += len(pieces[i])
		args[i], title = before[at:], before[:at]
	}
	return args, !strings.Contains(args[len(args)-1].(string), " ")
}

// Outside is something that a person can do outside of this program: in OS Administration, at a console, on the telephone.
type Outside struct {
	Title   string
	At      string // row at which an unattended run does it
	Mistake bool   // it is what the lesson warns of

	Ask     string   // what must be said with it; empty: nothing
	Reasons []string // one of which is said
}

// Info is one line of the list of lessons.
type Info struct {
	Name, Title, Story, Goal string
	Level                    int           // 1 to 3; 1 is the easiest
	Usual                    time.Duration // that a person usually needs in the lab
}

// Effort is level and usual time of a lesson, for a list.
func (i Info) Effort() msg.Text { return msg.T("level %d, %s", i.Level, msg.Duration(i.Usual)) }

// Lines are the titles of Outside, or the reasons of one of them.
func (l *Lesson) Lines(of *Outside) []string {
	if of != nil {
		return of.Reasons
	}
	titles := make([]string, len(l.Outside))
	for i, o := range l.Outside {
		titles[i] = o.Title
	}
	return titles
}

// Report is the entry of Outside that answers the question of the scenario; ok is false where it has none.
func (l *Lesson) Report() (o Outside, ok bool) {
	i := slices.IndexFunc(l.Outside, func(o Outside) bool { return o.Title == ReportTitle })
	if i < 0 {
		return Outside{}, false
	}
	return l.Outside[i], true
}
