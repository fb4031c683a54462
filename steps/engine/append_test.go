package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
)

// slowDisk is a journal whose first write waits until it may end. refuse, where it is set, is what it does not write.
type slowDisk struct {
	stepstest.Journal
	began, end chan struct{}
	groups     []int
	refuse     string
}

func (d *slowDisk) AppendAll(records []session.Record) ([]session.Entry, error) {
	if d.groups = append(d.groups, len(records)); len(d.groups) == 1 {
		close(d.began)
		<-d.end
	}
	if slices.ContainsFunc(records, func(r session.Record) bool { return r.Node == d.refuse && d.refuse != "" }) {
		return nil, errors.New("no space left")
	}
	return d.Journal.AppendAll(records)
}

// sideBySide begins the first row of a hundred nodes while the first entry is being written, and returns what each was told, and
// the entries that were shown, in their order.
func sideBySide(t *testing.T, d *slowDisk) (told map[string]error, shown []session.Entry) {
	t.Helper()
	c := stepstest.OneNode()
	c.Solution.Clusters = nil
	for i := range 100 {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("n%d.example.com", i), Product: vos.UCCX, Role: vos.Standalone}}})
	}
	d.Add(t, plan.KindOpened, "", "", c)
	r, err := steps.NewRunner(d.Entries, d, world.World{}, func(e engine.Event) { shown = append(shown, *e.Entry) })
	if err != nil {
		t.Fatal(err)
	}
	told = map[string]error{}
	var mu sync.Mutex
	var all sync.WaitGroup
	begin := func(node string) {
		all.Go(func() {
			err := r.Append(plan.KindDone, plan.Task{Step: plan.StepLogin, Node: node}, plan.Seen{})
			mu.Lock()
			defer mu.Unlock()
			told[node] = err
		})
	}
	begin("n0.example.com")
	<-d.began
	for i := range 99 {
		begin(fmt.Sprintf("n%d.example.com", i+1))
	}
	engine.WaitForQueued(r, 99)
	close(d.end)
	all.Wait()
	return told, shown
}

// TestEntriesShareAWrite: what is appended while an entry is written is written together, in groups; it is on disk, in the plan and on
// the screen in one order.
func TestEntriesShareAWrite(t *testing.T) {
	d := &slowDisk{began: make(chan struct{}), end: make(chan struct{})}
	told, shown := sideBySide(t, d)
	if !slices.Equal(d.groups, []int{1, 32, 32, 32, 3}) {
		t.Errorf("groups of %v entries were written, want 1, then 32 at most", d.groups)
	}
	if len(shown) != 100 || len(d.Entries) != 101 {
		t.Fatalf("%d entries on disk, %d shown", len(d.Entries), len(shown))
	}
	for i, e := range d.Entries[1:] {
		if shown[i].Seq != e.Seq || told[e.Node] != nil {
			t.Errorf("entry %d: shown %d, %v", e.Seq, shown[i].Seq, told[e.Node])
		}
	}
}

// TestOneEntryRefusesNoOther: where a group cannot be written each entry is tried by itself, and who appended one that is not on disk
// is told so.
func TestOneEntryRefusesNoOther(t *testing.T) {
	d := &slowDisk{began: make(chan struct{}), end: make(chan struct{}), refuse: "n50.example.com"}
	told, shown := sideBySide(t, d)
	for node, err := range told {
		if node == d.refuse != errors.Is(err, vos.ErrRefused) {
			t.Errorf("%s: %v", node, err)
		}
	}
	if len(shown) != 99 || slices.ContainsFunc(d.Entries, func(e session.Entry) bool { return e.Node == d.refuse }) {
		t.Errorf("%d entries were shown", len(shown))
	}
}
