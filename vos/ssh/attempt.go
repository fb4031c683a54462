package ssh

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
)

// attempt is one try to log in, and what it came to.
type attempt struct {
	node   vos.Node
	access vos.Access
	addr   string

	mu       sync.Mutex
	keyErr   error // what CheckKey said
	answered bool  // the password went out
}

func (at *attempt) config() *ssh.ClientConfig {
	c := &ssh.ClientConfig{User: at.access.Login.User, Auth: at.methods(), HostKeyCallback: at.checkKey,
		HostKeyAlgorithms: hostKeys(at.access), ClientVersion: "SSH-2.0-uccx-tui"}
	c.KeyExchanges, c.Ciphers, c.MACs = algorithms(at.access.Legacy)
	return c
}

// methods: keyboard-interactive first, then password, never a public key (vos-facts 1.1). A node that took the password
// once and refused it is not given it again, neither by the other method nor at a second question: that would be a
// second refused try.
func (at *attempt) methods() []ssh.AuthMethod {
	interactive := ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		answers := make([]string, len(questions))
		if len(questions) == 0 {
			return answers, nil
		}
		password, err := at.password()
		for i := range answers {
			answers[i] = password
		}
		return answers, err
	})
	return []ssh.AuthMethod{interactive, ssh.PasswordCallback(at.password)}
}

var errOnce = errors.New("the node asked for the password again")

// password gives the password away once.
func (at *attempt) password() (string, error) {
	at.mu.Lock()
	defer at.mu.Unlock()
	if at.answered {
		return "", errOnce
	}
	at.answered = true
	return at.access.Login.Password.Reveal(), nil
}

// checkKey asks before anything secret goes out.
func (at *attempt) checkKey(_ string, _ net.Addr, k ssh.PublicKey) error {
	err := errors.New("The host key was not confirmed")
	if at.access.CheckKey != nil {
		err = at.access.CheckKey(vos.HostKey{Type: k.Type(), Fingerprint: ssh.FingerprintSHA256(k)})
	}
	at.mu.Lock()
	defer at.mu.Unlock()
	at.keyErr = err
	return err
}

// failed gives the error of a login one of the four classes.
func (at *attempt) failed(err error) error {
	at.mu.Lock()
	defer at.mu.Unlock()
	var negotiation *ssh.AlgorithmNegotiationError
	switch {
	case at.keyErr != nil:
		return at.error(vos.ErrUnreachable, "The host key was not accepted", at.keyErr, "No password was sent. The node is unchanged.",
			"Compare the fingerprint with the one on the node's console.")
	case errors.As(err, &negotiation):
		return at.noCommon(negotiation)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return at.unreachable(err)
	case at.answered && refused(err):
		return at.error(vos.ErrLogin, fmt.Sprintf("Login as %q failed", at.access.Login.User), nil,
			"The node is unchanged and counted one failed login. Three in a row lock the account for 5 minutes "+
				"or longer, if lockout is on.",
			"Check the user and password of the OS Administration account. If it may be locked, wait 5 minutes.")
	case strings.Contains(err.Error(), "unable to authenticate"):
		return at.error(vos.ErrUnreachable, fmt.Sprintf("%s does not offer password login", at.addr), nil, "No password was sent. The node is unchanged.",
			"Check that this is the node's SSH port.")
	}
	return at.unreachable(err)
}

// refused tells a login that was turned down from a line that was lost in the middle of it.
func refused(err error) bool {
	words := err.Error()
	return errors.Is(err, errOnce) || strings.Contains(words, "unable to authenticate") ||
		strings.Contains(strings.ToLower(words), "too many authentication failures")
}

// noCommon: the node is asked to be allowed its old algorithms only where that would help.
func (at *attempt) noCommon(err *ssh.AlgorithmNegotiationError) error {
	i := ssh.InsecureAlgorithms()
	old := slices.Concat(i.KeyExchanges, i.Ciphers, i.MACs, i.HostKeys)
	helps := slices.ContainsFunc(err.RequestedAlgorithms, func(a string) bool { return slices.Contains(old, a) })
	if at.access.Legacy || !helps {
		return at.error(vos.ErrUnreachable, fmt.Sprintf("%s shares no SSH algorithm with uccx-tui", at.addr), err, "Nothing was sent. The node is unchanged.",
			"Check that this is the node's SSH port. Its ciphers may be restricted: see Cipher Management in OS "+
				"Administration.")
	}
	legacy := &vos.LegacyError{Node: at.node.FQDN, Offered: strings.Join(err.RequestedAlgorithms, ", ")}
	return at.error(vos.ErrUnreachable, fmt.Sprintf("%s offers only insecure SSH algorithms", at.addr), legacy, "Nothing was sent. The node is unchanged.",
		"Allow the old algorithms for this node only, if you accept the risk.")
}

func (at *attempt) unreachable(err error) error {
	e := &vos.Error{Class: vos.ErrUnreachable, Node: at.node.FQDN, What: fmt.Sprintf("Cannot connect to %s: %s", at.addr, vos.Why(err)),
		Means: "The node is unchanged.", Next: "Check the address, the network path (VPN, firewall, port 22) and that the node is up.", Code: vos.NetworkCode(err)}
	if errors.Is(err, context.Canceled) {
		e.Err = context.Canceled
	}
	return e
}

func (at *attempt) error(class error, what string, err error, means, next string) error {
	return &vos.Error{Class: class, Node: at.node.FQDN, What: what, Err: err, Means: means, Next: next}
}

// algorithms lists what is offered: all that the library calls secure, and what nodes of 8.x to 12.x still need, with
// which no password is in danger (vos-facts 1.1). The insecure ones only where a person allowed them for this node.
func algorithms(legacy bool) (kex, ciphers, macs []string) {
	s := ssh.SupportedAlgorithms()
	kex = with(s.KeyExchanges, ssh.KeyExchangeDH16SHA512, ssh.KeyExchangeDHGEXSHA256, ssh.InsecureKeyExchangeDH14SHA1)
	ciphers, macs = s.Ciphers, with(s.MACs, ssh.HMACSHA1)
	if legacy {
		i := ssh.InsecureAlgorithms()
		kex, ciphers, macs = with(kex, i.KeyExchanges...), with(ciphers, i.Ciphers...), with(macs, i.MACs...)
	}
	return kex, ciphers, macs
}

// hostKeys puts the algorithms of the pinned key first, so that a node with several keys shows the one that is known.
func hostKeys(a vos.Access) []string {
	all := with(ssh.SupportedAlgorithms().HostKeys, ssh.KeyAlgoRSA)
	if a.Legacy {
		all = with(all, ssh.InsecureAlgorithms().HostKeys...)
	}
	switch {
	case a.Pinned == nil:
		return all
	case a.Pinned.Type == ssh.KeyAlgoRSA:
		return with([]string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSA}, all...)
	case slices.Contains(all, a.Pinned.Type):
		return with([]string{a.Pinned.Type}, all...)
	}
	return all
}
