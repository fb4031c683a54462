package sim

import (
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// Scenario is a lesson of the lab: what stands there, what goes wrong, and what is to be reached. It is data alone: one
// TOML file in the folder scenarios, or one of the trainer's own.
type Scenario struct {
	Name      string            `toml:"name,omitempty"` // of its file
	Title     string            `toml:"title"`          // one line
	Story     string            `toml:"story"`          // what the technician is told
	Goal      string            `toml:"goal"`
	Level     int               `toml:"level,omitempty"`   // how hard it is, 1 to 3; 0: see Difficulty
	Minutes   int               `toml:"minutes,omitempty"` // that a person usually needs, restarts in the time of the lab; 0: see Usual
	Path      string            `toml:"path"`              // id of the procedure that reaches it
	Change    Wanted            `toml:"change,omitempty"`  // more of what the session is about
	Topology  Topology          `toml:"topology"`
	CA        []Behaviour       `toml:"ca,omitempty"`        // how the CA answers: the next one once a reply was sent back for the right reason; the last one stays
	Setup     []Action          `toml:"setup,omitempty"`     // what was done before the technician came
	Faults    []Fault           `toml:"faults,omitempty"`    // what happens meanwhile
	Outside   []External        `toml:"outside,omitempty"`   // what can be done outside of the program
	Window    string            `toml:"window,omitempty"`    // how long the change window is, from the beginning on; empty: there is none
	Ends      Ending            `toml:"ends,omitempty"`      // where it is right to stop
	HandOver  string            `toml:"handOver,omitempty"`  // row at which the session goes to a colleague on another machine
	Mistake   string            `toml:"mistake,omitempty"`   // line of the grade that the careless spoil without anything outside
	Answers   map[string]string `toml:"answers,omitempty"`   // what the careful say to a question, by its id, where that is not what they say elsewhere
	Refuse    []string          `toml:"refuse,omitempty"`    // codes of warnings about the CA's reply that it is wrong to accept
	Fault     bool              `toml:"fault,omitempty"`     // something is wrong that a person must find: Enter and yes alone do not pass it
	Diagnosis Diagnosis         `toml:"diagnosis,omitempty"` // what a person reports at the end
	Hints     []string          `toml:"hints"`               // where to look, what it means, what to do
	Rubric    Rubric            `toml:"rubric"`
}

// Wanted is what a change may be about beside its path.
type Wanted struct {
	Unit        string   `toml:"unit,omitempty"`         // identity that is renewed; empty: tomcat
	MultiServer bool     `toml:"multi_server,omitempty"` // one certificate for both nodes of a UCCX pair (PRE-6)
	Replace     []string `toml:"replace,omitempty"`      // hosts that get a new certificate; empty: all but neighbours
}

// Ending is how a lesson ends when it is done well.
type Ending string

// Reached: all is proven, nothing is owed. Untouched: nothing was changed on any node, because it must not be. InWindow: it
// was stopped before what the window does not hold, and a later window goes on.
const (
	Reached   Ending = ""
	Untouched Ending = "untouched"
	InWindow  Ending = "window"
)

// Fault is something that happens when something else has happened. It happens once in the life of a lab.
type Fault struct {
	When Trigger  `toml:"when,inline"`
	Do   []Action `toml:"do,inline"`
}

// Trigger is a command that is typed. The fault happens after it was done, before its answer is printed; or before it
// is done.
type Trigger struct {
	Typed  string `toml:"typed"`            // how the command begins
	On     string `toml:"on"`               // host or product
	Nth    int    `toml:"nth,omitempty"`    // only at the nth time since the lab was made; zero: the first
	Before bool   `toml:"before,omitempty"` // before the command is done: what is answered then is not done
}

// Rubric is what counts when a run is graded. Negative limits do not count.
type Rubric struct {
	MaxRestarts   int `toml:"maxRestarts"`   // restarts of whole nodes, all nodes together
	MaxCSRs       int `toml:"maxCSRs"`       // requests, all nodes together: more means that one was made twice
	MaxRefusals   int `toml:"maxRefusals"`   // uploads that a node refused
	OutageMinutes int `toml:"outageMinutes"` // in which no agent could work, in real time
}

//go:embed scenarios
var scenarioFiles embed.FS

// Difficulty is the level of a lesson. Where its file names none: 1 follows the plan; in 2 something is wrong; in 3 a person must also
// say what it was.
func (s Scenario) Difficulty() int {
	switch {
	case s.Level > 0:
		return s.Level
	case s.Diagnosis.Ask != "":
		return 3
	case s.Fault:
		return 2
	}
	return 1
}

// Usual is how long a person usually needs in the lab. Where the file of the lesson does not say it, each level takes ten minutes.
func (s Scenario) Usual() time.Duration {
	minutes := s.Minutes
	if minutes == 0 {
		minutes = 10 * s.Difficulty()
	}
	return time.Duration(minutes) * time.Minute
}

// easier orders lessons for a class: by level, by their time, then by name.
func easier(a, b Scenario) int {
	return cmp.Or(cmp.Compare(a.Difficulty(), b.Difficulty()), cmp.Compare(a.Usual(), b.Usual()), cmp.Compare(a.Name, b.Name))
}

// Scenarios returns all lessons, the easiest first.
func Scenarios() ([]Scenario, error) {
	files, err := scenarioFiles.ReadDir("scenarios")
	if err != nil {
		return nil, err
	}
	var all []Scenario
	for _, f := range files {
		raw, err := scenarioFiles.ReadFile("scenarios/" + f.Name())
		if err != nil {
			return nil, err
		}
		s, err := ReadScenario(f.Name(), strings.TrimSuffix(f.Name(), path.Ext(f.Name())), raw, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	slices.SortFunc(all, easier)
	return all, nil
}

// FindScenario returns the lesson of that name; the error of an unknown one lists the names.
func FindScenario(name string) (Scenario, error) {
	all, err := Scenarios()
	if err != nil {
		return Scenario{}, err
	}
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Scenario{}, &NoScenarioError{name, names}
}

// NoScenarioError is a name that no scenario has.
type NoScenarioError struct {
	Name   string
	Others []string // the names that there are
}

// Error is the English sentence for logs; callers say it to people in theirs.
func (e *NoScenarioError) Error() string {
	return fmt.Sprintf("no scenario is named %q; there are %s", e.Name, strings.Join(e.Others, ", "))
}

// names reports whether a word is a host or a product of the topology.
func (t Topology) names(word string) bool {
	return slices.ContainsFunc(t.Clusters, func(s ClusterSpec) bool { return string(s.Product) == word || slices.Contains(s.Hosts, word) })
}
