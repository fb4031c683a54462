package steps

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Path is one way to replace or exchange certificates.
type Path struct {
	ID    string
	Title string // for a list of choices
	When  string // when it is the right one
	rows  func() []plan.Step
}

// Paths returns all paths, the recommended one first.
func Paths() []Path {
	return []Path{
		{change.PathSigned, titles.OfPath(change.PathSigned), "recommended by Cisco: no browser warnings on PCs that trust the CA", signed},
		{change.PathFirst, titles.OfPath(change.PathFirst), "nodes that were just installed: names, DNS, NTP, choice of CA, certificates, trust, client PCs", firstTime},
		{change.PathExpired, titles.OfPath(change.PathExpired), "restore service with self-signed certificates first, then install CA-signed ones", expired},
		{change.PathDomain, titles.OfPath(change.PathDomain), "regenerate first, then install CA-signed certificates", domain},
		{change.PathSelfSigned, titles.OfPath(change.PathSelfSigned), "upload the trust certificates that are missing; no certificate is replaced", selfSigned},
		{change.PathRegenerate, titles.OfPath(change.PathRegenerate), "new self-signed certificates, then exchange them", regenerate},
		{change.PathThirdParty, titles.OfPath(change.PathThirdParty), "upload its chain to the UCCX trust store, then restart the engine", thirdParty},
		{change.PathCleanup, titles.OfPath(change.PathCleanup), "delete expired, duplicate and superseded trust certificates; no certificate is replaced", cleanUp},
	}
}

// Procedure returns the rows of a path, from top to bottom. A row waits for all rows above it.
func Procedure(path string) ([]plan.Step, bool) {
	for _, p := range Paths() {
		if p.ID != path {
			continue
		}
		rows := p.rows()
		var above []string
		for i := range rows {
			rows[i].After = above[:len(above):len(above)]
			above = append(above, rows[i].ID)
		}
		return rows, true
	}
	return nil, false
}

// Every is On for rows that are on all nodes.
func Every(change.Scope, vos.Node) bool { return true }

// rowOn keeps a row to fewer nodes, where no CA was asked, and says which restart it makes necessary there.
func rowOn(s plan.Step, on func(change.Scope, vos.Node) bool, owes plan.Owing) plan.Step {
	wide := s.On
	s.On = func(sc change.Scope, n vos.Node) bool { return wide(sc, n) && on(sc, n) }
	s.Owes, s.Retry = owes, 0 // a path that asks no CA has no other files and no CSR
	return s
}

// rows puts rows, and lists of rows, one after the other.
func rows(parts ...any) []plan.Step {
	var all []plan.Step
	for _, p := range parts {
		switch p := p.(type) {
		case plan.Step:
			all = append(all, p)
		case []plan.Step:
			all = append(all, p...)
		}
	}
	return all
}

// AllRows returns the rows of all paths, those that stand in several once each.
func AllRows() []plan.Step {
	var all []plan.Step
	for _, path := range Paths() {
		for _, row := range path.rows() {
			if !slices.ContainsFunc(all, func(s plan.Step) bool { return s.ID == row.ID }) {
				all = append(all, row)
			}
		}
	}
	return all
}
