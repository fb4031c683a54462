package engine

import (
	"context"
	"crypto/x509"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// account is what this run knows of one user and password. Until a node has taken them they are tried on one node after the
// other, and no further once a node has refused them: a typing error costs one try on one node. Nodes may have passwords of
// their own: two must have taken it before it goes to all others at once, so that what was typed once is refused by one node.
type account struct {
	turn    chan struct{} // held by the node on which it is tried
	limit   time.Duration // of a turn
	first   string        // FQDN of the node for which it was typed; empty: for any
	settled chan struct{} // closed once it is known what came of it there
	settle  sync.Once

	mu      sync.Mutex
	took    map[string]bool // FQDNs of the nodes that took it
	refused string          // FQDN of the node that refused it before enough took it
}

func newAccount(first string, limit time.Duration) *account {
	return &account{turn: make(chan struct{}, 1), limit: limit, first: first, settled: make(chan struct{}), took: map[string]bool{}}
}

// trusted reports whether the account may go to all nodes at once. The account is locked.
func (a *account) trusted() bool {
	return len(a.took) > 1
}

// accounts are those that were used in this run.
type accounts struct {
	all sync.Map // vos.Login -> *account
}

// account returns what is known of a login; the same login is the same user and the same secret in memory.
func (a *accounts) account(l vos.Login) *account {
	one, _ := a.all.LoadOrStore(l, newAccount(l.First, turnLimit))
	return one.(*account)
}

// try is one attempt to log in with an account.
type try struct {
	account *account
	node    string
	holds   bool // the turn: the account waits for what comes of it
	tried   bool // it was sent to this node before any had taken it
	over    bool // the dialling has ended
}

// turnLimit is how long one node may keep the others waiting: one that hangs in the middle of its login, with the account in
// hand, must not stop a thousand.
const turnLimit = 15 * time.Second

// begin waits for the turn of this node, just before the password goes out. Its error says that the account was refused on
// another node meanwhile: nothing was sent.
func (t *try) begin(ctx context.Context) error {
	if err := t.awaitFirst(ctx); err != nil {
		return err
	}
	if may, err := t.may(); may || err != nil {
		return err
	}
	select {
	case t.account.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	may, err := t.may()
	t.account.mu.Lock()
	defer t.account.mu.Unlock()
	if t.holds = !may && err == nil && !t.over; !t.holds {
		<-t.account.turn
		return err
	}
	t.tried = true
	time.AfterFunc(t.account.limit, func() {
		t.account.mu.Lock()
		defer t.account.mu.Unlock()
		t.leave()
	})
	return nil
}

// awaitFirst waits until it is known what became of the account on the node for which it was typed, no longer than a turn.
func (t *try) awaitFirst(ctx context.Context) error {
	if t.account.first == "" || t.account.first == t.node {
		return nil
	}
	limit := time.NewTimer(t.account.limit)
	defer limit.Stop()
	select {
	case <-t.account.settled:
	case <-limit.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// settle lets those begin that wait for the first node. The account is locked.
func (t *try) settle() {
	if t.node == t.account.first {
		t.account.settle.Do(func() { close(t.account.settled) })
	}
}

// may reports whether the account may go to this node without waiting for another.
func (t *try) may() (bool, error) {
	t.account.mu.Lock()
	defer t.account.mu.Unlock()
	if t.account.refused != "" && !t.account.took[t.node] {
		return false, &notTried{t.account.refused}
	}
	return t.tried || t.account.took[t.node] || t.account.trusted(), nil
}

// accepted lets the other nodes begin.
func (t *try) accepted() {
	t.account.mu.Lock()
	defer t.account.mu.Unlock()
	t.account.took[t.node] = true
	t.settle()
	t.leave()
}

// end tells what came of it, and lets the next node begin.
func (t *try) end(err error) {
	if err == nil {
		t.accepted()
	}
	t.account.mu.Lock()
	defer t.account.mu.Unlock()
	t.over = true
	if vos.Class(err) == vos.ErrLogin && t.tried && !t.account.trusted() {
		t.account.refused = t.node
	}
	t.settle()
	t.leave()
}

func (t *try) leave() {
	if t.holds {
		t.holds = false
		<-t.account.turn
	}
}

func (a *account) isAccepted() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.took) > 0
}

// tookIt reports whether a node has taken the account in this run.
func (a *account) tookIt(fqdn string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.took[fqdn]
}

// waitTurn has an access wait for the turn of its node behind the check of host key or certificate.
func (t *try) waitTurn(ctx context.Context, a *vos.Access) {
	key, certificate := a.CheckKey, a.CheckCert
	a.Accepted = t.accepted
	a.CheckKey = func(k vos.HostKey) error {
		if err := key(k); err != nil {
			return err
		}
		return t.begin(ctx)
	}
	a.CheckCert = func(c *x509.Certificate) error {
		if err := certificate(c); err != nil {
			return err
		}
		return t.begin(ctx)
	}
}

// notTried tells that an account was not tried on a node, because another refused it first.
type notTried struct{ other string }

func (n *notTried) Error() string {
	return n.Text().String()
}

// Text is the same as a sentence.
func (n *notTried) Text() msg.Text {
	return msg.T("Not tried here: %s refused this account", n.other)
}

// asError is the error for a person.
func (n *notTried) asError(fqdn string) error {
	return &vos.Error{Class: vos.ErrLogin, Node: fqdn, What: msg.Of(n), Means: msg.T("Nothing was sent to the node. No failed login was counted."),
		Next: msg.T("Enter the user and password of the OS Administration account.")}
}

// name is the user as the journal keeps it. A name that no node has taken may be a password that was typed into the wrong
// field: it is not written.
func (a *accounts) name(l vos.Login) string {
	taken := false
	a.all.Range(func(key, value any) bool {
		taken = key.(vos.Login).User == l.User && value.(*account).isAccepted()
		return !taken
	})
	if !taken {
		return ""
	}
	return l.User
}

// askLegacy asks whether a node may be spoken to with what is insecure today; the answer counts for all nodes that ask.
func askLegacy(n vos.Node, offered string) *plan.Ask {
	return &plan.Ask{Question: plan.Question{ID: plan.AskLegacy, Kind: plan.Choice,
		Text: msg.T("%s offers only insecure SSH algorithms: %s", n.FQDN, offered),
		Means: msg.T("SHA-1 in a key exchange or host key, and older ciphers, no longer protect against an attacker on the " +
			"network path, who could read the password. Old releases offer nothing else. The answer is recorded, and " +
			"applies only to the nodes named here."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, allow them for these nodes")}}}}
}
