package plan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Risk is what a row may do to a node.
type Risk int

// Looks changes nothing; Changes changes a store that no running service reads; Interrupts stops services.
const (
	Looks Risk = iota
	Changes
	Interrupts
)

// String is the word that screens and reports print.
func (r Risk) String() string {
	return [...]string{"looks", "changes", "interrupts"}[r]
}

// Step is one row of a procedure. Its texts are English sources of the language function.
type Step struct {
	ID         string                                          // written in journals: it never changes
	Role       Role                                            // what the row is for
	Retry      Retry                                           // what else may be begun again where it failed
	Title      string                                          // what is done, imperative
	Why        string                                          // why it is done
	Effect     string                                          // what agents notice while it is done
	Undo       string                                          // the way back, said before acting; "none" is an answer
	Rules      []string                                        // ids of rules (docs/rules.md)
	Risk       Risk                                            // what it may do to a node
	Usual      time.Duration                                   // how long it usually takes on one node, zero: moments
	Unit       string                                          // identity that the row is about; empty: the change's
	Since      int                                             // version of the plan from which on there is the row; 0: always
	When       func(change.Scope) bool                         // is the row in this plan at all; nil: always
	AddedLater bool                                            // programs before had no such row: a journal that goes on behind it without it is theirs
	On         func(change.Scope, vos.Node) bool               // on which nodes; nil: once for the solution
	Once       func(change.Scope) bool                         // of one that is done once: is it in this plan, as far as is decided; nil: always
	After      []string                                        // rows that must be done first, on every node they are on
	Order      func(vos.Node) int                              // rank of a node among those that take turns, from 1; 0: no document names one. nil: solution order
	Ask        []Question                                      // what only a person can say or bring, before the row may run
	Questions  func(change.Scope) []Question                   // Ask, where it depends on the change as it was opened; nil: it does not
	Fit        func(change.Scope, vos.Node, Question) Question // words a question of Ask for a node; nil: as it stands
	Asks       func(vos.Node, Question) bool                   // is a question of Ask asked on a node; nil: all are. On follows from it
	Needed     func(*Plan, vos.Node) bool                      // is there anything to do on a node, as far as is known; nil: yes. Where not, Ask is not asked
	EachSince  int                                             // version of the plan from which on Asks gives the nodes; before it the row is done once
	Owes       Owing                                           // the restart that the row makes necessary
	Pays       string                                          // the restart whose debt the row pays: it proves what the restart was for
	// Words are what will be typed on the node, for the screen; nil: nothing is typed.
	Commands func(p *Plan, n vos.Node) []string
	// Look tells whether the node is already so. A row without Act does its work here. It looks at the node, never at our own files.
	Look func(context.Context, *Job) (bool, error)
	// Guard asks before the node is changed, also where Look asks a person to change it: was it changed by others since it was read?
	Guard func(context.Context, *Job) error
	// Act makes it so; nil where there is only something to see or to ask.
	Act func(context.Context, *Job) error
}

// asking is the row with these questions, and with their rules.
func (s Step) asking(all []Question) Step {
	s.Ask, s.Rules = all, nil
	for _, q := range all {
		if q.Rule != "" && !slices.Contains(s.Rules, q.Rule) {
			s.Rules = append(s.Rules, q.Rule)
		}
	}
	return s
}

// Reason is what a restart is for.
type Reason string

// ForIdentity: the node holds a new certificate that its services do not serve yet. ForTrust: it holds new trust
// certificates that its services have not read. ForEngine: the same, and only scripts need them (REL-3). ForECDSA and
// ForDomain stand in the table of restarts alone: tomcat-ECDSA (EC-5), and what a new domain made necessary (PRE-3); a row
// owes these as ForIdentity.
const (
	ForIdentity Reason = "identity"
	ForTrust    Reason = "trust"
	ForEngine   Reason = "engine"
	ForECDSA    Reason = "second"
	ForDomain   Reason = "domain"
)

// Owing is the restart that a row makes necessary: the id of its row, and what it is for. The zero value owes nothing.
type Owing struct {
	Restart string
	For     Reason
}

// Task is one row on one node; Node is the FQDN, or empty for a row that is done once.
type Task struct {
	Step string `json:"step"`
	Node string `json:"node,omitempty"`
}

// AskKind is how a question is answered.
type AskKind string

// Choice is one of Options; NodeName is the node's name typed in full or short; Files is paths that TakeReply reads.
const (
	Choice   AskKind = "choice"
	NodeName AskKind = "node name"
	Files    AskKind = "files"
)

// Option is one way to answer a Choice.
type Option struct {
	Value string   `json:"value"`
	Label msg.Text `json:"label"`
}

// Question is what only a person can say or bring.
type Question struct {
	ID    string     `json:"id"`
	Since int        `json:"-"` // version of the plan from which on a row asks it (Step.Ask); 0: always
	Text  msg.Text   `json:"text"`
	Lines []msg.Text `json:"lines,omitempty"` // what was found, a line each, unescaped
	Means msg.Text   `json:"means,omitzero"`

	Findings []Finding    `json:"findings,omitempty"` // those of Lines, where they are findings; an older program wrote none
	Kind     AskKind      `json:"kind"`
	Options  []Option     `json:"options,omitempty"` // the first is the careful one
	Needs    string       `json:"needs,omitempty"`   // the only value with which the row may go on; empty: any
	Key      *vos.HostKey `json:"key,omitempty"`     // of a question about a host key
	Phrase   string       `json:"-"`                 // what is typed exactly, of the kind Phrase
	Held     string       `json:"held,omitempty"`    // PEM of the certificate on the node, of a question about it
	Rule     string       `json:"rule,omitempty"`
	Reply    *Reply       `json:"reply,omitempty"` // what is taken with the answers yes and install, of a question about the CA's files
}

// UnmarshalJSON reads also what older programs wrote: a text with a %s for each of its args.
func (q *Question) UnmarshalJSON(raw []byte) error {
	type bare Question
	var old struct {
		Args []string `json:"args"`
	}
	if err := errors.Join(json.Unmarshal(raw, (*bare)(q)), json.Unmarshal(raw, &old)); err != nil || len(old.Args) == 0 {
		return err
	}
	q.Text = msg.Filled(q.Text.String(), old.Args)
	return nil
}

// Asked is a question that waits for its answer.
type Asked struct {
	Task     Task
	Question Question
	Since    time.Time // zero for the questions that a row always asks
	Also     []Task    // other tasks of the row that ask the same

	Keys map[Task]vos.HostKey `json:"-"` // of a question about several first keys: which key each task showed
}

// Ask is the error with which a Look, an Act or a login says that a person must be asked first. Nothing was changed.
type Ask struct{ Question Question }

// Error names the question.
func (a *Ask) Error() string { return msg.T("needs an answer: %s", a.Question.ID).String() }

// UnitIn is the identity that the row is about in a change.
func (s Step) UnitIn(c change.Change) string { return cmp.Or(s.Unit, c.Main()) }
