package vostest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Typist is a person at the prompt of one simulated node, with a terminal of their own: what a node prints comes back as
// it was printed, with echo, escape sequences and prompts. It sits down when first needed, and again when the line is lost.
type Typist struct {
	Addr  string // "host:port" of the node's SSH
	Login vos.Login

	conn *ssh.Client
	in   io.Writer
	out  chan []byte
}

// patience is how long a Typist waits for a node that is away, or for words that do not come.
const patience = 30 * time.Second

// Close gets up.
func (t *Typist) Close() {
	if t.conn != nil {
		_ = t.conn.Close()
		t.conn = nil
	}
}

// Do types one dialogue and returns everything that was printed, from the prompt before it to the one behind it.
func (t *Typist) Do(ctx context.Context, d vos.Dialogue) (string, error) {
	if err := t.sit(ctx); err != nil {
		return "", err
	}
	if err := t.keys(d.Line + "\r"); err != nil {
		return "", err
	}
	return t.converse(ctx, d)
}

var (
	atPrompt = lazyregexp.MustCompile(`(?:^|[\r\n]|\x1b\[K)admin:\s*$`)
	atPager  = lazyregexp.MustCompile(`to quit(\x1b\[[0-9]*[mK])*$`)
	atPaste  = lazyregexp.MustCompile(`Paste the Certificate and Hit Enter\s*$`)
)

// converse answers what is asked until the prompt is back.
func (t *Typist) converse(ctx context.Context, d vos.Dialogue) (string, error) {
	text, seen, pasted := "admin:", 0, false
	for {
		chunk, err := t.more(ctx)
		text += string(chunk)
		fresh := text[seen:]
		switch {
		case errors.Is(err, io.EOF) && d.Leaves:
			t.Close()
			return text, nil
		case err != nil:
			t.Close()
			return text, err
		case atPager.MatchString(fresh):
			err = t.keys(" ")
		case d.Paste != nil && !pasted && atPaste.MatchString(fresh):
			pasted = true
			err = t.keys(strings.ReplaceAll(strings.TrimSpace(string(d.Paste)), "\n", "\r\n") + "\r\n\r\n")
		case shows(text, d.Line) && atPrompt.MatchString(fresh) && (pasted || d.Paste == nil || !strings.Contains(text, "Paste")):
			return text, nil
		default:
			reply, ok := answerTo(d, fresh)
			if !ok {
				continue
			}
			err = t.keys(reply + "\r")
		}
		if seen = len(text); err != nil {
			return text, err
		}
	}
}

// shows reports whether a command stands in a window. Who reads a wrapped line reads it as one.
func shows(window, line string) bool {
	joined := func(text string) string { return strings.Join(strings.Fields(text), "") }
	return strings.Contains(joined(window), joined(line))
}

func answerTo(d vos.Dialogue, fresh string) (string, bool) {
	for _, a := range d.Answers {
		if regexp.MustCompile(a.Question).MatchString(fresh) {
			return a.Reply, true
		}
	}
	return "", false
}

func (t *Typist) keys(text string) error {
	_, err := io.WriteString(t.in, text)
	return err
}

func (t *Typist) more(ctx context.Context) ([]byte, error) {
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case chunk, ok := <-t.out:
		if !ok {
			return nil, io.EOF
		}
		return chunk, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-late.C:
		return nil, errors.New("the node says nothing more")
	}
}

// sit logs in and waits for the prompt, however long the node is away.
func (t *Typist) sit(ctx context.Context) error {
	if t.conn != nil {
		return nil
	}
	for end := time.Now().Add(patience); ; {
		err := t.shell()
		if err == nil {
			return t.await(ctx)
		}
		t.Close()
		if time.Now().After(end) || strings.Contains(err.Error(), "unable to authenticate") {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (t *Typist) await(ctx context.Context) error {
	var banner bytes.Buffer
	for !atPrompt.MatchString(banner.String()) {
		chunk, err := t.more(ctx)
		if err != nil {
			t.Close()
			return fmt.Errorf("no prompt in %q: %w", banner.String(), err)
		}
		banner.Write(chunk)
	}
	return nil
}

func (t *Typist) shell() (err error) {
	if t.conn, err = ssh.Dial("tcp", t.Addr, t.config()); err != nil {
		t.conn = nil
		return err
	}
	s, err := t.conn.NewSession()
	if err != nil {
		return err
	}
	if err := s.RequestPty("vt100", 40, 80, ssh.TerminalModes{}); err != nil {
		return err
	}
	if t.in, err = s.StdinPipe(); err != nil {
		return err
	}
	out, err := s.StdoutPipe()
	if err != nil {
		return err
	}
	t.out = make(chan []byte, 1024)
	go listen(out, t.out)
	return s.Shell()
}

func listen(from io.Reader, to chan<- []byte) {
	defer close(to)
	for {
		buf := make([]byte, 8192)
		n, err := from.Read(buf)
		if n > 0 {
			to <- buf[:n]
		}
		if err != nil {
			return
		}
	}
}

// config takes what any simulated node speaks, and trusts the one at that address: it is this machine.
func (t *Typist) config() *ssh.ClientConfig {
	all, old := ssh.SupportedAlgorithms(), ssh.InsecureAlgorithms()
	answer := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		answers := make([]string, len(questions))
		for i := range answers {
			answers[i] = t.Login.Password.Reveal()
		}
		return answers, nil
	}
	return &ssh.ClientConfig{User: t.Login.User, Timeout: patience, HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		Auth:              []ssh.AuthMethod{ssh.KeyboardInteractive(answer), ssh.Password(t.Login.Password.Reveal())},
		HostKeyAlgorithms: append(all.HostKeys, old.HostKeys...),
		Config: ssh.Config{KeyExchanges: append(all.KeyExchanges, old.KeyExchanges...), Ciphers: append(all.Ciphers, old.Ciphers...),
			MACs: append(all.MACs, old.MACs...)}}
}
