package steps

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestPassing: what had begun is unsure for whoever takes a session up, and a session that was handed over is away until
// somebody takes it up again.
func TestPassing(t *testing.T) {
	for _, kind := range []string{KindResumed, KindTaken, KindExported, KindImported} {
		p, err := Preview(handoverChange())
		if err != nil {
			t.Fatal(err)
		}
		apply := func(kind string, task Task, data any) error {
			raw, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			return p.Apply(session.Entry{Kind: kind, Step: task.Step, Node: task.Node, Who: "yvonne@jump", Data: raw})
		}
		csr := Task{stepCSR, "a.b"}
		if err := errors.Join(apply(KindBegan, csr, Seen{}), apply(kind, Task{}, Imported{Program: "7", Lab: "other"})); err != nil {
			t.Fatal(err)
		}
		if v, _ := p.Task(csr); v.State != Unsure {
			t.Errorf("%s: %s, want unsure", kind, v.State)
		}
		who, _, away := p.Away()
		if away != (kind == KindExported) || away && who != "yvonne@jump" {
			t.Errorf("%s: away %v, by %q", kind, away, who)
		}
		if lab := p.Change().Lab.Folder; (lab == "other") != (kind == KindImported || kind == KindTaken) {
			t.Errorf("%s: the lab lies in %q", kind, lab)
		}
		if err := apply(KindResumed, Task{}, Resumed{"8"}); err != nil {
			t.Fatal(err)
		}
		if _, _, away := p.Away(); away {
			t.Errorf("%s: still away after it was taken up", kind)
		}
		var newer *NewerEntry
		if err := apply("unheard-of", csr, nil); !errors.As(err, &newer) || !strings.Contains(err.Error(), "newer one (version 8)") {
			t.Errorf("a newer entry: %v", err)
		}
	}
}

func handoverChange() Change {
	c := Change{Name: "x", Path: PathSigned, Unit: "tomcat", Lab: &Lab{Folder: "lab"}, Program: "6"}
	c.Solution.Clusters = []vos.Cluster{{Nodes: []vos.Node{{FQDN: "a.b", Product: vos.UCCX, Role: vos.Standalone}}}}
	return c
}
