package vos

import (
	"errors"
	"slices"
	"strings"
	"syscall"

	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// The four classes of error. Every error that a Driver or Dialer gives back is exactly one of them (errors.Is);
// nothing else in the program looks inside an error.
var (
	// ErrUnreachable: nothing was sent, the node is as before.
	ErrUnreachable = errors.New("not reached")
	// ErrLogin: the node refused the login; it is as before, but counts tries (three lock the account).
	ErrLogin = errors.New("login failed")
	// ErrRefused: the node, or our own check before it, said no; Said holds the words.
	ErrRefused = errors.New("refused")
	// ErrUncertain: words were sent that may have changed the node, and the answer was lost.
	ErrUncertain = errors.New("unknown")
)

// Error says what happened on which node, in three parts for the person: What, Means, Next.
type Error struct {
	Class error    // one of the four
	Node  string   // FQDN
	What  msg.Text // what happened, lower case, our words
	Said  string   // the node's own words, unescaped: print through cert.Printable; may be empty
	Means msg.Text // what it means for the node; may be empty
	Next  msg.Text // what to do next; may be empty
	Err   error    // the cause, may be nil

	Code  string   // what happened, for programs: a Code of this package, of steps/plan, or the id of a refusal; may be empty
	About []string // what it is about, for programs: names of services, numbers of ports
}

// CodeShut: the port is closed. CodeNoCSR: the node says that it has no pending CSR. CodeUnconfirmed: the certificate that an API
// showed was not accepted, and nothing was sent.
const (
	CodeShut        = "shut"
	CodeNoCSR       = "nocsr"
	CodeUnconfirmed = "certificate-unconfirmed"
)

// NetworkCode is the code of an error of the network, or "".
func NetworkCode(err error) string {
	if errno.Is(err, syscall.ECONNREFUSED) {
		return CodeShut
	}
	return ""
}

// Error puts the place first.
func (e *Error) Error() string { return e.Text().String() }

// Text is what Error says, as a sentence.
func (e *Error) Text() msg.Text {
	parts := []msg.Text{msg.Verbatim(e.Node), e.What, msg.Verbatim(strings.TrimSpace(e.Said))}
	if e.Err != nil {
		parts = append(parts, msg.Of(e.Err))
	}
	return msg.Joined(slices.DeleteFunc(parts, msg.Text.IsZero), ": ")
}

// Unwrap makes errors.Is find the class and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Class}
	}
	return []error{e.Class, e.Err}
}

// Class returns which of the four an error is; anything else is ErrUncertain, the careful answer, and nil stays nil.
func Class(err error) error {
	if err == nil {
		return nil
	}
	for _, class := range []error{ErrUnreachable, ErrLogin, ErrRefused, ErrUncertain} {
		if errors.Is(err, class) {
			return class
		}
	}
	return ErrUncertain
}

// Coded gives an error its code.
func Coded(code string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		e.Code = code
	}
	return err
}
