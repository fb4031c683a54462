package ssh

import (
	"crypto/ed25519"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxKnownHosts is the largest file that is read, in bytes.
const maxKnownHosts = 4 << 20

// KnownHosts says what the known_hosts file of OpenSSH tells about a host key, in one English sentence; empty where there is
// no such file. The file is read and never written. path is empty for that of the user, ~/.ssh/known_hosts.
func KnownHosts(path string, n vos.Node, k vos.HostKey) msg.Text {
	name := path
	if path == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return msg.Text{}
		}
		path, name = filepath.Join(home, ".ssh", "known_hosts"), "~/.ssh/known_hosts"
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return msg.Text{}
	case err == nil && (!info.Mode().IsRegular() || info.Size() > maxKnownHosts):
		return msg.T("%s cannot be read: it is not a regular file, or too large.", name)
	}
	check, err := knownhosts.New(path)
	if err != nil {
		return msg.T("%s cannot be read: %s", name, vos.Shorten(err.Error(), vos.MaxField))
	}
	other := msg.Text{}
	for _, host := range names(n) {
		for _, known := range ask(check, host) {
			switch fingerprint := ssh.FingerprintSHA256(known.Key); {
			case fingerprint == k.Fingerprint:
				return msg.T("%s has this key for %s (line %d).", name, host, known.Line)
			case known.Key.Type() == k.Type && other.IsZero():
				other = msg.T("WARNING: %s has ANOTHER key of this type for %s (line %d): %s", name, host, known.Line, fingerprint)
			}
		}
	}
	if other.IsZero() {
		return msg.T("%s does not have this node.", name)
	}
	return other
}

// names are those under which ssh may have kept the key of a node.
func names(n vos.Node) []string {
	all := []string{net.JoinHostPort(n.FQDN, "22"), n.Dial(vos.PortSSH)}
	if _, port, err := net.SplitHostPort(n.Dial(vos.PortSSH)); err == nil {
		all = append(all, net.JoinHostPort(n.FQDN, port))
	}
	return append(all, net.JoinHostPort(n.Short(), "22"))
}

// ask returns the keys that are known of a host: those that the library wants when another is shown.
func ask(check ssh.HostKeyCallback, host string) []knownhosts.KnownKey {
	unknown, err := ssh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		return nil
	}
	var wrong *knownhosts.KeyError
	if err := check(host, &net.TCPAddr{}, unknown); errors.As(err, &wrong) {
		return wrong.Want
	}
	return nil
}
