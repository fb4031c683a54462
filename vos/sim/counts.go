package sim

import (
	"strings"
	"time"
)

// Counts is what was done to one node since its disk was made.
type Counts struct {
	CSRs         int                `json:"csrs"`         // requests made
	TrustUploads map[string]int     `json:"trustUploads"` // SHA-256 of the certificate (hex, lower case) -> uploads accepted over the CLI; replicas are not counted
	Refused      int                `json:"refused"`      // uploads that were refused over the CLI
	OwnUploads   int                `json:"ownUploads"`   // application certificates accepted
	Regenerated  int                `json:"regenerated"`  // self-signed certificates made anew by command
	Restarts     int                `json:"restarts"`     // of the whole node
	Deleted      int                `json:"deleted"`      // trust certificates deleted by command; replicas are not counted
	Services     map[string]Started `json:"services"`     // full name -> restarts by command
	Logins       int                `json:"logins"`
	FailedLogins int                `json:"failedLogins"` // passwords refused
	Commands     int                `json:"commands"`     // lines typed at the prompt; kept on disk with the next change
}

// Started tells how often a service was restarted by command, and when for the last time by the node's clock. A restart of
// the whole node starts all services, and is not counted here.
type Started struct {
	Times int       `json:"times"`
	Last  time.Time `json:"last"`
}

// countRefusal counts an upload that was refused. That the disk is full changes nothing about the answer.
func (n *node) countRefusal(line string) {
	if strings.HasPrefix(line, "set cert import ") {
		_ = n.change(func(d *nodeDisk) error { d.Counts.Refused++; return nil })
	}
}

// Connections returns how many connections to nodes stand now.
func (c *Cluster) Connections() int {
	open := 0
	for _, n := range c.nodes {
		n.mu.Lock()
		open += len(n.wires)
		n.mu.Unlock()
	}
	return open
}
