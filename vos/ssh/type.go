package ssh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

var (
	pasteAsked = regexp.MustCompile(`(?i)paste the certificate[^\n]*\n?\s*$`)
	welcome    = regexp.MustCompile(`(?i)welcome to the platform`)
)

// prompt waits for the first prompt after the login, which takes from 8 to 120 s on real nodes, and presses Enter
// where the node has fallen silent.
func (t *terminal) prompt(ctx context.Context) error {
	start := time.Now()
	for nudged := false; ; {
		err := t.more(ctx, t.opts.Nudge)
		text := plain(t.buf)
		switch {
		case promptEnd.MatchString(text) && (t.learn(text) || errors.Is(err, errQuiet)):
			if !nudged {
				t.heard(text)
				t.buf = nil
				return nil
			}
			return t.drained(ctx, text)
		case errors.Is(err, io.EOF):
			t.heard(text)
			return t.lost(false, errors.New("the node hung up during the login"))
		case errors.Is(err, errQuiet):
			nudged = true
			if err := t.write("\r"); err != nil {
				return t.lost(false, err)
			}
		case err != nil:
			return t.lost(false, err)
		case welcome.MatchString(text) && t.access.Say != nil:
			t.access.Say("waiting for the prompt")
		}
		if time.Since(start) > t.opts.LoginLimit {
			return t.lost(false, fmt.Errorf("no prompt within %s of the login", t.opts.LoginLimit))
		}
	}
}

// learn keeps what this node's prompt is. "admin" is known at once (vos-facts 1.2); any other word could still be the
// beginning of a line, so silence must follow it.
func (t *terminal) learn(text string) bool {
	t.name = promptEnd.FindStringSubmatch(text)[1]
	return t.name == "admin"
}

// back reports whether a text ends with this node's prompt, and nothing else that looks like one.
func (t *terminal) back(text string) bool {
	m := promptEnd.FindStringSubmatch(text)
	return m != nil && m[1] == t.name
}

// drained waits for silence after an Enter of ours, because each draws one more prompt.
func (t *terminal) drained(ctx context.Context, text string) error {
	for {
		err := t.more(ctx, t.opts.Quiet)
		if errors.Is(err, errQuiet) {
			t.heard(text)
			t.buf = nil
			return nil
		}
		if err != nil {
			return t.lost(false, err)
		}
	}
}

// dialogue is one command while it is typed.
type dialogue struct {
	vos.Dialogue
	end    time.Time
	pasted bool
	replys int
	seen   int // bytes of the buffer in which questions and pagers were answered already
	silent time.Duration
	echo   *regexp.Regexp
	text   string // plain text behind the echo
	echoed bool
}

// maxReplies bounds how often one question is answered: a node that asks for ever does not understand the answer.
const maxReplies = 10

// Type types one dialogue and returns what the node printed until its prompt came back.
func (t *terminal) Type(ctx context.Context, d vos.Dialogue) (string, error) {
	if t.broken != nil {
		return "", t.lost(false, t.broken)
	}
	if !t.stale() {
		return "", t.lost(false, errors.New("the node has hung up"))
	}
	limit := d.Limit
	if limit == 0 {
		limit = t.opts.CommandLimit
	}
	now := &dialogue{Dialogue: d, end: time.Now().Add(limit), echo: echoOf(d.Line)}
	if err := t.say(d.Line + "\r"); err != nil {
		return "", t.lost(d.Changes, err)
	}
	for {
		answered, err := t.step(ctx, now)
		if err != nil {
			t.heard(now.text)
			return strings.TrimSpace(now.text), err
		}
		if answered {
			text := withoutPrompt(now.text)
			t.heard(text)
			t.buf = nil
			return strings.Trim(text, "\n"), nil
		}
	}
}

// stale throws away what was printed between two commands: redrawn prompts, broadcast messages. It reports whether the
// line still stands.
func (t *terminal) stale() bool {
	t.buf = nil
	for {
		select {
		case _, ok := <-t.chunks:
			if !ok {
				return false
			}
		default:
			return true
		}
	}
}

// step waits for more, and does what the words at the end ask for. It reports whether the prompt is back.
func (t *terminal) step(ctx context.Context, d *dialogue) (bool, error) {
	wait := max(min(t.opts.Quiet, time.Until(d.end)), time.Millisecond)
	err := t.more(ctx, wait)
	d.text, d.echoed = afterEcho(plain(t.buf), d.echo)
	d.silent += wait
	if err == nil {
		d.silent = 0
	}
	switch {
	case errors.Is(err, io.EOF) && d.leaving():
		t.broken = errors.New("the node went down")
		return true, nil
	case errors.Is(err, io.EOF):
		return false, t.lost(d.Changes, errors.New("the node hung up"))
	case err != nil && !errors.Is(err, errQuiet):
		return false, t.cancel(d, err)
	case time.Now().After(d.end):
		return false, t.cancel(d, fmt.Errorf("no end within its time"))
	case t.back(d.text) && d.finished():
		return true, nil
	case d.leaving() && d.silent > leaveSilence && goingDown.MatchString(d.text):
		t.broken = errors.New("the node went down")
		return true, nil
	}
	return false, t.react(ctx, d)
}

// leaveSilence is how long a node that said it goes down may keep the line open without a word.
const leaveSilence = 10 * time.Second

var goingDown = regexp.MustCompile(`(?i)going down|being restarted|shutting down`)

// leaving: the last answer is out, and the node may hang up.
func (d *dialogue) leaving() bool { return d.Leaves && (d.replys > 0 || len(d.Answers) == 0) }

// noEcho is how long a prompt without an echo before it must stand alone to be believed.
const noEcho = 5 * time.Second

// finished: the prompt stands behind the echo and all that had to follow it. Where the echo is not found, silence must
// follow; a prompt alone may be one that was redrawn before the command arrived.
func (d *dialogue) finished() bool {
	output := strings.TrimSpace(promptless(d.text)) != ""
	if d.echoed {
		return d.Paste == nil || d.pasted || output
	}
	return d.silent > 0 && output || d.silent > noEcho
}

// react answers the pager, a question, or the wish for a paste, once each time it is printed.
func (t *terminal) react(ctx context.Context, d *dialogue) error {
	if len(t.buf) == d.seen {
		return nil
	}
	tail := strings.TrimRight(d.text, " ")
	switch {
	case pagerOne.MatchString(tail):
		d.seen = len(t.buf)
		return t.typed(d, t.write(" "))
	case pagerTwo.MatchString(tail):
		d.seen = len(t.buf)
		return t.typed(d, t.write("n"))
	case d.Paste != nil && !d.pasted && pasteAsked.MatchString(d.text):
		d.seen, d.pasted = len(t.buf), true
		return t.paste(ctx, d)
	}
	for _, a := range d.Answers {
		if match, err := regexp.MatchString(a.Question, lastLine(d.text)); err == nil && match {
			if d.replys++; d.replys > maxReplies {
				return t.cancel(d, errors.New("the node asks the same again and again"))
			}
			d.seen = len(t.buf)
			return t.typed(d, t.say(a.Reply+"\r"))
		}
	}
	return nil
}

func lastLine(text string) string {
	text = strings.TrimRight(text, " \t")
	return text[strings.LastIndex(text, "\n")+1:]
}

func (t *terminal) typed(d *dialogue, err error) error {
	if err != nil {
		return t.lost(d.Changes, err)
	}
	return nil
}

// paste sends the certificate a line at a time and one empty line behind it, which ends the input (vos-facts 1.5). Real
// nodes lose the beginning when it comes too early.
func (t *terminal) paste(ctx context.Context, d *dialogue) error {
	if t.opts.PasteDelay > 0 {
		select {
		case <-time.After(t.opts.PasteDelay):
		case <-ctx.Done():
			return t.cancel(d, ctx.Err())
		}
	}
	lines := bytes.Split(bytes.TrimSpace(d.Paste), []byte("\n"))
	return t.typed(d, t.say(string(bytes.Join(lines, []byte("\r")))+"\r\r"))
}

// cancel presses Ctrl-C and gives the node a moment to come back to its prompt; else the line is out of step, and is
// given up.
func (t *terminal) cancel(d *dialogue, cause error) error {
	typed := d.Changes
	if t.write("\x03") == nil {
		grace, stop := context.WithTimeout(context.Background(), 2*time.Second)
		defer stop()
		for t.more(grace, t.opts.Quiet) == nil {
			if t.back(plain(t.buf)) {
				break
			}
		}
	}
	err := t.lost(typed, cause) // whatever was printed meanwhile: the next words go over a new line
	t.shut()
	return err
}
