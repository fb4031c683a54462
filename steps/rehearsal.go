package steps

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
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
	Asks    []string       `json:"asks,omitempty"`    // what will be asked, English, unescaped
	At      time.Time      `json:"-"`                 // of the entry
}

// Fails reports whether the plan would not come to its end as it stands.
func (r Rehearsal) Fails() bool { return worst(r.Trouble) == fault }

// Who signed the requests of a rehearsal.
const (
	RehearsedLab   = "a CA of the lab"
	RehearsedLike  = "a CA like the one that signed today's certificates"
	RehearsedReply = "the CA's own files"
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
	Differs []string `json:"differs,omitempty"` // a line each, English, unescaped
}

// Takes returns how long a row takes on all its nodes together: side by side where it only looks or changes, one after the
// other where it interrupts.
func (d Durations) Takes(row Row) (long time.Duration, learnt bool) {
	long, learnt = d.Of(row.Step)
	if row.Step.Risk == Interrupts {
		long *= time.Duration(len(row.Tasks))
	}
	return long, learnt
}

// Rehearsed sums up what was played: on is the plan as it stands on the real nodes, played the one of the simulated nodes.
func Rehearsed(on, played *Plan, d Durations, now time.Time) Rehearsal {
	r := Rehearsal{Hash: on.Hash(), Outcome: played.Outcome().String()}
	for _, row := range played.Rows() {
		there, _ := on.Row(row.Step.ID)
		line := RehearsedRow{Step: row.Step.ID, State: worstOf(row).String(), Past: len(there.Tasks) > 0 && there.Whole()}
		if row.Step.On != nil {
			line.Nodes = len(row.Tasks)
		}
		line.Took, line.Learnt = d.Takes(row)
		if r.Rows = append(r.Rows, line); line.Past {
			continue
		}
		r.Left += line.Took
		if row.Step.Risk == Interrupts {
			r.Stops += line.Took
		}
	}
	r.Trouble = troubles(on, played)
	if until := on.Until(); until.After(now) && now.Add(r.Left).After(until) {
		r.Trouble = append(r.Trouble, one(warning, "", "begin earlier, or take a longer window", "the rows that are left take %s, the window holds %s more", InWords(r.Left), InWords(until.Sub(now)))...)
	}
	return r
}

// worstOf is the state of a row's worst task.
func worstOf(row Row) State {
	for _, s := range []State{Unsure, Failed, Running, Idle} {
		if row.Count(s) > 0 {
			return s
		}
	}
	return Done
}

// troubles are what went wrong with the simulated nodes, and what is known to be wrong with the real ones.
func troubles(on, played *Plan) []Finding {
	var all []Finding
	for _, row := range played.Rows() {
		for _, t := range row.Tasks {
			if t.Trouble != nil && t.State != Done {
				all = append(all, one(fault, "", t.Trouble.Next, "%s%s: %s", row.Step.Title, onNode(t.Task.Node), t.Trouble.What+said(t.Trouble.Said))...)
			}
			if t.Seen != nil {
				all = append(all, grave(t.Task.Node, foundOn(on, t))...)
			}
		}
	}
	if r := played.Reply(); r != nil {
		all = append(all, grave("", r.Notes)...)
	}
	all = once(all)
	for _, e := range played.Broken() {
		all = append(all, one(warning, firstRule(e.Relation), "upload "+e.Needs+" as tomcat-trust", "%s would not trust %s after this change", e.Into.FQDN, e.From.FQDN)...)
	}
	return all
}

// foundOn returns the findings of a task: those of the real nodes where that task is done there, since they have seen
// what no simulated node has, such as the site's DNS.
func foundOn(on *Plan, t TaskView) []Finding {
	if there, ok := on.Task(t.Task); ok && there.State == Done {
		return there.Seen.Findings
	}
	return t.Seen.Findings
}

// grave leaves the notes out, and says of which node the rest is.
func grave(fqdn string, all []Finding) []Finding {
	var some []Finding
	for _, f := range all {
		if f.Severity != note {
			if fqdn != "" && !strings.HasPrefix(f.What, vos.Node{FQDN: fqdn}.Short()+" ") {
				f.What = fqdn + ": " + f.What
			}
			some = append(some, f)
		}
	}
	return some
}

// once leaves out what was said before: a look before and one after find the same.
func once(all []Finding) []Finding {
	var some []Finding
	for _, f := range all {
		if !slices.Contains(some, f) {
			some = append(some, f)
		}
	}
	return some
}

// TitleOf returns the title of a row of a path; the id where this program has no such row.
func TitleOf(path, id string) string {
	rows, _ := Procedure(path)
	for _, row := range rows {
		if row.ID == id {
			return row.Title
		}
	}
	return id
}

func onNode(fqdn string) string {
	if fqdn == "" {
		return ""
	}
	return " on " + fqdn
}

func said(words string) string {
	if words == "" {
		return ""
	}
	return ": " + words
}

// Misjudged are the faults of a verdict on the CA's files, as a rehearsal names them.
func Misjudged(v cert.Reply) []Finding {
	var all []Finding
	for _, f := range v.Findings {
		if f.Severity == cert.Fault {
			all = append(all, Finding{Severity: fault, What: "the CA's files: " + f.What, Next: f.Cure, Rule: f.Rule})
		}
	}
	return all
}

// Rehearsed returns the last rehearsal, or nil.
func (p *Plan) Rehearsed() *Rehearsal {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.rehearsal
}

// Rehearsed writes down what a rehearsal has shown. From now on each node is compared with what the rehearsal stood on
// before it is changed.
func (r *Runner) Rehearsed(what Rehearsal) error { return r.append(KindRehearsed, Task{}, what) }

// RehearsalNotes are what came of rehearsals and of comparing with them, a line each, in the order of time.
func (p *Plan) RehearsalNotes() []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Clone(p.rehearsed)
}

func (p *Plan) applyRehearsal(e session.Entry) error {
	if e.Kind == KindRehearsed {
		var r Rehearsal
		if err := json.Unmarshal(e.Data, &r); err != nil {
			return err
		}
		r.At = e.Time
		p.rehearsal = &r
		p.rehearsed = append(p.rehearsed, fmt.Sprintf("%s, rehearsed by %s with %s: %s, %d troubles", when(e.Time), e.Who, r.CA, r.Outcome, len(r.Trouble)))
		for fqdn, n := range p.nodes {
			n.basis, n.agreed = nil, false
			if t := p.tasks[Task{stepSurvey, fqdn}]; t != nil {
				n.basis = t.seen
			}
		}
		return nil
	}
	n := p.nodes[e.Node]
	var c Compared
	if n == nil {
		return fmt.Errorf("unknown node")
	}
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return err
	}
	n.agreed = len(c.Differs) == 0
	line := fmt.Sprintf("%s, %s: as rehearsed", when(e.Time), e.Node)
	if !n.agreed {
		line = fmt.Sprintf("%s, %s: %s", when(e.Time), e.Node, strings.Join(c.Differs, "; "))
	}
	p.rehearsed = append(p.rehearsed, line)
	return nil
}

// Unread returns the nodes that the plan reads and has not read yet: what nobody has seen cannot be rehearsed on.
func (p *Plan) Unread() []string {
	var all []string
	row, _ := p.Row(stepSurvey)
	for _, t := range row.Tasks {
		if t.Seen == nil || t.Seen.About == nil {
			all = append(all, t.Task.Node)
		}
	}
	return all
}

// Basis is what was seen of a node before anything was changed: the survey, with what the check before starting read of
// its trust store and its peers. nil where it was not read.
func (p *Plan) Basis(fqdn string) *Seen {
	s := p.Survey(fqdn)
	if s == nil {
		return nil
	}
	all := *s
	if t, ok := p.RoleTask(RolePreflight, fqdn); ok && t.Seen != nil {
		all.Store = append(append([]Stored{}, s.Store...), t.Seen.Store...)
		all.Peers = append(append([]Peer{}, s.Peers...), t.Seen.Peers...)
	}
	return &all
}
