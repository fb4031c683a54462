package input

import (
	"net"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// Host takes HOST or HOST:PORT of the command line apart; port is 0 where none is named.
func Host(text string) (host string, port int, err error) {
	host = text
	if h, p, cut := net.SplitHostPort(text); cut == nil && !strings.Contains(text, "@") {
		n, bad := strconv.ParseUint(p, 10, 16)
		if bad != nil || n == 0 {
			return "", 0, exitcode.With(exitcode.Usage, msg.Errorf("%q is not a port. Use HOST or HOST:PORT. Nothing was done.", p))
		}
		host, port = h, int(n)
	}
	if err := route.CheckHost(host); err != nil {
		return "", 0, exitcode.With(exitcode.Usage, msg.Errorf("%w. Nothing was done.", err))
	}
	return host, port, nil
}

// HostNode is a node that is dialled at HOST or HOST:SSH-PORT, before its name is known.
func HostNode(text string) (vos.Node, error) {
	host, port, err := Host(text)
	n := vos.Node{FQDN: strings.ToLower(host), Address: host}
	if port != 0 {
		n.Ports = map[int]string{vos.PortSSH: net.JoinHostPort(host, strconv.Itoa(port))}
	}
	return n, err
}
