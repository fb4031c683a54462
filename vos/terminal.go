package vos

import (
	"context"
	"time"
)

// Terminal types one dialogue at a node's admin: prompt. vos/ssh is one; a person at a keyboard can be another.
// CLI makes a Driver of it.
type Terminal interface {
	// Type types the dialogue and returns what the node printed between the echo and the next prompt, with the pager and
	// escape sequences taken out and lines ended by "\n". Its errors are of the four classes.
	Type(ctx context.Context, d Dialogue) (string, error)
	Close() error
}

// Dialogue is one command and what has to be answered until the prompt is back.
type Dialogue struct {
	Line    string        // the command
	Answers []Answer      // questions that may come, in any order and as often as they come
	Paste   []byte        // PEM to paste when the node asks for it, else nil
	Changes bool          // the node is changed: a line lost after typing is ErrUncertain, not ErrUnreachable
	Leaves  bool          // the node goes away: what it printed behind the last answer comes back with the error of the lost line
	Ends    string        // of one that leaves: regular expression of the words after which it surely goes; no prompt is awaited
	Limit   time.Duration // how long the node may take; zero: the terminal's own limit
}

// Answer is one question that a node may ask within a dialogue.
type Answer struct {
	Question string // regular expression, looked for at the end of what was printed
	Reply    string // typed, followed by Enter
}
