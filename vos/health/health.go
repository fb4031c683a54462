// Package health reads what nodes say of their backups and of the replication of their databases. All commands and all forms of
// answers stand in one table, each with how sure it is; an answer of another form is never taken for a fault.
package health

import (
	"context"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Kind is what is read.
type Kind string

// The kinds of what is read. They stand in journals: never change one.
const (
	Backup      Kind = "backup"
	Replication Kind = "replication"      // of the platform's database
	Datastore   Kind = "uccx-replication" // of the contact center's own database
)

// State is what an answer says.
type State int

// Unread: the answer has no form that is known. Good and Bad: it has.
const (
	Unread State = iota
	Good
	Bad
)

// Result is an answer that was read. Words hold no word of the node.
type Result struct {
	State State
	Words msg.Text
	At    time.Time // of a backup: when the last one that succeeded ended, to the day; zero: none ever did
}

// Query is a command that only reads.
type Query struct {
	Kind   Kind
	Line   string
	Limit  time.Duration // how long the node may take over it
	Grade  string        // of the form of the answer: "C" a Cisco document, "T" third-party code or transcripts, "I" a guess
	Source string
	Look   msg.Text // where a person sees the same, on nodes that do not answer
	parse  func(text string) Result
}

// Queries are all commands, in the order in which they are typed.
func Queries() []Query {
	return []Query{
		{Backup, "utils disaster_recovery history backup", 2 * time.Minute, "T", "Unified CM CLI guide; public scripts that read its lines",
			msg.T("Disaster Recovery System of the node, Backup > History"), parseBackup},
		{Replication, "utils dbreplication runtimestate", 4 * time.Minute, "T", "Cisco document 200396; public scripts that read its lines",
			msg.T("utils dbreplication runtimestate on the publisher: every server shows (2) Setup Completed"), parseRuntime},
		{Datastore, "utils uccx dbreplication status", 10 * time.Minute, "I", "UCCX installation guide: \"Good replication\"; the rest of its format is an assumption",
			msg.T("Cisco Unified CCX Serviceability, Tools > Datastore Control Center > Replication Servers: ACTIVE/CONNECTED"), parseDatastore},
	}
}

// Of returns the query of a kind for a node; ok is false where the product has no such command.
func Of(kind Kind, n vos.Node) (q Query, ok bool) {
	if kind == Datastore && !n.Product.Traits().Pair {
		return q, false
	}
	for _, one := range Queries() {
		if one.Kind == kind {
			return one, true
		}
	}
	return q, false
}

// Reader is a Driver through which any command that only reads can be typed: that of the command line.
type Reader interface {
	Type(ctx context.Context, d vos.Dialogue) (string, error)
}

// Read tells what an answer says.
func (q Query) Read(text string) Result { return q.parse(text) }

// Dialogue is what is typed.
func (q Query) Dialogue() vos.Dialogue { return vos.Dialogue{Line: q.Line, Limit: q.Limit} }

// A line of the history: the file, the device, when it ended, how, and what for.
var (
	backupLine = lazyregexp.MustCompile(`(?m)^\s*(?:\S+\.tar|TAR file not created)\s.*?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(\d{1,2})\s+\d\d:\d\d:\d\d\s+\S+\s+(\d{4})\s+(\S+)`)
	backupHead = lazyregexp.MustCompile(`(?i)tar\s+filename|no\s+(backup|previous|history)|backup\s+history`)
)

func parseBackup(text string) Result {
	lines := backupLine.FindAllStringSubmatch(text, -1)
	if len(lines) == 0 {
		if backupHead.MatchString(text) {
			return Result{State: Bad, Words: msg.T("no backup is listed")}
		}
		return Result{}
	}
	var last time.Time
	for _, l := range lines {
		at, err := time.Parse("Jan 2 2006", l[1]+" "+l[2]+" "+l[3])
		if err == nil && strings.EqualFold(l[4], "SUCCESS") && at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return Result{State: Bad, Words: msg.T("no backup has succeeded")}
	}
	return Result{State: Good, At: last, Words: msg.T("last successful backup %s", msg.Time(last, msg.Day))}
}

// A line of a server: name, address, ping, links, queue, group, and the state in brackets.
var (
	serverLine = lazyregexp.MustCompile(`(?m)^\s*\S+\s+(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]+)\s.*\((\d|-)\)\s*(?:[A-Z][A-Za-z -]*)?\s*$`)
	mismatch   = lazyregexp.MustCompile(`(?i)errors?\s+or\s+mismatch(es)?\s+(were\s+)?found`)
	noMismatch = lazyregexp.MustCompile(`(?i)no\s+errors?\s+or\s+mismatch`)
)

func parseRuntime(text string) Result {
	servers := serverLine.FindAllStringSubmatch(text, -1)
	if len(servers) == 0 {
		return Result{}
	}
	good := 0
	var states []string
	for _, s := range servers {
		states = append(states, "("+s[1]+")")
		if s[1] == "2" {
			good++
		}
	}
	words := msg.T("%d of %d servers in state (2): %s", good, len(servers), strings.Join(states, " "))
	switch {
	case good < len(servers):
		return Result{State: Bad, Words: words}
	case mismatch.MatchString(text) && !noMismatch.MatchString(text):
		return Result{State: Bad, Words: msg.T("%s, and errors or mismatches were found", words)}
	}
	return Result{State: Good, Words: words}
}

var (
	datastoreBad  = lazyregexp.MustCompile(`(?i)\b(broken|disconnect(ed)?|dropped|timeout|inactive|suspended|bad\s+replication|replication\s+(is\s+)?(broken|not\s+working|down))\b`)
	datastoreGood = lazyregexp.MustCompile(`(?i)\bgood\s+replication\b|\bactive\b.*\bconnected\b`)
)

func parseDatastore(text string) Result {
	switch {
	case datastoreBad.MatchString(text):
		return Result{State: Bad, Words: msg.T("the contact center database is not replicated")}
	case datastoreGood.MatchString(text):
		return Result{State: Good, Words: msg.T("good replication")}
	}
	return Result{}
}
