// Package limiter bounds how much is begun at the same moment.
package limiter

import (
	"context"
	"sync"
	"time"
)

// Limiter bounds how much is begun at the same moment, by work and not by waiting: a task that holds a place for longer
// than a moment waits for its node, and leaves it to the next. A thousand nodes neither fill the memory at once nor let
// limits run out because this machine is busy, and nodes that hang delay no other node.
type Limiter struct {
	free   chan struct{}
	moment time.Duration
}

// New makes a limiter of n places; one that is held for longer than moment goes to the next.
func New(n int, moment time.Duration) Limiter { return Limiter{make(chan struct{}, n), moment} }

// Take waits for a place, or for the end of the context, and returns what gives it back, and whether there is a crowd.
func (p Limiter) Take(ctx context.Context) (leave func(), crowd bool) {
	select {
	case p.free <- struct{}{}:
	default:
		crowd = true
		select {
		case p.free <- struct{}{}:
		case <-ctx.Done():
			return func() {}, crowd
		}
	}
	give := sync.OnceFunc(func() { <-p.free })
	timer := time.AfterFunc(p.moment, give)
	return func() {
		timer.Stop()
		give()
	}, crowd
}

// Places of a runner: of tasks that begin, and of looks past the line to a node: handshakes, names. Up to some 60 nodes nothing
// ever waits.
const (
	TaskPlaces  = 128
	TaskMoment  = 250 * time.Millisecond
	ProbePlaces = 640
	ProbeMoment = 3 * time.Second
)
