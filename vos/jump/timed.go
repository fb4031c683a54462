package jump

import (
	"net"
	"os"
	"sync"
	"time"
)

// timed gives a connection through the jump host deadlines: one that has come closes it. The drivers set a deadline only where
// they give the connection up when it comes.
type timed struct {
	net.Conn
	mu    sync.Mutex
	timer *time.Timer
	late  bool
}

// SetDeadline ends the connection at a moment; the zero time: never.
func (t *timed) SetDeadline(at time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.timer != nil {
		t.timer.Stop()
	}
	if at.IsZero() {
		return nil
	}
	t.timer = time.AfterFunc(time.Until(at), func() {
		t.mu.Lock()
		t.late = true
		t.mu.Unlock()
		_ = t.Conn.Close()
	})
	return nil
}

// SetReadDeadline is SetDeadline: a channel has one end.
func (t *timed) SetReadDeadline(at time.Time) error { return t.SetDeadline(at) }

// SetWriteDeadline is SetDeadline.
func (t *timed) SetWriteDeadline(at time.Time) error { return t.SetDeadline(at) }

// Read tells a deadline from an end.
func (t *timed) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	return n, t.told(err)
}

// Write tells a deadline from an end.
func (t *timed) Write(b []byte) (int, error) {
	n, err := t.Conn.Write(b)
	return n, t.told(err)
}

func (t *timed) told(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil && t.late {
		return os.ErrDeadlineExceeded
	}
	return err
}

// Close ends the connection.
func (t *timed) Close() error {
	_ = t.SetDeadline(time.Time{})
	return t.Conn.Close()
}
