package exitcode

import (
	"errors"
	"strings"
	"syscall"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/msg"
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
		return f.Text().String()
	}
	return f.Err.Error()
}

// Text is the error as a sentence.
func (f *Failure) Text() msg.Text {
	if f.Err == nil {
		return msg.T("exit code %d", f.Code)
	}
	return msg.Of(f.Err)
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
		case vos.OutOfFiles(err), errno.Is(err, syscall.ENOSPC): // this machine's, whatever the node is
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
	What msg.Text // what is asked
	Flag msg.Text // what would answer it; empty: no flag does
}

// Needs returns what is missing, and what gives it.
func Needs(what, flag msg.Text) *MissingFlag { return &MissingFlag{what, flag} }

// Text says what is missing, and what gives it.
func (m *MissingFlag) Text() msg.Text {
	if m.Flag.IsZero() {
		return m.What
	}
	if what := m.What.String(); strings.HasSuffix(what, ".") || strings.HasSuffix(what, "?") {
		return msg.T("%s To continue: %s", m.What, m.Flag)
	}
	return msg.T("%s. To continue: %s", m.What, m.Flag)
}

// Error is the same in English.
func (m *MissingFlag) Error() string { return m.Text().String() }
