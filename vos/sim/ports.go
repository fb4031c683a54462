package sim

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Ports of the lab lie below the ranges from which systems draw client ports (32768 and up, 49152 and up), so that no
// outgoing connection takes one while its node is away. A node has a block of twelve; one more socket, UDP on the first
// number, keeps the block for this process while the node's own ports are closed.
const (
	portsFrom = 20000
	blockSize = 12
	blocks    = 1060
)

const sshPort = vos.PortSSH

// portMap returns where the ports of a node with that block are reached: SSH first, then TLS in their order.
func (n *node) portMap(base int) map[int]string {
	m := map[int]string{}
	if n.target == nil {
		m[sshPort] = loopback(base)
	}
	for i, p := range n.mapped { // closed ones too: no other port replaces them
		m[p] = loopback(base + 1 + i)
	}
	return m
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// listeners are the open ports of a node, by their number on the node.
type listeners map[int]net.Listener

func (l listeners) close() {
	for _, one := range l {
		_ = one.Close()
	}
}

// listen opens all ports of a node, or none.
func (n *node) listen(base int) (listeners, error) {
	open := listeners{}
	for port, at := range n.portMap(base) {
		if port != sshPort && !slices.Contains(n.ports, port) {
			continue
		}
		l, err := net.Listen("tcp", at)
		if err != nil {
			open.close()
			return nil, err
		}
		open[port] = l
	}
	return open, nil
}

// take opens a node's block of ports and keeps it.
func (n *node) take(base int) error {
	hold, err := net.ListenPacket("udp", loopback(base))
	if err != nil {
		return err
	}
	open, err := n.listen(base)
	if err != nil {
		return errors.Join(err, hold.Close())
	}
	n.base, n.kept, n.doors = base, hold, open
	return nil
}

// takePorts gives every node the block it had before, or the first free one from a place that the seed chooses.
func (c *Cluster) takePorts() error {
	start := rand.New(rand.NewPCG(uint64(c.lab.Seed), 0)).IntN(blocks)
	var without []*node
	for i, n := range c.nodes {
		if n.disk.Base == 0 {
			n.disk.Base = portsFrom + (start+i)%blocks*blockSize
		}
		if n.take(n.disk.Base) != nil {
			without = append(without, n)
		}
	}
	next := start
	for _, n := range without {
		var err error
		for tries := 0; n.doors == nil; tries++ {
			if tries == blocks {
				return fmt.Errorf("lab: no free ports on 127.0.0.1 between %d and %d: %w", portsFrom, portsFrom+blocks*blockSize, err)
			}
			err = n.take(portsFrom + next%blocks*blockSize)
			next++
		}
	}
	return nil
}

// draw gives a number below limit that depends on seed and words alone.
func (c *Cluster) draw(limit int, words ...string) int {
	h := fnv.New64a()
	for _, w := range words {
		_, _ = h.Write([]byte(w + "\x00"))
	}
	return rand.New(rand.NewPCG(uint64(c.lab.Seed), h.Sum64())).IntN(limit)
}
