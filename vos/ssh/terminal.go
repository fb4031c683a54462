package ssh

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// rows and columns of the pty: wide enough that no command wraps.
const (
	rows    = 24
	columns = 512
)

// ptyRequest is the body of a pty-req (RFC 4254, 6.2).
type ptyRequest struct {
	Term                         string
	Columns, Rows, Width, Height uint32
	Modes                        string
}

// wideTerminal echoes, and ends its list of modes.
func wideTerminal() ptyRequest {
	return ptyRequest{Term: "vt100", Columns: columns, Rows: rows, Modes: string([]byte{ssh.ECHO, 0, 0, 0, 1, 0})}
}

// terminal is the shell of one node. It is a vos.Terminal.
type terminal struct {
	node   vos.Node
	access vos.Access
	opts   Options
	client *connection
	in     ssh.Channel
	chunks chan []byte   // what the node prints; closed when the line ends
	done   chan struct{} // closed when this side ends it
	ended  sync.WaitGroup

	typing sync.Mutex // held while a dialogue is typed
	prompt string     // of this node, with its colon
	enter  string     // what the Enter key sends

	mu    sync.Mutex
	why   error       // the line is lost, or out of step: nothing may be typed any more
	pulse *time.Timer // of the next keep-alive
}

var _ vos.Terminal = (*terminal)(nil)

func newTerminal(n vos.Node, a vos.Access, c *connection, o Options) *terminal {
	t := &terminal{node: n, access: a, opts: o, client: c, enter: "\r", chunks: make(chan []byte, 16), done: make(chan struct{})}
	t.ended.Go(c.tend)
	return t
}

// shell asks for a pty and a shell, and starts to read.
func (t *terminal) shell() error {
	channel, err := t.client.session()
	if refused := (*ssh.OpenChannelError)(nil); errors.As(err, &refused) { // words of the node, which knows the password
		return errors.New(t.access.Words(t.node, refused.Error(), vos.MaxWords))
	}
	if err != nil {
		return err
	}
	t.in = channel
	// No answer is awaited for the pty, which saves a round trip: where a node gives none, the shell works without echo.
	if _, err := channel.SendRequest("pty-req", false, ssh.Marshal(wideTerminal())); err != nil {
		return err
	}
	ok, err := channel.SendRequest("shell", true, nil)
	if err == nil && !ok {
		err = errors.New("The node opened no shell")
	}
	if err != nil {
		return err
	}
	t.ended.Go(func() { t.read(channel) })
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why == nil {
		t.ended.Add(1)
		t.pulse = time.AfterFunc(t.opts.KeepAlive, t.keepAlive)
	}
	return nil
}

// chunkSize is how much is read at once. A thousand idle connections hold one each.
const chunkSize = 1 << 10

// read hands on what the node prints until the line ends or the terminal is closed.
func (t *terminal) read(out io.Reader) {
	defer close(t.chunks)
	chunk := make([]byte, chunkSize)
	for {
		n, err := out.Read(chunk)
		if n > 0 {
			select {
			case t.chunks <- bytes.Clone(chunk[:n]):
			case <-t.done:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// keepAlive detects a dead connection that was not closed. It runs until the connection ends; in between
// nothing waits for it.
func (t *terminal) keepAlive() {
	watchdog := time.AfterFunc(2*t.opts.KeepAlive, func() { _ = t.client.Close() }) // ends the request and the reader
	_, _, err := t.client.SendRequest("keepalive@openssh.com", true, nil)
	watchdog.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.why == nil {
		t.pulse.Reset(t.opts.KeepAlive)
		return
	}
	_ = t.client.Close()
	t.ended.Done()
}

// Close says goodbye where the line stands and nothing is being typed, and ends all goroutines.
func (t *terminal) Close() error {
	if t.typing.TryLock() {
		if t.broken() == nil {
			ctx, cancel := context.WithTimeout(context.Background(), t.opts.Grace)
			_ = t.write(ctx, "quit"+t.enter)
			cancel()
		}
		t.typing.Unlock()
	}
	t.giveUp(errors.New("the connection was closed"))
	t.ended.Wait()
	return nil
}

// giveUp gives up the line, for the first reason that is given.
func (t *terminal) giveUp(why error) {
	t.mu.Lock()
	if t.why == nil {
		t.why = why
		close(t.done)
		if t.pulse != nil && t.pulse.Stop() {
			t.ended.Done()
		}
	}
	t.mu.Unlock()
	_ = t.client.Close()
}

func (t *terminal) broken() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.why
}

// write types keys. A line on which nothing moves any more is given up with the context.
func (t *terminal) write(ctx context.Context, keys string) error {
	written := make(chan struct{})
	defer close(written)
	defer context.AfterFunc(ctx, func() {
		select {
		case <-written: // it was on its way already
		case <-time.After(t.opts.Grace):
			_ = t.client.Close()
		}
	})()
	_, err := io.WriteString(t.in, keys)
	return err
}

// say types words, and keeps them in the transcript.
func (t *terminal) say(ctx context.Context, words string) error {
	t.access.Record(t.node, true, strings.ReplaceAll(words, "\r", "\n"))
	return t.write(ctx, words)
}

// tell keeps in the transcript what an answer holds that it has not yet.
func (t *terminal) tell(a *answer) {
	text := a.since(a.told)
	a.told = a.here()
	t.heard(strings.TrimSuffix(text, a.prompt))
}

func (t *terminal) heard(text string) { t.access.Record(t.node, false, text) }

// text is the answer without the password: a login over SSH never prints it, and a node that does must not get it written down.
func (t *terminal) text(a *answer) string { return t.access.Redact(t.node, a.text()) }

// errQuiet tells that nothing was printed for a while.
var errQuiet = errors.New("no output")

// more waits for the next bytes: io.EOF when the line has ended, errQuiet after the given silence.
func (t *terminal) more(ctx context.Context, silence time.Duration) ([]byte, error) {
	timer := time.NewTimer(silence)
	defer timer.Stop()
	select {
	case chunk, ok := <-t.chunks:
		if !ok {
			return nil, io.EOF
		}
		return chunk, nil
	case <-timer.C:
		return nil, errQuiet
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// unsent is the error of a dialogue of which not a word was typed.
func (t *terminal) unsent(cause error) error {
	return &vos.Error{Class: vos.ErrUnreachable, Node: t.node.FQDN, What: msg.T("The connection was lost"), Err: cause,
		Means: msg.T("Nothing was typed."), Next: msg.T("Press Enter to reconnect.")}
}

// lost gives up the line in the middle of a dialogue.
func (t *terminal) lost(a *answer, cause error) error {
	t.giveUp(cause)
	return t.unfinished(a, msg.T("The connection was lost"), cause)
}

// stopped is the error of a dialogue that was left with Ctrl-C, and the prompt is back.
func (t *terminal) stopped(a *answer, cause error) error {
	return t.unfinished(a, msg.T("the command was stopped"), cause)
}

func (t *terminal) unfinished(a *answer, what msg.Text, cause error) error {
	e := &vos.Error{Class: vos.ErrUnreachable, Node: t.node.FQDN, What: msg.T("%s during %q", what, a.Line), Said: lastWords(t.text(a)), Err: cause,
		Means: msg.T("The command only reads. The node is unchanged."), Next: msg.T("Press Enter to reconnect.")}
	if a.Changes {
		e.Class, e.Means, e.Next = vos.ErrUncertain, msg.T("The node may or may not have been changed."), msg.T("Press Enter to check the node. Nothing is repeated unchecked.")
	}
	return e
}

// lastWords are the last lines of an answer that was cut off.
func lastWords(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	lines = lines[max(len(lines)-3, 0):]
	for i := range lines {
		lines[i] = vos.Shorten(lines[i], vos.MaxField)
	}
	return strings.Join(lines, "\n")
}
