package plan

// Role is what a row is for. Code that must tell rows apart asks the role: several rows share one, and a path may have a role
// twice. Roles stand in no file.
type Role string

// The roles of rows.
const (
	RoleLogin      Role = "login"
	RoleSurvey     Role = "survey"     // reads what a node is, holds and serves
	RolePreflight  Role = "preflight"  // says what could stop the change
	RoleRegenerate Role = "regenerate" // the node makes a new self-signed identity
	RoleDecide     Role = "decide"     // a person decides what the rest of the plan is
	RoleRequest    Role = "request"    // the node makes a CSR
	RoleOutbox     Role = "outbox"     // the CSRs are written into files
	RoleHandOver   Role = "hand over"  // the CSRs go to the CA
	RoleReply      Role = "reply"      // the CA's files are taken
	RoleRest       Role = "rest"       // the CA's files are taken that came later than the others
	RolePeers      Role = "peers"      // what nodes present that are not changed is fetched
	RoleAccept     Role = "accept"     // a person accepts what was fetched
	RoleTrust      Role = "trust"      // certificates go into a trust store
	RoleInstall    Role = "install"    // the node takes its new identity
	RoleCOP        Role = "cop"        // a COP file is installed by a person
	RoleRestart    Role = "restart"    // services stop
	RoleProve      Role = "prove"      // every address is looked at
	RoleAsk        Role = "ask"        // what only a person can see: "no" and "later" stay owed (VER-1 to VER-4, REL-3)
	RoleStores     Role = "stores"     // whole trust stores are read
	RoleDelete     Role = "delete"     // certificates leave a trust store
	RoleReport     Role = "report"
)

// Retry is what else may be begun again where a row failed. The zero value: the row alone.
type Retry uint8

// NewCSR: the certificate of this node is worthless, a new CSR has to be signed. OtherFiles: the CA's files may be wrong.
const (
	NewCSR Retry = 1 << iota
	OtherFiles
)

// May reports whether all of these may be begun again.
func (r Retry) May(these Retry) bool { return r&these == these }

// RoleRows returns the rows of a role, from top to bottom.
func RoleRows(p *Plan, role Role) []Row {
	var some []Row
	for _, row := range p.Rows() {
		if row.Step.Role == role {
			some = append(some, row)
		}
	}
	return some
}

// RoleTask returns the task of a role on a node ("" for a row that is done once): where several rows have the role, the last
// that is done, else the first.
func RoleTask(p *Plan, role Role, fqdn string) (found TaskView, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, row := range p.rows {
		t := Task{row.ID, fqdn}
		if k := p.tasks[t]; row.Role == role && k != nil && (!ok || k.state == Done) {
			found, ok = p.viewOf(t), true
		}
	}
	return found, ok
}

// retryNode is a node of a failed row on which something else may be begun again, "" where there is none.
func (r Row) retryNode(what Retry) string {
	if !r.Step.Retry.May(what) {
		return ""
	}
	for _, t := range r.Tasks {
		if t.State == Failed {
			return t.Task.Node
		}
	}
	return ""
}

// RefusedOn returns the first node that did not take its certificate and may be given a new CSR (Runner.NewCSR), or "".
func (r Row) RefusedOn() string { return r.retryNode(NewCSR) }

// Unverified returns the first restarted node whose ports are not all verified and that may be restarted once more
// (Runner.RestartAgain), or "".
func (r Row) Unverified() string {
	if !r.Step.Renews() || r.Step.Role != RoleProve {
		return ""
	}
	for _, t := range r.Tasks {
		if t.State == Failed {
			return t.Task.Node
		}
	}
	return ""
}

// Renews reports whether the row restarts nodes for the certificate of this change, or verifies such a restart.
func (s Step) Renews() bool { return s.ID == StepRestart || s.Pays == StepRestart }

// OtherFiles reports whether the row failed for what may lie in the CA's files (Runner.OtherReply).
func (r Row) OtherFiles() bool { return r.Step.Retry.May(OtherFiles) && r.Count(Failed) > 0 }

// role returns the role of a row of the plan. The plan is locked.
func (p *fold) role(id string) Role { return p.step(id).Role }

// LastRow returns the id of the last row of a role, "" where there is none.
func LastRow(p *Plan, role Role) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for i := len(p.rows) - 1; i >= 0; i-- {
		if p.rows[i].Role == role && p.size[p.rows[i].ID] > 0 {
			return p.rows[i].ID
		}
	}
	return ""
}
