package sim

import (
	"crypto/subtle"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// The account of the lab. It is known to all, and keeps nothing real.
const (
	labUser     = "administrator"
	labPassword = "Lab-Pass-1"
)

// Login returns the account of all nodes.
func (c *Cluster) Login() vos.Login {
	return vos.Login{User: labUser, Password: vos.NewSecret(labPassword)}
}

// After three failed tries an account is closed for 300 s, even for the right password (docs/nodes.md 1.1).
const (
	lockTries = 3
	lockTime  = 300 * time.Second
)

type lockout struct {
	Failed int       `json:"failed"` // in a row
	Until  time.Time `json:"until"`
}

// admit checks a password as the node does, and remembers it: a locked account says no more than a wrong password.
func (n *node) admit(user, password string) bool {
	right := subtle.ConstantTimeCompare([]byte(user+"\x00"+password), []byte(labUser+"\x00"+labPassword)) == 1
	ok := false
	err := n.change(func(d *nodeDisk) error {
		now := n.now()
		switch {
		case user != labUser || now.Before(d.Lockout.Until):
			d.Counts.FailedLogins++
		case right:
			ok = true
			d.Counts.Logins++
			d.Lockout = lockout{}
		default:
			d.Counts.FailedLogins++
			if d.Lockout.Failed++; d.Lockout.Failed >= lockTries {
				d.Lockout = lockout{Until: now.Add(lockTime)}
			}
		}
		return nil
	})
	return ok && err == nil
}
