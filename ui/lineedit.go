package ui

import tea "charm.land/bubbletea/v2"

// edited returns a line of text as one key leaves it: a letter more, one less, or none at all (ctrl+u). From most bytes on it
// takes no more letters.
func edited(line string, msg tea.Msg, most int) string {
	p, ok := msg.(tea.KeyPressMsg)
	switch letters := []rune(line); {
	case !ok:
	case key(msg) == "backspace" && len(letters) > 0:
		return string(letters[:len(letters)-1])
	case key(msg) == "ctrl+u":
		return ""
	case p.Text != "" && len(line) < most:
		return line + p.Text
	}
	return line
}
