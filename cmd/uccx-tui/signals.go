package main

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// patience is how long a program that was told to end may take before it is ended, in case the terminal stands still.
const patience = 1400 * time.Millisecond

// signals ends the program in order when the line is lost or somebody tells it to: the journal is on disk at every
// moment, so only the screen and the locks are left to close.
type signals struct {
	got   chan os.Signal
	ended chan struct{} // closed at the first signal
	first atomic.Int32
}

// watchSignals listens to HUP, TERM and INT, also where they were ignored at the start (nohup): a program without a
// terminal must not keep a session's lock. The end of the parent is a lost line.
func watchSignals(parent under) *signals {
	s := &signals{got: make(chan os.Signal, 1), ended: make(chan struct{})}
	signal.Notify(s.got, syscall.SIGHUP, syscall.SIGTERM, os.Interrupt)
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
		s.first.Store(int32(signalCode(sig)))
		close(s.ended)
		time.AfterFunc(patience, func() { os.Exit(signalCode(sig)) })
	}()
	return s
}

func signalCode(sig os.Signal) int {
	switch sig {
	case syscall.SIGHUP:
		return exitHUP
	case syscall.SIGTERM:
		return exitTERM
	}
	return exitINT
}

// code returns the exit code of the signal that came, or 0.
func (s *signals) code() int { return int(s.first.Load()) }

func (s *signals) stop() {
	signal.Stop(s.got)
}
