package ssh

import (
	"context"
	"errors"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"golang.org/x/crypto/ssh"
)

// attempt is one try to log in, and what it came to.
type attempt struct {
	node   vos.Node
	access vos.Access
	addr   string
	far    string              // from where, where that is not this machine
	login  time.Duration       // from the host key to the end of the login
	limit  func(time.Duration) // how long the node may take from now on; 0: as long as a person thinks

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

// methods: keyboard-interactive first, then password, never a public key (docs/nodes.md 1.1). A node that took the password
// once and refused it is not given it again, neither by the other method nor at a second question: that would be a
// second refused try.
func (at *attempt) methods() []ssh.AuthMethod {
	interactive := ssh.KeyboardInteractive(func(_, _ string, questions []string, echos []bool) ([]string, error) {
		answers := make([]string, len(questions))
		if len(questions) == 0 {
			return answers, nil
		}
		if len(questions) > maxQuestions || slices.Contains(echos, true) {
			return nil, errQuestions
		}
		password, err := at.password()
		for i := range answers {
			answers[i] = password
		}
		return answers, err
	})
	return []ssh.AuthMethod{interactive, ssh.PasswordCallback(at.password)}
}

// maxQuestions is how many questions of keyboard-interactive are taken for one for the password.
const maxQuestions = 2

var (
	errOnce      = errors.New("the node asked for the password again")
	errQuestions = errors.New("the node asks for something other than a password")
)

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

// checkKey asks before anything secret goes out. A person may take time over it.
func (at *attempt) checkKey(_ string, _ net.Addr, k ssh.PublicKey) error {
	at.limit(0)
	err := errors.New("The host key was not confirmed")
	if at.access.CheckKey != nil {
		err = at.access.CheckKey(vos.HostKey{Type: k.Type(), Fingerprint: ssh.FingerprintSHA256(k)})
	}
	at.limit(at.login)
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
	end := endOf(err)
	switch {
	case at.keyErr != nil:
		return at.error(vos.ErrUnreachable, msg.T("The host key was not accepted"), at.keyErr, msg.T("No password was sent. The node is unchanged."),
			msg.T("Compare the fingerprint with the one on the node's console."))
	case errors.As(err, &negotiation):
		return at.noCommon(negotiation)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return at.unreachable(err)
	case errors.Is(err, errQuestions):
		return at.error(vos.ErrUnreachable, msg.T("The login at %s asks for something other than a password", at.addr), nil, msg.T("No password was sent. The node is unchanged."),
			msg.T("Log in by hand to see what it asks. Check that this is the node's SSH port."))
	case at.answered && (errors.Is(err, errOnce) || end == noMethodLeft || end == turnedAway):
		return at.error(vos.ErrLogin, msg.T("The node refused the login"), nil,
			msg.T("The node is unchanged and counted one failed login. Three in a row lock the account for 5 minutes "+
				"or longer, if lockout is on."),
			msg.T("Check the user and password of the OS Administration account. If it may be locked, wait 5 minutes."))
	case end == noMethodLeft:
		return at.error(vos.ErrUnreachable, msg.T("%s does not offer password login", at.addr), nil, msg.T("No password was sent. The node is unchanged."),
			msg.T("Check that this is the node's SSH port."))
	}
	return at.unreachable(err)
}

// ending is how a login ended, where the library has no type of error for it.
type ending int

const (
	lineLost     ending = iota
	noMethodLeft        // the node takes no other method: it refused those that were tried
	turnedAway          // the node disconnected with a reason that speaks of the login
)

var (
	// The library's own words stand before those of the node, which may say anything.
	noMethod   = regexp.MustCompile(`^ssh: (handshake failed: ssh: )?unable to authenticate, attempted methods \[`)
	disconnect = regexp.MustCompile(`^ssh: (handshake failed: ssh: )?disconnect, reason (\d+): `)
)

// endOf tells how a login ended. Reasons 2, 14 and 15 (RFC 4253, 11.1) are what servers give after too many tries, when no
// method is left, and for a user that they do not know.
func endOf(err error) ending {
	words := err.Error()
	if m := disconnect.FindStringSubmatch(words); m != nil {
		if slices.Contains([]string{"2", "14", "15"}, m[2]) {
			return turnedAway
		}
		return lineLost
	}
	if noMethod.MatchString(words) {
		return noMethodLeft
	}
	return lineLost
}

// noCommon: the node is asked to be allowed its old algorithms only where that would help.
func (at *attempt) noCommon(err *ssh.AlgorithmNegotiationError) error {
	i := ssh.InsecureAlgorithms()
	old := slices.Concat(i.KeyExchanges, i.Ciphers, i.MACs, i.HostKeys)
	helps := slices.ContainsFunc(err.RequestedAlgorithms, func(a string) bool { return slices.Contains(old, a) })
	offered := vos.Shorten(strings.Join(err.RequestedAlgorithms, ", "), vos.MaxField)
	if at.access.Legacy || !helps {
		return at.error(vos.ErrUnreachable, msg.T("%s shares no SSH algorithm with uccx-tui. It offers %s", at.addr, offered), nil,
			msg.T("Nothing was sent. The node is unchanged."),
			msg.T("Check that this is the node's SSH port. Its ciphers may be restricted: see Cipher Management in OS "+
				"Administration."))
	}
	legacy := &vos.LegacyError{Node: at.node.FQDN, Offered: offered}
	return at.error(vos.ErrUnreachable, msg.T("%s offers only insecure SSH algorithms", at.addr), legacy, msg.T("Nothing was sent. The node is unchanged."),
		msg.T("Allow the old algorithms for this node only, if you accept the risk."))
}

func (at *attempt) unreachable(err error) error {
	if vos.OutOfFiles(err) {
		return at.error(vos.ErrUnreachable, msg.T("This machine has no free file descriptor for a connection to %s", at.addr), err, msg.T("Nothing was sent. The node is unchanged."),
			msg.T("Close other programs or raise the limit (ulimit -n), then press Enter to try again."))
	}
	why := msg.Verbatim(at.access.Words(at.node, vos.Why(err).String(), vos.MaxWords))
	e := &vos.Error{Class: vos.ErrUnreachable, Node: at.node.FQDN, What: route.Seen(msg.T("Cannot connect to %s: %s", at.addr, why), at.far, err),
		Means: msg.T("The node is unchanged."), Next: msg.T("Check the address, the network path (VPN, firewall, port 22) and that the node is up."), Code: vos.NetworkCode(err)}
	if errors.Is(err, context.Canceled) {
		e.Err = context.Canceled
	}
	return e
}

func (at *attempt) error(class error, what msg.Text, err error, means, next msg.Text) error {
	return &vos.Error{Class: class, Node: at.node.FQDN, What: what, Err: err, Means: means, Next: next}
}

// algorithms lists what is offered: all that the library calls secure, and what nodes of 8.x to 12.x still need, with
// which nothing is in danger: HMAC with SHA-1 is not broken, and is the documented default of nodes (docs/nodes.md 1.1). SHA-1 in
// a key exchange or in the signature of a host key, and all else that is insecure, only where a person allowed it for this
// node.
func algorithms(legacy bool) (kex, ciphers, macs []string) {
	s := ssh.SupportedAlgorithms()
	kex = with(s.KeyExchanges, ssh.KeyExchangeDH16SHA512, ssh.KeyExchangeDHGEXSHA256)
	ciphers, macs = s.Ciphers, with(s.MACs, ssh.HMACSHA1)
	if legacy {
		i := ssh.InsecureAlgorithms()
		kex, ciphers, macs = with(kex, i.KeyExchanges...), with(ciphers, i.Ciphers...), with(macs, i.MACs...)
	}
	return kex, ciphers, macs
}

// hostKeys puts the algorithms of the pinned key first, so that a node with several keys shows the one that is known. Host
// certificates are not requested: their fingerprint cannot be compared with what a console shows.
func hostKeys(a vos.Access) []string {
	all := ssh.SupportedAlgorithms().HostKeys
	if a.Legacy {
		all = with(all, ssh.InsecureAlgorithms().HostKeys...)
	}
	all = slices.DeleteFunc(all, func(name string) bool { return strings.Contains(name, "-cert-v01@") })
	var first []string
	switch {
	case a.Pinned == nil:
		return all
	case a.Pinned.Type == ssh.KeyAlgoRSA:
		first = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSA}
	default:
		first = []string{a.Pinned.Type}
	}
	return with(slices.DeleteFunc(first, func(name string) bool { return !slices.Contains(all, name) }), all...)
}
