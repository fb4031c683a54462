package input

import (
	"maps"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// Known are what a person compared and decided before the run: in a solution file, or by a flag.
type Known struct {
	Fingerprints map[string][]string // FQDN -> fingerprints of SSH host keys and of certificates of the API
	legacy       map[string]bool     // FQDN -> SSH algorithms that are insecure today are allowed
}

// NewKnown returns an empty set.
func NewKnown() Known { return Known{map[string][]string{}, map[string]bool{}} }

// Clone returns a set of its own with the same content.
func (k Known) Clone() Known {
	own := NewKnown()
	for fqdn, fingerprints := range k.Fingerprints {
		own.Fingerprints[fqdn] = slices.Clone(fingerprints)
	}
	maps.Copy(own.legacy, k.legacy)
	return own
}

// Add takes what a solution file accepts.
func (k Known) Add(f solution.File) {
	for _, all := range []map[string][]string{f.Keys, f.Certs} {
		for fqdn, fingerprints := range all {
			k.Fingerprints[fqdn] = append(k.Fingerprints[fqdn], fingerprints...)
		}
	}
	if host := f.Solution.Route.Host(); host != "" {
		k.Fingerprints[host] = append(k.Fingerprints[host], f.JumpKeys...)
	}
	maps.Copy(k.legacy, f.Legacy)
}

// KnownHosts says what ~/.ssh/known_hosts tells about a host key.
func KnownHosts(n vos.Node, k vos.HostKey) msg.Text { return ssh.KnownHosts("", n, k) }

// Of returns the fingerprints that were accepted for a node.
func (k Known) Of(n vos.Node) []string { return k.Fingerprints[n.FQDN] }

// Allows reports whether a node may be spoken to with SSH algorithms that are insecure today.
func (k Known) Allows(n vos.Node) bool { return k.legacy[n.FQDN] }
