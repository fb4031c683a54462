package steps

import (
	"context"
	"sync"
	"time"
)

// places bound how much is begun at the same moment, by work and not by waiting: whoever holds a place for longer than a
// moment is waiting for its node, and leaves it to the next. So a thousand nodes neither fill the memory at once nor let
// limits run out because this machine is busy, and nodes that hang hold up nobody.
type places struct {
	free   chan struct{}
	moment time.Duration
}

func newPlaces(n int, moment time.Duration) places { return places{make(chan struct{}, n), moment} }

// take waits for a place, or for the end of the context, and returns what gives it back, and whether there is a crowd.
func (p places) take(ctx context.Context) (leave func(), crowd bool) {
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
	taskPlaces  = 128
	taskMoment  = 250 * time.Millisecond
	probePlaces = 640
	probeMoment = 3 * time.Second
)
