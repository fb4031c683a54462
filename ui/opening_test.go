package ui

import (
	"slices"
	"testing"
)

// TestOpenings: each row of the table opens a screen with a title from where it says, has its goldens, and each key has one meaning.
func TestOpenings(t *testing.T) {
	all := screens(t, 80, 24)
	titles := map[string]bool{}
	for _, m := range all {
		titles[m.top().title(&m.env)] = true
	}
	for _, o := range openings {
		if len(o.from) == 0 || slices.Contains(o.from, atStep) != (o.of != nil) {
			t.Errorf("%s: opened from %v; on which steps: %v", o.label, o.from, o.of != nil)
		}
		m := model(t, opened3(), 80, 24)
		if slices.Contains(o.from, atHome) {
			m = all["home"]
		}
		before := m.top()
		if pressed(m, o.key); m.top() == before || !titles[m.top().title(&m.env)] || m.top().title(&m.env) == "" {
			t.Errorf("%s: %s opens no screen that has a golden: %q", o.label, o.key, m.top().title(&m.env))
		}
		if n := len(slices.DeleteFunc(slices.Clone(openings), func(x opening) bool { return x.key != o.key })); n != 1 {
			t.Errorf("%s: %d screens have the key %s", o.label, n, o.key)
		}
		m.stack = m.stack[:len(m.stack)-1]
		for _, a := range m.keys() {
			if slices.Contains(a.Keys(), o.key) && a.Explain != o.explain {
				t.Errorf("%s has two meanings: %q", o.key, a.Explain)
			}
		}
	}
	new := map[string]*Model{}
	if unseen(new, func() *Model { return model(t, installed(), 80, 24) }, func() *Model { return model(t, nil, 80, 24) }); len(new) != len(openings) {
		t.Errorf("%d of %d screens get goldens by themselves", len(new), len(openings))
	}
}
