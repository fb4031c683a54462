//go:build unix

package sim_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestSpecialFilesOfALab: a pipe, a device or a link in the place of a file of a lab is refused at once; none is waited for,
// and nothing is written through it.
func TestSpecialFilesOfALab(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(path string) error{
		"pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"link":   func(path string) error { return os.Symlink(filepath.Join(t.TempDir(), "victim"), path) },
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
	}
	for _, file := range []string{"lab.json", "agents.log", "hints.log", "outside.log", "returned.log", "diagnosis.log", "nodes/uccx1.lab.example.json"} {
		for kind, put := range kinds {
			dir := t.TempDir()
			for name, content := range map[string]string{"lab.json": `{"Scenario":null}`, "nodes/uccx1.lab.example.json": "{}"} {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := sim.ReadRecord(dir); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, file)
			_ = os.Remove(path)
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			if _, err := sim.ReadRecord(dir); err == nil || !strings.Contains(err.Error(), "not a regular file") {
				t.Errorf("%s as a %s: %v", file, kind, err)
			}
			if err := sim.Tell(dir, sim.Told{Question: "VER-1", Answer: "yes", Seen: "yes"}, time.Now()); (err != nil) != (file == "agents.log") {
				t.Errorf("%s as a %s is written to: %v", file, kind, err)
			}
		}
	}
}
