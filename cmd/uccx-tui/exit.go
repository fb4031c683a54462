package main

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Exit codes; docs/exit-codes.md explains them to people.
const (
	exitDone    = 0   // every address is proven, nothing is owed
	exitError   = 1   // the program could not do its work (disk, terminal)
	exitUsage   = 2   // the command line was not understood
	exitOwed    = 3   // done, but a restart, a proof, a trust or an answer is owed
	exitWaiting = 4   // the CA has the CSRs
	exitRefused = 5   // a node or a check said no; the node is as before
	exitUnsure  = 6   // it is unknown whether a node was changed; resume checks
	exitOpen    = 7   // stopped before the end, nothing wrong; resume goes on
	exitHeld    = 8   // another program holds the session
	exitDamaged = 9   // the journal is damaged; nothing was touched
	exitConfirm = 10  // unattended: something must be confirmed that no flag confirms
	exitLogin   = 11  // a login is missing, or was refused
	exitPlan    = 12  // the plan is not the one that was given by its hash
	exitWindow  = 13  // the change window does not hold what is next; stopped at a safe place
	exitHUP     = 129 // ended by a lost line
	exitINT     = 130 // ended by an interrupt
	exitPipe    = 141 // the reader of the output went away
	exitTERM    = 143 // ended by a request to terminate
)

// exit is an error that carries its exit code.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// outcome makes an exit code of how a change stands.
func outcome(o standing.Outcome) error {
	code := map[standing.Outcome]int{standing.Proven: exitDone, standing.Owed: exitOwed, standing.Waiting: exitWaiting,
		standing.Refused: exitRefused, standing.Doubtful: exitUnsure, standing.Open: exitOpen}[o]
	if code == exitDone {
		return nil
	}
	return &exit{code: code}
}

// codeOf returns the exit code for an error.
func codeOf(err error) int {
	var e *exit
	var held *session.Held
	var damaged *session.Damaged
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		return e.code
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &damaged):
		return exitDamaged
	case errors.As(err, new(*session.Unknown)), errors.As(err, new(*session.Already)), errors.As(err, new(*session.Taken)):
		return exitUsage
	case errors.As(err, new(*session.Fault)): // also where a node waited for it: the disk said no, not the node
		return exitError
	}
	var taken *session.TakenOver
	if errors.As(err, &taken) {
		return exitHeld
	}
	var waits *play.Unanswered
	if errors.As(err, &waits) {
		return exitWaiting
	}
	var late *play.Late
	if errors.As(err, &late) {
		return exitWindow
	}
	if errors.Is(err, terminal.ErrGone) {
		return exitHUP
	}
	var v *vos.Error
	if errors.As(err, &v) {
		switch {
		case vos.OutOfFiles(err), errors.Is(err, syscall.ENOSPC): // this machine's, whatever the node is
			return exitError
		case errors.Is(err, vos.ErrUncertain):
			return exitUnsure
		case errors.Is(err, vos.ErrLogin):
			return exitLogin
		}
		return exitRefused
	}
	return exitError
}
