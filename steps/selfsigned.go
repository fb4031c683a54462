package steps

import "github.com/uccx-tui/uccx-tui/steps/plan"

// exchange gives every peer the certificates that the nodes have (SELF-1). restart is the row that the uploads make necessary.
func exchange(restart string) []plan.Step {
	return rows(rowExchange(restart), rowExchanged(restart), rowsPeers(restart))
}

// renew makes new self-signed certificates, and gives them to every peer (SELF-3).
func renew(restart string) []plan.Step { return rows(rowsRegenerate(restart), exchange(restart)) }

// back is the first restart of the expired path, and its proof.
func back() []plan.Step { return rows(rowBack(), rowBackProve()) }

// selfSigned exchanges the certificates that the nodes have: each relation needs the peer's certificate in its trust
// store (SELF-1, SELF-2). Nothing is restarted where nothing was missing.
func selfSigned() []plan.Step {
	return rows(look(), rowECDSASelf(), exchange(plan.StepRestart), rowCOPSelf(), finish())
}

// regenerate makes new self-signed certificates, and gives them to every peer before the one restart that both need
// (SELF-3). A restart between the two would cost a second outage.
func regenerate() []plan.Step {
	return rows(look(), rowECDSASelf(), renew(plan.StepRestart), rowCOPSelf(), finish())
}
