package ssh

import (
	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/sshlogin"
)

// connection is a line that the node has let in. What the node itself asks for on it is declined by one goroutine: a
// thousand lines are kept for a whole run.
type connection struct {
	*sshlogin.Connection
	opened chan (<-chan *ssh.Request) // requests on the session, once it is open
}

func newConnection(c *sshlogin.Connection) *connection {
	return &connection{c, make(chan (<-chan *ssh.Request), 1)}
}

// session opens the one channel on which a shell runs. What is written to its standard error is not read: behind a
// terminal nothing is.
func (c *connection) session() (ssh.Channel, error) {
	channel, requests, err := c.OpenChannel("session", nil)
	if err == nil {
		c.opened <- requests
	}
	return channel, err
}

// tend declines what the node asks for, until the line has ended.
func (c *connection) tend() {
	var inSession <-chan *ssh.Request
	channels, requests := c.Channels, c.Requests
	for channels != nil || requests != nil || inSession != nil {
		select {
		case inSession = <-c.opened:
		case ch, ok := <-channels:
			if !ok {
				channels = nil
				continue
			}
			_ = ch.Reject(ssh.UnknownChannelType, "nothing is opened here")
		case r, ok := <-requests:
			if !ok {
				requests = nil
				continue
			}
			decline(r)
		case r, ok := <-inSession:
			if !ok {
				inSession = nil
				continue
			}
			decline(r)
		}
	}
}

func decline(r *ssh.Request) {
	if r.WantReply {
		_ = r.Reply(false, nil)
	}
}
