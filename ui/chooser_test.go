package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
)

// follow carries out a command and everything that follows from it, as the program would.
func follow(c *chooser, m *Model, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		_, cmd = c.update(&m.face, msg)
	}
}

// TestChooserFolders: a folder that cannot be opened is said in a line of its own; the old list stays under the old path.
func TestChooserFolders(t *testing.T) {
	m := model(t, waiting(), 80, 24)
	dir := t.TempDir()
	for _, name := range []string{"a.cer", "b.txt", "odd\x1b[2J"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("no certificate"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	c, cmd := newChooser(&m.face, dir)
	follow(c, m, cmd)
	if len(c.entries) != 5 || c.read != 5 || c.entries[1].name != "empty" {
		t.Fatalf("%d entries, %d read: %+v", len(c.entries), c.read, c.entries)
	}
	c.update(&m.face, folder{dir: "/home/\x1b[2Jsecret", err: &os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}})
	view := c.view(&m.face, 76, 20)
	if c.dir != dir || len(c.entries) != 5 || !strings.Contains(view, "permission denied") || strings.Contains(view, "\x1b[2J") {
		t.Errorf("%s, %d entries\n%s", c.dir, len(c.entries), view)
	}
	follow(c, m, openFolder(filepath.Join(dir, "empty")))
	if !strings.Contains(c.view(&m.face, 76, 20), "empty") || c.at != 0 {
		t.Errorf("an empty folder:\n%s", c.view(&m.face, 76, 20))
	}
	for _, k := range []string{"down", "up", "end", "pgdown", "space", "enter"} {
		c.update(&m.face, tea.KeyPressMsg{Code: tea.KeyDown, Text: k})
	}
	follow(c, m, goTo(filepath.Join(dir, "a.cer")))
	if !c.chosen[filepath.Join(dir, "a.cer")] || c.dir != dir {
		t.Error("a path that was typed is not chosen")
	}
}

// TestChooserMany: ten thousand files are listed, and only what is in sight is drawn.
func TestChooserMany(t *testing.T) {
	m := model(t, waiting(), 80, 24)
	c := &chooser{dir: "/x", chosen: map[string]bool{}, judged: true, listed: true}
	for i := range 10000 {
		c.entries = append(c.entries, entry{name: fmt.Sprintf("%05d.cer", i)})
	}
	c.read = len(c.entries)
	for _, at := range []int{0, 1, 5000, 9998, 9999} {
		c.at = at
		view := c.view(&m.face, 76, 18)
		if n := strings.Count(view, "\n") + 1; n > 18 || !strings.Contains(view, fmt.Sprintf("%05d.cer", at)) {
			t.Errorf("at %d: %d lines, the mark is out of sight", at, n)
		}
	}
}

// BenchmarkChooser draws a list of ten thousand files.
func BenchmarkChooser(b *testing.B) {
	c := &chooser{dir: "/x", chosen: map[string]bool{}, judged: true, listed: true}
	for i := range 10000 {
		c.entries = append(c.entries, entry{name: fmt.Sprintf("%05d.cer", i)})
	}
	f := &face{Theme: layout.NewTheme(false, lang.Tongue{}), width: 80, height: 24}
	for b.Loop() {
		c.at = (c.at + 1) % len(c.entries)
		c.view(f, 76, 18)
	}
}
