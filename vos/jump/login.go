package jump

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"github.com/uccx-tui/uccx-tui/vos/route"
)

// attempt is one try to enter the jump host.
type attempt struct {
	access Access
	user   string
	limit  func(time.Duration) // how long the host may take from now on; 0: as long as a person thinks

	mu     sync.Mutex
	key    Key
	keyErr error
	given  bool // the password went out
	wanted bool // the host takes a password, and none was given
	agent  net.Conn
}

func (at *attempt) config() *ssh.ClientConfig {
	c := &ssh.ClientConfig{User: at.user, HostKeyCallback: at.check, ClientVersion: "SSH-2.0-uccx-tui", HostKeyAlgorithms: order(at.access.Pinned)}
	c.Auth = []ssh.AuthMethod{ssh.PublicKeysCallback(at.signers), ssh.PasswordCallback(at.password), ssh.KeyboardInteractive(at.interactive)}
	return c
}

// order puts the algorithms of the pinned key first, so that a host with several keys shows the one that is known.
func order(pinned *Key) []string {
	all := slices.DeleteFunc(ssh.SupportedAlgorithms().HostKeys, func(name string) bool { return strings.Contains(name, "-cert-v01@") })
	if pinned == nil {
		return all
	}
	fits := func(name string) bool {
		return name == pinned.Type || pinned.Type == ssh.KeyAlgoRSA && strings.HasPrefix(name, "rsa-sha2-")
	}
	var first, rest []string
	for _, name := range all {
		if fits(name) {
			first = append(first, name)
		} else {
			rest = append(rest, name)
		}
	}
	return append(first, rest...)
}

// check asks before anything secret goes out. A person may take time over it.
func (at *attempt) check(_ string, _ net.Addr, k ssh.PublicKey) error {
	at.limit(0)
	key := Key{k.Type(), ssh.FingerprintSHA256(k)}
	err := errors.New("the host key was not confirmed")
	if at.access.CheckKey != nil {
		err = at.access.CheckKey(key)
	}
	at.limit(loginLimit)
	at.mu.Lock()
	defer at.mu.Unlock()
	at.key, at.keyErr = key, err
	return err
}

// signers are the keys of the agent, then those of files. A server counts each as a try, so at most maxKeys are offered.
func (at *attempt) signers() ([]ssh.Signer, error) {
	all := at.ofAgent()
	for _, path := range identities(at.access.Identities) {
		if s := signer(path); s != nil && !slices.ContainsFunc(all, func(o ssh.Signer) bool { return string(o.PublicKey().Marshal()) == string(s.PublicKey().Marshal()) }) {
			all = append(all, s)
		}
	}
	return all[:min(len(all), maxKeys)], nil
}

// HasKey reports whether the agent, or a file that is named (empty: those of OpenSSH), holds a key that may open a jump host.
func HasKey(named []string) bool {
	at := &attempt{access: Access{Identities: named}}
	defer at.close()
	all, err := at.signers()
	return err == nil && len(all) > 0
}

// maxKeys stays below the six tries that OpenSSH allows (MaxAuthTries), so that one is left for the password.
const maxKeys = 5

func (at *attempt) ofAgent() []ssh.Signer {
	socket := os.Getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil
	}
	conn, err := net.DialTimeout("unix", socket, 2*time.Second)
	if err != nil {
		return nil
	}
	_ = conn.SetDeadline(time.Now().Add(loginLimit))
	at.mu.Lock()
	at.agent = conn
	at.mu.Unlock()
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

// password gives the password away once: a second refused try may lock the account.
func (at *attempt) password() (string, error) {
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.given {
		return "", ErrRefused
	}
	if at.access.Password != nil {
		if text, ok := at.access.Password(); ok {
			at.given = true
			return text, nil
		}
	}
	at.wanted = true
	return "", ErrPassword
}

// interactive answers the one question for the password.
func (at *attempt) interactive(_, _ string, questions []string, echos []bool) ([]string, error) {
	if len(questions) == 0 {
		return nil, nil
	}
	if len(questions) > 1 || echos[0] {
		return nil, errors.New("it asks for something other than a password")
	}
	text, err := at.password()
	return []string{text}, err
}

func (at *attempt) close() {
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.agent != nil {
		_ = at.agent.Close()
	}
}

// failed says what became of a login. The library's own words stand before those of the host, which may say anything.
func (at *attempt) failed(h *Host, ctx context.Context, err error) error {
	at.mu.Lock()
	defer at.mu.Unlock()
	switch {
	case at.keyErr != nil:
		return at.keyErr
	case ctx.Err() != nil:
		return ctx.Err()
	case at.wanted && !at.given:
		return ErrPassword
	case noMethod.MatchString(err.Error()), at.given && turnedAway.MatchString(err.Error()), errors.Is(err, ErrRefused):
		return ErrRefused
	}
	return &route.Unreached{Hop: h.hop(), Why: at.access.words(err.Error())}
}

// Reasons 2, 14 and 15 (RFC 4253, 11.1) are what servers give after too many tries, and for a user that they do not know.
var (
	noMethod   = regexp.MustCompile(`^ssh: (handshake failed: ssh: )?unable to authenticate, attempted methods \[`)
	turnedAway = regexp.MustCompile(`^ssh: (handshake failed: ssh: )?disconnect, reason (2|14|15): `)
)
