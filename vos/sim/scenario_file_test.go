package sim_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// signedRows stands for the procedures, which this room does not know.
func signedRows(path string) ([]string, bool) {
	return []string{"login", "preflight", "reply", "root", "install", "restart", "function", "reply-rest", "report", "delete-trust", "names", "ntp"}, path != "nowhere"
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
		{`do = "down"`, `do = "dance"`, `line 15: "dance" is not an action`},
		{`on = ["uccx2"]`, `on = ["uccx3"]`, "line 15: \"down\" on \"uccx3\""},
		{`do = "down"`, `do = 5`, "line 16: "},
		{`title = "t"`, "title = \"t\"\nca = [\"kind\"]", "line 2: no CA behaves"},
		{`do = "down"`, "", `line 15: "" is not an action`},
		{`on = ["uccx2"]`, "", "line 15: \"down\" on nothing"},
		{`do = "down"`, `do = "fail"`, "line 15: \"fail\" lacks"},
		{`do = "down"`, "do = \"skew\"\nby = \"x\"", "duration"},
		{`[[setup]]`, "[[faults]]\nwhen = {typed = \"\", on = \"uccx1\"}\ndo = []\n[[setup]]", "line 11: when"},
		{`[[setup]]`, "[[faults]]\nwhen = {typed = \"x\", on = \"uccx\"}\ndo = [{do = \"y\"}]\n[[setup]]", `"y" is not an action`},
		{`[[setup]]`, "[[outside]]\ntitle = \"x\"\nat = \"no-such\"\n[[setup]]", `line 11: path signed has no row "no-such"`},
	} {
		_, err := sim.ReadScenario("f.toml", "f", []byte(strings.Replace(wholeFile, c.old, c.now, 1)), signedRows)
		var faults *sim.ScenarioFaults
		if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "Nothing was done") {
			t.Errorf("%s -> %s: %v, want %s", c.old, c.now, err, c.want)
		}
	}
}

// TestScenarioHasAnEnd: a file of 256 KiB is a scenario, and one byte more is too much.
func TestScenarioHasAnEnd(t *testing.T) {
	const most = 256 << 10
	filled := wholeFile + "\n" + strings.Repeat("#\n", most/2)
	if _, err := sim.ReadScenario("f", "f", []byte(filled[:most]), signedRows); err != nil {
		t.Error(err)
	}
	if _, err := sim.ReadScenario("f", "f", []byte(filled[:most+1]), signedRows); err == nil || !strings.Contains(err.Error(), "larger than 262144 bytes") {
		t.Errorf("more than that: %v", err)
	}
}

// Every word of a scenario file has its key in a tag: what is written under the name of a Go field is no key of docs/lab.md.
func TestScenarioKeys(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(x reflect.Type) {
		for x.Kind() == reflect.Slice || x.Kind() == reflect.Map || x.Kind() == reflect.Pointer {
			x = x.Elem()
		}
		if x.Kind() != reflect.Struct || seen[x] {
			return
		}
		seen[x] = true
		for i := range x.NumField() {
			key, _, _ := strings.Cut(x.Field(i).Tag.Get("toml"), ",")
			if key == "" || strings.ToLower(key[:1]) != key[:1] {
				t.Errorf("%s.%s has the key %q", x.Name(), x.Field(i).Name, key)
			}
			walk(x.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[sim.Scenario]())
	if len(seen) < 9 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

// A lab keeps its scenario as TOML; what former programs kept as an object is read too.
func TestScenarioOnDisk(t *testing.T) {
	t.Parallel()
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		data, err := json.Marshal(s)
		var again sim.Scenario
		if err := errors.Join(err, json.Unmarshal(data, &again)); err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%s: %v\n%s", s.Name, err, data)
		}
	}
	const former = `{"name":"x","title":"t","story":"s","goal":"g","path":"signed","change":{"multi_server":true,"replace":["uccx1"]},"handOver":"reply",
		"topology":{"clusters":[{"product":"uccx","hosts":["uccx1"],"nodes":{"uccx1":{"quirks":["rest"]}}}],"targets":[{"host":"api.partner.example"}]},
		"setup":[{"do":"self-sign","on":["uccx"],"days":30}],"faults":[{"when":{"typed":"set csr","on":"uccx1"},"do":[{"do":"cut","on":["uccx1"]}]}],
		"hints":["1","2","3"],"rubric":{"maxRestarts":2,"maxCSRs":1,"maxRefusals":0,"outageMinutes":60}}`
	var s sim.Scenario
	if err := json.Unmarshal([]byte(former), &s); err != nil {
		t.Fatal(err)
	}
	if s.Name != "x" || !s.Change.MultiServer || s.HandOver != "reply" || s.Topology.Clusters[0].Nodes["uccx1"].Quirks[0] != sim.QuirkREST || s.Setup[0].Days != 30 ||
		s.Faults[0].When.Typed != "set csr" || s.Rubric.MaxRestarts != 2 || s.Rubric.OutageMinutes != 60 {
		t.Errorf("read as %+v", s)
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

// TestErrorsHaveAnEnd: whatever a file of the largest size holds, what is said of it fits a screen or two.
func TestErrorsHaveAnEnd(t *testing.T) {
	long, setups := strings.Repeat("a", 200_000), 5_000
	if testing.Short() {
		setups = 500
	}
	for _, text := range []string{long + " = 1", "[a" + strings.Repeat(".a", 100_000) + "]", "a = " + strings.Repeat("[", 100_000), wholeFile + "\n[" + long + "]\n",
		"title = '" + long + "'", "path = '" + long + "'", strings.Repeat("[[setup]]\ndo = 'x'\n", setups), strings.Repeat("#\n", sim.MaxScenario)} {
		if _, err := sim.ReadScenario("x.toml", "x", []byte(text), nil); err == nil || len(err.Error()) > 64<<10 {
			t.Errorf("%.40s: %.200v", text, err)
		}
	}
}
