package standing

import "github.com/uccx-tui/uccx-tui/vos/msg"

// PortUp is a port of a node that is waited for, and why it is not up yet: "" where it presents what was installed.
type PortUp struct {
	Port int
	Name string
	Why  msg.Text
}

// Ports are the ports of a node that is waited for. As a text they name those that are not up.
type Ports []PortUp

// PortsIn are the ports that a task waits for, from what its progress says; ok is false where it waits for something else.
func PortsIn(said msg.Text) (ports Ports, ok bool) {
	if len(said.Args) == 1 {
		ports, ok = said.Args[0].(Ports)
	}
	return ports, ok && len(ports) > 0
}

// String names the ports that are not up, and why.
func (p Ports) String() string { return p.Text().String() }

// Text names them as a sentence.
func (p Ports) Text() msg.Text { return msg.List(p.Open()) }

// Open names the ports that are not up, each with the reason.
func (p Ports) Open() []msg.Text {
	var open []msg.Text
	for _, one := range p {
		if !one.Why.IsZero() {
			open = append(open, msg.T("%s (%s)", one.Name, one.Why))
		}
	}
	return open
}

// Up counts the ports that are up.
func (p Ports) Up() int { return len(p) - len(p.Open()) }
