package msg

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

type kept struct {
	What  Text            `json:"what"`
	Next  Text            `json:"next,omitzero"`
	List  []Text          `json:"list,omitempty"`
	Under map[string]kept `json:"under,omitempty"`
	Deep  *kept           `json:"deep,omitempty"`
	Raw   []byte          `json:"raw,omitempty"`
}

// again writes and reads a value as a journal does.
func again(t *testing.T, in kept, origins json.RawMessage) kept {
	t.Helper()
	raw, err := json.Marshal(in)
	var out kept
	if err != nil || json.Unmarshal(raw, &out) != nil {
		t.Fatal(err)
	}
	Restore(&out, origins)
	return out
}

// TestOrigins: the English words stand where they stood, and the arguments come back beside them: numbers as numbers, sentences as
// sentences, in lists, maps and behind pointers. Sentences without arguments need no origin.
func TestOrigins(t *testing.T) {
	inner := T("port %d of %q", 8443, "uccx1")
	in := kept{What: T("%s: %s", inner, errors.New("no route")), Next: T("100%% done, look again"), List: []Text{N("1 note", "%d notes", 3), Verbatim("50% <b>")},
		Under: map[string]kept{"a": {What: T("after %s, at %v", 90*time.Second, time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC))}}, Deep: &kept{What: T("%t %.1f", true, 2.5)}}
	raw := Origins(in)
	out := again(t, in, raw)
	for _, c := range [][2]Text{{in.What, out.What}, {in.List[0], out.List[0]}, {in.Under["a"].What, out.Under["a"].What}, {in.Deep.What, out.Deep.What}} {
		if c[0].Format != c[1].Format || c[0].Many != c[1].Many || c[0].String() != c[1].String() {
			t.Errorf("%+v is %+v", c[0], c[1])
		}
	}
	if got, ok := out.What.Args[0].(Text); !ok || !reflect.DeepEqual(got.Args, []any{int64(8443), "uccx1"}) {
		t.Errorf("the sentence inside: %#v", out.What.Args)
	}
	if out.Next.Format != in.Next.Format || out.List[1].String() != "50% <b>" {
		t.Errorf("%+v", out)
	}
	if raw := Origins(kept{What: T("nothing to do"), Next: Verbatim("x y")}); raw != nil {
		t.Errorf("%s", raw)
	}
	if old := again(t, in, nil); old.What.String() != in.What.String() || old.List[0].String() != "3 notes" {
		t.Errorf("a journal of a former program: %+v", old)
	}
}

// TestOriginsOfOthers: origins of another hand change no English word, and no format of them fills the memory.
func TestOriginsOfOthers(t *testing.T) {
	in := kept{What: T("port %d", 22)}
	for _, raw := range []string{`[{"f":"all is well"}]`, `[{"f":"%s","a":["all is well"]}]`, `not json`, `{}`, `[{"f":"%999999999d","a":[1]}]`,
		`[{"f":"%s","a":[{"f":"%1000000d","a":[1]}]}]`, `[{"f":"%*d","a":[1000000,1]}]`, `[{"f":"%[2]*[1]d","a":[1,1000000]}]`, `[{"f":"%.1000000d","a":[1]}]`,
		`[{"f":"%v","a":[null]}]`, `[{"f":"%v","a":[[1]]}]`, `[{"f":"%v","a":[1e999]}]`, fmt.Sprintf(`[{"f":%q}]`, strings.Repeat("%1000000d", 100))} {
		if out := again(t, in, json.RawMessage(raw)); out.What.String() != "port 22" || len(out.What.Args) != 0 {
			t.Errorf("%s: %+v", raw, out.What)
		}
	}
	if n := depth([]byte(`[{"f":"}]\"}]","a":[{"f":"x"}]}]`)); n != 4 {
		t.Errorf("depth %d", n)
	}
	bomb := `{"f":"port %d","a":[22]}`
	for range 60 { // 2^60 times these words
		bomb = `{"f":"%[1]s%[1]s","a":[` + bomb + `]}`
	}
	for _, raw := range []string{"[" + bomb + "]", "[" + strings.Repeat(`{"f":"%s","a":[`, 4000) + `"x"` + strings.Repeat("]}", 4000) + "]"} {
		if out := again(t, in, json.RawMessage(raw)); len(out.What.Args) != 0 {
			t.Errorf("%+v", out.What)
		}
	}
	if allocs := testing.AllocsPerRun(1, func() { Restore(&kept{}, json.RawMessage(`[{"f":"%1000000d%1000000d"}]`)) }); allocs > 200 {
		t.Errorf("%v allocations", allocs)
	}
}
