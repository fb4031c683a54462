package ssh

import (
	"testing"
	"time"
)

// TestPatience: what no option says has an end too, as the comments of Options say.
func TestPatience(t *testing.T) {
	o := New(Options{}).opts
	for name, c := range map[string]struct{ got, want time.Duration }{
		"connect": {o.Connect, 15 * time.Second}, "handshake": {o.Handshake, 30 * time.Second}, "login": {o.LoginLimit, 120 * time.Second},
		"command": {o.CommandLimit, time.Minute}, "question": {o.Puzzled, 10 * time.Second}, "goodbye": {o.Grace, 2 * time.Second}, "keep-alive": {o.KeepAlive, 15 * time.Second},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", name, c.got, c.want)
		}
	}
}
