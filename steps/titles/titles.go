// Package titles holds what paths and reasons of restarts are called, and how durations are said.
package titles

import (
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// OfPath is what a path is called; one that this program does not know by its id.
func OfPath(id string) string {
	switch id {
	case change.PathSigned:
		return "CA-signed certificates"
	case change.PathFirst:
		return "First-time deployment"
	case change.PathExpired:
		return "Certificate already expired"
	case change.PathDomain:
		return "Domain or host name changed"
	case change.PathSelfSigned:
		return "Exchange self-signed certificates"
	case change.PathRegenerate:
		return "Regenerate self-signed certificates"
	case change.PathThirdParty:
		return "Trust a script server"
	case change.PathCleanup:
		return "Clean up trust stores"
	}
	return id
}

// OfReason says what a restart is for, for people.
func OfReason(r plan.Reason) string {
	switch r {
	case plan.ForIdentity:
		return "new certificate"
	case plan.ForECDSA:
		return "tomcat-ECDSA"
	case plan.ForDomain:
		return "new domain or host name"
	case plan.ForTrust:
		return "trust store only"
	case plan.ForEngine:
		return "trust for scripts only"
	}
	return string(r)
}
