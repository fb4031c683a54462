package sim

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// group is the nodes of one cluster, publisher first. They share one lock, since the publisher writes to its subscriber.
type group struct {
	mu        sync.Mutex
	nodes     []*node
	neighbour bool // not part of the change
	filled    bool // it stands for nodes that were seen
}

// node is one appliance.
type node struct {
	profileSpec
	quirks
	c       *Cluster
	g       *group
	fqdn    string
	host    string
	ip      string
	product vos.Product
	role    vos.Role
	path    string        // its document
	ports   []int         // TLS ports that it serves, in order
	mapped  []int         // TLS ports that it may serve, in order
	listed  []vos.Service // as the node lists them that this one stands for; nil: those of the product
	target  *TargetSpec   // not nil: no VOS node, but a server that scripts call

	base   int            // first port of its block
	kept   net.PacketConn // keeps the block
	disk   *nodeDisk      // guarded by g.mu; replaced, never changed in place
	skew   atomic.Int64   // of the clock, nanoseconds
	typed  atomic.Int64   // commands since Start
	older  int            // commands before
	onDisk bool           // there is a document

	servedKeys map[string]any // keys of identities that are served, by fingerprint; guarded by g.mu

	other words // with which the command that is being typed is answered

	mu       sync.Mutex // guards what follows
	doors    listeners  // open ports; nil while the node is away
	wires    map[*wire]struct{}
	stage    bootStage
	starting map[string]time.Time // service -> until when it is on its way up
}

// bootStage is how far a node has come up.
type bootStage int

const (
	away    bootStage = iota // nothing answers
	loading                  // the CLI answers, the services are starting
	ready
)

// now is the node's clock, which may be off.
func (n *node) now() time.Time { return n.c.now().Add(time.Duration(n.skew.Load())) }

// look returns the disk as it is; it must not be changed.
func (n *node) look() *nodeDisk {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	return n.disk
}

// change lets a function change a copy of the disk, writes it, and only then lets the node know: after an error nothing
// has happened. The caller does not hold the lock.
func (n *node) change(f func(*nodeDisk) error) error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	return n.changeLocked(f)
}

func (n *node) changeLocked(f func(*nodeDisk) error) error {
	d := n.disk.clone()
	if err := f(d); err != nil {
		return err
	}
	d.Counts.Commands = n.older + int(n.typed.Load())
	if err := writeDoc(n.path, d); err != nil {
		return err
	}
	n.disk = d
	return nil
}

// newDisk is the disk of a node that was installed long ago, and has run for some weeks.
func (n *node) newDisk() *nodeDisk {
	now := n.now().Truncate(time.Second)
	day := 24 * time.Hour
	return &nodeDisk{
		FQDN:      n.fqdn,
		Installed: now.Add(-400*day - time.Duration(n.c.draw(86400, n.fqdn, "installed"))*time.Second),
		Boot:      now.Add(-20*day - time.Duration(n.c.draw(40*86400, n.fqdn, "boot"))*time.Second),
	}
}

// load reads the disk, or makes it. A node that was going down when it was last seen has come up since.
func (n *node) load() error {
	n.path = filepath.Join(n.c.dir, "nodes", n.fqdn+".json")
	d := &nodeDisk{}
	ok, err := readDoc(n.path, d)
	if err != nil {
		return err
	}
	if !ok {
		d = n.newDisk()
	}
	n.disk, n.onDisk = d, ok
	n.older = d.Counts.Commands
	n.skew.Store(int64(d.Skew))
	return nil
}

// serve opens the node to the world; its ports were taken before.
func (n *node) serve() {
	switch d := n.look(); {
	case d.Off:
		n.close(false)
		return
	case d.Restarting: // it goes on with the restart that was under way
		n.close(false)
		n.c.wg.Go(n.comeUp)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.stage = ready
	if n.target == nil {
		n.serveSSH()
	}
	n.serveTLS()
}

// serveSSH and serveTLS start the accept loops of what is open. The caller holds n.mu.
func (n *node) serveSSH() {
	l := n.doors[sshPort]
	n.c.wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			n.c.wg.Go(func() { n.greet(n.adopt(conn)) })
		}
	})
}

// adopt puts a connection on the node's wire; on a node that is away it is cut at once.
func (n *node) adopt(conn net.Conn) *wire {
	w := newWire(conn, n.c.rtt, n.forget)
	n.mu.Lock()
	late := n.doors == nil
	if !late {
		n.wires[w] = struct{}{}
	}
	n.mu.Unlock()
	if late {
		w.abort()
	}
	return w
}

func (n *node) forget(w *wire) {
	n.mu.Lock()
	delete(n.wires, w)
	n.mu.Unlock()
}

// close ends all that the node has open; where gently, what was written still arrives.
func (n *node) close(gently bool) {
	n.mu.Lock()
	n.doors.close()
	n.doors, n.stage = nil, away
	var open []*wire
	for w := range n.wires {
		open = append(open, w)
	}
	n.mu.Unlock()
	for _, w := range open {
		if gently {
			_ = w.Close()
		} else {
			w.abort()
		}
	}
}

// cut ends all connections to the node; it goes on listening.
func (n *node) cut() {
	n.mu.Lock()
	var open []*wire
	for w := range n.wires {
		open = append(open, w)
	}
	n.mu.Unlock()
	for _, w := range open {
		w.abort()
	}
}

func (n *node) at() bootStage {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stage
}

// Times of a restart. Guess [I]: a UCCX takes 20 to 30 minutes until all services are up (docs/nodes.md 1.5).
func (n *node) restartTimes() (cli, services time.Duration) {
	if !n.c.real {
		return 300 * time.Millisecond, 150 * time.Millisecond
	}
	return realCLI, n.realRestart() - realCLI
}

// realCLI is how long a real node takes until its CLI answers again.
const realCLI = 6 * time.Minute

// realRestart is how long a real node takes until all its services are up.
func (n *node) realRestart() time.Duration {
	return realCLI + 14*time.Minute + time.Duration(n.c.draw(600, n.fqdn, "restart"))*time.Second
}

// goDown takes the node away, and brings it back on the same ports with a new boot time, serving what it holds.
// That it restarts is already on disk.
func (n *node) goDown() {
	n.close(true)
	n.c.wg.Go(n.comeUp)
}

// gone is how long ago the restart was ordered that has not ended.
func (d *nodeDisk) gone(now time.Time) time.Duration {
	if i := len(d.Aways) - 1; i >= 0 && d.Aways[i].To.IsZero() {
		return now.Sub(d.Aways[i].From)
	}
	return 0
}

// comeUp brings a node back that is away. Where the lab is closed over it, the disk still says that the node is
// restarting, and it has at the next start.
func (n *node) comeUp() {
	cli, services := n.restartTimes()
	up := n.c.wait(cli - n.look().gone(n.c.now()))
	for up && n.boot() != nil {
		up = n.c.wait(time.Second) // the disk is full, perhaps not for long
	}
	if !up || n.look().Off || !n.open(sshPort) {
		return
	}
	n.c.wait(services)
	for _, port := range n.ports {
		if !n.open(port) {
			return
		}
	}
	n.back()
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.doors != nil {
		n.stage = ready
		n.serveTLS()
	}
}

// back writes down that a restart has ended.
func (n *node) back() {
	_ = n.change(func(d *nodeDisk) error { // it counts for the grade alone
		if i := len(d.Aways) - 1; i >= 0 && d.Aways[i].To.IsZero() {
			d.Aways[i].To = n.c.now()
		}
		return nil
	})
}

// boot makes the node serve what it holds.
func (n *node) boot() error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return err
	}
	return n.changeLocked(n.bootLocked)
}

// bootLocked is what a start does to the disk: services that are to fail do.
func (n *node) bootLocked(d *nodeDisk) error {
	d.Boot, d.Restarting = n.now().Truncate(time.Second), false
	for name := range d.Failing {
		d.Failing[name] = failed
	}
	if d.COP == copIn {
		d.COP = copWorks
	}
	stale := d.Stale
	d.Stale = nil
	return n.serveHeld(d, slices.DeleteFunc(slices.Clone(n.ports), func(p int) bool { return slices.Contains(stale, p) })...)
}

// switchOff takes the node away until it is switched on.
func (n *node) switchOff() error {
	err := n.change(func(d *nodeDisk) error { d.Off = true; return nil })
	n.close(false)
	return err
}

// switchOn starts a node that is off.
func (n *node) switchOn() error {
	if !n.look().Off {
		return nil
	}
	err := n.change(func(d *nodeDisk) error { d.Off, d.Restarting = false, true; return nil })
	n.c.wg.Go(n.comeUp)
	return err
}

// open listens again on a port of the node, however long another program sits on it. It fails when the lab is closed.
func (n *node) open(port int) bool {
	at := n.portMap(n.base)[port]
	for {
		l, err := net.Listen("tcp", at)
		if err != nil {
			if !n.c.wait(20 * time.Millisecond) {
				return false
			}
			continue
		}
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.c.ctx.Err() != nil {
			_ = l.Close()
			return false
		}
		if n.doors == nil {
			n.doors = listeners{}
		}
		n.doors[port] = l
		if port == sshPort {
			n.stage = loading
			n.serveSSH()
		}
		return true
	}
}

// wait waits; it reports false when the lab was closed meanwhile.
func (c *Cluster) wait(d time.Duration) bool { return pause(c.ctx, d) }

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
