package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// schema is what docs/json.md says of a document.
type schema struct {
	Type                 string            `json:"type"`
	Properties           map[string]schema `json:"properties"`
	Required             []string          `json:"required"`
	Items                *schema           `json:"items"`
	AdditionalProperties any               `json:"additionalProperties"`
}

// schemas are those of docs/json.md, by heading.
func schemas(t *testing.T) map[string]schema {
	t.Helper()
	page, err := os.ReadFile("../../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]schema{}
	for _, part := range strings.Split(string(page), "\n## ")[1:] {
		name, rest, _ := strings.Cut(part, "\n\n```json\n")
		text, _, _ := strings.Cut(rest, "\n```")
		var s schema
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = s
	}
	return all
}

// wrong says where a value is not as its schema says, or has a key that the schema does not know.
func (s schema) wrong(at string, value any) []string {
	var all []string
	is := func(kind string, ok bool) {
		if s.Type != "" && (s.Type == kind) != ok {
			all = append(all, fmt.Sprintf("%s: %T is no %s", at, value, s.Type))
		}
	}
	switch v := value.(type) {
	case map[string]any:
		is("object", true)
		for key, one := range v {
			if p, known := s.Properties[key]; known {
				all = append(all, p.wrong(at+"."+key, one)...)
			} else if s.AdditionalProperties == nil && s.Properties != nil {
				all = append(all, at+": key "+key+" is not in the schema")
			}
		}
		for _, key := range s.Required {
			if _, has := v[key]; !has {
				all = append(all, at+": key "+key+" is missing")
			}
		}
	case []any:
		is("array", true)
		for i, one := range v {
			if s.Items != nil {
				all = append(all, s.Items.wrong(fmt.Sprintf("%s[%d]", at, i), one)...)
			}
		}
	case string:
		is("string", true)
	case bool:
		is("boolean", true)
	case float64:
		if s.Type != "integer" && s.Type != "number" || s.Type == "integer" && v != float64(int64(v)) {
			all = append(all, fmt.Sprintf("%s: %v is no %s", at, v, s.Type))
		}
	case nil:
		all = append(all, at+": null")
	}
	return all
}

// TestJSONIsAsDocumented: what commands print as JSON is what docs/json.md says: one document, or one object a line where its heading says
// so, with the keys and types of the schema and no others.
func TestJSONIsAsDocumented(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.must(0, "", "lab", "--auto")
	p.must(0, "", "lab", "old-root", "--auto")
	far := newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	known, most := schemas(t), map[string]int{} // how many objects were printed
	p.run("run", "--solution", file, "--json")  // has no password: it opens a session, and reads nothing
	for _, one := range []struct {
		heading string
		args    []string
	}{
		{"report --format json", []string{"report", "HQ-renewal", "--format", "json"}}, {"plan", []string{"plan", "HQ-renewal", "--json"}},
		{"run (one line an event)", []string{"run", "--solution", file, "--password-file", pw, "--survey", "--json"}}, {"rehearse", []string{"rehearse", "HQ-renewal", "--json"}},
		{"report --format json", []string{"report", "HQ-renewal", "--format", "json"}},
		{"advise (one line a match)", []string{"advise", "--json", "certificate is not trusted"}}, {"advise (one line a match)", []string{"advise", "--json", "login"}},
		{"check", []string{"check", "--json", filepath.Join(p.home, "state", "uccx-tui", "sessions", "lab", "reply")}}, {"check", []string{"check", "--json", file}},
		{"doctor", []string{"doctor", "--json"}}, {"facts", []string{"facts", "--json"}}, {"lab --list", []string{"lab", "--list", "--json"}}, {"lab grade", []string{"lab", "grade", "old-root", "--json"}},
		{"plan", []string{"plan", "lab", "--json"}}, {"probe (one line a port)", []string{"probe", "--solution", file, "--json"}}, {"report --format json", []string{"report", "lab", "--format", "json"}},
		{"sessions", []string{"sessions", "--json"}}, {"verify", []string{"verify", "lab", "--json"}}, {"version", []string{"version", "--json"}},
	} {
		heading, args := one.heading, one.args
		out, errout, _ := p.run(args...)
		_, byLine, _ := strings.Cut(heading, "(")
		documents := []string{out}
		if byLine != "" {
			documents = strings.Split(strings.TrimSpace(out), "\n")
		}
		if _, has := known[heading]; !has {
			t.Errorf("%s is not in docs/json.md", heading)
		}
		most[heading] = max(most[heading], len(documents))
		for i, text := range documents {
			want := known[heading]
			if args[0] == "run" && i == len(documents)-1 {
				want = known["run (last line)"]
			}
			var value any
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Errorf("%v: %v in %.300q\n%s", args, err, text, errout)
				continue
			}
			if bad := want.wrong(heading, value); len(bad) > 0 {
				slices.Sort(bad)
				t.Errorf("%v:\n%s", args, strings.Join(slices.Compact(bad), "\n"))
			}
		}
	}
	for heading := range known {
		if n, byLine := most[heading], strings.Contains(heading, "(one line"); heading != "lab --serve (first line)" && heading != "run (last line)" && (n == 0 || byLine != (n > 1)) {
			t.Errorf("%s: %d objects", heading, n)
		}
	}
}
