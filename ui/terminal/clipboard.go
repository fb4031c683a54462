package terminal

import (
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-osc52/v2"
)

// Clipboard sends a text to the clipboard of the terminal on the technician's own machine (OSC 52), through tmux and screen.
func Clipboard(text string) tea.Cmd {
	seq := osc52.New(text)
	switch {
	case os.Getenv("TMUX") != "":
		seq = seq.Tmux()
	case strings.HasPrefix(os.Getenv("TERM"), "screen"):
		seq = seq.Screen()
	}
	return tea.Raw(seq.String())
}
