package session

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Format is the version of the journal that this program writes. It stands in the first line. Older ones are read: 1 had
// no entries about hand-over and window.
const Format = 2

// Entry is one line of the journal.
type Entry struct {
	V    int       `json:"v,omitempty"` // Format, in the first line only
	Seq  int       `json:"seq"`         // 1, 2, 3 ...
	Time time.Time `json:"time"`        // UTC
	Who  string    `json:"who"`         // user@host
	Kind string    `json:"kind"`        // the readers' table
	Step string    `json:"step,omitempty"`
	Node string    `json:"node,omitempty"`
	// Logs says how far transcripts had been written that grew since the entry before: path below the session folder -> number
	// of lines, a blank, and the digits of the last. Programs before did not write it.
	Logs map[string]string `json:"logs,omitempty"`
	Data json.RawMessage   `json:"data,omitempty"`
	// Texts tells what the sentences in Data were made of, so that they can be read in other languages. Programs before did not write it.
	Texts json.RawMessage `json:"texts,omitempty"`
	// Kept names files that were written since the entry before: path below the session folder -> SHA-256, hex.
	Kept map[string]string `json:"kept,omitempty"`
	Prev string            `json:"prev"` // Sum of the line before; empty in the first
	Sum  string            `json:"sum"`  // SHA-256, hex, of the line's bytes before `,"sum":`

	memo *memo // of an entry that this program appended
}

// memo keeps what Once has read from an entry; all copies of the entry have the same.
type memo struct {
	mu    sync.Mutex
	value any
}

// Once returns what read makes of an entry. Where this program appended the entry, it is read once and shared by all who ask, so
// that several folds of a journal hold it once: it must not be changed, and the type must be the same for all.
func Once[T any](e Entry, read func() (*T, error)) (*T, error) {
	if e.memo == nil {
		return read()
	}
	e.memo.mu.Lock()
	defer e.memo.mu.Unlock()
	if value, ok := e.memo.value.(*T); ok {
		return value, nil
	}
	value, err := read()
	if err == nil {
		e.memo.value = value
	}
	return value, err
}

// Read fills in what into points to from Data and Texts.
func (e Entry) Read(into any) error {
	if err := json.Unmarshal(e.Data, into); err != nil {
		return err
	}
	msg.Restore(into, e.Texts)
	return nil
}

// sumTail is how long a line's end is: ,"sum":"<64 hex>"}
const (
	sumHead = `,"sum":"`
	sumTail = len(sumHead) + 2*sha256.Size + len(`"}`)
)

// line makes the bytes of an entry, with its newline, and fills in the entry's sum.
func (e *Entry) line() ([]byte, error) {
	e.Sum = ""
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	raw = escapeJSON(raw)
	body := bytes.TrimSuffix(raw, []byte(`,"sum":""}`))
	e.Sum = sumOf(body)
	return append(append(body, sumHead+e.Sum+`"}`...), '\n'), nil
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// newer tells that the journal was written by a program that this one does not know.
type newer struct{ format int }

// Text says what to do.
func (n *newer) Text() msg.Text {
	return msg.T("was written in format %d; this uccx-tui reads formats up to %d. Use a newer version.", n.format, Format)
}

// Error is the same in English.
func (n *newer) Error() string { return n.Text().String() }
