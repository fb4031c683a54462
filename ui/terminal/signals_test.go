package terminal

import (
	"fmt"
	"strings"
	"testing"
)

// TestSignals: a terminal gets what it is known to understand, and nothing where a person said so.
func TestSignals(t *testing.T) {
	for env, want := range map[string]Signals{
		"TERM=dumb": {}, "": {}, "TERM=xterm-256color NO_COLOR=1": {}, "TERM=xterm-ghostty UCCX_TUI_BELL=off": {},
		"TERM=xterm-256color": {Bell: true}, "TERM=tmux-256color TERM_PROGRAM=ghostty": {Bell: true}, "TERM=xterm TMUX=/tmp/x TERM_PROGRAM=iTerm.app": {Bell: true},
		"TERM=xterm-256color TERM_PROGRAM=iTerm.app": {Bell: true, Message: true}, "TERM=xterm-ghostty": {true, true, true}, "TERM=xterm-256color WT_SESSION=1": {Bell: true, Progress: true},
	} {
		got := SignalsOf(func(name string) string {
			for _, pair := range strings.Fields(env) {
				if k, v, _ := strings.Cut(pair, "="); k == name {
					return v
				}
			}
			return ""
		})
		if got != want {
			t.Errorf("%s: %+v, want %+v", env, got, want)
		}
	}
	if (Signals{}).Attention("x") != nil {
		t.Error("nothing is known, and something is sent")
	}
	if got := fmt.Sprint((Signals{Bell: true, Message: true}).Attention("a;4\x1b]x")()); strings.Contains(got, "\x1b]x") || !strings.Contains(got, "9;a,4") || !strings.HasSuffix(strings.Trim(got, "{}"), "\a") {
		t.Errorf("%q", got)
	}
}
