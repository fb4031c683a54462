package sim

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// Away is one time that a node was not at work because it was restarted.
type Away struct {
	From time.Time     `json:"from"`
	To   time.Time     `json:"to,omitzero"` // zero: it is not back
	Real time.Duration `json:"real"`        // how long it would have been on a real node
}

// overlaps reports whether two were away at the same moment. One that is not back is away still.
func (a Away) overlaps(b Away) bool {
	return (b.To.IsZero() || a.From.Before(b.To)) && (a.To.IsZero() || b.From.Before(a.To))
}

// Record is what a lab remembers of a lesson: what was done to each node, and which hints were given.
type Record struct {
	Scenario  *Scenario // nil: the lab was made without
	Nodes     []NodeRecord
	Hints     int
	Notes     []Noted  // hints that were given, and what was done outside of the program, each in its order
	Returned  []Return // replies that were sent back to the CA
	Diagnosed []string // answers to the question of the scenario, the first one first
	Told      []Told   // answers about what agents see
	Lost      []string // logs that were removed or written again since the lab began: what they held is not known
	outside   []string
}

// NodeRecord is what was done to one node.
type NodeRecord struct {
	FQDN    string
	Cluster int // nodes of one cluster have one number
	Counts  Counts
	Aways   []Away
}

// ReadRecord reads the record of a lab folder, whether the lab is being served or not.
func ReadRecord(dir string) (Record, error) {
	var lab labDisk
	ok, err := readDoc(filepath.Join(dir, "lab.json"), &lab)
	if err == nil && !ok {
		err = errors.New("there is no lab")
	}
	if err != nil {
		return Record{}, fmt.Errorf("lab %s: %w", dir, err)
	}
	r := Record{Scenario: lab.Scenario}
	for i, site := range lab.topology().Clusters {
		for _, host := range site.Hosts {
			files, err := filepath.Glob(filepath.Join(dir, "nodes", host+".*.json"))
			if err != nil {
				return r, err
			}
			for _, f := range files {
				var d nodeDisk
				if _, err := readDoc(f, &d); err != nil {
					return r, fmt.Errorf("lab: %w", err)
				}
				r.Nodes = append(r.Nodes, NodeRecord{d.FQDN, i, d.Counts, d.Aways})
			}
		}
	}
	notes, lost, err := readLogs(dir, lab.Sums)
	if err != nil {
		return r, fmt.Errorf("lab: %w", err)
	}
	if lab.Logs {
		r.Lost = lost
	}
	hints, done := notes[hintFile], notes[outsideFile]
	for i, h := range hints { // they were given one after the other
		if h.Text != hintLine(i+1) && !slices.Contains(r.Lost, hintFile) {
			r.Lost = append(r.Lost, hintFile)
		}
	}
	r.Hints, r.Notes = len(hints), append(hints, done...)
	for _, n := range done {
		r.outside = append(r.outside, n.Text)
	}
	r.answered(notes)
	return r, nil
}

// Restarts is how often nodes were restarted.
func (r Record) Restarts() int { return r.sum(func(c Counts) int { return c.Restarts }) }

// Touched reports whether anything was changed on any node by command, or outside of the program.
func (r Record) Touched() bool {
	return r.sum(func(c Counts) int {
		return c.CSRs + c.OwnUploads + c.Regenerated + c.Restarts + c.Deleted + len(c.TrustUploads)
	}) > 0
}

// Outside are the titles of what was done outside of the program, in order.
func (r Record) Outside() []string { return slices.Clone(r.outside) }

// CSRs is how many requests were made.
func (r Record) CSRs() int { return r.sum(func(c Counts) int { return c.CSRs }) }

// Refused is how many uploads were refused.
func (r Record) Refused() int { return r.sum(func(c Counts) int { return c.Refused }) }

func (r Record) sum(of func(Counts) int) int {
	n := 0
	for _, one := range r.Nodes {
		n += of(one.Counts)
	}
	return n
}

// Together returns two nodes that were away at the same moment, "" where there are none.
func (r Record) Together() string {
	for i, a := range r.Nodes {
		for _, b := range r.Nodes[i+1:] {
			for _, x := range a.Aways {
				for _, y := range b.Aways {
					if x.overlaps(y) {
						return a.FQDN + " and " + b.FQDN
					}
				}
			}
		}
	}
	return ""
}

// Outage is how long no node of some cluster was at work, in the time of real nodes.
func (r Record) Outage() time.Duration {
	var sum time.Duration
	for i, n := range r.Nodes {
		for _, a := range n.Aways {
			alone, first := true, true
			for j, peer := range r.Nodes {
				if j == i || peer.Cluster != n.Cluster {
					continue
				}
				with := false
				for _, b := range peer.Aways {
					with = with || a.overlaps(b)
				}
				alone, first = alone && with, first && j > i
			}
			if alone && first {
				sum += a.Real
			}
		}
	}
	return sum
}

const hintFile = "hints.log"

func hintLine(n int) string { return fmt.Sprintf("hint %d", n) }

// HintsLost reports whether it is not known how many hints were given.
func (r Record) HintsLost() bool { return slices.Contains(r.Lost, hintFile) }

// NextHint gives the next hint of a lab's lesson and logs that it was given; ok is false when there is no further one.
// The lab may be served meanwhile.
func NextHint(dir string, now time.Time) (n int, hint string, ok bool, err error) {
	r, err := ReadRecord(dir)
	if err != nil || r.Scenario == nil || r.Hints >= len(r.Scenario.Hints) {
		return r.Hints, "", false, err
	}
	if err := logLine(filepath.Join(dir, hintFile), now, hintLine(r.Hints+1)); err != nil {
		return r.Hints, "", false, err
	}
	return r.Hints + 1, r.Scenario.Hints[r.Hints], true, nil
}
