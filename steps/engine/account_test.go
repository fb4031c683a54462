package engine

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestTurns: one node tries an account before it was taken; one that hangs with it in hand stops no one for long, and its late
// refusal still counts; what ended while it waited takes no turn.
func TestTurns(t *testing.T) {
	a := newAccount("", time.Millisecond, &atomic.Bool{})
	hangs, next, third := &try{account: a, node: "n1"}, &try{account: a, node: "n2"}, &try{account: a, node: "n3"}
	if err := hangs.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := next.begin(t.Context()); err != nil { // the turn of the first has run out
		t.Fatal(err)
	}
	next.end(&vos.Error{Class: vos.ErrUnreachable})
	hangs.end(&vos.Error{Class: vos.ErrLogin})
	var other *notTried
	if err := third.begin(t.Context()); !errors.As(err, &other) || other.other != "n1" {
		t.Errorf("%v", err)
	}

	a = newAccount("", time.Hour, &atomic.Bool{})
	first, gone, last := &try{account: a, node: "n1"}, &try{account: a, node: "n2"}, &try{account: a, node: "n3"}
	if err := first.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := gone.begin(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	gone.end(&vos.Error{Class: vos.ErrUnreachable})
	waiting := make(chan error)
	go func() { waiting <- gone.begin(t.Context()) }() // a callback that comes when its dialling has ended
	first.accepted()
	if err := <-waiting; err != nil {
		t.Error(err)
	}
	if err := last.begin(t.Context()); err != nil || last.holds || gone.holds || len(a.turn) != 0 {
		t.Errorf("%v, holds %v %v, %d turns", err, last.holds, gone.holds, len(a.turn))
	}
}

// TestCareful: an account that one node took goes to all others at once. Once a node has refused an account, two must have taken it.
func TestCareful(t *testing.T) {
	for _, refusedBefore := range []bool{false, true} {
		var careful atomic.Bool
		careful.Store(refusedBefore)
		a := newAccount("", time.Hour, &careful)
		first, second, third := &try{account: a, node: "n1"}, &try{account: a, node: "n2"}, &try{account: a, node: "n3"}
		for i, one := range []*try{first, second, third} {
			if err := one.begin(t.Context()); err != nil {
				t.Fatal(err)
			}
			if want := i == 0 || i == 1 && refusedBefore; one.tried != want {
				t.Errorf("refused before: %v, node %d waits for its turn: %v", refusedBefore, i+1, one.tried)
			}
			one.accepted()
		}
	}
}
