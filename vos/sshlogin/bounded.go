package sshlogin

import (
	"net"
	"sync/atomic"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxLogin is how many bytes a server may send until it has let in. A login takes about 10 KiB.
const maxLogin = 1 << 20

// bounded is a connection that ends where a server sends without end before it has let in: banners, ignored packets, empty dialogues.
type bounded struct {
	net.Conn
	came atomic.Int64 // bytes read; negative: there is no bound any more
}

// free takes the bound away.
func (b *bounded) free() { b.came.Store(-1) }

// Read ends with an error where the bound is reached.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	if came := b.came.Load(); came >= 0 {
		if came > maxLogin {
			return 0, msg.Errorf("the login does not end (more than %d KiB)", maxLogin>>10)
		}
		b.came.CompareAndSwap(came, came+int64(n))
	}
	return n, err
}
