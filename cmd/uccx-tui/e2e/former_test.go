package e2e_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// formerPlan is a session of an older program (testdata/former/README.md): the rows, the order of restarts and the functional
// questions that it was opened with.
type formerPlan struct{ rows, restarts, asks string }

func formerPlans() []formerPlan {
	const before, after = "login survey preflight csr outbox handover reply root intermediate replicate ", "install restart prove function report"
	const four = "VER-2 VER-3 VER-4 VER-1"
	const byProduct = "VER-2 VER-3 VER-3-reports VER-4 VER-1"
	const byNode = "VER-2 uccx1 VER-3 uccx1 VER-3-reports uccx1 VER-4 uccx1 VER-2 uccx2 VER-3 uccx2 VER-3-reports uccx2 VER-4 uccx2 VER-1 ccp"
	return []formerPlan{
		{before + after, "uccx1 uccx2 ccp", four},
		{before + after, "ccp uccx1 uccx2", four},
		{before + after, "ccp uccx1 uccx2", byProduct},
		{before + "neighbours neighbour-chain neighbour-trust neighbour-trusted " + after, "ccp uccx1 uccx2", byProduct},
		{before + "neighbours neighbour-chain neighbour-trust neighbour-trusted " + after, "ccp uccx1 uccx2", byNode},
	}
}

// TestFormerPlans: a session that a former program opened is played to its end, with the rows, the order and the questions
// that it was opened with.
func TestFormerPlans(t *testing.T) {
	t.Parallel()
	all := formerPlans()
	if len(all) < plan.Version {
		t.Errorf("plans are of version %d, and only %d former ones are tried: see testdata/former/README.md", plan.Version, len(all))
	}
	for version, want := range all {
		t.Run(strconv.Itoa(version), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			for _, args := range [][]string{{"import", unpacked(t, version)}, {"resume", "former", "--auto"}} {
				if out, errout, code := p.run(args...); code != 0 {
					t.Fatalf("%v: exit %d\n%s%s", args, code, out, errout)
				}
			}
			if got := readJournal(t, p, "former"); got != want {
				t.Errorf("played\n%+v, want\n%+v", got, want)
			}
		})
	}
}

// unpacked is a session file of a version of the plan.
func unpacked(t *testing.T, version int) string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "former", "plan-"+strconv.Itoa(version)+".session.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "session")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readJournal is what a journal tells: the rows that were done, in their order, which nodes were restarted when, and which
// functional questions were answered.
func readJournal(t *testing.T, p place, name string) (got formerPlan) {
	t.Helper()
	f, err := os.Open(filepath.Join(p.home, "state", "uccx-tui", "sessions", name, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows, restarts, asks []string
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var e struct {
			Kind, Step, Node string
			Data             struct{ Question string }
		}
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		if e.Step != "" && !slices.Contains(rows, e.Step) {
			rows = append(rows, e.Step)
		}
		host, _, _ := strings.Cut(e.Node, ".")
		switch {
		case e.Step == plan.StepRestart && e.Kind == plan.KindBegan:
			restarts = append(restarts, host)
		case e.Step == plan.StepFunction && e.Kind == plan.KindAnswered:
			asks = append(asks, strings.TrimSpace(e.Data.Question+" "+host))
		}
	}
	return formerPlan{strings.Join(rows, " "), strings.Join(restarts, " "), strings.Join(asks, " ")}
}
