// Package exitcode holds the exit codes of the program with what they mean. docs/exit-codes.md is printed from it.
package exitcode

import (
	"fmt"
	"strings"
)

// The numbers. They never change: scripts ask for them. KILL is that of the system: the program itself never ends with it.
const (
	Done    = 0
	Error   = 1
	Usage   = 2
	Owed    = 3
	Waiting = 4
	Refused = 5
	Unsure  = 6
	Open    = 7
	Held    = 8
	Damaged = 9
	Confirm = 10
	Login   = 11
	Plan    = 12
	Window  = 13
	HUP     = 129
	INT     = 130
	KILL    = 137
	Pipe    = 141
	TERM    = 143
)

// Code is one exit code, for people.
type Code struct {
	Number int
	Means  string
	Next   string // what to do
}

// All are the codes, by number.
func All() []Code {
	return []Code{
		{Done, "every port is verified and nothing is pending; or a command that only shows something succeeded",
			"nothing"},
		{Error, "this machine failed (disk or output full, no free file descriptor, terminal), or the program crashed",
			"read the message"},
		{Usage, "the command line is wrong, there is no such session or none to resume, or (`import`) the session exists already; nothing was done",
			"`uccx-tui --help`"},
		{Owed, "done except for pending items: a restart, a verification, a trust relation, or a functional test answered \"no\" or \"later\". `lab grade`, and `lab` at the end of a scenario: not passed",
			"`uccx-tui report NAME` lists them"},
		{Waiting, "waiting for the CA",
			"`uccx-tui resume` when its files have arrived"},
		{Refused, "a node refused a command, or a check before it failed; the node is unchanged. `check`: the files have an " +
			"error. `rehearse`: the plan would not finish. `probe`: a port does not answer, or has no valid certificate " +
			"for its name. `advise`: no known symptom matches",
			"read the reason, then `uccx-tui resume`"},
		{Unsure, "it is unknown whether a node was changed",
			"`uccx-tui resume` checks the node first"},
		{Open, "stopped before the end, without an error",
			"`uccx-tui resume`"},
		{Held, "another program has the session open",
			"end that program first"},
		{Damaged, "the journal is damaged, or (`verify`) another file of the session is, or the journal does not contain the expected head; nothing was changed",
			"restore it from a backup"},
		{Confirm, "unattended: no flag answers a question, such as a restart or a host key; nothing was started after it",
			"add the flag that the message names and run the same command again"},
		{Login, "a login is missing, or a node refused it",
			"check user and password, then run the same command again"},
		{Plan, "the plan does not have the given hash, or the session was started with another plan; nothing was done",
			"`uccx-tui plan` shows it"},
		{Window, "the next step does not fit into the change window; stopped at a safe point",
			"run the same command in the next window"},
		{HUP, "ended by HUP: the connection was lost",
			"`uccx-tui resume`"},
		{INT, "ended by an interrupt",
			"`uccx-tui resume`"},
		{KILL, "killed (kill -9, out of memory); the parent process restored the terminal",
			"`uccx-tui resume`"},
		{Pipe, "the reader of the output ended (`uccx-tui run ... | head`); a run stops at a safe point and lists what is " +
			"pending",
			"`uccx-tui resume`"},
		{TERM, "ended by TERM",
			"`uccx-tui resume`"},
	}
}

const head = `# Exit codes

Printed from the code: ` + "`go test ./cmd/uccx-tui/exitcode -update`" + `.

| code | meaning | what to do |
| --- | --- | --- |
`

const foot = `
The most serious condition wins: 6 before 5 before 3 before 4 before 7.

An output that is full or whose reader has ended gives 1 or 141. One case gives no error: where the standard output is closed
before the start (` + "`uccx-tui ... >&-`" + `), the runtime of the language opens the null device in its place, as Python's
` + "`subprocess.DEVNULL`" + ` does on purpose, and the program cannot tell the two apart. The words are lost, and the code is that of the
work. Use ` + "`>/dev/null`" + ` to discard the output; a run keeps its results in the session (` + "`uccx-tui report`" + `).
`

// Markdown is docs/exit-codes.md.
func Markdown() []byte {
	var b strings.Builder
	b.WriteString(head)
	for _, c := range All() {
		fmt.Fprintf(&b, "| %d | %s | %s |\n", c.Number, cell(c.Means), cell(c.Next))
	}
	b.WriteString(foot)
	return []byte(b.String())
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
