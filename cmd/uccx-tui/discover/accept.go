// Package discover finds the nodes of a cluster from one of them, and keeps them as a solution file.
package discover

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// accept takes a host key that a flag names; any other is shown to the person, who must say yes.
func (x *Discovery) accept(at vos.Node, host string, k vos.HostKey) error {
	for _, text := range x.keys {
		if name, fingerprint, ok := strings.Cut(text, "=SHA256:"); ok && name == host && "SHA256:"+fingerprint == k.Fingerprint {
			return nil
		}
	}
	shown := msg.T("%s presents the SSH host key (%s) %s", cert.Printable(host), cert.Printable(k.Type), cert.Printable(k.Fingerprint))
	says := input.KnownHosts(at, k)
	if !says.IsZero() {
		says = msg.T("\n%s", cert.Printable(says.String()))
	}
	if !term.IsTerminal(x.D.In.Fd()) {
		return exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("%s%s", shown, says), msg.T("compare it with the node's console, then add --host-key %s=%s", cert.Printable(host), k.Fingerprint)))
	}
	shown = msg.T("%s shows the SSH host key (%s)\n  %s", cert.Printable(host), cert.Printable(k.Type), cert.Printable(k.Fingerprint))
	if !accounts.Yes(x.D, msg.T("%s%s\nCompare it with what the node's console shows. Is it the same?", shown, says)) {
		return exitcode.With(exitcode.Confirm, msg.Errorf("%s: host key not accepted. No password was sent and nothing was written.", cert.Printable(host)))
	}
	return nil
}

// allow lets a node be spoken to with what is insecure today, where a flag or the person says so.
func (x *Discovery) allow(host string, old *vos.LegacyError) error {
	if slices.Contains(x.legacy, host) {
		return nil
	}
	shown := msg.T("%s offers only insecure SSH algorithms: %s", cert.Printable(host), cert.Printable(old.Offered))
	if !term.IsTerminal(x.D.In.Fd()) {
		return exitcode.With(exitcode.Confirm, exitcode.Needs(shown, msg.T("if you accept the risk, add --legacy %s", cert.Printable(host))))
	}
	if !accounts.Yes(x.D, msg.T("%s\nAn attacker on the network path could read the password. Allow them for this node?", shown)) {
		return exitcode.With(exitcode.Confirm, msg.Errorf("%s: the insecure algorithms were not allowed. No password was sent and nothing was written.", cert.Printable(host)))
	}
	return nil
}
