package pages

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Question is what is asked, and what has to be known before it is answered.
type Question struct {
	Head    string   // the row, and the node, if it is about one
	Node    string   // or ""
	Stops   bool     // services stop
	Effect  string   // where they do
	Text    string   // what is asked
	Found   []string // what was found
	Opens   bool     // Found are addresses to be opened, by the program and not by a node
	Console []string // what the lab's own consoles show
	Means   string
	Rule    string
	Outbox  string // the folder whose files are to be sent, or ""
	Notes   []Note // about the CSRs in it
}

// Note is something about a CSR, and what to do.
type Note struct{ Severity, What, Next string }

// Question is a question of a task, with what has to be known.
func (e Env) Question(asked plan.Asked) Question {
	row, _ := e.Plan.Row(asked.Task.Step)
	q := asked.Question
	about := Question{Head: e.Say(row.Step.Title), Node: cert.Printable(asked.Task.Node), Stops: row.Step.Risk == plan.Interrupts, Text: layout.PrintableLines(e.Local(q.Text)),
		Found: e.found(q), Console: e.console(asked), Means: layout.PrintableLines(e.Local(q.Means)), Rule: cert.Printable(q.Rule), Opens: row.Step.Role == plan.RoleAsk}
	if len(asked.Keys) > 0 {
		about.Found = inColumns(about.Found)
	}
	if about.Stops {
		about.Effect = e.Say(e.Lost(row, asked.Task.Node).Step.Effect)
	}
	if q.ID == plan.AskHanded && e.Work != nil {
		about.Outbox, about.Notes = cert.Printable(filepath.Join(e.Work.Dir, plan.Outbox)), e.Requests()
	}
	return about
}

// inColumns lets what stands behind the first two blanks of lines begin in one column; lines that begin with blanks stay.
func inColumns(lines []string) []string {
	widest := 0
	for _, l := range lines {
		if name, _, ok := strings.Cut(l, "  "); ok {
			widest = max(widest, layout.Width(name))
		}
	}
	for i, l := range lines {
		if name, rest, ok := strings.Cut(l, "  "); ok && name != "" {
			lines[i] = layout.Column(name, widest) + "  " + rest
		}
	}
	return lines
}

// OutFile is what a file is that goes to the CA.
func (e Env) OutFile(f plan.OutFile) string {
	if f.Node == "" {
		return e.Say("letter to the CA")
	}
	name := cert.Printable(layout.Short(f.Node))
	if f.Unit == change.UnitECDSA { // a node may have a CSR for tomcat, too
		name += " " + f.Unit
	}
	return e.Say("CSR of %s", name)
}

// Requests is what there is to say about the CSRs that go to the CA.
func (e Env) Requests() []Note {
	var all []Note
	for _, n := range e.Plan.Nodes() {
		for _, x := range reply.RequestFindings(e.Plan, n) {
			all = append(all, Note{x.Severity, cert.Printable(e.T(x.What)) + " (" + x.Rule + ")", e.T(x.Next)})
		}
	}
	return all
}

// console is what the lab's own consoles show about what is asked; nothing on real nodes.
func (e Env) console(a plan.Asked) []string {
	if e.Work == nil || e.Work.Lab == nil {
		return nil
	}
	if seen := e.Work.Lab.Agents(a); len(seen) > 0 {
		lines := make([]string, len(seen))
		for i, line := range seen {
			lines[i] = e.Say("LAB, what your agents see: %s", cert.Printable(e.T(line)))
		}
		return lines
	}
	switch q := a.Question; {
	case q.Key != nil && q.Key.Type != plan.CertKey:
		var lines []string
		for _, t := range append([]plan.Task{a.Task}, a.Also...) {
			lines = append(lines, e.Say("LAB: console of %s: %s", cert.Printable(layout.Short(t.Node)), e.Work.Lab.Console(t.Node).Fingerprint))
		}
		return lines
	case q.ID == plan.AskPeers:
		var lines []string
		serves := reply.PeerServes(e.Plan)
		for _, fqdn := range slices.Sorted(maps.Keys(serves)) {
			if shown := e.Work.Lab.Serves(fqdn); shown != serves[fqdn] {
				lines = append(lines, e.Say("LAB: OS Administration of %s shows a different one: %s", cert.Printable(fqdn), shown))
			}
		}
		if len(lines) == 0 {
			lines = append(lines, e.Say("LAB: OS Administration of the peers shows the same certificates"))
		}
		return lines
	}
	return nil
}

// found is what was found, line by line.
func (e Env) found(q plan.Question) []string {
	var lines []string
	for _, l := range q.Told() {
		lines = append(lines, cert.Printable(e.Local(l)))
	}
	return lines
}
