package lab

import (
	"context"
	"crypto/x509"
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
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

	agents func(p *plan.Plan, q plan.Asked) view           // what agents see of a question; nil: there are none
	seen   sync.Map                                        // of a question: []msg.Text
	tell   func(q plan.Asked, answer, honest string) error // writes down what was answered about agents, and what is so
}

// Operate does on the web page of a node what a question asks a person to do there; nothing for other questions, or where the
// answer is not yes. An answer about agents is compared with what they see. Without a lab (nil) nothing is done.
func (s *Services) Operate(p *plan.Plan, q plan.Asked, value string) error {
	if honest := s.Watch(p, q); honest != "" {
		return s.tell(q, value, honest)
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

// serve reports whether the peers present what was seen on the network.
func (s *Services) serve(p *plan.Plan) bool {
	for fqdn, fingerprint := range reply.PeerServes(p) {
		if s.Serves(fqdn) != fingerprint {
			return false
		}
	}
	return true
}

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

	correct, conclude func() error // what a careful technician does: sends a wrong reply back, reports what was found; nil: nothing to do
}

// Outside is something that a person can do outside of this program: in OS Administration, at a console, on the telephone.
type Outside struct {
	Title   string
	At      string // row at which an unattended run does it
	Mistake bool   // it is what the lesson warns of

	Ask     string   // what must be said with it; empty: nothing
	Reasons []string // one of which is said
}

// LessonInfo is one line of the list of lessons.
type LessonInfo struct{ Name, Title string }
