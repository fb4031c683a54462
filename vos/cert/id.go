package cert

import "strings"

// ID names a request among those of a change: the node's FQDN, and behind a blank the unit where the node has two.
func (r Request) ID() string {
	if strings.HasSuffix(r.Unit, "-ECDSA") {
		return r.Node + " " + r.Unit
	}
	return r.Node
}
