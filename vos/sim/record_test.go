package sim

import (
	"testing"
	"time"
)

// Who was away together is found, and only a whole cluster that was away is an outage.
func TestOutage(t *testing.T) {
	t.Parallel()
	at := func(from, to int) Away {
		start := time.Unix(0, 0)
		return Away{start.Add(time.Duration(from) * time.Second), start.Add(time.Duration(to) * time.Second), 20 * time.Minute}
	}
	node := func(name string, cluster int, all ...Away) NodeRecord {
		return NodeRecord{FQDN: name, Cluster: cluster, Aways: all}
	}
	for name, c := range map[string]struct {
		nodes    []NodeRecord
		together string
		outage   time.Duration
	}{
		"one after the other": {[]NodeRecord{node("a", 0, at(0, 5)), node("b", 0, at(6, 9))}, "", 0},
		"both at once":        {[]NodeRecord{node("a", 0, at(0, 5)), node("b", 0, at(4, 9))}, "a and b", 20 * time.Minute},
		"never back":          {[]NodeRecord{node("a", 0, Away{From: time.Unix(1, 0), Real: time.Minute}), node("b", 0, at(4, 9))}, "a and b", time.Minute},
		"alone":               {[]NodeRecord{node("a", 0, at(0, 5))}, "", 20 * time.Minute},
		"two products":        {[]NodeRecord{node("a", 0, at(0, 5)), node("b", 0), node("c", 1, at(3, 4))}, "a and c", 20 * time.Minute},
	} {
		r := Record{Nodes: c.nodes}
		if r.Together() != c.together || r.Outage() != c.outage {
			t.Errorf("%s: together %q, outage %s", name, r.Together(), r.Outage())
		}
	}
}
