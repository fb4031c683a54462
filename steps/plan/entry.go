package plan

import (
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Kinds of journal entry. They stand in files that outlive this program: never change one.
const (
	KindOpened     = "opened"   // a session begins; Data: change.Change
	KindResumed    = "resumed"  // a program takes the session up again; Data: Resumed
	KindLocated    = "located"  // a node is dialled elsewhere from now on; Data: Location
	KindConnection = "way"      // a node is spoken to otherwise from now on; Data: Connection
	KindLogin      = "login"    // a login was refused, or accepted after a refusal; Data: LoginTry
	KindAsked      = "asked"    // a task needs a person; Data: Question
	KindAnswered   = "answered" // a person answered; Data: Answer
	KindBegan      = "began"    // a node is about to be changed; Data: Seen
	KindDone       = "done"     // a task is done, and was seen to be; Data: Seen
	KindFailed     = "failed"   // a task was refused or could not start; the node is as before; Data: Trouble
	KindUnsure     = "unsure"   // it is unknown whether the node was changed; Data: Trouble
	KindReopened   = "reopened" // a task has to be done once more; Data: Trouble
	KindTaken      = "taken"    // the session was taken from the program that held it, or to whom it was handed over; Data: Taken
	KindExported   = "exported" // the session was handed over as a file: it continues where it is imported; Data: Resumed
	KindWindow     = "window"   // the change window ends then; Data: Window
	KindImported   = "imported" // it was taken up from such a file; Data: Imported

	KindRehearsed = "rehearsed" // the plan was played on simulated nodes; Data: Rehearsal
	KindCompared  = "compared"  // a node was held against what was rehearsed; Data: Compared
)

// Resumed tells which program took a session up again.
type Resumed struct {
	Program string `json:"program"`
}

// Taken tells from whom a session was taken.
type Taken struct {
	From    session.Holder `json:"from"`
	Program string         `json:"program"`
	Lab     string         `json:"lab,omitempty"` // folder of the lab from now on: the one before is still the former holder's
}

// Imported tells which program took up a session that was handed over, and where its lab lies now.
type Imported struct {
	Program string `json:"program"`
	Lab     string `json:"lab,omitempty"` // lab folder, where it is not the one of the change
}

// Location is where a node is dialled.
type Location struct {
	Address string         `json:"address,omitempty"`
	Ports   map[int]string `json:"ports,omitempty"`
}

// Connection is how a node is spoken to.
type Connection struct {
	Connection vos.Connection `json:"way"`
}

// LoginTry is one login that counts for the lockout of an account.
type LoginTry struct {
	User string `json:"user"` // empty where no node has taken that name: it may be a password in the wrong field
	OK   bool   `json:"ok"`
}

// Answer is what a person said.
type Answer struct {
	Question string       `json:"question"`
	Value    string       `json:"value"`
	Why      msg.Text     `json:"why,omitzero"`    // where no person was asked: what answered in their place
	Key      *vos.HostKey `json:"key,omitempty"`   // the host key that was accepted
	Reply    *Reply       `json:"reply,omitempty"` // the CA's files that were accepted
}

// Trouble is an error as the journal keeps it.
type Trouble struct {
	Class    string   `json:"class"` // "unreachable", "login", "refused", "uncertain"
	What     msg.Text `json:"what"`
	Said     string   `json:"said,omitempty"` // the node's own words, unescaped
	Means    msg.Text `json:"means,omitzero"`
	Next     msg.Text `json:"next,omitzero"`
	Taken    bool     `json:"taken,omitempty"`     // the node said that it was done, and then it was not there
	AsBefore bool     `json:"as_before,omitempty"` // the node was checked after the command, and is unchanged
	Code     string   `json:"code,omitempty"`      // what happened, for programs: one of the codes, or the id of a node's refusal; an older program wrote none
	About    []string `json:"about,omitempty"`     // what it is about, for programs: names of services, numbers of ports
}

// Seen is evidence: what a task saw on its node before (in began) and after (in done).
type Seen struct {
	Found    bool            `json:"found,omitempty"` // the node was already so; nothing was done
	HostKey  *vos.HostKey    `json:"host_key,omitempty"`
	About    *vos.About      `json:"about,omitempty"`
	Asked    time.Time       `json:"asked,omitzero"` // our clock when About, or Boot and Up, were read
	Services []vos.Service   `json:"services,omitempty"`
	Members  []vos.Member    `json:"members,omitempty"`
	Identity string          `json:"identity,omitempty"`  // PEM that the node holds for the unit
	ECDSA    string          `json:"second,omitempty"`    // PEM that the node holds for tomcat-ECDSA, on 11.5
	CertType vos.CertType    `json:"cert_type,omitempty"` // which identity the node serves, where it can choose
	CSR      string          `json:"csr,omitempty"`       // PEM of the pending request
	Chain    []string        `json:"chain,omitempty"`     // PEM of the CA certificates that belong to a neighbour's certificate
	Trust    []vos.TrustFile `json:"trust,omitempty"`
	Served   []Served        `json:"served,omitempty"`
	Findings []Finding       `json:"findings,omitempty"`
	Uploads  []string        `json:"uploads,omitempty"` // fingerprints of what was uploaded
	Files    []string        `json:"files,omitempty"`   // files written, relative to the session folder
	Boot     time.Time       `json:"boot,omitzero"`     // the node's boot time, by its own clock
	Up       time.Duration   `json:"up,omitzero"`       // how long it had been up, in nanoseconds; 0: an older program did not note it
	Missing  []string        `json:"missing,omitempty"` // fingerprints of what was not there yet
	Store    []Stored        `json:"store,omitempty"`   // files of the trust store whose content was read
	Peers    []Peer          `json:"peers,omitempty"`   // what neighbours and script targets present
	Readings []Reading       `json:"readings,omitempty"`
}

// Reading is what a node said of its backups or of the replication of its databases.
type Reading struct {
	Kind    string    `json:"kind"`           // a health.Kind
	Command string    `json:"command"`        // what was typed
	Words   msg.Text  `json:"words,omitzero"` // what it says; empty where it has no form that is known
	Said    string    `json:"said"`           // the node's own words, unescaped, the first of them
	At      time.Time `json:"at"`             // by our clock
}

// Stored is one file of a trust store, read.
type Stored struct {
	File string `json:"file"`
	PEM  string `json:"pem"`
}

// Peer is what a node that is not changed presents: a neighbour, or a script target.
type Peer struct {
	FQDN  string   `json:"fqdn"`
	Port  int      `json:"port"`
	PEM   string   `json:"pem,omitempty"`   // leaf
	Chain []string `json:"chain,omitempty"` // PEM of what was sent after the leaf
	Error string   `json:"error,omitempty"` // why nothing was seen
}

// Served is what one port of a node presents.
type Served struct {
	Port    int      `json:"port"`
	PEM     string   `json:"pem,omitempty"` // leaf
	Serial  string   `json:"serial,omitempty"`
	Chain   int      `json:"chain,omitempty"` // certificates sent after the leaf
	Whole   bool     `json:"whole,omitempty"` // the chain leads to a root that we know
	Version string   `json:"version,omitempty"`
	Until   string   `json:"until,omitempty"` // NotAfter, RFC 3339
	Names   []string `json:"names,omitempty"`
	Error   string   `json:"error,omitempty"` // why nothing was seen
}

// Finding is one thing that a check before starting, or the verdict on files, has to say.
type Finding struct {
	Severity string   `json:"severity"` // "note", "warning", "fault"
	What     msg.Text `json:"what"`
	Cause    msg.Text `json:"cause,omitzero"` // how it comes about; an older program wrote none
	Next     msg.Text `json:"next,omitzero"`
	Rule     string   `json:"rule,omitempty"`
	Code     string   `json:"code,omitempty"`  // what was found, for programs; an older program wrote none
	About    []string `json:"about,omitempty"` // what it is about, for programs: names of services, of a node and its unit, a duration
}

// Reply is the CA's answer, sorted: PEM throughout, so that the journal alone can carry on.
type Reply struct {
	Files         []string          `json:"files"`         // names of the files it was read from
	Roots         []string          `json:"roots"`         // upload order
	Intermediates []string          `json:"intermediates"` // upload order, nearest to the root first
	Leaves        map[string]string `json:"leaves"`        // FQDN, with " tomcat-ECDSA" behind it for the second -> application certificate
	Notes         []Finding         `json:"notes,omitempty"`
}

// Own is the PEM that was seen of a unit; empty: the unit of the change.
func (s *Seen) Own(unit string) string {
	if unit == change.UnitECDSA {
		return s.ECDSA
	}
	return s.Identity
}

// OutFile is one file for the CA.
type OutFile struct {
	Name string
	Node string // FQDN; empty for the text
	Unit string // identity of a CSR; empty for the text
	Data []byte
}
