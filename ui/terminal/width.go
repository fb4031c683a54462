package terminal

import "github.com/charmbracelet/x/term"

// Width is how many cells a line of a terminal takes, one less than it has: a full line would be broken once more by some terminals.
// file is an end of the terminal and has its descriptor; is is false where it is none. 0: the terminal does not say.
func Width(file any) (cells int, is bool) {
	f, ok := file.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(f.Fd()) {
		return 0, false
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0, true
	}
	return max(w-1, 0), true
}
