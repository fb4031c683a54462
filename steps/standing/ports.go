package standing

import "strings"

// PortUp is a port of a node that is waited for, and why it is not up yet: "" where it presents what was installed.
type PortUp struct {
	Port      int
	Name, Why string
}

// Ports are the ports of a node that is waited for. As a text they name those that are not up.
type Ports []PortUp

// String names the ports that are not up, and why.
func (p Ports) String() string { return strings.Join(p.Open(), ", ") }

// Open names the ports that are not up, each with the reason.
func (p Ports) Open() []string {
	var open []string
	for _, one := range p {
		if one.Why != "" {
			open = append(open, one.Name+" ("+one.Why+")")
		}
	}
	return open
}

// Up counts the ports that are up.
func (p Ports) Up() int { return len(p) - len(p.Open()) }
