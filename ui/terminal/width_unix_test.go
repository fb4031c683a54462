//go:build unix

package terminal

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/creack/pty"
)

// TestWidth: a line of a terminal is one cell shorter than the terminal, and is asked again when the window has changed; a file is no
// terminal, and one of no size does not say.
func TestWidth(t *testing.T) {
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = ours.Close(), theirs.Close() }()
	for cols, want := range map[uint16]int{100: 99, 40: 39, 1: 0, 0: 0} {
		if err := pty.Setsize(theirs, &pty.Winsize{Rows: 24, Cols: cols}); err != nil {
			t.Fatal(err)
		}
		if got, is := Width(theirs); got != want || !is {
			t.Errorf("%d columns: %d, %v", cols, got, is)
		}
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for _, none := range []any{file, t, nil} {
		if got, is := Width(none); got != 0 || is {
			t.Errorf("%T: %d, %v", none, got, is)
		}
	}
}
