//go:build unix

package session

import (
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSuspendedHolder: a holder that stands still (Ctrl-Z, a frozen line) still holds, and is shown with its age.
func TestSuspendedHolder(t *testing.T) {
	t.Parallel()
	asChild(holdForever)
	h := newHome(t)
	written(t, h, 1)
	c, out := child(t, "TestSuspendedHolder", h.Dir)
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	if _, err := out.ReadByte(); err != nil {
		t.Fatal(err)
	}
	if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	_, err := h.Open("test")
	var held *Held
	if !errors.As(err, &held) || held.Holder.PID != c.Process.Pid || time.Since(held.Holder.Since) > time.Minute {
		t.Fatalf("got %v", err)
	}
	for _, word := range []string{held.Holder.Owner, held.Holder.Host, "PID", "since", "fg"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is not said: %v", word, err)
		}
	}
	if list, err := h.List(); err != nil || len(list) != 1 || list[0].Held == nil || list[0].Held.PID != c.Process.Pid {
		t.Errorf("list: %+v, %v", list, err)
	}
	if err := c.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
}
