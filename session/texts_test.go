package session

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestTextsOfEntries: an entry holds the English words where they always stood, and beside them what they were made of; both come
// back from the disk, from an entry of a former program only the words. An entry without arguments has nothing beside it.
func TestTextsOfEntries(t *testing.T) {
	type trouble struct {
		What msg.Text `json:"what"`
		Next msg.Text `json:"next,omitzero"`
	}
	h := newHome(t)
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []trouble{{What: msg.T("port %d of %s is closed", 8443, "uccx1\x1b[31m")}, {What: msg.T("100%% of it"), Next: msg.T("Press Enter.")}} {
		if _, err := s.Append("failed", "csr", "uccx1", x); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(s.Dir(), journalName))
	if err != nil || bytes.Contains(raw, []byte{0x1b}) || strings.Count(string(raw), `"texts"`) != 1 ||
		!strings.Contains(string(raw), `"data":{"what":"100% of it","next":"Press Enter."}`) || !strings.Contains(string(raw), `"texts":[{"f":"port %d of %s is closed","a":[8443,"uccx1\u001b[31m"]}]`) {
		t.Fatalf("%v\n%s", err, raw)
	}
	if s, err = h.Open("test"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var now, before, plain trouble
	e := s.Entries()[0]
	if err := e.Read(&now); err != nil || now.What.Format != "port %d of %s is closed" || now.What.Args[0] != int64(8443) {
		t.Errorf("%v, %+v", err, now)
	}
	e.Texts = nil
	if err := e.Read(&before); err != nil || before.What.String() != now.What.String() || len(before.What.Args) != 0 {
		t.Errorf("%v, %+v", err, before)
	}
	if err := s.Entries()[1].Read(&plain); err != nil || plain.What.Format != "100%% of it" || plain.Next.String() != "Press Enter." {
		t.Errorf("%v, %+v", err, plain)
	}
	if e.Data = json.RawMessage(`{"what":`); e.Read(&now) == nil {
		t.Error("an entry that is no JSON was read")
	}
}
