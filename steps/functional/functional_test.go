package functional_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/functional"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func cluster(p vos.Product, hosts ...string) vos.Cluster {
	var c vos.Cluster
	for i, h := range hosts {
		role := vos.Standalone
		if len(hosts) > 1 {
			role = []vos.Role{vos.Publisher, vos.Subscriber}[min(i, 1)]
		}
		c.Nodes = append(c.Nodes, vos.Node{FQDN: h + ".example.com", Product: p, Role: role})
	}
	return c
}

func of(clusters ...vos.Cluster) change.Change {
	return change.Change{Name: "x", Path: change.PathSigned, Unit: "tomcat", Plan: plan.Version, Solution: vos.Solution{Clusters: clusters}}
}

func ids(all []plan.Question) string {
	var some []string
	for _, q := range all {
		some = append(some, q.ID)
	}
	return strings.Join(some, " ")
}

// TestQuestionsFollowTheProducts: each mix of products is asked what applies to it, and nothing else (VER-1 to VER-4).
func TestQuestionsFollowTheProducts(t *testing.T) {
	t.Parallel()
	old := cluster(vos.UCCX, "uccx1")
	old.Nodes[0].Release = "10.6.1"
	for want, c := range map[string]change.Change{
		"VER-2 VER-3 VER-3-reports VER-4":       of(cluster(vos.UCCX, "uccx1")),
		"VER-2 VER-3 VER-3-reports VER-4 VER-1": of(cluster(vos.UCCX, "uccx1", "uccx2"), cluster(vos.CCP, "ccp")),
		"VER-2 VER-3-reports VER-4":             of(old),
		"VER-2 VER-3 VER-3-reports":             of(cluster(vos.Finesse, "fin1", "fin2"), cluster(vos.CUIC, "cuic1"), cluster(vos.LiveData, "ld1")),
		"VER-2":                                 of(cluster(vos.Finesse, "fin1")),
		"VER-3":                                 of(cluster(vos.LiveData, "ld1", "ld2")),
		"VER-3-reports":                         of(cluster(vos.CUIC, "cuic1")),
		"VER-1":                                 of(cluster(vos.CCP, "ccp")),
		"VER-recording":                         of(cluster(vos.MediaSense, "ms1", "ms2")),
		"VER-logins":                            of(cluster(vos.CUCM, "cm1", "cm2")),
		"VER-2 VER-3 VER-3-reports VER-4 VER-recording": of(cluster(vos.UCCX, "uccx1"), cluster(vos.MediaSense, "ms1")),
	} {
		if got := ids(functional.Questions(change.Scope{Change: c})); got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
	}
	c := of(cluster(vos.CUCM, "cm1"))
	c.Plan = 1
	if got := ids(functional.Questions(change.Scope{Change: c})); got != "VER-2 VER-3 VER-4 VER-1" {
		t.Errorf("a session that was opened before is asked %s", got)
	}
}

// TestQuestionsNameTheNodes: what is to be opened stands there by the name of each node, and a single node is not called two.
func TestQuestionsNameTheNodes(t *testing.T) {
	t.Parallel()
	for _, c := range []change.Change{of(cluster(vos.UCCX, "uccx1")), of(cluster(vos.UCCX, "uccx1", "uccx2"), cluster(vos.CCP, "ccp"), cluster(vos.MediaSense, "ms1"))} {
		p, err := steps.Preview(c)
		if err != nil {
			t.Fatal(err)
		}
		row := p.Step(plan.StepFunction)
		for _, q := range row.Ask {
			text := q.Text.String() + q.Means.String() + strings.Join(msg.Strings(q.Lines), " ")
			if strings.Contains(text, "FQDN") || len(q.Lines) == 0 || strings.Contains(text, "%s") || len(c.Solution.Clusters) == 1 && strings.Contains(text, "each of these") {
				t.Errorf("%s: %s", q.ID, text)
			}
			if q.Rule == "" || !slices.Contains(row.Rules, q.Rule) {
				t.Errorf("%s: rule %q of %s", q.ID, q.Rule, row.Rules)
			}
		}
		i := slices.IndexFunc(row.Ask, func(q plan.Question) bool { return q.ID == "VER-4" })
		if i < 0 || !slices.Contains(msg.Strings(row.Ask[i].Lines), "https://uccx1.example.com/appadmin/main") || len(row.Ask[i].Lines) != len(c.Solution.Clusters[0].Nodes) {
			t.Errorf("%+v", row.Ask)
		}
	}
}

// TestEachNodeIsAsked: from version 4 on each node is asked about for itself, with its own addresses; a plan of a former version
// asks once for all nodes.
func TestEachNodeIsAsked(t *testing.T) {
	t.Parallel()
	c := of(cluster(vos.UCCX, "uccx1", "uccx2"), cluster(vos.CCP, "ccp"), cluster(vos.LiveData, "ld1"))
	for version, want := range map[int]int{plan.Version: 4, 3: 1} {
		c.Plan = version
		p, err := steps.Preview(c)
		if err != nil {
			t.Fatal(err)
		}
		row, ok := p.Row(plan.StepFunction)
		if !ok || len(row.Tasks) != want {
			t.Fatalf("version %d: %d tasks, want %d", version, len(row.Tasks), want)
		}
		for _, task := range row.Tasks {
			n, known := p.Node(task.Task.Node)
			if !known {
				continue
			}
			asked := 0
			for _, q := range row.Step.Ask {
				if !row.Step.Asks(n, q) {
					continue
				}
				asked++
				q = row.Step.Fit(p.Scope(), n, q)
				if strings.Contains(q.Text.String(), "each of these") || slices.ContainsFunc(msg.Strings(q.Lines), func(line string) bool { return !strings.HasPrefix(line, "https://"+n.FQDN) }) {
					t.Errorf("%s: %s %s", n.FQDN, q.Text, msg.Strings(q.Lines))
				}
			}
			if want := map[vos.Product]int{vos.UCCX: 4, vos.CCP: 1, vos.LiveData: 1}[n.Product]; asked != want {
				t.Errorf("%s is asked %d questions, want %d", n.FQDN, asked, want)
			}
		}
	}
}
