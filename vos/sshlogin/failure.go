package sshlogin

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Reason says why a login failed.
type Reason int

// The reasons. Only Refused counts as a failed login on the server.
const (
	Lost       Reason = iota // the connection, or the server ended it
	Cancelled                // Err is that of the context
	KeyRefused               // Err is what CheckKey said; no secret was sent
	Algorithms               // Err is an *ssh.AlgorithmNegotiationError; see Insecure
	Questions                // it asks for something other than a password; none was sent
	NoMethod                 // it offers no method that there is something for; no password was sent
	NoPassword               // it takes a password, and there is none
	Refused                  // it refused the password
)

// Failure is the error of a login.
type Failure struct {
	Reason Reason
	Err    error // may hold words of the server, which may say anything: redact, shorten and escape it
}

// Error is that of the cause.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

func (at *attempt) failed(ctx context.Context, err error) error {
	at.mu.Lock()
	defer at.mu.Unlock()
	why := Lost
	end := endOf(err)
	switch {
	case at.keyErr != nil:
		why, err = KeyRefused, at.keyErr
	case ctx.Err() != nil:
		why, err = Cancelled, ctx.Err()
	case errors.As(err, new(*ssh.AlgorithmNegotiationError)):
		why = Algorithms
	case errors.Is(err, errQuestions):
		why = Questions
	case at.wanted:
		why = NoPassword
	case at.given && (errors.Is(err, errOnce) || end == noMethodLeft || end == turnedAway):
		why = Refused
	case end == noMethodLeft:
		why = NoMethod
	}
	return &Failure{why, err}
}

// ending is how a login ended, where the library has no type of error for it.
type ending int

const (
	lineLost     ending = iota
	noMethodLeft        // the server takes no other method: it refused those that were tried
	turnedAway          // the server disconnected with a reason that speaks of the login
)

var (
	// The library's own words stand before those of the server, which may say anything.
	noMethod   = lazyregexp.MustCompile(`^ssh: (handshake failed: ssh: )?unable to authenticate, attempted methods \[`)
	disconnect = lazyregexp.MustCompile(`^ssh: (handshake failed: ssh: )?disconnect, reason (\d+): `)
)

// endOf tells how a login ended. Reasons 2, 14 and 15 (RFC 4253, 11.1) are what servers give after too many tries, when no
// method is left, and for a user that they do not know.
func endOf(err error) ending {
	words := err.Error()
	if m := disconnect.FindStringSubmatch(words); m != nil {
		if slices.Contains([]string{"2", "14", "15"}, m[2]) {
			return turnedAway
		}
		return lineLost
	}
	if noMethod.MatchString(words) {
		return noMethodLeft
	}
	return lineLost
}
