// Package titles holds what paths and reasons of restarts are called, and how durations are said.
package titles

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// OfPath is what a path is called; one that this program does not know by its id.
func OfPath(id string) string {
	switch id {
	case plan.PathSigned:
		return "CA-signed certificates"
	case plan.PathFirst:
		return "First-time deployment"
	case plan.PathExpired:
		return "Certificate already expired"
	case plan.PathDomain:
		return "Domain or host name changed"
	case plan.PathSelfSigned:
		return "Exchange self-signed certificates"
	case plan.PathRegenerate:
		return "Regenerate self-signed certificates"
	case plan.PathThirdParty:
		return "Trust a script server"
	case plan.PathCleanup:
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
