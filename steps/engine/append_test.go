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

// slowDisk is a journal whose first write waits until it may end. refuse, where it is set, is what it does not write; taken lets it say
// of a group that it was taken over while that was written.
type slowDisk struct {
	stepstest.Journal
	began, end chan struct{}
	groups     []int
	refuse     string
	taken      bool
}

func newSlowDisk() *slowDisk { return &slowDisk{began: make(chan struct{}), end: make(chan struct{})} }

func (d *slowDisk) AppendAll(records []session.Record) ([]session.Entry, error) {
	if d.groups = append(d.groups, len(records)); len(d.groups) == 1 {
		close(d.began)
		<-d.end
	}
	if slices.ContainsFunc(records, func(r session.Record) bool { return r.Node == d.refuse && d.refuse != "" }) {
		return nil, errors.New("no space left")
	}
	entries, err := d.Journal.AppendAll(records)
	if d.taken && len(records) > 1 {
		return nil, &session.TakenOver{}
	}
	return entries, err
}

// sideBySide begins the first row of a hundred nodes while the first entry is being written, and returns what each was told, and
// the entries that were shown, in their order. The screen panics at the entry of the node panics.
func sideBySide(t *testing.T, d *slowDisk, panics string) (told map[string]error, shown []session.Entry) {
	t.Helper()
	c := stepstest.OneNode()
	c.Solution.Clusters = nil
	for i := range 100 {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: fmt.Sprintf("n%d.example.com", i), Product: vos.UCCX, Role: vos.Standalone}}})
	}
	d.Add(t, plan.KindOpened, "", "", c)
	r, err := steps.NewRunner(d.Entries, d, world.World{}, func(e engine.Event) {
		if e.Entry.Node == panics {
			panic("a defect of the screen")
		}
		shown = append(shown, *e.Entry)
	})
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
	d := newSlowDisk()
	told, shown := sideBySide(t, d, "")
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
	d := newSlowDisk()
	d.refuse = "n50.example.com"
	told, shown := sideBySide(t, d, "")
	for node, err := range told {
		if node == d.refuse != errors.Is(err, vos.ErrRefused) {
			t.Errorf("%s: %v", node, err)
		}
	}
	if len(shown) != 99 || slices.ContainsFunc(d.Entries, func(e session.Entry) bool { return e.Node == d.refuse }) {
		t.Errorf("%d entries were shown", len(shown))
	}
}

// TestPanicIsOfItsEntry: a panic at one entry is the error of the task that appended it; all others are told what became of theirs.
func TestPanicIsOfItsEntry(t *testing.T) {
	const node = "n50.example.com"
	told, shown := sideBySide(t, newSlowDisk(), node)
	for of, err := range told {
		if of == node != errors.Is(err, vos.ErrUncertain) || of != node && err != nil {
			t.Errorf("%s: %v", of, err)
		}
	}
	if len(told) != 100 || len(shown) != 99 {
		t.Errorf("%d were told, %d entries were shown", len(told), len(shown))
	}
}

// TestTakenOverIsNotRepeated: entries of a session that was taken over while they were written may be on disk: they are not written
// again.
func TestTakenOverIsNotRepeated(t *testing.T) {
	d := newSlowDisk()
	d.taken = true
	told, _ := sideBySide(t, d, "")
	refused := 0
	for _, err := range told {
		if taken := (*session.TakenOver)(nil); errors.As(err, &taken) {
			refused++
		}
	}
	if refused != 99 || len(d.Entries) != 101 || !slices.Equal(d.groups, []int{1, 32, 32, 32, 3}) {
		t.Errorf("%d were refused, %d entries are on disk, written as %v", refused, len(d.Entries), d.groups)
	}
}

// TestEvidenceIsShared: evidence that one fold holds does not change while other nodes with the same services are read: with -race.
func TestEvidenceIsShared(t *testing.T) {
	s, err := session.Home{Dir: t.TempDir()}.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	opened, err := s.Append(plan.KindOpened, "", "", stepstest.ThreeNodes())
	if err != nil {
		t.Fatal(err)
	}
	screen, err := steps.Fold([]session.Entry{opened})
	if err != nil {
		t.Fatal(err)
	}
	entries := make(chan session.Entry, 3)
	r, err := steps.NewRunner([]session.Entry{opened}, s, world.World{}, func(e engine.Event) { entries <- *e.Entry })
	if err != nil {
		t.Fatal(err)
	}
	nodes := stepstest.ThreeNodes().Solution.Nodes()
	var all sync.WaitGroup
	all.Go(func() {
		for range nodes {
			e := <-entries
			if err := screen.Apply(e); err != nil {
				t.Error(err)
			}
			if v, _ := screen.Task(plan.Task{Step: plan.StepLogin, Node: e.Node}); v.Seen == nil || v.Seen.Services[0].Name != "Cisco Tomcat" {
				t.Errorf("%s: %+v", e.Node, v.Seen)
			}
		}
	})
	for _, n := range nodes {
		seen := plan.Seen{Services: []vos.Service{{Name: "Cisco Tomcat", State: "STARTED"}, {Name: "Cisco DB", State: "STARTED"}}}
		if err := r.Append(plan.KindDone, plan.Task{Step: plan.StepLogin, Node: n.FQDN}, seen); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
}
