package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// TestInventory: probe --solution tells of every address of every node of a solution, behind NAT too, which uses, key, signature
// and days its certificate has, and what the field notice about the product means for it.
func TestInventory(t *testing.T) {
	t.Parallel()
	cluster, err := sim.Start(sim.Options{Dir: t.TempDir(), Seed: 5, Topology: &sim.Topology{Clusters: []sim.ClusterSpec{{Product: vos.UCCX, Hosts: []string{"uccx1", "uccx2"}}, {Product: "cuc", Hosts: []string{"cuc1"}, Version: "14.0.1.12900-161"}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Close() })
	p := newPlace(t)
	file := filepath.Join(p.home, "hq.toml")
	if err := os.WriteFile(file, solution.Format(solution.File{Name: "hq", Path: "signed", Solution: cluster.Solution()}), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errout, code := p.run("probe", "--solution", file, "--release", "14", "--json")
	seen := map[string]int{}
	for line := range strings.Lines(out) {
		var one struct {
			Host, Product, Role, Key, Until, Error string
			Optional                               bool
			Port                                   int
			Days                                   int `json:"days_left"`
			Usage                                  struct {
				EKU               []string
				Server            bool `json:"server_auth"`
				Client            bool `json:"client_auth"`
				Signature, Notice string
				Verdict           string `json:"notice_verdict"`
				Means             string `json:"notice_means"`
			}
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		if one.Error != "" && one.Optional {
			continue
		}
		if one.Error != "" {
			t.Errorf("%s:%d: %s", one.Host, one.Port, one.Error)
			continue
		}
		seen[one.Host]++
		until, err := time.Parse(time.RFC3339, one.Until)
		want := map[string]string{"uccx": "FN74382", "cuc": "FN74345"}[one.Product]
		if u := one.Usage; err != nil || time.Until(until) < 0 || one.Days < 300 || one.Key == "" || u.Signature != "SHA256-RSA" || len(u.EKU) == 0 || !u.Server || !u.Client || u.Notice != want || u.Verdict != "fits" || !strings.Contains(u.Means, want) {
			t.Errorf("%+v", one)
		}
	}
	if code != 0 || fmt.Sprint(seen) != "map[cuc1.lab.example:2 uccx1.lab.example:6 uccx2.lab.example:6]" {
		t.Errorf("exit %d: %v\n%s%s", code, seen, out, errout)
	}
	if text, _, _ := p.run("probe", "--solution", file); !strings.Contains(text, "serverAuth, clientAuth") || !strings.Contains(text, "FN74345") {
		t.Errorf("for people:\n%s", text)
	}
	for _, args := range [][]string{{"probe"}, {"probe", "x.example.com", "--solution", file}, {"probe", "--solution", "nowhere"}} {
		if _, errout, code := p.run(args...); code != 2 || errout == "" {
			t.Errorf("%v: exit %d %s", args, code, errout)
		}
	}
}
