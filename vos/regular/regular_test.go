package regular_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// TestRead: a regular file is read up to the bound; a folder is refused, and what is not there says so. Links, pipes and devices
// are tried where files of sessions and of the lab are read.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := regular.Read(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := regular.Read(path, 4); err == nil {
		t.Error("more than the bound was read")
	}
	if _, err := regular.Read(dir, 5); !errors.Is(err, regular.ErrSpecial) {
		t.Errorf("a folder: %v", err)
	}
	gone := filepath.Join(dir, "b")
	if _, err := regular.Read(gone, 5); !errors.Is(err, os.ErrNotExist) || !errors.Is(regular.Check(gone), os.ErrNotExist) || regular.Free(gone) != nil {
		t.Errorf("a file that is not there: %v", err)
	}
}
