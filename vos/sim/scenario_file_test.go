package sim_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// signedRows stands for the procedures, which this room does not know.
func signedRows(path string) ([]string, bool) {
	return []string{"login", "preflight", "reply", "root", "install", "restart", "function", "report"}, path != "nowhere"
}

// Every lesson of the catalogue can be written as a file of one's own, and read again as what it was.
func TestScenarioFiles(t *testing.T) {
	t.Parallel()
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		text, err := s.TOML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := sim.ReadScenario("x.toml", s.Name, text, signedRows)
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%s: %v\n%s\n%+v\n%+v", s.Name, err, text, s, again)
		}
	}
}

const wholeFile = `title = "t"
story = "s"
goal = "g"
path = "signed"
hints = ["1", "2", "3"]

[[topology.clusters]]
product = "uccx"
hosts = ["uccx1", "uccx2"]

[[setup]]
do = "self-sign"
on = ["uccx"]

[[setup]]
do = "down"
on = ["uccx2"]
`

// What is wrong in a file is named with its line, all of it at once.
func TestScenarioFaults(t *testing.T) {
	t.Parallel()
	if _, err := sim.ReadScenario("f.toml", "f", []byte(wholeFile), signedRows); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, now, want string }{
		{`title = "t"`, `titel = "t"`, `line 1: "titel" is not known here`},
		{`title = "t"`, ``, "f.toml: no title"},
		{`story = "s"`, `story = "s\u001b[2J"`, "line 2: story is not one line"},
		{`goal = "g"`, `goal = "g`, "line 3: "},
		{`path = "signed"`, `path = "nowhere"`, "line 4: there is no path"},
		{`["1", "2", "3"]`, `["1", "2"]`, "line 5: three hints"},
		{`product = "uccx"`, `product = "toaster"`, "line 7: product"},
		{`do = "down"`, `do = "dance"`, `line 15: nobody can do "dance"`},
		{`on = ["uccx2"]`, `on = ["uccx3"]`, "line 15: \"down\" on \"uccx3\""},
		{`do = "down"`, `do = 5`, "line 16: "},
		{`[[setup]]`, "[[outside]]\ntitle = \"x\"\nat = \"no-such\"\n[[setup]]", `line 11: path signed has no row "no-such"`},
	} {
		_, err := sim.ReadScenario("f.toml", "f", []byte(strings.Replace(wholeFile, c.old, c.now, 1)), signedRows)
		var faults *sim.ScenarioFaults
		if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "Nothing was done") {
			t.Errorf("%s -> %s: %v, want %s", c.old, c.now, err, c.want)
		}
	}
	if _, err := sim.ReadScenario("f", "f", make([]byte, sim.MaxScenario+1), signedRows); err == nil {
		t.Error("a huge file was taken")
	}
}

// FuzzScenario: no file makes the reader panic; what is taken can be written and read again.
func FuzzScenario(f *testing.F) {
	f.Add(wholeFile)
	all, err := sim.Scenarios()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range all {
		if text, err := s.TOML(); err == nil {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := sim.ReadScenario("x.toml", "x", []byte(text), signedRows)
		if err != nil {
			var faults *sim.ScenarioFaults
			if !errors.As(err, &faults) || len(faults.All) == 0 {
				t.Fatalf("an error without a fault: %v", err)
			}
			return
		}
		again, err := s.TOML()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sim.ReadScenario("x.toml", "x", again, signedRows); err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
	})
}
