package wiring

import (
	"maps"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos"
)

// logins keeps the accounts of this run, in memory only.
type logins struct {
	mu      sync.Mutex
	all     map[string]vos.Login // by FQDN; "" is for all nodes
	jump    string               // the jump host, whose login goes to no node
	users   map[string]string    // FQDN -> account that the solution file names: the login of all nodes counts there if it has this account
	untried map[string]bool      // FQDNs of nodes that were given none, because another refused it first
}

func (l *logins) loginOf(n vos.Node) (vos.Login, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one, ok := l.all[n.FQDN]; ok {
		return one, !one.Password.Empty()
	}
	one, ok := l.all[""]
	if named := l.users[n.FQDN]; named != "" && named != one.User {
		return vos.Login{}, false
	}
	return one, ok && !one.Password.Empty()
}

// own is the account of a host alone: that of all nodes does not go to a jump host.
func (l *logins) own(host string) (vos.Login, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one, ok := l.all[host]
	return one, ok && !one.Password.Empty()
}

func (l *logins) has(fqdn string) bool {
	_, ok := l.loginOf(vos.Node{FQDN: fqdn})
	return ok
}

func (l *logins) set(fqdn string, login vos.Login) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if fqdn == "" { // a login for all is for those that have none; one of its own stays
		maps.DeleteFunc(l.all, func(_ string, one vos.Login) bool { return one.Password.Empty() })
	}
	if l.all == nil {
		l.all = map[string]vos.Login{}
	}
	login.First = fqdn
	l.all[fqdn] = login
	for other := range l.untried { // it goes to one of them first, once the node has taken it for which it was typed
		if fqdn != "" && fqdn != l.jump && l.all[other].Password.Empty() && l.users[other] == "" {
			l.all[other] = login
		}
	}
	if fqdn != l.jump || fqdn == "" {
		clear(l.untried)
	}
}

// forget: a node refused this account, so it must be asked for again on this node.
func (l *logins) forget(n vos.Node) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[n.FQDN] = vos.Login{}
}

// skip: this account was not tried on a node, because another refused it. What is typed for that one counts here too.
func (l *logins) skip(n vos.Node) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[n.FQDN] = vos.Login{}
	if l.untried == nil {
		l.untried = map[string]bool{}
	}
	l.untried[n.FQDN] = true
}

func (l *logins) wipe() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range l.all {
		one.Password.Wipe()
	}
}
