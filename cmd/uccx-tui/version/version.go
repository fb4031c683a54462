// Package version tells how this program was built.
package version

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// Build is what is known of how this program was built.
type Build struct {
	Version string `json:"version"`          // of the release, as 1.2.3; a build without one: devel, or what `go install` recorded
	Commit  string `json:"commit,omitempty"` // full hash of the source
	Time    string `json:"time,omitempty"`   // of that commit, RFC 3339, UTC
	Dirty   bool   `json:"dirty,omitempty"`  // the source had changes that no commit holds
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// Of reads how the program was built: the version that the linker set comes first, then what the Go tool recorded.
func Of(linked string, info *debug.BuildInfo) Build {
	b := Build{Version: linked, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if info != nil {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Time = s.Value
			case "vcs.modified":
				b.Dirty = s.Value == "true"
			}
		}
		if b.Version == "" && info.Main.Version != "(devel)" {
			b.Version = strings.TrimPrefix(info.Main.Version, "v")
		}
	}
	if b.Version == "" {
		b.Version = "devel"
	}
	return b
}

// String is the version as journals, reports and exported sessions hold it: 1.2.3, 1.2.3+dirty, devel-1a2b3c4d5e6f+dirty.
func (b Build) String() string {
	text := b.Version
	if text == "devel" && len(b.Commit) > 12 {
		text += "-" + b.Commit[:12]
	}
	if b.Dirty && !strings.Contains(text, "dirty") {
		text += "+dirty"
	}
	return text
}

// Print writes it for a person in one line, or as one JSON object.
func (b Build) Print(out io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(b)
	}
	text := fmt.Sprintf("uccx-tui %s %s/%s %s", b, b.OS, b.Arch, b.Go)
	if b.Commit != "" {
		text += ", commit " + b.Commit
	}
	_, err := fmt.Fprintln(out, text)
	return err
}
