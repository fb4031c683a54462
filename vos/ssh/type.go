package ssh

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxReplies bounds one dialogue: a node that asks more often does not understand the answer.
const maxReplies = 10

// maxShown is how many bytes of a question are shown beside its answer.
const maxShown = 200

// Type types one dialogue and returns what the node printed until its prompt came back. Calls come one at a time.
func (t *terminal) Type(ctx context.Context, d vos.Dialogue) (string, error) {
	t.typing.Lock()
	defer t.typing.Unlock()
	a, err := expect(d, t.prompt)
	if err != nil {
		return "", t.unsent(err)
	}
	return t.dialogue(ctx, a)
}

func (t *terminal) dialogue(ctx context.Context, a *answer) (string, error) {
	if err := t.ready(ctx); err != nil {
		return "", err
	}
	limit := a.Limit
	if limit == 0 {
		limit = t.opts.CommandLimit
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, msg.Errorf("%q did not finish within %s", a.Line, limit))
	defer cancel()
	if err := t.say(ctx, a.Line+t.enter); err != nil {
		return "", t.lost(a, err)
	}
	err := t.converse(ctx, a)
	t.tell(a)
	return t.text(a), err
}

// ready throws away what was printed between two dialogues, such as redrawn prompts and broadcast messages, and looks
// whether anything may be typed at all.
func (t *terminal) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return t.unsent(err)
	}
	var between screen
	for waiting := true; waiting && !between.full(); {
		select {
		case chunk, ok := <-t.chunks:
			if between.feed(chunk); !ok {
				t.giveUp(errHungUp)
				waiting = false
			}
		default:
			waiting = false
		}
	}
	if between.full() {
		t.giveUp(errEndless(msg.T("what the node prints without being asked")))
	}
	t.heard(t.unprompted(between.lines))
	if err := t.broken(); err != nil {
		return t.unsent(err)
	}
	return nil
}

// unprompted is what lines say beside prompts.
func (t *terminal) unprompted(lines []string) string {
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" || l == t.prompt }), "\n")
}

var errHungUp = errors.New("the node closed the connection")

// converse reads on, and does what the words at the end ask for, until the prompt is back.
func (t *terminal) converse(ctx context.Context, a *answer) error {
	last := time.Now()
	for {
		chunk, err := t.more(ctx, a.pause(t.opts))
		switch {
		case err == nil:
			last = time.Now()
			a.feed(chunk)
			if a.screen.full() {
				return t.cancel(a, errEndless(msg.T("the output of %q", a.Line)))
			}
		case errors.Is(err, io.EOF):
			return t.lost(a, errHungUp)
		case !errors.Is(err, errQuiet):
			return t.cancel(a, context.Cause(ctx))
		}
		if ctx.Err() != nil {
			return t.cancel(a, context.Cause(ctx))
		}
		done, err := t.react(ctx, a, time.Since(last))
		if done || err != nil {
			return err
		}
	}
}

// react does what the end of the screen asks for: page on, answer, paste. It reports whether the dialogue is over.
func (t *terminal) react(ctx context.Context, a *answer, silent time.Duration) (bool, error) {
	if key := a.pager(); key != "" {
		if a.turned(); a.pages > maxPages {
			return false, t.cancel(a, errEndless(msg.T("the output of %q", a.Line)))
		}
		return false, t.press(ctx, a, key)
	}
	switch {
	case a.left():
		t.giveUp(errHungUp)
		return true, nil
	case a.ended(silent, t.opts):
		return true, nil
	case a.Paste != nil && !a.pasted && pasteHere.MatchString(a.fresh()):
		return false, t.paste(ctx, a)
	}
	if reply, ok := a.reply(silent, t.opts); ok {
		if a.replies == maxReplies {
			return false, t.cancel(a, msg.Errorf("the node repeats the same question"))
		}
		if err := t.breathe(ctx); err != nil {
			return false, t.cancel(a, err)
		}
		a.replies++
		question := a.screen.end()
		t.tell(a)
		a.asked()
		err := t.say(ctx, reply+t.enter)
		if err != nil {
			a.replies-- // it did not leave
		} else {
			t.progress(strings.TrimSpace(t.access.Words(t.node, question, maxShown)) + " " + reply)
		}
		return false, t.typed(a, err)
	}
	if a.unheard(silent, t.opts) {
		a.nudged = true
		return false, t.press(ctx, a, t.enter)
	}
	if silent >= t.opts.Puzzled && question.MatchString(a.fresh()) {
		return false, t.cancel(a, msg.Errorf("an unknown question"))
	}
	return false, t.enters(ctx, a, silent)
}

// enters tries the other line end where the first command was echoed and nothing followed: it is harmless there.
func (t *terminal) enters(ctx context.Context, a *answer, silent time.Duration) error {
	if !a.first || t.enter == "\n" || silent < t.opts.Nudge || len(a.screen.lines) > 0 {
		return nil
	}
	t.enter = "\n"
	return t.press(ctx, a, t.enter)
}

// press types keys that no transcript needs.
func (t *terminal) press(ctx context.Context, a *answer, keys string) error {
	return t.typed(a, t.write(ctx, keys))
}

// typed judges a write in a dialogue. Where the node has hung up, what it said before is read first: reading goes on, and meets
// the end.
func (t *terminal) typed(a *answer, err error) error {
	if err != nil && !errors.Is(err, io.EOF) {
		return t.lost(a, err)
	}
	return nil
}

// paste sends the certificate, each line ended by Enter, and one empty line behind it, which ends the input (docs/nodes.md
// 1.5). Real nodes lose the beginning when it comes too early.
func (t *terminal) paste(ctx context.Context, a *answer) error {
	if err := t.breathe(ctx); err != nil {
		return t.cancel(a, err)
	}
	t.tell(a)
	a.pastes()
	text := bytes.ReplaceAll(bytes.TrimSpace(a.Paste), []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\n"), []byte(t.enter))
	return t.typed(a, t.say(ctx, string(text)+t.enter+t.enter))
}

// breathe waits before something is typed that the node has just asked for: it may not be reading yet.
func (t *terminal) breathe(ctx context.Context) error {
	if t.opts.PasteDelay <= 0 {
		return nil
	}
	timer := time.NewTimer(t.opts.PasteDelay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// cancel leaves a dialogue in the middle. Where the node waits for something, Ctrl-C brings the prompt back, and the line
// stays in step. Where a change is under way it is not broken into; the line is given up.
func (t *terminal) cancel(a *answer, cause error) error {
	if !a.committed() && t.interrupt(a) {
		return t.stopped(a, cause)
	}
	return t.lost(a, cause)
}

// interrupt presses Ctrl-C and reports whether the prompt came back within a moment.
func (t *terminal) interrupt(a *answer) bool {
	grace, stop := context.WithTimeout(context.Background(), t.opts.Grace)
	defer stop()
	if t.write(grace, "\x03") != nil {
		return false
	}
	after := answer{prompt: a.prompt}
	for grace.Err() == nil && !after.screen.full() {
		chunk, err := t.more(grace, t.opts.Grace)
		if err != nil {
			return false
		}
		after.screen.feed(chunk)
		if alone, _ := after.atPrompt(); alone {
			return true
		}
	}
	return false
}
