package ssh

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/sshlogin"
)

// maxQuestions is how many questions of keyboard-interactive are taken for one for the password.
const maxQuestions = 2

// attempt is one try to log in to a node.
type attempt struct {
	node   vos.Node
	access vos.Access
	addr   string
	far    string // from where, where that is not this machine
}

// login never has a public key (docs/nodes.md 1.1).
func (at *attempt) login(o Options) sshlogin.Login {
	a := at.access
	l := sshlogin.Login{User: a.Login.User, Password: func() (string, bool) { return a.Login.Password.Reveal(), true }, Questions: maxQuestions,
		Legacy: a.Legacy, Handshake: o.Handshake, Limit: o.LoginLimit, Pinned: (*sshlogin.Key)(a.Pinned)}
	if a.CheckKey != nil {
		l.CheckKey = func(k sshlogin.Key) error { return a.CheckKey(vos.HostKey(k)) }
	}
	return l
}

// failed gives the error of a login one of the four classes.
func (at *attempt) failed(err error) error {
	var failure *sshlogin.Failure
	if !errors.As(err, &failure) {
		return at.unreachable(err)
	}
	switch failure.Reason {
	case sshlogin.KeyRefused:
		return at.error(vos.ErrUnreachable, msg.T("The host key was not accepted"), failure.Err, msg.T("No password was sent. The node is unchanged."),
			msg.T("Compare the fingerprint with the one on the node's console."))
	case sshlogin.Algorithms:
		var negotiation *ssh.AlgorithmNegotiationError
		if errors.As(err, &negotiation) {
			return at.noCommon(negotiation)
		}
	case sshlogin.Questions:
		return at.error(vos.ErrUnreachable, msg.T("The login at %s asks for something other than a password", at.addr), nil, msg.T("No password was sent. The node is unchanged."),
			msg.T("Log in by hand to see what it asks. Check that this is the node's SSH port."))
	case sshlogin.Refused:
		return at.error(vos.ErrLogin, msg.T("The node refused the login"), nil,
			msg.T("The node is unchanged and counted one failed login. Three in a row lock the account for 5 minutes "+
				"or longer, if lockout is on."),
			msg.T("Check the user and password of the OS Administration account. If it may be locked, wait 5 minutes."))
	case sshlogin.NoMethod:
		return at.error(vos.ErrUnreachable, msg.T("%s does not offer password login", at.addr), nil, msg.T("No password was sent. The node is unchanged."),
			msg.T("Check that this is the node's SSH port."))
	}
	return at.unreachable(failure.Err)
}

// noCommon: the node is asked to be allowed its old algorithms only where that would help.
func (at *attempt) noCommon(err *ssh.AlgorithmNegotiationError) error {
	offered := vos.Shorten(strings.Join(err.RequestedAlgorithms, ", "), vos.MaxField)
	if at.access.Legacy || !sshlogin.Insecure(err) {
		return at.error(vos.ErrUnreachable, msg.T("%s shares no SSH algorithm with uccx-tui. It offers %s", at.addr, offered), nil,
			msg.T("Nothing was sent. The node is unchanged."),
			msg.T("Check that this is the node's SSH port. Its ciphers may be restricted: see Cipher Management in OS "+
				"Administration. A node whose only host key is ssh-dss is done by hand (v on the plan)."))
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
