package files

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// BeginPaste waits for a text that a terminal types key by key; it begins with what was typed already.
func (c *Chooser) BeginPaste(text string, now time.Time) {
	c.err = ""
	c.pasting.Begin(text, now)
}

// TypePaste takes one key of the text.
func (c *Chooser) TypePaste(k tea.KeyPressMsg, now time.Time) tea.Cmd {
	if !c.pasting.Key(k, now) {
		return nil
	}
	text := c.pasting.Text()
	c.pasting.End()
	return c.take(text)
}

// paste takes a text that the terminal says was pasted: a PEM text in place of a file, or a path.
func (c *Chooser) paste(text string) tea.Cmd {
	switch c.Mode() {
	case Path:
		line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
		c.path.Update(tea.PasteMsg{Content: line})
		c.hint = ""
		return nil
	case Pasting:
		c.pasting.Add(text)
		return nil
	}
	if IsPath(text) {
		return goTo(text)
	}
	return c.take(text)
}

// IsPath reports whether a text is one line that begins as a path does: a file that was dragged into the terminal.
func IsPath(text string) bool {
	text = unquote(text)
	return !strings.Contains(text, "\n") && (strings.HasPrefix(text, "/") || strings.HasPrefix(text, "~/"))
}

// take adds a pasted text to the chosen files. Line ends that were lost on the way through the keyboard do not matter to
// read.Text.
func (c *Chooser) take(text string) tea.Cmd {
	file := read.Text(c.theme.Say("pasted text %d", len(c.pasted)+1), text)
	if len(file.Items) == 0 {
		c.err = c.theme.Say("The pasted text was not accepted: it %s", Trouble(file))
		return nil
	}
	c.err = ""
	c.pasted = append(c.pasted, file)
	c.touched = true
	return c.judge()
}
