package ssh

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
)

// rows and columns of the pty: wide enough that no command wraps.
const (
	rows    = 24
	columns = 512
)

// terminal is the shell of one node. Its methods come one at a time.
type terminal struct {
	node   vos.Node
	access vos.Access
	opts   Options
	client *ssh.Client
	in     io.WriteCloser
	chunks chan []byte // what the node prints; closed when the line ends
	done   chan struct{}
	close  sync.Once
	broken error // the line is lost, or out of step: nothing may be typed any more
	buf    []byte
	name   string // of the prompt, without the colon
}

var _ vos.Terminal = (*terminal)(nil)

// openTerminal asks for a pty and a shell, waits for the prompt, and turns the pager off.
func openTerminal(ctx context.Context, n vos.Node, a vos.Access, c *ssh.Client, o Options) (*terminal, error) {
	t := &terminal{node: n, access: a, opts: o, client: c, chunks: make(chan []byte, 64), done: make(chan struct{})}
	if err := t.shell(); err != nil {
		t.shut()
		return nil, t.lost(false, fmt.Errorf("no shell: %w", err))
	}
	if err := t.prompt(ctx); err != nil {
		t.shut()
		return nil, err
	}
	// An account of privilege 0 may not do this (vos-facts 1.3): then the pager is answered as it comes.
	if _, err := t.Type(ctx, vos.Dialogue{Line: "set cli pagination off"}); err != nil {
		t.shut()
		return nil, err
	}
	return t, nil
}

func (t *terminal) shell() error {
	s, err := t.client.NewSession()
	if err != nil {
		return err
	}
	if t.in, err = s.StdinPipe(); err != nil {
		return err
	}
	out, err := s.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.RequestPty("vt100", rows, columns, ssh.TerminalModes{ssh.ECHO: 1}); err != nil {
		return err
	}
	if err := s.Shell(); err != nil {
		return err
	}
	go t.read(out)
	go t.keepAlive()
	return nil
}

// read hands on what the node prints until the line ends or the terminal is closed.
func (t *terminal) read(out io.Reader) {
	defer close(t.chunks)
	for {
		chunk := make([]byte, 8192)
		n, err := out.Read(chunk)
		if n > 0 {
			select {
			case t.chunks <- chunk[:n]:
			case <-t.done:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// keepAlive finds out that a line is dead although nobody says so.
func (t *terminal) keepAlive() {
	tick := time.NewTicker(t.opts.KeepAlive)
	defer tick.Stop()
	for {
		select {
		case <-t.done:
			return
		case <-tick.C:
			answered := make(chan error, 1)
			go func() {
				_, _, err := t.client.SendRequest("keepalive@openssh.com", true, nil)
				answered <- err
			}()
			select {
			case err := <-answered:
				if err != nil {
					_ = t.client.Close()
					return
				}
			case <-time.After(2 * t.opts.KeepAlive):
				_ = t.client.Close() // unblocks the request, and ends the reader
				return
			case <-t.done:
				return
			}
		}
	}
}

// Close says goodbye where the line still stands, and ends all goroutines.
func (t *terminal) Close() error {
	if t.broken == nil {
		_ = t.write("quit\r")
	}
	t.shut()
	return nil
}

func (t *terminal) shut() {
	t.close.Do(func() {
		close(t.done)
		_ = t.client.Close()
		if t.broken == nil {
			t.broken = errors.New("the connection is closed")
		}
	})
}

// lost makes the error of a line that ended. typed: words that may have changed the node are out.
func (t *terminal) lost(typed bool, err error) error {
	t.broken = err
	if typed {
		return &vos.Error{Class: vos.ErrUncertain, Node: t.node.FQDN, What: "the line was lost in the middle of a change", Err: err,
			Means: "it may or may not have been done on the node", Next: "Enter looks at the node; nothing is done twice"}
	}
	return &vos.Error{Class: vos.ErrUnreachable, Node: t.node.FQDN, What: "the line was lost", Err: err,
		Means: "nothing was changed", Next: "Enter connects again"}
}

func (t *terminal) write(s string) error {
	_, err := io.WriteString(t.in, s)
	return err
}

// say types words, and keeps them in the transcript.
func (t *terminal) say(s string) error {
	if t.access.Transcript != nil {
		t.access.Transcript(true, strings.TrimRight(s, "\r\n"))
	}
	return t.write(s)
}

// heard keeps what was printed in the transcript. A node does not echo the password of an SSH login; should it ever
// stand in its words, it is taken out.
func (t *terminal) heard(text string) {
	if t.access.Transcript == nil || strings.TrimSpace(text) == "" {
		return
	}
	if p := t.access.Login.Password.Reveal(); p != "" {
		text = strings.ReplaceAll(text, p, "********")
	}
	t.access.Transcript(false, text)
}

// errQuiet tells that nothing was printed for a while.
var errQuiet = errors.New("nothing was printed")

// more waits for the next bytes: io.EOF when the line has ended, errQuiet after the given silence.
func (t *terminal) more(ctx context.Context, silence time.Duration) error {
	timer := time.NewTimer(silence)
	defer timer.Stop()
	select {
	case chunk, ok := <-t.chunks:
		if !ok {
			return io.EOF
		}
		t.buf = append(t.buf, chunk...)
		for { // take what is there already: fewer looks at the whole
			select {
			case chunk, ok := <-t.chunks:
				if !ok {
					return nil
				}
				t.buf = append(t.buf, chunk...)
				continue
			default:
			}
			return nil
		}
	case <-timer.C:
		return errQuiet
	case <-ctx.Done():
		return ctx.Err()
	}
}
