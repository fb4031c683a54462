package sim

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// flaw is something that is wrong in a scenario, with the place where it stands: a key, and which one of a list.
type flaw struct {
	key string
	nth int // from 0
	err error
}

// Limits of a scenario: what a lesson can need, so that no file makes a lab that no machine could serve.
const (
	maxHosts  = 200
	maxList   = 200
	textLong  = 600 // letters
	maxDays   = 20000
	maxWindow = 7 * 24 * time.Hour

	maxMinutes = 24 * 60
)

// flaws are all that is wrong.
func (s Scenario) flaws() []flaw {
	all := s.textFlaws()
	if err := s.Topology.check(); err != nil {
		all = append(all, flaw{"topology", 0, err})
	}
	all = append(all, s.sizeFlaws()...)
	for i, d := range s.Setup {
		if err := d.check(s.Topology); err != nil {
			all = append(all, flaw{"setup", i, err})
		}
	}
	for i, f := range s.Faults {
		if err := f.check(s.Topology); err != nil {
			all = append(all, flaw{"faults", i, err})
		}
	}
	for i, o := range s.Outside {
		if err := o.check(s.Topology); err != nil {
			all = append(all, flaw{"outside", i, err})
		}
	}
	return append(append(all, s.Diagnosis.flaws()...), s.wordFlaws()...)
}

// textFlaws: what a person reads is there, and no longer than a screen.
func (s Scenario) textFlaws() []flaw {
	var all []flaw
	for _, t := range []struct{ key, text string }{{"title", s.Title}, {"story", s.Story}, {"goal", s.Goal}, {"path", s.Path}} {
		if t.text == "" {
			all = append(all, flaw{t.key, 0, fmt.Errorf("no %s", t.key)})
		}
		if strings.ContainsFunc(t.text, unicode.IsControl) {
			all = append(all, flaw{t.key, 0, fmt.Errorf("%s is not one line of letters", t.key)})
		}
		if len(t.text) > textLong {
			all = append(all, flaw{t.key, 0, fmt.Errorf("%s is longer than %d characters", t.key, textLong)})
		}
	}
	if s.Level < 0 || s.Level > 3 {
		all = append(all, flaw{"level", 0, errors.New("level is 1, 2 or 3")})
	}
	if s.Minutes < 0 || s.Minutes > maxMinutes {
		all = append(all, flaw{"minutes", 0, fmt.Errorf("minutes is 1 to %d", maxMinutes)})
	}
	if len(s.Hints) != 3 {
		all = append(all, flaw{"hints", 0, errors.New("three hints are required")})
	}
	for _, h := range s.Hints {
		if h == "" || len(h) > textLong || strings.ContainsFunc(h, unicode.IsControl) {
			all = append(all, flaw{"hints", 0, fmt.Errorf("a hint is one line of 1 to %d letters", textLong)})
		}
	}
	return all
}

// sizeFlaws: a machine can serve it.
func (s Scenario) sizeFlaws() []flaw {
	hosts := len(s.Topology.Targets)
	for _, c := range s.Topology.Clusters {
		hosts += len(c.Hosts)
	}
	var all []flaw
	if hosts > maxHosts {
		all = append(all, flaw{"topology", 0, fmt.Errorf("more than %d hosts", maxHosts)})
	}
	for _, l := range []struct {
		key string
		n   int
	}{{"ca", len(s.CA)}, {"setup", len(s.Setup)}, {"faults", len(s.Faults)}, {"outside", len(s.Outside)}} {
		if l.n > maxList {
			all = append(all, flaw{l.key, 0, fmt.Errorf("more than %d of %s", maxList, l.key)})
		}
	}
	return all
}

// wordFlaws: words that stand for something are known.
func (s Scenario) wordFlaws() []flaw {
	var all []flaw
	for _, b := range s.CA {
		if !slices.Contains(behaviours(), b) {
			all = append(all, flaw{"ca", 0, fmt.Errorf("no CA behaves like %q", b)})
		}
	}
	if !slices.Contains([]Ending{Reached, Untouched, InWindow}, s.Ends) {
		all = append(all, flaw{"ends", 0, fmt.Errorf("nothing ends with %q", s.Ends)})
	}
	if d, err := time.ParseDuration(cmp.Or(s.Window, "1h")); err != nil || d <= 0 || d > maxWindow {
		all = append(all, flaw{"window", 0, fmt.Errorf("%q is no length of a window: 30m, or 4h", s.Window)})
	}
	if s.Mistake != "" && !slices.Contains(gradeLines(), s.Mistake) {
		all = append(all, flaw{"mistake", 0, fmt.Errorf("no line of a grade is called %q", s.Mistake)})
	}
	for _, host := range s.Change.Replace {
		if !s.Topology.names(host) {
			all = append(all, flaw{"replace", 0, fmt.Errorf("%q is not there", host)})
		}
	}
	return all
}

// check finds what can never happen.
func (f Fault) check(t Topology) error {
	var all error
	if f.When.Typed == "" || !t.names(f.When.On) {
		all = fmt.Errorf("when %+v never happens", f.When)
	}
	for _, d := range f.Do {
		all = errors.Join(all, d.check(t))
	}
	return all
}
