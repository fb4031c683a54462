package sim

import (
	"net"
	"slices"
	"sync"
	"time"
)

// wire is one connection to a node. Where a latency is set, all that the node sends arrives a round trip later, and the
// first bytes one more: that one is the handshake of TCP, which loopback does for nothing.
type wire struct {
	net.Conn
	rtt    time.Duration
	gone   func(*wire) // told once, when the connection is closed
	once   sync.Once
	opened time.Time

	mu    sync.Mutex
	queue []parcel
	ended bool          // nothing more is sent after the queue
	bell  chan struct{} // something was queued, or ended
	cut   chan struct{} // closed: what is queued is thrown away
	done  chan struct{} // closed after the last byte
}

type parcel struct {
	due  time.Time
	data []byte
}

func newWire(c net.Conn, rtt time.Duration, gone func(*wire)) *wire {
	w := &wire{Conn: c, rtt: rtt, gone: gone, opened: time.Now(), bell: make(chan struct{}, 1), cut: make(chan struct{}), done: make(chan struct{})}
	if rtt <= 0 {
		close(w.done)
		return w
	}
	go w.carry()
	return w
}

// Write queues what is sent; it is late by the latency, however much is on its way.
func (w *wire) Write(p []byte) (int, error) {
	if w.rtt <= 0 {
		return w.Conn.Write(p)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return 0, net.ErrClosed
	}
	due := time.Now().Add(w.rtt)
	if first := w.opened.Add(2 * w.rtt); due.Before(first) {
		due = first
	}
	w.queue = append(w.queue, parcel{due, slices.Clone(p)})
	w.ring()
	return len(p), nil
}

func (w *wire) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

func (w *wire) carry() {
	defer close(w.done)
	defer w.hangUp()
	for {
		w.mu.Lock()
		var next *parcel
		if len(w.queue) > 0 {
			next = &w.queue[0]
			w.queue = w.queue[1:]
		}
		ended := w.ended
		w.mu.Unlock()
		switch {
		case next == nil && ended:
			return
		case next == nil:
			select {
			case <-w.bell:
			case <-w.cut:
				return
			}
			continue
		}
		select {
		case <-time.After(time.Until(next.due)):
		case <-w.cut:
			return
		}
		if _, err := w.Conn.Write(next.data); err != nil {
			return
		}
	}
}

// Close ends the connection after what was written has arrived. It does not wait for that.
func (w *wire) Close() error {
	if w.rtt <= 0 {
		return w.hangUp()
	}
	w.mu.Lock()
	w.ended = true
	w.ring()
	w.mu.Unlock()
	return w.Conn.SetReadDeadline(time.Unix(1, 0)) // the reader is told now
}

// abort ends the connection at once; what is under way is lost.
func (w *wire) abort() {
	w.mu.Lock()
	w.ended = true
	select {
	case <-w.cut:
	default:
		close(w.cut)
	}
	w.mu.Unlock()
	_ = w.hangUp()
	<-w.done
}

func (w *wire) hangUp() (err error) {
	w.once.Do(func() {
		err = w.Conn.Close()
		w.gone(w)
	})
	return err
}
