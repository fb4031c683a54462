package version

import (
	"bytes"
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"
)

// TestVersion: a release, `go install` of a version, a plain build and a build of changed source say what they are.
func TestVersion(t *testing.T) {
	commit := strings.Repeat("1a2b3c4d", 5)
	vcs := func(version, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: commit}, {Key: "vcs.time", Value: "2026-11-28T10:00:00Z"}, {Key: "vcs.modified", Value: modified}}}
	}
	for name, c := range map[string]struct {
		linked string
		info   *debug.BuildInfo
		want   string
	}{
		"release":                {"1.2.3", vcs("(devel)", "false"), "1.2.3"},
		"release, changed":       {"1.2.3", vcs("(devel)", "true"), "1.2.3+dirty"},
		"go install":             {"", &debug.BuildInfo{Main: debug.Module{Version: "v0.1.0"}}, "0.1.0"},
		"pseudo-version":         {"", vcs("v0.0.0-20261125162613-daf7f0ed5121", "false"), "0.0.0-20261125162613-daf7f0ed5121"},
		"pseudo-version changed": {"", vcs("v0.0.0-20261125162613-daf7f0ed5121+dirty", "true"), "0.0.0-20261125162613-daf7f0ed5121+dirty"},
		"plain build":            {"", vcs("(devel)", "true"), "devel-1a2b3c4d1a2b+dirty"},
		"no build information":   {"", nil, "devel"},
	} {
		if got := Of(c.linked, c.info).String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	var out bytes.Buffer
	if err := Of("1.2.3", vcs("", "true")).Print(&out, true); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got["version"] != "1.2.3" || got["commit"] != commit || got["dirty"] != true {
		t.Errorf("%v %s", err, out.String())
	}
	out.Reset()
	if err := Of("1.2.3", vcs("", "false")).Print(&out, false); err != nil || !strings.HasPrefix(out.String(), "uccx-tui 1.2.3 ") || !strings.Contains(out.String(), commit) {
		t.Errorf("%v %s", err, out.String())
	}
}
