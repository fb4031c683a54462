package session

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The long form: go test ./session -run TestNoRoom -args -rooms 1000
var rooms = flag.Int("rooms", 100, "how often a small disk is filled, and made read-only")

// TestNoRoom: on a real file system that is full, or read-only, nothing is destroyed, the cause is named, and writing
// goes on once there is room.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no small disk can be mounted here (%v): TestEveryOperationFails holds the same promise", err)
	}
	defer func() { _ = syscall.Unmount(dir, 0) }()
	h := Home{Dir: dir}
	promised := 0
	for i := range *rooms {
		if promised > 200 { // begin again before the journal itself fills the disk
			if err := os.RemoveAll(filepath.Join(dir, "sessions")); err != nil {
				t.Fatal(err)
			}
			promised = 0
		}
		promised = full(t, h, i, promised)
		readOnly(t, h, dir)
		if got, err := h.Verify("test"); err != nil || got.Entries != promised || len(got.Bad) > 0 {
			t.Fatalf("room %d: %+v, %v; %d entries were promised", i, got, err, promised)
		}
	}
}

// full fills the disk while a session writes, then makes room.
func full(t *testing.T, h Home, i, promised int) int {
	t.Helper()
	s, err := h.Open("test")
	if err != nil {
		s, err = h.Create("test")
	}
	if err != nil {
		t.Fatalf("room %d: %v", i, err)
	}
	defer s.Close()
	ballast := filepath.Join(h.Dir, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 256<<10), 0o600) // as much as fits
	if err := os.Truncate(ballast, int64(i%8)*512); err != nil {
		t.Fatal(err)
	}
	_ = os.WriteFile(filepath.Join(h.Dir, "more"), make([]byte, 256<<10), 0o600)
	for err == nil {
		if _, err = s.Append("entry", "", "", strings.Repeat("x", 900)); err == nil {
			promised++
		}
	}
	if !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("room %d: the cause is not named: %v", i, err)
	}
	if _, err := s.Keep("outbox/a.csr", make([]byte, 9000+i)); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("room %d: the cause is not named: %v", i, err)
	}
	for _, f := range []string{"ballast", "more"} {
		if err := os.Remove(filepath.Join(h.Dir, f)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Append("entry", "", "", "room again"); err != nil {
		t.Fatalf("room %d: with room again: %v", i, err)
	}
	if left := temporary(t, s.Dir()); len(left) > 0 {
		t.Fatalf("room %d: left over: %v", i, left)
	}
	return promised + 1
}

// readOnly opens a session on a disk that cannot be written, and again once it can.
func readOnly(t *testing.T, h Home, dir string) {
	t.Helper()
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := h.Open("test")
	_, make := h.Create("another")
	read, look := h.Read("test")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{err, make} {
		if err == nil || !strings.Contains(err.Error(), "read-only") {
			t.Fatalf("the cause is not named: %v", err)
		}
	}
	if look != nil || len(read) == 0 {
		t.Fatalf("a session on a read-only disk cannot be read: %v", look)
	}
	s, err := h.Open("test")
	if err != nil {
		t.Fatalf("writable again: %v", err)
	}
	_ = s.Close()
}
