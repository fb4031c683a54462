package vostest

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// Impostor is a server in the place of another, with a key of its own. It lets no one in.
type Impostor struct {
	Addr    string       // host:port
	Print   string       // fingerprint of the key that it presents
	Visits  atomic.Int32 // connections
	Secrets atomic.Int32 // passwords, or requests that may hold one, that it was given
}

// NewImpostor serves SSH and counts the passwords that it is given.
func NewImpostor(t testing.TB) *Impostor {
	t.Helper()
	own := loopback.HostKey(t)
	i := &Impostor{Print: ssh.FingerprintSHA256(own.PublicKey())}
	config := &ssh.ServerConfig{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) {
		i.Secrets.Add(1)
		return nil, errors.New("no")
	}, KeyboardInteractiveCallback: func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
		if _, err := ask("", "", []string{"Password: "}, []bool{false}); err == nil {
			i.Secrets.Add(1)
		}
		return nil, errors.New("no")
	}}
	config.AddHostKey(own)
	i.Addr = loopback.Listen(t, func(c net.Conn) {
		i.Visits.Add(1)
		_, _, _, _ = ssh.NewServerConn(c, config)
	})
	return i
}
