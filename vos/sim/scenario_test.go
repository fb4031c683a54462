package sim_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Every scenario can be read and served, and what it begins with leaves no trace in what is counted.
func TestScenarios(t *testing.T) {
	t.Parallel()
	all, err := sim.Scenarios()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			c := lab(t, func(o *sim.Options) { o.Scenario = &s })
			if got, ok := c.Scenario(); !ok || got.Name != s.Name || got.Goal != s.Goal {
				t.Errorf("served %+v", got)
			}
			for fqdn, k := range c.Counts() {
				if k.CSRs+k.Regenerated+k.OwnUploads+len(k.TrustUploads)+k.Restarts > 0 {
					t.Errorf("%s: %+v before anybody came", fqdn, k)
				}
			}
			for _, site := range s.Topology.Clusters {
				if len(site.Hosts) == 0 {
					t.Error("an empty cluster")
				}
			}
		})
	}
	if _, err := sim.FindScenario("no-such"); err == nil || !strings.Contains(err.Error(), all[0].Name) {
		t.Errorf("%v", err)
	}
}
