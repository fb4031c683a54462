package ssh_test

import (
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// TestHostileLogins: whatever an SSH server does at the login, the driver ends in its limits, with an error that has an end and no
// password in it, and gives the password away at most once. The jump host is held to the same servers.
func TestHostileLogins(t *testing.T) {
	for _, c := range vostest.HostileLogins() {
		t.Run(c.Name, func(t *testing.T) {
			h := c.Server()
			o := patient()
			o.Handshake, o.LoginLimit = 400*time.Millisecond, 400*time.Millisecond
			var err error
			cost := allocated(func() { _, err = vosssh.New(o).Dial(t.Context(), h.Start(t), hostileAccess()) })
			switch class := vos.Class(err); {
			case class != vos.ErrUnreachable && class != vos.ErrLogin, class == vos.ErrLogin && c.Given == 0:
				t.Errorf("%.300v", err)
			case strings.Contains(err.Error(), vostest.HostilePassword), len(err.Error()) > 8<<10:
				t.Errorf("%d bytes: %.500s", len(err.Error()), err)
			}
			if got := len(h.Given()); got > c.Given {
				t.Errorf("the password was given %d times, not %d", got, c.Given)
			}
			if cost > most {
				t.Errorf("it cost %d MiB", cost>>20)
			}
		})
	}
}

// TestEndlessLogin: a server that sends without end before it lets in is left by the bound of bytes, whatever the time.
func TestEndlessLogin(t *testing.T) {
	ended := 0
	for _, c := range vostest.HostileLogins() {
		if c.Name != "packets that are ignored" && c.Name != "dialogues without a question" && c.Name != "banners for ever" {
			continue
		}
		ended++
		_, err := vosssh.New(patient()).Dial(t.Context(), c.Server().Start(t), hostileAccess())
		if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "the login does not end (more than 1024 KiB)") {
			t.Errorf("%s: %.300v", c.Name, err)
		}
	}
	if ended != 3 {
		t.Errorf("%d servers", ended)
	}
}
