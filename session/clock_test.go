package session

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// TestOpenedBeforeItsLastEntry: a session whose last entries lie in the future, because the clock was set back since, or a colleague's
// clock is ahead, opens, goes on, is listed, checks out as whole, and keeps the order of its entries.
func TestOpenedBeforeItsLastEntry(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{time.Second, 24 * time.Hour, 400 * 24 * time.Hour, -400 * 24 * time.Hour} {
		h := newHome(t)
		path := written(t, h, 3)
		before, err := h.Read("test")
		if err != nil {
			t.Fatal(err)
		}
		var lines []byte
		prev := ""
		for _, e := range before { // the same journal, as another clock would have written it
			e.Time, e.Prev = e.Time.Add(ahead), prev
			line, err := e.line()
			if err != nil {
				t.Fatal(err)
			}
			lines, prev = append(lines, line...), e.Sum
		}
		if err := os.WriteFile(path, lines, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := h.Open("test")
		if err != nil {
			t.Fatalf("%s: %v", ahead, err)
		}
		e, err := s.Append("done", "step", "later", json.RawMessage(`{}`))
		if err != nil || e.Seq != before[2].Seq+1 || time.Since(e.Time).Abs() > time.Hour {
			t.Errorf("%s: entry %d at %s, %v", ahead, e.Seq, e.Time, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		after, err := h.Read("test")
		if err != nil || len(after) != len(before)+1 || after[len(before)].Node != "later" {
			t.Errorf("%s: %d entries, %v", ahead, len(after), err)
		}
		if c, err := h.Verify("test"); err != nil || c.Entries != len(after) {
			t.Errorf("%s: %+v, %v", ahead, c, err)
		}
		if all, err := h.List(); err != nil || len(all) != 1 {
			t.Errorf("%s: %+v, %v", ahead, all, err)
		}
	}
}
