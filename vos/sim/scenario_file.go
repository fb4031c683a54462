package sim

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/tomltype"
)

// MaxScenario is how large a scenario file may be, in bytes.
const MaxScenario = 256 << 10

// ScenarioFault is one thing that is wrong in a scenario file.
type ScenarioFault struct {
	Line int // from 1; 0: of the whole file
	What string
}

// ScenarioFaults are all that is wrong in one file. Nothing was taken from it.
type ScenarioFaults struct {
	File string
	All  []ScenarioFault
}

// Error has a line for each fault, with the line of the file first.
func (f *ScenarioFaults) Error() string {
	lines := make([]msg.Text, 0, len(f.All)+1)
	for _, one := range f.All {
		place := f.File
		if one.Line > 0 {
			place = fmt.Sprintf("%s: line %d", f.File, one.Line)
		}
		lines = append(lines, msg.Verbatim(place+": "+one.What))
	}
	return strings.Join(append(msg.Strings(vos.ShortenLines(lines)), "Nothing was done. The format: uccx-tui help scenarios."), "\n")
}

// ReadScenario reads a scenario: TOML, with the keys of docs/lab.md. rows returns the ids of a path's rows, and whether there
// is such a path; nil: neither paths nor rows are checked. Errors are *ScenarioFaults.
func ReadScenario(file, name string, data []byte, rows func(path string) ([]string, bool)) (Scenario, error) {
	bad := &ScenarioFaults{File: file}
	if len(data) > MaxScenario {
		bad.All = []ScenarioFault{{0, fmt.Sprintf("is larger than %d bytes: this is no scenario", MaxScenario)}}
		return Scenario{}, bad
	}
	s := Scenario{Rubric: Rubric{-1, -1, -1, -1}} // what is not said does not count
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&s); err != nil {
		bad.All = tomlFaults(err)
		return Scenario{}, bad
	}
	flaws := s.flaws()
	if rows != nil {
		flaws = append(flaws, s.rowFlaws(rows)...)
	}
	for _, f := range flaws {
		for _, text := range strings.Split(f.err.Error(), "\n") {
			bad.All = append(bad.All, ScenarioFault{lineOf(data, f.key, f.nth), text})
		}
	}
	if len(bad.All) > 0 {
		return Scenario{}, bad
	}
	s.Name = name
	return s, nil
}

func tomlFaults(err error) []ScenarioFault {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		var all []ScenarioFault
		for _, e := range strict.Errors {
			line, _ := e.Position()
			all = append(all, ScenarioFault{line, fmt.Sprintf("%q is not known here", strings.Join(e.Key(), "."))})
		}
		return all
	}
	var one *toml.DecodeError
	if errors.As(err, &one) {
		line, _ := one.Position()
		return []ScenarioFault{{line, tomltype.Why(one).String()}}
	}
	return []ScenarioFault{{0, strings.TrimPrefix(err.Error(), "toml: ")}}
}

// rowFlaws: the path is there, and what is to be done at a row has that row.
func (s Scenario) rowFlaws(rows func(path string) ([]string, bool)) []flaw {
	ids, ok := rows(s.Path)
	if !ok {
		if s.Path == "" {
			return nil // said already
		}
		return []flaw{{"path", 0, fmt.Errorf("there is no path %q", s.Path)}}
	}
	has := map[string]bool{"": true}
	for _, id := range ids {
		has[id] = true
	}
	var all []flaw
	if !has[s.HandOver] {
		all = append(all, flaw{"handOver", 0, fmt.Errorf("path %s has no row %q", s.Path, s.HandOver)})
	}
	for i, o := range s.Outside {
		if !has[o.At] {
			all = append(all, flaw{"outside", i, fmt.Errorf("path %s has no row %q", s.Path, o.At)})
		}
	}
	return all
}

// lineOf finds the line of a key, or of the nth table of a list; of a list in one piece its first line. 0 where it is not
// there.
func lineOf(data []byte, key string, nth int) int {
	q := regexp.QuoteMeta(key)
	table := regexp.MustCompile(`^\s*\[\[\s*` + q + `\s*\]\]`)
	other := regexp.MustCompile(`(?i)^\s*(` + q + `\s*=|\[+\s*` + q + `\b)`)
	found, n := 0, 0
	for i, l := range strings.Split(string(data), "\n") {
		if table.MatchString(l) {
			if n == nth {
				return i + 1
			}
			n++
		}
		if found == 0 && other.MatchString(l) {
			found = i + 1
		}
	}
	return found
}

// TOML is the scenario as ReadScenario reads it.
func (s Scenario) TOML() ([]byte, error) {
	s.Name = ""
	return toml.Marshal(s)
}
