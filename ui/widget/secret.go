package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// maxSecret is the longest password, in characters.
const maxSecret = 256

// Secret is a password while it is typed. It is kept in one array that is wiped, never in a string of a library, and drawn
// as stars. It has no cursor: a position in a hidden text is of no use.
type Secret struct{ typed []rune }

// Update takes a key or a paste.
func (s *Secret) Update(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		s.add(strings.TrimRight(m.Content, "\r\n"))
	case tea.KeyPressMsg:
		switch m.String() {
		case "backspace":
			if n := len(s.typed); n > 0 {
				s.typed[n-1] = 0
				s.typed = s.typed[:n-1]
			}
		case "ctrl+u":
			s.Wipe()
		default:
			s.add(m.Text)
		}
	}
}

func (s *Secret) add(text string) {
	if s.typed == nil {
		s.typed = make([]rune, 0, maxSecret) // it never moves, so that no copy stays behind
	}
	for _, r := range text {
		if len(s.typed) < maxSecret {
			s.typed = append(s.typed, r)
		}
	}
}

// Len is how many characters were typed.
func (s *Secret) Len() int { return len(s.typed) }

// Take returns the password, and wipes it here.
func (s *Secret) Take() string {
	text := string(s.typed)
	s.Wipe()
	return text
}

// Wipe forgets what was typed.
func (s *Secret) Wipe() {
	clear(s.typed)
	s.typed = s.typed[:0]
}

// View draws a star for each character; the cursor stands behind them where the field takes the keys.
func (s *Secret) View(t layout.Theme, w int, here bool) string {
	stars := t.Fit(strings.Repeat("*", len(s.typed)), w-1)
	if here {
		stars += layout.CursorMark
	}
	return stars
}
