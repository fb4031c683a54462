package sim

import (
	"crypto/x509"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// External is something that a person can do to a lab outside of this program: in OS Administration, at a console, on the
// telephone. Some of it is what the lesson wants, some is the mistake that it is about.
type External struct {
	Title   string   `toml:"title"`             // as a person would say it
	At      string   `toml:"at,omitempty"`      // row at which an unattended run does it; empty: never
	Mistake string   `toml:"mistake,omitempty"` // line of the grade that it spoils; empty: it is right to do it
	Do      []Action `toml:"do,inline"`
}

// Lines of a grade that a mistake can spoil.
const (
	LineGoal     = "goal"     // the goal is reached
	LineRestarts = "restarts" // no needless restart
	LineCSRs     = "csrs"     // no CSR was made twice
	LineRefusals = "refusals" // no upload was refused
	LineElse     = "else"     // what had to be done elsewhere was done

)

func gradeLines() []string {
	return []string{LineGoal, LineRestarts, LineCSRs, LineRefusals, LineElse}
}

// Choices are all things that can be done outside of the program in this lesson: its own, and the mistakes that are near at
// hand in every change.
func (s Scenario) Choices() []External {
	all := slices.Clone(s.Outside)
	host, product := s.Topology.first()
	at := func(row string) string { // the mistake of a lesson is its own, where it has one
		if s.Mistake != "" || slices.ContainsFunc(s.Outside, func(o External) bool { return o.Mistake != "" }) {
			return ""
		}
		return row
	}
	taken := func(mistake string) bool {
		return slices.ContainsFunc(s.Outside, func(o External) bool { return o.Mistake == mistake })
	}
	if s.Rubric.MaxCSRs != 0 && !taken(LineCSRs) {
		all = append(all, External{fmt.Sprintf("Generate a new CSR for %s in OS Administration", host), at("reply"), LineCSRs, []Action{{Do: ActRequest, On: []string{host}}}})
	}
	if !taken(LineRestarts) {
		row := ""
		if s.Rubric.MaxCSRs == 0 {
			row = at("report") // once more, to be sure
		}
		all = append(all, External{fmt.Sprintf("Restart %s now at its console", host), row, LineRestarts, []Action{{Do: ActRestart, On: []string{host}}}})
	}
	if s.Rubric.MaxCSRs != 0 && !taken(LineRefusals) {
		all = append(all, External{"Upload the CA's files unchecked in OS Administration", "", LineRefusals, []Action{{Do: ActUpload, On: []string{string(product)}}}})
	}
	return all
}

// Due are the titles of what has to be done outside of the program.
func (s Scenario) Due() []string {
	var due []string
	for _, o := range s.Outside {
		if o.Mistake == "" {
			due = append(due, o.Title)
		}
	}
	return due
}

// first is the first node of the change.
func (t Topology) first() (host string, product vos.Product) {
	for _, s := range t.Clusters {
		if !s.Neighbour && len(s.Hosts) > 0 {
			return s.Hosts[0], s.Product
		}
	}
	return "", ""
}

// titleLong is how long a title may be: a line of a window of 80 cells.
const titleLong = 72

func (o External) check(t Topology) error {
	var all error
	if o.Title == "" || len(o.Title) > titleLong || strings.ContainsFunc(o.Title, unicode.IsControl) {
		all = fmt.Errorf("%q is no title of one line of %d letters", o.Title, titleLong)
	}
	if o.Mistake != "" && !slices.Contains(gradeLines(), o.Mistake) {
		all = errors.Join(all, fmt.Errorf("no line of a grade is called %q", o.Mistake))
	}
	for _, d := range o.Do {
		all = errors.Join(all, d.check(t))
	}
	return all
}

// Choose does one of the things that can be done outside, and writes down that it was done. A node that is away is an error.
func (c *Cluster) Choose(title string) error {
	s, ok := c.Scenario()
	i := slices.IndexFunc(s.Choices(), func(o External) bool { return o.Title == title })
	if !ok || i < 0 {
		return fmt.Errorf("lab: %q is not available here", title)
	}
	all := s.Choices()[i].Do
	if err := c.Do(all...); err != nil {
		return err
	}
	for _, d := range all {
		for _, n := range c.chosen(d.On) {
			var err error
			switch d.Do {
			case ActRequest:
				err = n.change(func(d *nodeDisk) error { d.Counts.CSRs++; return nil })
			case ActUp:
				err = n.untilReady()
			}
			if err != nil {
				return err
			}
		}
	}
	return logLine(filepath.Join(c.dir, outsideFile), c.now(), title)
}

const outsideFile = "outside.log"

// Noted is one line of a log of the lab.
type Noted struct {
	At   time.Time
	Kind string // NotedReply, NotedReport; empty: a hint, or what was done outside
	Text string // of NotedReply: right or wrong, and the reason
}

// The kinds of Noted that say what a person told others.
const (
	NotedReply  = "reply"
	NotedReport = "report"
)

// restartNow is a restart from the console. It ends when the node is back.
func (n *node) restartNow() error {
	return atConsole(n, func() error { return n.change(n.ordered) })
}

// atConsole gives an order after which a node restarts, and waits until it is back.
func atConsole(n *node, order func() error) error {
	if n.at() != ready {
		return fmt.Errorf("cannot connect to %s", n.host)
	}
	if err := order(); err != nil {
		return err
	}
	n.close(false)
	n.c.wg.Go(n.comeUp)
	return n.untilReady()
}

func (n *node) untilReady() error {
	for n.at() != ready {
		if !n.c.wait(20 * time.Millisecond) {
			return errors.New("the lab was closed")
		}
	}
	return nil
}

// uploadAsSent uploads what the CA sends for the node's request, as the next reply would be, without looking at it: the CA
// certificates, then the leaf that bears the node's name. A refusal is counted, and is no error.
func (n *node) uploadAsSent() error {
	p, ok := n.look().CSRs["tomcat"]
	if !ok {
		return n.change(func(d *nodeDisk) error { d.Counts.Refused++; return nil })
	}
	leaf, cas, err := n.c.ca.preview(p.CSR)
	if err != nil {
		return err
	}
	for _, ca := range cas {
		err = n.importTrust("tomcat", ca)
	}
	if err = errors.Join(err, n.importOwn("tomcat", leaf)); err == nil {
		return nil
	}
	var no *refusal
	if !errors.As(err, &no) {
		return err
	}
	return n.change(func(d *nodeDisk) error { d.Counts.Refused++; return nil })
}

// preview is what the CA's next reply holds for one request: nothing is sent, and the CA does not learn from it.
func (a *CA) preview(der []byte) (leaf *x509.Certificate, cas []*x509.Certificate, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	csr, err := cert.RequestFromDER(der)
	if err != nil {
		return nil, nil, err
	}
	other := *csr // a CA that mixes requests up gives this one the names of another
	other.Subject.CommonName, other.DNSNames = "other."+csr.Subject.CommonName, []string{"other." + csr.Subject.CommonName}
	was := a.manner
	a.manner = a.next()
	defer func() { a.manner = was }()
	var raw []byte
	if err = a.change(func(d *caDisk) error {
		if err := a.roots(d); err != nil {
			return err
		}
		raw, err = a.sign(d, csr, &other)
		return err
	}); err != nil {
		return nil, nil, err
	}
	root, issuing := a.authorities()
	for _, one := range [][]byte{root, issuing} {
		if ca, err := cert.FromDER(one); err == nil && (ca.IsCA && a.sends(ca)) {
			cas = append(cas, ca)
		}
	}
	leaf, err = cert.FromDER(raw)
	return leaf, cas, err
}

// sends reports whether a CA certificate is among the files of a reply.
func (a *CA) sends(ca *x509.Certificate) bool {
	root := issued(ca, ca)
	return !(a.manner == NoRoot && root || a.manner == NoIntermediate && !root)
}
