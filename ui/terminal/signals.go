package terminal

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Signals are the ways in which a terminal tells a person who looks elsewhere that they are needed. The zero value tells nothing.
type Signals struct {
	Bell     bool // BEL
	Message  bool // OSC 9: a message of the desktop
	Progress bool // OSC 9;4: how far something is, in the bar of the window
}

// BellVariable is the environment variable that turns all signals off: off, 0 or no.
const BellVariable = "UCCX_TUI_BELL"

// SignalsOf reads from the environment what the terminal knows. Nothing is sent to a dumb terminal, with NO_COLOR, or where
// UCCX_TUI_BELL is off. A terminal that is not known gets the bell alone, and so does one behind tmux or screen.
func SignalsOf(env func(string) string) Signals {
	kind, program := strings.ToLower(env("TERM")), strings.ToLower(env("TERM_PROGRAM"))
	switch {
	case kind == "" || kind == "dumb" || env("NO_COLOR") != "", slices.Contains([]string{"off", "0", "no", "false"}, strings.ToLower(env(BellVariable))):
		return Signals{}
	case env("TMUX") != "" || strings.HasPrefix(kind, "screen") || strings.HasPrefix(kind, "tmux"):
		return Signals{Bell: true}
	}
	is := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(kind, n) || strings.Contains(program, n) })
	}
	windows := env("WT_SESSION") != "" || env("ConEmuANSI") == "ON"
	return Signals{Bell: true, Message: env("ConEmuANSI") == "ON" || is("iterm", "wezterm", "ghostty", "kitty", "foot"), Progress: windows || is("ghostty")}
}

// Attention tells a person that they are needed, or that a long wait is over. text may hold names of nodes. nil: nothing is told.
func (s Signals) Attention(text string) tea.Cmd {
	seq := ""
	if s.Message {
		seq = ansi.Notify(strings.ReplaceAll(cert.Printable(text), ";", ",")) // "9;4" would be a progress bar
	}
	if s.Bell {
		seq += "\a"
	}
	if seq == "" {
		return nil
	}
	return tea.Raw(seq)
}
