package lab

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestScenariosHaveAnEnd: a scenario file of more than 256 KiB is refused, and no more of it is read.
func TestScenariosHaveAnEnd(t *testing.T) {
	if sim.MaxScenario != 256<<10 {
		t.Errorf("%d", sim.MaxScenario)
	}
	path := filepath.Join(t.TempDir(), "large.toml")
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(f.Truncate(128<<20), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = FindScenario(path, os.Open)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "larger than 262144 bytes") {
		t.Errorf("%v", err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("%d bytes were read", took)
	}
}

// TestLessonsSayEffort: the list of lessons begins with the easiest, and each says its level and its usual time.
func TestLessonsSayEffort(t *testing.T) {
	all, err := Lessons()
	if err != nil {
		t.Fatal(err)
	}
	level := 1
	for _, one := range all {
		if one.Level < level || one.Level > 3 || one.Usual <= 0 {
			t.Errorf("%s stands after level %d: %s", one.Name, level, one.Effort())
		}
		level = one.Level
	}
	if got := all[0].Effort().String(); level != 3 || got != "level 1, 5 min" {
		t.Errorf("%s; the last is of level %d", got, level)
	}
}

// TestNoScenario: that a scenario is unknown is a sentence of the program, which is translated, with the names that there are.
func TestNoScenario(t *testing.T) {
	_, err := FindScenario("no-such", nil)
	if err == nil || !strings.HasPrefix(err.Error(), `No scenario named "no-such". Scenarios: `) || !strings.Contains(err.Error(), ", window-ends") {
		t.Fatalf("%v", err)
	}
	if got := msg.Of(err); got.Format != "No scenario named %q. Scenarios: %s" || len(got.Args) != 2 {
		t.Errorf("%+v is no sentence for translators", got)
	}
}
