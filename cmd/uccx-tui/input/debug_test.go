package input

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// small is a disk with room for so many bytes.
type small struct {
	room int
	text strings.Builder
}

func (s *small) Write(p []byte) (int, error) {
	n := min(s.room, len(p))
	s.text.Write(p[:n])
	if s.room -= n; n < len(p) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

// TestDebugFull: a full disk ends the log and is told; later lines do not stand behind a part of one.
func TestDebugFull(t *testing.T) {
	disk := &small{room: 200}
	to := &escaped{to: disk}
	log := slog.New(slog.NewJSONHandler(to, nil))
	for range 5 {
		log.Info("connect", "at", "uccx1.example.com:22")
	}
	disk.room = 1000
	log.Info("later")
	if !errors.Is(to.first(), syscall.ENOSPC) || strings.Contains(disk.text.String(), "later") || disk.text.Len() != 200 {
		t.Errorf("%v: %s", to.first(), disk.text.String())
	}
}

// TestDebugFile: no link is followed, no pipe is waited for, and a new file is for this user alone.
func TestDebugFile(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	dir := t.TempDir()
	path, link := filepath.Join(dir, "log"), filepath.Join(dir, "link")
	log, lost, err := DebugLog(path)
	if err != nil {
		t.Fatal(err)
	}
	log.Info("x\x1b[2J")
	if data, err := os.ReadFile(path); err != nil || lost() != nil || strings.Contains(string(data), "\x1b") || !strings.Contains(string(data), "INFO") {
		t.Errorf("%v %v %q", err, lost(), data)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err) // Windows asks for a right
	}
	for _, bad := range []string{link, dir, os.DevNull} {
		if _, _, err := DebugLog(bad); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
