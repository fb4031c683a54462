package widget

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestPasteHasAnEnd: no more than 4 MiB are taken, whether they come as a paste, as keys or as line ends, and what was taken stays.
func TestPasteHasAnEnd(t *testing.T) {
	const most = 4 << 20
	full := strings.Repeat("x", most)
	now := time.Now()
	for name, more := range map[string]func(*Paste){
		"a paste": func(p *Paste) { p.Add("y") },
		"a key":   func(p *Paste) { p.Key(tea.KeyPressMsg{Code: 'y', Text: "y"}, now) },
		"keys":    func(p *Paste) { p.Key(tea.KeyPressMsg{Text: full}, now) },
		"a line":  func(p *Paste) { p.Key(tea.KeyPressMsg{Code: tea.KeyEnter}, now) },
	} {
		var p Paste
		p.Begin("", now)
		p.Add(full)
		if len(p.Text()) != most {
			t.Fatalf("%s: %d bytes of 4 MiB were taken", name, len(p.Text()))
		}
		if more(&p); len(p.Text()) != most {
			t.Errorf("%s: %d bytes", name, len(p.Text()))
		}
	}
	var p Paste
	p.Begin("aé", now)
	for _, want := range []string{"a", "", ""} {
		if p.Key(tea.KeyPressMsg{Code: tea.KeyBackspace}, now); p.Text() != want {
			t.Errorf("%q, want %q", p.Text(), want)
		}
	}
}
