package steps

import (
	"github.com/uccx-tui/uccx-tui/steps/first"
	"github.com/uccx-tui/uccx-tui/steps/functional"
	"github.com/uccx-tui/uccx-tui/steps/intake"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// look logs in, reads and checks: nothing is changed.
func look() []plan.Step { return rows(rowLogin(), rowSurvey(), rowPreflight()) }

// askCA has every node make its CSR, and takes the CA's files (SIG-1 to SIG-3).
func askCA() []plan.Step {
	return rows(rowECDSA(), rowCSR(), rowSharedCSR(), rowECDSACSR(), intake.RowOutbox(), intake.RowHandOver(), intake.RowReply())
}

// uploadChain puts the CAs into the trust stores (SIG-4 to SIG-6).
func uploadChain() []plan.Step { return rows(rowRoot(), rowIntermediate(), rowReplicate()) }

// install gives each node its own certificate (SIG-7).
func install() []plan.Step {
	return rows(rowInstall(), rowByPage(), rowShared(), rowECDSAInstall(), rowCOP())
}

// finish restarts, proves and asks (SIG-8, CLI-1 to CLI-8, VER-1 to VER-4); more comes before the report.
func finish(more ...plan.Step) []plan.Step {
	return rows(rowRestart(), rowProve(), rowPeerTold(), functional.Row(), more, rowReport())
}

// signed is path A (SIG-1 to SIG-9): certificates signed by a CA, on all nodes or some of them.
func signed() []plan.Step {
	return rows(look(), askCA(), uploadChain(), rowsPeers(plan.StepRestart), install(), finish(intake.RowRest()))
}

// domain is Path A after a node's domain or host name was changed, or set for the first time: all certificates are
// regenerated before a CSR is made (PRE-3). They need not be served before that.
func domain() []plan.Step {
	return rows(look(), rowsRegenerate(plan.StepRestart), askCA(), uploadChain(), rowsPeers(plan.StepRestart), install(), finish(intake.RowRest()))
}

// firstTime is the deployment of nodes that were just installed: names and clocks first, then what a CA signs, or the exchange of
// the self-signed certificates, then the PCs (FIRST-1 to FIRST-8).
func firstTime() []plan.Step {
	exchanged := rows(rowExchange(plan.StepRestart), rowExchanged(plan.StepRestart))
	installed := rows(rowInstall(), rowByPage(), rowShared(), rowECDSAInstall())
	return rows(rowLogin(), first.Names(), first.Clock(), rowSurvey(), rowPreflight(), first.Cite("FIRST-3", rowsRegenerate(plan.StepRestart)...),
		first.CA(), rowECDSAChosen(),
		first.When(first.ByCA, first.Cite("FIRST-5", askCA()[1:]...)), first.When(first.ByCA, first.Cite("FIRST-6", uploadChain()...)),
		first.When(first.BySelf, first.Cite("FIRST-6", exchanged...)), first.Cite("FIRST-6", rowsPeers(plan.StepRestart)...),
		first.When(first.ByCA, first.Cite("FIRST-5", installed...)), rowCOP(),
		rowRestart(), rowProve(), first.Cite("FIRST-6", rowPeerTold()), first.Clients(), first.Cite("FIRST-8", functional.Row()),
		first.When(first.ByCA, rows(intake.RowRest())), rowReport())
}

// expired is the shortest safe way back to service: new self-signed certificates first, known to every peer; then, without
// haste, those that a CA signs.
func expired() []plan.Step {
	return rows(look(), renew(plan.StepBack), back(), askCA(), uploadChain(), install(), finish(intake.RowRest()))
}
