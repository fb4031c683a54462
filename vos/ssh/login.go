package ssh

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// promptLine: the account's name or admin, a colon, nothing behind it (docs/nodes.md 1.2).
var promptLine = lazyregexp.MustCompile(`^[A-Za-z0-9_.\-]+:$`)

// passwordLine: behind a login that was accepted, a node asks for a password only where the account must set a new one.
var passwordLine = lazyregexp.MustCompile(`(?i)\bpassword\s*:$`)

var errNewPassword = errors.New("the node asks for another password")

// open asks for a shell, waits for the prompt, and turns the pager off. Where it fails nothing is left behind.
func (t *terminal) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, t.opts.LoginLimit, msg.Errorf("no prompt within %s of the login", msg.Duration(t.opts.LoginLimit)))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = t.client.Close() }) // ends the requests for pty and shell too
	err := t.enterShell(ctx)
	stop()
	if err != nil {
		cause := context.Cause(ctx)
		t.giveUp(err)
		t.ended.Wait()
		return t.notOpened(err, cause)
	}
	return nil
}

func (t *terminal) enterShell(ctx context.Context) error {
	t.progress("logged in, waiting for the prompt")
	if err := t.shell(); err != nil {
		return msg.Errorf("no shell: %w", err)
	}
	if err := t.awaitPrompt(ctx); err != nil {
		return err
	}
	// An account of privilege 0 may not do this (docs/nodes.md 1.3): then the pager is answered as it comes.
	first := &answer{Dialogue: vos.Dialogue{Line: "set cli pagination off"}, prompt: t.prompt, first: true}
	_, err := t.dialogue(ctx, first)
	return err
}

func (t *terminal) progress(words string) {
	if t.access.Say != nil {
		t.access.Say(words)
	}
}

// awaitPrompt waits for the first prompt, which takes from 8 to 120 s on real nodes, and presses Enter where the node
// has fallen silent.
func (t *terminal) awaitPrompt(ctx context.Context) error {
	var s screen
	defer func() { t.heard(strings.Join(append(s.lines, s.end()), "\n")) }()
	last, nudged, welcome, read := time.Now(), time.Now(), false, 0
	presses := 0
	for {
		chunk, err := t.more(ctx, t.opts.Quiet)
		switch {
		case err == nil:
			s.feed(chunk)
			last = time.Now()
		case errors.Is(err, io.EOF):
			return errHungUp
		case !errors.Is(err, errQuiet):
			return err
		}
		if s.full() {
			return errEndless(msg.T("what the node prints before its prompt"))
		}
		silent := time.Since(last)
		if silent >= t.opts.Quiet && passwordLine.MatchString(strings.TrimSpace(s.end())) {
			return errNewPassword
		}
		if t.learn(&s, silent, presses > 0) {
			s.clear()
			return nil
		}
		for ; !welcome && read < len(s.lines); read++ {
			if welcome = strings.Contains(s.lines[read], "Welcome to"); welcome {
				t.progress("the command line is starting")
			}
		}
		if pagerPage.MatchString(s.end()) {
			s.clear()
			err = t.write(ctx, " ")
		} else if silent >= t.opts.Nudge && time.Since(nudged) >= t.opts.Nudge {
			nudged = time.Now()
			err = t.write(ctx, []string{"\r", "\n"}[presses%2])
			presses++
		}
		if err != nil && !errors.Is(err, errQuiet) {
			return err
		}
	}
}

// learn takes the prompt from the end of the screen. "admin", or the name of the account, is known at once (docs/nodes.md
// 1.2); any other word could still be the beginning of a line, and after an Enter of ours more prompts may follow: then
// silence must come behind it.
func (t *terminal) learn(s *screen, silent time.Duration, nudged bool) bool {
	if len(s.cur) > maxPrompt {
		return false
	}
	cur := strings.TrimSpace(string(s.cur[min(s.erased, len(s.cur)):]))
	if !promptLine.MatchString(cur) {
		return false
	}
	name := strings.TrimSuffix(cur, ":")
	switch known := name == "admin" || name == t.access.Login.User; {
	case known && !nudged:
	case known && silent >= t.opts.Quiet:
	case silent >= 3*t.opts.Quiet:
	default:
		return false
	}
	t.prompt = cur
	return true
}

// notOpened is the error of a login that was accepted, and then came to nothing.
func (t *terminal) notOpened(err, cause error) error {
	if errors.Is(err, errNewPassword) {
		return &vos.Error{Class: vos.ErrRefused, Node: t.node.FQDN, What: msg.T("The account must set a new password"), Err: err,
			Means: msg.T("Nothing was changed. The password has expired or was never changed."), Next: msg.T("Log in to the node with an SSH client, set a new password, then use it here.")}
	}
	var known *vos.Error
	switch {
	case cause != nil: // cancelled, or too late: the rest only came of it
		err = cause
	case errors.As(err, &known) && known.Err != nil:
		err = known.Err
	}
	return &vos.Error{Class: vos.ErrUnreachable, Node: t.node.FQDN, What: msg.T("Logged in, but the command line did not start"), Err: err,
		Means: msg.T("Nothing was changed. The node is starting, or too many sessions are open."), Next: msg.T("Wait a minute, then press Enter to reconnect.")}
}
