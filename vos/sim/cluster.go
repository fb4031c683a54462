package sim

import (
	"cmp"
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// Options says which lab is served.
type Options struct {
	// Dir is the lab folder: disks of the nodes, CA, inbox, outbox. It is made when missing; an existing one is served
	// again, with the seed, pairs, profile, domain and zone that it was made with.
	Dir string
	// Seed makes ports, serials, boot times and file names repeatable. Keys are always fresh: Go draws RSA keys from the
	// system alone.
	Seed     int64
	Pairs    int           // UCCX pairs with one CCP, 1 where zero. Big labs share host keys and first keys among nodes, and the primes of later ones
	Topology *Topology     // what else stands there; nil: the scenario's, or the pairs
	Scenario *Scenario     // what was done before, goes wrong, and how the CA answers; nil: nothing
	RTT      time.Duration // added to every round trip
	RealTime bool          // logins, uploads and restarts take as long as on real nodes
	Profile  Profile       // 12.5 where empty
	Domain   string        // "lab.example" where empty
	Zone     string        // IANA name of the nodes' time zone, "UTC" where empty
	// NoReplication keeps the publisher from copying its trust store to the subscriber: the sources disagree on it.
	NoReplication bool
	// Rough nodes do what real ones do on bad days: the prompt is drawn twice, and the first answer to a question is lost.
	Rough bool
	// Now is the clock of nodes and CA, time.Now where nil. Waits always take real time.
	Now func() time.Time
	// Fill, by FQDN, says what nodes stand for. Only new labs are filled.
	Fill map[string]Snapshot
	// Keys, where not nil, gives RSA keys of 2048 bits instead of generating each: for tests with many labs.
	Keys func() (*rsa.PrivateKey, error)
}

// Cluster is a lab that is being served.
type Cluster struct {
	leftovers sync.Map // name -> DER of what was forgotten in trust stores
	lab       labDisk
	dir       string
	rtt       time.Duration
	real      bool
	alone     bool // nothing is replicated
	rough     bool
	zone      *time.Location
	now       func() time.Time
	keys      func() (*rsa.PrivateKey, error)
	first     func() (*rsa.PrivateKey, error) // for host keys, and for identities that are not read
	refusals  map[string]transcripts.No
	groups    []*group
	nodes     []*node
	ca        *CA
	clones    *clones
	lock      *flock.Flock
	pulls     sync.Mutex // guards lab.Pulled
	hook      atomic.Pointer[func(Event) Verdict]
	calls     atomic.Pointer[func(Action)]
	ctx       context.Context // ends with Close
	end       context.CancelFunc
	wg        sync.WaitGroup
}

// Start serves a lab on 127.0.0.1. It fails where another program serves the folder, or where the folder cannot be used.
func Start(opts Options) (*Cluster, error) {
	if opts.Dir == "" {
		return nil, errors.New("lab: no folder given")
	}
	c := &Cluster{dir: opts.Dir, rtt: opts.RTT, real: opts.RealTime, alone: opts.NoReplication, rough: opts.Rough, now: opts.Now, keys: opts.Keys}
	if c.now == nil {
		c.now = time.Now
	}
	c.ctx, c.end = context.WithCancel(context.Background())
	if err := c.begin(opts); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (c *Cluster) begin(opts Options) (err error) {
	if err = c.claim(); err != nil {
		return err
	}
	if err = c.remember(opts); err != nil {
		return err
	}
	if c.refusals, err = transcripts.Refusals(); err != nil {
		return fmt.Errorf("lab: transcripts: %w", err)
	}
	if err = c.build(); err != nil {
		return err
	}
	c.keyring()
	if c.ca, err = c.openCA(); err != nil {
		return err
	}
	for _, n := range c.nodes {
		if err = n.load(); err != nil {
			return err
		}
	}
	if err = c.fill(opts.Fill); err != nil {
		return err
	}
	if err = c.takePorts(); err != nil {
		return err
	}
	for _, g := range c.groups {
		if err = g.wake(); err != nil {
			return err
		}
	}
	if err = c.setUp(); err != nil {
		return err
	}
	for _, n := range c.nodes {
		n.serve()
	}
	return nil
}

// claim makes the folders and locks them. The lock dies with its holder.
func (c *Cluster) claim() error {
	for _, dir := range []string{c.dir, filepath.Join(c.dir, "nodes"), filepath.Join(c.dir, "ca"), filepath.Join(c.dir, "ca", "inbox"), filepath.Join(c.dir, "ca", "outbox")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("lab: %w", err)
		}
	}
	lock := flock.New(filepath.Join(c.dir, "lock"), flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("lab %s: cannot be locked: %w", c.dir, err)
	}
	if !ok {
		return fmt.Errorf("lab %s: another program serves it; end that one, or take another lab", c.dir)
	}
	c.lock = lock
	var all error
	for _, dir := range []string{c.dir, filepath.Join(c.dir, "nodes"), filepath.Join(c.dir, "ca"), c.outbox()} {
		all = errors.Join(all, sweep(dir))
	}
	return all
}

// Idle reports with an error that a program serves the lab of a folder.
func Idle(dir string) error {
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err == nil && !ok {
		return fmt.Errorf("lab %s: another program serves it; end that one first", dir)
	}
	return errors.Join(err, lock.Close())
}

// remember takes what the lab was made with, or writes it down.
func (c *Cluster) remember(opts Options) error {
	path := filepath.Join(c.dir, "lab.json")
	ok, err := readDoc(path, &c.lab)
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	if !ok {
		c.lab = labDisk{Seed: opts.Seed, Pairs: max(opts.Pairs, 1), Topology: opts.Topology, Scenario: opts.Scenario, Profile: cmp.Or(opts.Profile, Profile125),
			Domain: cmp.Or(strings.ToLower(opts.Domain), "lab.example"), Zone: cmp.Or(opts.Zone, "UTC")}
	}
	if err = errors.Join(c.lab.check(), c.lab.topology().check()); err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	if c.zone, err = time.LoadLocation(c.lab.Zone); err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	if ok {
		return nil
	}
	c.lab.Logs = c.lab.Scenario != nil
	if c.lab.Sums = c.lab.Logs; c.lab.Logs {
		for _, name := range logFiles() {
			err = errors.Join(err, openLog(filepath.Join(c.dir, name), c.now()))
		}
	}
	return errors.Join(err, c.keep())
}

// keep writes down what the lab is.
func (c *Cluster) keep() error {
	if err := writeDoc(filepath.Join(c.dir, "lab.json"), c.lab); err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	return nil
}

// setUp does what a scenario begins with. A lab that died over it does it again.
func (c *Cluster) setUp() error {
	if c.lab.Scenario == nil || c.lab.Ready {
		return nil
	}
	if err := c.Do(c.lab.Scenario.Setup...); err != nil {
		return err
	}
	for _, n := range c.nodes {
		if err := n.change(func(d *nodeDisk) error { d.Counts = Counts{}; return nil }); err != nil {
			return err
		}
	}
	c.lab.Ready = true
	return c.keep()
}

// Scenario returns the lesson that the lab was made for; ok is false where there is none.
func (c *Cluster) Scenario() (s Scenario, ok bool) {
	if c.lab.Scenario == nil {
		return s, false
	}
	return *c.lab.Scenario, true
}

// wake finishes what was under way when the lab was last seen: restarts, copies of trust stores, ports that moved.
func (g *group) wake() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range g.nodes {
		d := n.disk
		if d.Base == n.base && !d.Restarting && n.onDisk {
			continue
		}
		if d.Restarting {
			if err := g.prepare(); err != nil {
				return err
			}
		}
		err := n.changeLocked(func(d *nodeDisk) error {
			d.Base = n.base
			if cli, _ := n.restartTimes(); !d.Restarting || n.c.real && d.gone(n.c.now()) < cli {
				return nil
			}
			return n.bootLocked(d)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", n.fqdn, err)
		}
	}
	if g.filled { // what it trusted was seen
		return nil
	}
	return errors.Join(g.introduce(), g.replicate())
}

// Close ends all listeners and connections, waits for what was being done, and gives the folder free.
func (c *Cluster) Close() error {
	c.end()
	for _, n := range c.nodes {
		n.close(false)
	}
	c.wg.Wait()
	var err error
	for _, n := range c.nodes {
		n.close(false) // what came up while the lab was being closed
		if n.kept != nil {
			err = errors.Join(err, n.kept.Close())
			n.kept = nil
		}
		if n.typed.Load() > 0 && n.older+int(n.typed.Load()) != n.disk.Counts.Commands {
			err = errors.Join(err, n.change(func(*nodeDisk) error { return nil }))
		}
	}
	if c.lock != nil {
		err = errors.Join(err, c.lock.Unlock())
	}
	return err
}

func (c *Cluster) node(fqdn string) *node {
	for _, n := range c.nodes {
		if strings.EqualFold(n.fqdn, fqdn) {
			return n
		}
	}
	return nil
}

// Counts returns what was done, per FQDN.
func (c *Cluster) Counts() map[string]Counts {
	all := map[string]Counts{}
	for _, n := range c.nodes {
		one := n.look().clone().Counts
		one.Commands = n.older + int(n.typed.Load())
		all[n.fqdn] = one
	}
	return all
}

// Dir is the lab folder.
func (c *Cluster) Dir() string { return c.dir }

// CA returns the lab's certification authority.
func (c *Cluster) CA() *CA { return c.ca }
