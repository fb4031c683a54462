package jump

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// keys are the private keys that a jump host is offered. Those of the agent sign over its connection, which is closed after the login.
type keys struct{ agent net.Conn }

// of returns the keys of the agent, then those of files. A server counts each as a try, so at most maxKeys are offered.
func (k *keys) of(named []string) []ssh.Signer {
	all := k.ofAgent()
	for _, path := range identities(named) {
		if s := signer(path); s != nil && !slices.ContainsFunc(all, func(o ssh.Signer) bool { return string(o.PublicKey().Marshal()) == string(s.PublicKey().Marshal()) }) {
			all = append(all, s)
		}
	}
	return all[:min(len(all), maxKeys)]
}

// HasKey reports whether the agent, or a file that is named (empty: those of OpenSSH), holds a key that may open a jump host.
func HasKey(named []string) bool {
	var k keys
	defer k.close()
	return len(k.of(named)) > 0
}

// maxKeys stays below the six tries that OpenSSH allows (MaxAuthTries), so that one is left for the password.
const maxKeys = 5

func (k *keys) ofAgent() []ssh.Signer {
	socket := os.Getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil
	}
	conn, err := net.DialTimeout("unix", socket, 2*time.Second)
	if err != nil {
		return nil
	}
	_ = conn.SetDeadline(time.Now().Add(usual().login))
	k.agent = conn
	all, err := agent.NewClient(conn).Signers()
	if err != nil {
		return nil
	}
	return all
}

// identities are the files that are tried: those named, else what OpenSSH tries.
func identities(named []string) []string {
	if len(named) > 0 {
		return named
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var all []string
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		all = append(all, filepath.Join(home, ".ssh", name))
	}
	return all
}

// maxIdentity is the largest file of a private key that is read, in bytes.
const maxIdentity = 64 << 10

// signer reads a private key, nil where there is none that can be used without a passphrase.
func signer(path string) ssh.Signer {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxIdentity {
		return nil
	}
	data, err := os.ReadFile(path)
	defer clear(data)
	if err != nil {
		return nil
	}
	s, err := ssh.ParsePrivateKey(data)
	if err != nil {
		return nil
	}
	return s
}

func (k *keys) close() {
	if k.agent != nil {
		_ = k.agent.Close()
	}
}
