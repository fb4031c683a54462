// Package titles holds what the paths are called.
package titles

import "github.com/uccx-tui/uccx-tui/steps/plan"

// OfPath is what a path is called; one that this program does not know by its id.
func OfPath(id string) string {
	switch id {
	case plan.PathSigned:
		return "CA-signed certificates"
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
