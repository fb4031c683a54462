// Package plan is the state of a change: the entries of its journal, the rows and tasks, and the fold that makes one of
// the other. It has no I/O and no clock.
package plan

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// State is how a task stands.
type State int

// Idle was never begun; Running has begun in this program; Done was seen to be done; Failed left the node as it was;
// Unsure may or may not have changed the node, and is looked at before it may run.
const (
	Idle State = iota
	Running
	Done
	Failed
	Unsure
)

// String is the word that screens, reports and tests print.
func (s State) String() string {
	return [...]string{"idle", "running", "done", "failed", "unsure"}[s]
}

// moves is the whole machine: what an entry makes of a task. A pair that is not here is refused.
var moves = map[string]map[State]State{
	KindBegan:    {Idle: Running, Failed: Running, Unsure: Running},
	KindDone:     {Idle: Done, Running: Done, Failed: Done, Unsure: Done},
	KindFailed:   {Idle: Failed, Running: Failed, Failed: Failed, Unsure: Unsure},
	KindUnsure:   {Running: Unsure, Unsure: Unsure},
	KindReopened: {Done: Idle, Failed: Idle, Unsure: Idle}, // Unsure: it was looked at, and was not done
}

// task is the fold of one task.
type task struct {
	state            State
	changed          bool // the node was changed by it, or may have been
	was              bool // changed, as it was when the last command went out
	since            time.Time
	outdated         time.Time         // when it was done, where something was changed after that which it has to be done once more for
	seenAt, beforeAt int               // numbers of these entries
	before           *Seen             // of the last began
	seen             *Seen             // of the last done
	trouble          *Trouble          // of the last failed, unsure or reopened
	asked            *Asked            // waits for an answer
	answers, offered map[string]Answer // replaced, never written to; offered: given by a former owner, and asked again
	by               string
}

// node is the fold of one node.
type node struct {
	node        vos.Node
	handed      bool         // the session came from other hands: what was accepted there is a proposal
	offered     *vos.HostKey // the host key that was accepted there
	offeredCert *vos.HostKey
	pin         *vos.HostKey
	cert        *vos.HostKey // of its API
	legacy      bool
	refusals    int      // logins refused since the last accepted one
	peers       []string // FQDNs of its cluster, itself among them, publisher first
	basis       *Seen    // the survey that the last rehearsal stood on
	agreed      bool     // it was compared since, and is so, or a person said to go on
}

// Plan is the fold of a journal. It has no I/O and no clock, and may be read while entries are applied.
type Plan struct {
	mu sync.RWMutex
	*fold
}

// fold is what a Plan holds. Its methods want the plan locked.
type fold struct {
	change     change.Change
	procedures Procedures
	ecdsa      map[string]string // change.Scope.ECDSA
	late       map[string]bool   // change.Scope.Late
	ca         string            // change.Scope.CA
	rows       []Step
	tasks      map[Task]*task
	left       map[string]int // tasks of a row that are not done yet
	size       map[string]int // tasks of a row
	nodes      map[string]*node
	route      node                      // of it only what was accepted: the proxy or jump host
	order      []string                  // FQDNs in solution order
	turns      map[string][]string       // row -> FQDNs in the order of their turns, of rows that have one
	ranks      map[string]map[string]int // row -> FQDN -> rank
	replyAt    int                       // number of the entry that took it
	handed     int                       // number of the entry with which the session last came from other hands
	agreed     map[string]bool           // PEM of CA certificates from other hands that were accepted here
	reply      *Reply
	entries    int
	last       time.Time
	sum        string
	program    string // version that last took the session up
	window     Window
	rehearsal  *Rehearsal
	rehearsed  []msg.Text               // what came of rehearsals and of comparing, for the report
	handedOver *session.Entry           // of the export, if it was not continued here
	takeovers  int                      // times that another person continued the session
	tellers    map[Task]bool            // tasks that saw other nodes
	replaced   map[string]string        // node -> PEM that a person accepted in place of the certificate of this change
	beside     map[string]Location      // neighbours and targets that are dialled elsewhere by now, in small letters
	print      atomic.Pointer[string]   // the hash, once it was asked for: a change never becomes another
	staged     atomic.Pointer[Surveyed] // what surveyed made, as long as nothing in it has changed
	alike      map[string][]vos.Service // lists of services that were read
	drawn      drawn
	spans      []timespan   // in the order in which they began
	spanOf     map[Task]int // the last span of a task
	begun      time.Time    // when the session was opened
	first      string       // checksum of the first entry
	decisions  []Decision
	accounts   []string // that were refused
}

// Procedures returns the rows of a path, from top to bottom, and whether there is such a path.
type Procedures func(path string) (rows []Step, ok bool)

// Fold makes a Plan of a whole journal; procedures says which rows each path has.
func Fold(entries []session.Entry, procedures Procedures) (*Plan, error) {
	p := &Plan{fold: &fold{procedures: procedures, tasks: map[Task]*task{}, left: map[string]int{}, size: map[string]int{},
		ecdsa: map[string]string{}, nodes: map[string]*node{}, tellers: map[Task]bool{}, replaced: map[string]string{}, alike: map[string][]vos.Service{}}}
	for _, e := range entries {
		if err := p.Apply(e); err != nil {
			return nil, err
		}
	}
	if p.entries == 0 {
		return nil, msg.Errorf("The journal is empty. Delete the session, or start a new change.")
	}
	return p, nil
}

// Apply moves the plan by one entry. An entry that does not fit is an error, and the plan stays as it was.
func (p *Plan) Apply(e session.Entry) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.apply(e); err != nil {
		return msg.Errorf("journal: entry %d (%s %s %s): %w", e.Seq, e.Kind, e.Step, e.Node, err)
	}
	if e.Seq == unwritten {
		return nil
	}
	p.entries++
	p.sum = e.Sum
	if p.entries == 1 {
		p.begun, p.first = e.Time, e.Sum
	}
	if p.entries == 1 || !passing(e.Kind) {
		p.last = e.Time
	}
	return nil
}

func (p *fold) apply(e session.Entry) error {
	if (e.Kind == KindOpened) != (p.entries == 0) {
		return msg.Errorf("the journal has a second opening entry")
	}
	switch e.Kind {
	case KindOpened:
		return p.open(e)
	case KindResumed, KindTaken, KindExported, KindImported:
		return p.pass(e)
	case KindWindow:
		return p.applyWindow(e)
	case KindRehearsed, KindCompared:
		return p.applyRehearsal(e)
	case KindLocated, KindConnection, KindLogin:
		p.staged.Store(nil)
		return p.applyNode(e)
	case KindAsked, KindAnswered:
		return p.applyQuestion(e)
	}
	if moves[e.Kind] == nil {
		return &NewerEntry{e.Kind, p.program}
	}
	return p.move(e)
}

// open lays out the tasks of the change: every row on every node that it is on.
func (p *fold) open(e session.Entry) error {
	var c change.Change
	if err := e.Read(&c); err != nil {
		return msg.Errorf("the description of the change cannot be read: %w", err)
	}
	rows, ok := p.procedures(c.Path)
	if !ok {
		return msg.Errorf("unknown task %q: another version of uccx-tui created this session", c.Path)
	}
	nodes := c.Solution.Nodes()
	if len(nodes) == 0 {
		return msg.Errorf("the solution has no nodes")
	}
	p.change, p.program = c, c.Program
	for _, n := range nodes {
		if p.nodes[n.FQDN] != nil {
			return msg.Errorf("node %q is listed twice in the solution", n.FQDN)
		}
		k := c.Known[n.FQDN]
		p.nodes[n.FQDN] = &node{node: n, pin: k.HostKey, legacy: k.Legacy}
		p.order = append(p.order, n.FQDN)
	}
	p.route.pin = c.Known[""].HostKey
	p.gather()
	p.rows = p.inVersion(rows)
	p.takeTurns()
	p.expand(append([]string{""}, p.order...)...)
	return nil
}

// inVersion are the rows that a plan of this version has, with its questions. A row that it does not have is waited for by none.
func (p *fold) inVersion(rows []Step) []Step {
	var kept []Step
	newer := map[string]bool{}
	for _, row := range rows {
		switch {
		case row.Since > p.change.Plan:
			newer[row.ID] = true
		case row.When == nil || row.When(p.scope()):
			if row.After = slices.DeleteFunc(slices.Clone(row.After), func(id string) bool { return newer[id] }); row.Questions != nil {
				row = row.asking(row.Questions(p.scope()))
			}
			row.Ask = slices.DeleteFunc(slices.Clone(row.Ask), func(q Question) bool { return q.Since > p.change.Plan })
			if row.Asks != nil && row.EachSince <= p.change.Plan { // it is on the nodes that one of its questions is about
				row.On = func(_ change.Scope, n vos.Node) bool {
					return slices.ContainsFunc(row.Ask, func(q Question) bool { return row.Asks(n, q) })
				}
			}
			kept = append(kept, row)
		}
	}
	return kept
}

// interrupt: after a beginning without an end the result is unknown. A name that was typed and has started no restart counts no longer:
// days may lie between.
func (p *fold) interrupt(e session.Entry) {
	for id, t := range p.tasks {
		if t.state == Idle && p.step(id.Step).Risk == Interrupts {
			t.answers = without(t.answers, AskRestart)
		}
		if t.state == Running {
			t.state, t.since = Unsure, e.Time
			t.trouble = &Trouble{Class: "uncertain", What: msg.T("uccx-tui ended while this was running"),
				Means: msg.T("The node may or may not have been changed."), Next: msg.T("Press Enter to check the node. Nothing is repeated unchecked.")}
		}
	}
}

func (p *fold) applyNode(e session.Entry) error {
	if is, err := p.moved(e); is {
		return err
	}
	n := p.nodes[e.Node]
	if n == nil {
		return msg.Errorf("unknown node")
	}
	switch e.Kind {
	case KindLocated:
		var l Location
		if err := e.Read(&l); err != nil {
			return err
		}
		n.node.Address, n.node.Ports = l.Address, l.Ports
		return nil
	case KindConnection:
		var w Connection
		if err := e.Read(&w); err != nil {
			return err
		}
		n.node.Connection = w.Connection
		return nil
	}
	var try LoginTry
	if err := e.Read(&try); err != nil {
		return err
	}
	if try.User != "" && !slices.Contains(p.accounts, try.User) {
		p.accounts = append(p.accounts, try.User)
	}
	n.refusals++
	if try.OK {
		n.refusals = 0
	}
	return nil
}

func (p *fold) applyQuestion(e session.Entry) error {
	t := p.tasks[Task{e.Step, e.Node}]
	if t == nil {
		return msg.Errorf("unknown task")
	}
	if e.Kind == KindAsked {
		var q Question
		if err := e.Read(&q); err != nil {
			return err
		}
		t.asked = &Asked{Task: Task{e.Step, e.Node}, Question: q, Since: e.Time}
		return nil
	}
	var a Answer
	if err := e.Read(&a); err != nil {
		return err
	}
	p.decide(e, t, a)
	answers := map[string]Answer{} // a new map: views hold the old one
	maps.Copy(answers, t.answers)
	if a.Reply != nil { // what was decided about former files does not count for these
		delete(answers, AskWarnings)
	}
	answers[a.Question] = a
	if a.Reply != nil && (a.Question == AskParts || a.Question == AskWarnings) {
		answers[AskReply] = a
	}
	if a.Value == Again && a.Question != AskRestart { // what is checked again may take days: the restart is confirmed again
		delete(answers, AskRestart)
	}
	t.answers = answers
	if a.Question == AskOther && a.Value == Accept && t.asked != nil {
		p.replaced[e.Node] = t.asked.Question.Held
	}
	if t.asked != nil && t.asked.Question.ID == a.Question {
		p.agree(a, t.asked.Question.Held)
		t.asked = nil
	}
	if a.Reply != nil && e.Step != StepPeerChain { // of neighbours: it stays with its own row
		parts{p}.takeReply(e, a)
	}
	p.applyDecision(e.Node, a)
	p.applyRelease(e, t)
	return nil
}

// applyDecision lets a decision about a node count for all its rows.
func (p *fold) applyDecision(fqdn string, a Answer) {
	n := p.nodes[fqdn]
	if n == nil {
		return
	}
	switch {
	case a.Question == AskRoute && a.Value == Yes:
		p.route.pin, p.route.agreed = a.Key, true
	case a.Question == AskHostKey && a.Value == Yes && a.Key != nil:
		n.pin = a.Key
	case a.Question == AskChangedKey && a.Key != nil && SameName(a.Value, n.node):
		n.pin = a.Key
	case a.Question == AskCert && a.Value == Yes && a.Key != nil, a.Question == AskChangedCert && a.Key != nil && SameName(a.Value, n.node):
		n.cert = a.Key
	case a.Question == AskLegacy && (a.Value == Yes || SameName(a.Value, n.node)): // the name: in older journals
		n.legacy = true
	case a.Question == AskDiffers:
		n.agreed = a.Value == Yes
	case a.Question == AskLockout && SameName(a.Value, n.node):
		n.refusals = min(n.refusals, MaxRefusals-1) // one more try, not as many as at first
	}
}

func (p *fold) move(e session.Entry) error {
	t := p.tasks[Task{e.Step, e.Node}]
	if t == nil {
		return msg.Errorf("unknown task")
	}
	to, ok := moves[e.Kind][t.state]
	if !ok {
		return msg.Errorf("is not possible while the step is %s", t.state)
	}
	if err := t.take(e, p.intern); err != nil {
		return err
	}
	switch {
	case e.Kind == KindFailed && t.trouble.AsBefore: // also of one that was unsure
		to, t.changed = Failed, t.was
	case e.Kind == KindBegan:
		t.was = t.changed
	}
	if p.role(e.Step) == RoleSurvey {
		p.staged.Store(nil)
	}
	switch {
	case e.Kind == KindReopened:
		p.forget(e)
	case e.Kind == KindFailed && p.step(e.Step).Risk == Interrupts: // a person's word for an interruption counts once
		t.answers = nil
	}
	t.changed = t.changed || to == Unsure || to == Done && (t.before != nil || t.state != Idle && t.state != Failed)
	if t.state == Done {
		p.left[e.Step]++
	}
	if to == Done {
		p.left[e.Step]--
	}
	t.state, t.since, t.by = to, e.Time, e.Who
	p.dropUnknownRows(e.Step)
	if t.seen != nil && len(t.seen.Peers) > 0 {
		p.tellers[Task{e.Step, e.Node}] = true
	}
	p.applyRelease(e, t)
	if to == Done {
		parts{p}.outdate(e, t)
	}
	p.clockIn(e)
	return nil
}

// take keeps the evidence of an entry. intern shares what other tasks hold too.
func (t *task) take(e session.Entry, intern func(*Seen)) error {
	switch e.Kind {
	case KindBegan, KindDone:
		s, err := session.Once(e, func() (*Seen, error) {
			var s Seen
			if err := e.Read(&s); err != nil {
				return nil, err
			}
			s.shared()
			intern(&s) // last: what it puts in place is read by others already
			return &s, nil
		})
		if err != nil {
			return err
		}
		if e.Kind == KindBegan {
			t.before, t.beforeAt, t.answers = s, e.Seq, without(t.answers, AskUnseen)
		} else {
			t.seen, t.seenAt, t.trouble = s, e.Seq, nil
		}
	default:
		var tr Trouble
		if err := e.Read(&tr); err != nil {
			return err
		}
		t.trouble = &tr
	}
	return nil
}

// without returns answers but the one to a question that is asked each time.
func without(answers map[string]Answer, question string) map[string]Answer {
	if _, there := answers[question]; !there {
		return answers
	}
	rest := maps.Clone(answers) // a new map: views hold the old one
	delete(rest, question)
	return rest
}

// forget drops the answers and the evidence of a task that is done once more.
func (p *fold) forget(e session.Entry) {
	t := p.tasks[Task{e.Step, e.Node}]
	t.answers, t.asked, t.before, t.seen = nil, nil, nil, nil
	if role := p.role(e.Step); role == RoleRequest || role == RoleInstall || role == RoleRegenerate {
		delete(p.replaced, e.Node) // a new one is made
	}
}

// tasksOf returns the tasks of one row, in solution order, or in the order of their turns.
func (p *fold) tasksOf(row Step) []Task {
	if row.On == nil && (row.Once == nil || p.tasks[Task{row.ID, ""}] != nil) {
		return []Task{{row.ID, ""}}
	}
	all := make([]Task, 0, p.size[row.ID])
	for _, fqdn := range p.inTurn(row.ID) {
		if t := (Task{row.ID, fqdn}); p.tasks[t] != nil {
			all = append(all, t)
		}
	}
	return all
}

// SameName reports whether a person typed the name of this node, in full or short, in any case of letters.
func SameName(typed string, n vos.Node) bool {
	typed = strings.TrimSpace(typed)
	return typed != "" && (strings.EqualFold(typed, n.FQDN) || strings.EqualFold(typed, n.Short()))
}
