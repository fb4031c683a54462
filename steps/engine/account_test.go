package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestTurns: one node tries an account before it was taken; one that hangs with it in hand stops no one for long, and its late
// refusal still counts; what ended while it waited takes no turn.
func TestTurns(t *testing.T) {
	a := newAccount("", time.Millisecond)
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

	a = newAccount("", time.Hour)
	a.took["n0"] = true
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

// TestCareful: an account goes to all nodes at once when two have taken it. One may have a password of its own.
func TestCareful(t *testing.T) {
	a := newAccount("", time.Hour)
	for i, one := range []*try{{account: a, node: "n1"}, {account: a, node: "n2"}, {account: a, node: "n3"}} {
		if err := one.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := i < 2; one.tried != want {
			t.Errorf("node %d waits for its turn: %v", i+1, one.tried)
		}
		one.accepted()
	}
}
