package main

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Exit codes; package exitcode says what each means.
const (
	exitDone         = exitcode.Done
	exitError        = exitcode.Error
	exitUsage        = exitcode.Usage
	exitOwed         = exitcode.Owed
	exitWaiting      = exitcode.Waiting
	exitRefused      = exitcode.Refused
	exitUnsure       = exitcode.Unsure
	exitOpen         = exitcode.Open
	exitHeld         = exitcode.Held
	exitDamaged      = exitcode.Damaged
	exitConfirm      = exitcode.Confirm
	exitLogin        = exitcode.Login
	exitPlan         = exitcode.Plan
	exitWindow       = exitcode.Window
	exitHUP, exitINT = exitcode.HUP, exitcode.INT
	exitPipe         = exitcode.Pipe
	exitTERM         = exitcode.TERM
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
