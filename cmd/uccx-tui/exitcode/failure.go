package exitcode

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Failure is an error that carries the exit code of the program.
type Failure struct {
	Code int
	Err  error // nil: everything was printed already
}

// With returns err with an exit code.
func With(code int, err error) error { return &Failure{code, err} }

// Only returns an exit code of a command that has printed its result itself.
func Only(code int) error { return &Failure{Code: code} }

// Error returns the words of the error, or the code where there is none.
func (f *Failure) Error() string {
	if f.Err == nil {
		return fmt.Sprintf("exit code %d", f.Code)
	}
	return f.Err.Error()
}

// Unwrap returns the error that the code belongs to.
func (f *Failure) Unwrap() error { return f.Err }

// OfOutcome returns the exit code of how a change stands as an error; nil where everything is verified.
func OfOutcome(o standing.Outcome) error {
	code := map[standing.Outcome]int{standing.Proven: Done, standing.Owed: Owed, standing.Waiting: Waiting,
		standing.Refused: Refused, standing.Doubtful: Unsure, standing.Open: Open}[o]
	if code == Done {
		return nil
	}
	return Only(code)
}

// Of returns the exit code for an error.
func Of(err error) int {
	var e *Failure
	var held *session.Held
	var damaged *session.Damaged
	switch {
	case err == nil:
		return Done
	case errors.As(err, &e):
		return e.Code
	case errors.As(err, &held):
		return Held
	case errors.As(err, &damaged):
		return Damaged
	case errors.As(err, new(*session.Unknown)), errors.As(err, new(*session.Already)), errors.As(err, new(*session.NameTaken)):
		return Usage
	case errors.As(err, new(*session.StorageError)): // also where a node waited for it: the disk said no, not the node
		return Error
	}
	var taken *session.TakenOver
	if errors.As(err, &taken) {
		return Held
	}
	var waits *play.Unanswered
	if errors.As(err, &waits) {
		if waits.Rest { // the others are installed
			return Owed
		}
		return Waiting
	}
	var late *play.Late
	if errors.As(err, &late) {
		return Window
	}
	if errors.Is(err, terminal.ErrGone) {
		return HUP
	}
	var v *vos.Error
	if errors.As(err, &v) {
		switch {
		case vos.OutOfFiles(err), errors.Is(err, syscall.ENOSPC): // this machine's, whatever the node is
			return Error
		case errors.Is(err, vos.ErrUncertain):
			return Unsure
		case errors.Is(err, vos.ErrLogin):
			return Login
		}
		return Refused
	}
	return Error
}

// MissingFlag is what an unattended command needs and was not given.
type MissingFlag struct {
	What string // what is asked
	Flag string // what would answer it; empty: no flag does
}

// Needs returns what is missing, and what gives it.
func Needs(what, flag string) *MissingFlag { return &MissingFlag{what, flag} }

// Error says what is missing, and what gives it.
func (m *MissingFlag) Error() string {
	if m.Flag == "" {
		return m.What
	}
	return fmt.Sprintf("%s. To continue: %s", strings.TrimSuffix(m.What, "."), m.Flag)
}
