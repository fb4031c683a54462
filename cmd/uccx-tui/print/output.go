package print

import (
	"io"
	"sync"
)

// Output is where a program prints. It notices that its reader has closed, or that it is full.
type Output struct {
	To   io.Writer
	Lost func(error) // called once; may be nil

	mu  sync.Mutex
	err error
}

// Fd is the descriptor that is written to; of a writer without one a number that no descriptor has.
func (o *Output) Fd() uintptr {
	if f, ok := o.To.(interface{ Fd() uintptr }); ok {
		return f.Fd()
	}
	return ^uintptr(0)
}

// Write writes all of p, or nothing once a write has failed.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.To.Write(p)
	if err != nil {
		if o.err = err; o.Lost != nil {
			o.Lost(err)
		}
	}
	return n, err
}

// Err returns why the first write failed, or nil.
func (o *Output) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}
