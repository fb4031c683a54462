package supervisor

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/errno"
)

// grace is how long a program that was told to end may take before it is ended, in case the terminal stands still.
const grace = 1400 * time.Millisecond

// Signals ends the program in order when the connection is lost or a signal arrives: the journal is on disk at every
// moment, so only the screen and the locks are left to close.
type Signals struct {
	got   chan os.Signal
	ended chan struct{} // closed at the first signal
	first atomic.Int32
	hold  atomic.Pointer[func() bool] // asked at the first interrupt: whether something must be finished before the end
	last  atomic.Pointer[func()]      // the last words, where the program must be ended
}

// Watch listens to HUP, TERM and INT, also where they were ignored at the start (nohup): a program without a
// terminal must not keep a session's lock. The end of the parent is a lost line.
func Watch(parent Child) *Signals {
	s := &Signals{got: make(chan os.Signal, 1), ended: make(chan struct{})}
	signal.Notify(s.got, syscall.SIGHUP, syscall.SIGTERM, os.Interrupt)
	signal.Ignore(syscall.SIGPIPE) // an output without a reader is an error of the write: Lose
	if parent.alive != nil {
		go func() {
			parent.orphaned()
			select {
			case s.got <- syscall.SIGHUP:
			default:
			}
		}()
	}
	go func() {
		sig := <-s.got
		if hold := s.hold.Load(); sig == os.Interrupt && hold != nil && (*hold)() {
			sig = s.second() // the end comes with what is being finished; the second interrupt does not wait for it
		}
		s.first.Store(int32(signalCode(sig)))
		close(s.ended)
		time.AfterFunc(grace, func() {
			if last := s.last.Load(); last != nil {
				(*last)()
			}
			os.Exit(signalCode(sig))
		})
	}()
	return s
}

// twice is how long after an interrupt another one is the same: the parent passes on what the terminal sent to both.
const twice = 500 * time.Millisecond

// second waits for a signal that is not the first interrupt once more.
func (s *Signals) second() os.Signal {
	first := time.Now()
	for {
		if sig := <-s.got; sig != os.Interrupt || time.Since(first) > twice {
			return sig
		}
	}
}

// lost is the end of a program whose output is lost, with its exit code.
type lost int

// String names it.
func (l lost) String() string { return "the output is lost" }

// Signal makes it one of the signals that end the program.
func (l lost) Signal() {}

// Lose ends the program in order because its output cannot be written.
func (s *Signals) Lose(err error) {
	code := lost(exitError)
	if errno.Is(err, syscall.EPIPE) {
		code = lost(128 + int(syscall.SIGPIPE))
	}
	select {
	case s.got <- code:
	default:
	}
}

// Hold sets what is asked at the first interrupt.
func (s *Signals) Hold(hold func() bool) { s.hold.Store(&hold) }

func signalCode(sig os.Signal) int {
	if l, ok := sig.(lost); ok {
		return int(l)
	}
	switch sig {
	case syscall.SIGHUP:
		return 128 + int(syscall.SIGHUP)
	case syscall.SIGTERM:
		return 128 + int(syscall.SIGTERM)
	}
	return 128 + int(syscall.SIGINT)
}

// Code returns the exit code of the signal that came, or 0.
func (s *Signals) Code() int { return int(s.first.Load()) }

// Stop listens no more.
func (s *Signals) Stop() {
	signal.Stop(s.got)
}

// Ended is closed at the first signal.
func (s *Signals) Ended() <-chan struct{} { return s.ended }

// Last sets the last words, for the case that the program must be ended.
func (s *Signals) Last(words func()) { s.last.Store(&words) }
