package jump

import (
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/route"
)

// TestPatience: each part of a login to a jump host has an end.
func TestPatience(t *testing.T) {
	want := patience{connect: 15 * time.Second, handshake: 30 * time.Second, login: time.Minute, keepAlive: 15 * time.Second}
	if h := New(route.Route{}, nil); h.patience != want {
		t.Errorf("%+v", h.patience)
	}
}
