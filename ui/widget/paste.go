package widget

import (
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Paste is a text that a terminal without bracketed paste types key by key.
type Paste struct {
	on   bool
	text strings.Builder
	last time.Time // of the last key
}

// burst is how soon a key comes behind another where no person types.
const burst = 50 * time.Millisecond

// MaxPaste is how much may be pasted, in bytes: the log of a whole evening has less.
const MaxPaste = 4 << 20

// Begin waits for a text; it begins with what was typed already.
func (p *Paste) Begin(text string, now time.Time) {
	p.on, p.last = true, now
	p.text.Reset()
	p.text.WriteString(text)
}

// End waits no longer; the text is dropped.
func (p *Paste) End() {
	p.on = false
	p.text.Reset()
}

// On reports whether a text is waited for.
func (p *Paste) On() bool { return p.on }

// Text is what came so far.
func (p *Paste) Text() string { return p.text.String() }

// Lines is how many lines came so far, empty ones at the end left out.
func (p *Paste) Lines() int { return strings.Count(strings.TrimRight(p.text.String(), "\n"), "\n") + 1 }

// Add adds what the terminal says was pasted; nothing where there is no room for it.
func (p *Paste) Add(text string) {
	if p.text.Len()+len(text) <= MaxPaste {
		p.text.WriteString(text)
	}
}

// Key takes one key, and reports whether it ended the text. An Enter that comes within a burst of keys is a line end; one that
// comes after a pause is a person's.
func (p *Paste) Key(k tea.KeyPressMsg, now time.Time) bool {
	soon := now.Sub(p.last) < burst
	p.last = now
	switch {
	case k.String() == "enter" && !soon:
		return true
	case k.String() == "enter":
		p.Add("\n")
	case k.String() == "backspace":
		p.rub()
	default:
		p.Add(k.Text)
	}
	return false
}

// rub takes the last letter back.
func (p *Paste) rub() {
	text := p.text.String()
	_, last := utf8.DecodeLastRuneInString(text)
	p.text.Reset()
	p.text.WriteString(text[:len(text)-last])
}
