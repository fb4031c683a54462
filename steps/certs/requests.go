package certs

import "github.com/uccx-tui/uccx-tui/steps/plan"

// CSR returns the PEM of the request that went out for a node: the guard against a second one; empty before there is one.
func CSR(p *plan.Plan, fqdn string) string { return csr(p, fqdn, plan.StepCSR, plan.StepSharedCSR) }

// ECDSACSR returns the same for the node's tomcat-ECDSA.
func ECDSACSR(p *plan.Plan, fqdn string) string { return csr(p, fqdn, plan.StepECDSACSR) }

func csr(p *plan.Plan, fqdn string, rows ...string) string {
	for _, id := range rows {
		if t, ok := p.Task(plan.Task{Step: id, Node: fqdn}); ok && t.State == plan.Done {
			return t.Seen.CSR
		}
	}
	return ""
}
