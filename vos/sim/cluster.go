package sim

import (
	"crypto/rsa"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Options says which lab is served.
type Options struct {
	// Dir is the lab folder: disks of the nodes, CA, inbox, outbox. It is made when missing; an existing one is served
	// again, with the pairs, profile, domain and seed that it was made with.
	Dir string
	// Seed makes ports, serials, boot times and file names repeatable. Keys are always fresh: Go draws RSA keys from the
	// system alone.
	Seed     int64
	Pairs    int           // UCCX pairs, 1 where zero; a CCP is always there
	RTT      time.Duration // added to every round trip
	RealTime bool          // logins and restarts take as long as on real nodes
	Profile  Profile       // 12.5 where empty
	Domain   string        // "lab.example" where empty
	// Now is the clock of nodes and CA, time.Now where nil. Waits always take real time.
	Now func() time.Time
	// Keys, where not nil, gives RSA keys of 2048 bits instead of making each anew: for tests with many labs.
	Keys func() (*rsa.PrivateKey, error)
}

// Cluster is a lab that is being served.
type Cluster struct {
	hook atomic.Pointer[func(Event) Verdict]
}

// Start serves a lab on 127.0.0.1.
func Start(opts Options) (*Cluster, error) { return &Cluster{}, nil }

// Close ends all listeners and connections, and gives the folder free.
func (c *Cluster) Close() error { return nil }

// Solution returns the nodes, with the loopback addresses at which their ports are reached.
func (c *Cluster) Solution() vos.Solution { return vos.Solution{} }

// Login returns the account of all nodes.
func (c *Cluster) Login() vos.Login { return vos.Login{} }

// HostKey returns the true SSH host key of a node, the zero value for an unknown one.
func (c *Cluster) HostKey(fqdn string) vos.HostKey { return vos.HostKey{} }

// Counts returns what was done, per FQDN.
func (c *Cluster) Counts() map[string]Counts { return nil }

// CA returns the lab's certification authority.
func (c *Cluster) CA() *CA { return nil }
