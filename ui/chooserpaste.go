package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// pasting is a text that a terminal without bracketed paste types key by key.
type pasting struct {
	on   bool
	text strings.Builder
	last time.Time // of the last key
}

func (p *pasting) begin(text string, now time.Time) {
	p.on, p.last = true, now
	p.text.Reset()
	p.text.WriteString(text)
}

// typePaste takes one key of the text.
func (c *chooser) typePaste(f *face, msg tea.Msg, k string) {
	switch p := &c.pasting; {
	case k == "esc":
		p.on = false
	case p.key(f.now, msg, k):
		p.on = false
		c.take(f, p.text.String())
	}
}

// key takes one key, and reports whether it ended the text. An Enter that comes within a burst of keys is a line end; one
// that comes after a pause is a person's.
func (p *pasting) key(now time.Time, msg tea.Msg, k string) bool {
	burst := now.Sub(p.last) < burstTime
	p.last = now
	switch m, ok := msg.(tea.KeyPressMsg); {
	case k == "enter" && !burst:
		return true
	case k == "enter":
		p.text.WriteByte('\n')
	case ok && p.text.Len() < read.MaxFile:
		p.text.WriteString(m.Text)
	}
	return false
}

// rub takes the last letter back.
func (p *pasting) rub() {
	if r := []rune(p.text.String()); len(r) > 0 {
		p.text.Reset()
		p.text.WriteString(string(r[:len(r)-1]))
	}
}

// paste takes a text that the terminal says was pasted: a PEM text in place of a file, or a path.
func (c *chooser) paste(f *face, text string) tea.Cmd {
	switch {
	case c.typing:
		line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
		c.path, c.hint = append(c.path, []rune(line)...), ""
	case c.pasting.on:
		c.pasting.text.WriteString(text)
	case isPath(text):
		return goTo(text)
	default:
		c.take(f, text)
	}
	return nil
}

// isPath reports whether a text is one line that begins as a path does: a file that was dragged into the terminal.
func isPath(text string) bool {
	text = unquote(text)
	return !strings.Contains(text, "\n") && (strings.HasPrefix(text, "/") || strings.HasPrefix(text, "~/"))
}

// take adds a pasted text to the chosen files. Line ends that were lost on the way through the keyboard do not matter to
// read.Text.
func (c *chooser) take(f *face, text string) {
	file := read.Text(f.Say("pasted text %d", len(c.pasted)+1), text)
	if len(file.Items) == 0 {
		c.err = f.Say("The pasted text was not accepted: it %s", trouble(file))
		return
	}
	c.err = ""
	c.pasted = append(c.pasted, file)
	c.touched = true
	c.judge(f)
}
