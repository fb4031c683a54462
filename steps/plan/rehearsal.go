package plan

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Rehearsal is what came of playing the plan on simulated nodes that were filled with what the survey saw. It is the Data
// of KindRehearsed.
type Rehearsal struct {
	Hash    string         `json:"hash"` // of the plan that was played
	Program string         `json:"program"`
	CA      string         `json:"ca"`      // who signed: one of the words below
	Outcome string         `json:"outcome"` // how it ended, an Outcome in words
	Left    time.Duration  `json:"left"`    // that the rows take that are still to be done, nanoseconds
	Stops   time.Duration  `json:"stops"`   // of it, with services stopped
	Rows    []RehearsedRow `json:"rows"`
	Trouble []Finding      `json:"trouble,omitempty"` // what would go wrong
	Asks    []msg.Text     `json:"asks,omitempty"`    // what will be asked, unescaped
	At      time.Time      `json:"-"`                 // of the entry
}

// Fails reports whether the plan would not come to its end as it stands.
func (r Rehearsal) Fails() bool { return Worst(r.Trouble) == Fault }

// Who signed the requests of a rehearsal.
const (
	RehearsedLab   = "a lab CA"
	RehearsedLike  = "a simulated CA like the one that signed the current certificates"
	RehearsedReply = "the CA's files"
)

// RehearsedRow is one row of a rehearsal.
type RehearsedRow struct {
	Step   string        `json:"step"`
	Nodes  int           `json:"nodes,omitempty"`
	State  string        `json:"state"`            // how it ended on the simulated nodes: that of its worst task
	Took   time.Duration `json:"took"`             // on all nodes together, as this site or the rule has it; nanoseconds
	Learnt bool          `json:"learnt,omitempty"` // Took is of this site
	Past   bool          `json:"past,omitempty"`   // it is done already on the real nodes
}

// Compared is what a node turned out to be, before it was changed for the first time since the rehearsal. It is the Data of
// KindCompared.
type Compared struct {
	Differs []msg.Text `json:"differs,omitempty"` // a line each, unescaped
}

// Rehearsed returns the last rehearsal, or nil.
func (p *Plan) Rehearsed() *Rehearsal {
	return reading(p, func(f *fold) *Rehearsal { return f.rehearsal })
}

// RehearsalNotes are what came of rehearsals and of comparing with them, a line each, in the order of time.
func (p *Plan) RehearsalNotes() []msg.Text {
	return reading(p, func(f *fold) []msg.Text { return slices.Clone(f.rehearsed) })
}

func (p *fold) applyRehearsal(e session.Entry) error {
	if e.Kind == KindRehearsed {
		var r Rehearsal
		if err := e.Read(&r); err != nil {
			return err
		}
		r.At = e.Time
		p.rehearsal = &r
		p.rehearsed = append(p.rehearsed, msg.N("%[1]s, rehearsed by %[2]s with %[3]s: %[4]s, 1 problem", "%[1]s, rehearsed by %[2]s with %[3]s: %[4]s, %[5]d problems", len(r.Trouble),
			msg.Time(e.Time.UTC(), msg.Stamp), e.Who, msg.English(r.CA), msg.Word(r.Outcome), len(r.Trouble)))
		for fqdn, n := range p.nodes {
			n.basis, n.agreed = nil, false
			if t := p.tasks[Task{StepSurvey, fqdn}]; t != nil {
				n.basis = t.seen
			}
		}
		return nil
	}
	n := p.nodes[e.Node]
	var c Compared
	if n == nil {
		return msg.Errorf("unknown node")
	}
	if err := e.Read(&c); err != nil {
		return err
	}
	n.agreed = len(c.Differs) == 0
	line := msg.T("%s, %s: as rehearsed", msg.Time(e.Time.UTC(), msg.Stamp), e.Node)
	if !n.agreed {
		line = msg.T("%s, %s: %s", msg.Time(e.Time.UTC(), msg.Stamp), e.Node, msg.Joined(c.Differs, "; "))
	}
	p.rehearsed = append(p.rehearsed, line)
	return nil
}

// ToCompare is what a rehearsal stood on; nil where nothing was rehearsed, or the node was compared since.
func (p *Plan) ToCompare(fqdn string) *Seen {
	return ofNode(p, fqdn, func(n *node) *Seen {
		if n.agreed {
			return nil
		}
		return n.basis
	})
}
