package health

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// proxy says what ALL_PROXY does.
func (m Machine) proxy() Finding {
	u, ok := route.AllProxy(m.Env)
	switch {
	case ok && route.SOCKS(u):
		return Finding{Area: "proxy", Grade: OK, What: msg.T("ALL_PROXY: nodes are reached through %s, unless a solution names its own jump host or proxy", u.Host)}
	case m.Env("ALL_PROXY")+m.Env("all_proxy") != "":
		return Finding{"proxy", "", Warning, msg.T("ALL_PROXY is not a SOCKS5 proxy and is not used"), msg.T("use socks5://host:port, or jump in the solution file")}
	}
	return Finding{Area: "proxy", Grade: OK, What: msg.T("none: nodes are reached directly, unless a solution names a proxy or jump host")}
}

// Shut is the finding of a jump host that did not let this program through: what happened, what that means for the nodes, what to do.
func Shut(host string, err error) Finding {
	at := Finding{"jump", host, Problem, msg.Of(err), msg.T("no node was reached: repair this first")}
	var said *vos.Error
	if errors.As(err, &said) {
		at.What = msg.T("%s. %s", said.What, said.Means)
		at.Next = said.Next
	}
	return at
}

// atOnce is how many ports are looked at side by side; a solution may have thousands.
const atOnce = 64

// portLimit is how long one port may take.
const portLimit = 10 * time.Second

// Nodes looks at the names of a solution, where this machine resolves them, and at every port of its nodes.
func Nodes(ctx context.Context, f solution.File, path *reach.Path, names resolver) []Finding {
	var jobs []func() Finding
	direct := path.Way.From == nil
	for _, n := range append(f.Solution.Nodes(), f.Solution.Beside()...) {
		if direct && n.Address == "" && len(n.Ports) == 0 {
			jobs = append(jobs, func() Finding { return resolved(ctx, names, n) })
		}
		if n.Product != "" && n.Connection.NeedsLogin() {
			jobs = append(jobs, func() Finding { return ssh(ctx, path, n) })
		}
	}
	for _, a := range f.Addresses("") {
		jobs = append(jobs, func() Finding { return port(ctx, path, a) })
	}
	all := make([]Finding, len(jobs))
	var looks errgroup.Group
	looks.SetLimit(atOnce)
	for i, job := range jobs {
		looks.Go(func() error { all[i] = job(); return nil })
	}
	_ = looks.Wait()
	return all
}

func resolved(ctx context.Context, names resolver, n vos.Node) Finding {
	ctx, cancel := context.WithTimeout(ctx, portLimit)
	defer cancel()
	addresses, err := names.LookupHost(ctx, n.FQDN)
	if err != nil || len(addresses) == 0 {
		return Finding{"name", n.FQDN, Problem, msg.T("this machine cannot resolve the name"), msg.T("correct DNS, or give the node an address in the solution file")}
	}
	return Finding{Area: "name", About: n.FQDN, Grade: OK, What: msg.Verbatim(strings.Join(addresses, ", "))}
}

// ssh reads the first line of an SSH server, which comes before any login.
func ssh(ctx context.Context, path *reach.Path, n vos.Node) Finding {
	ctx, cancel := context.WithTimeout(ctx, portLimit)
	defer cancel()
	addr := n.Dial(vos.PortSSH)
	at := Finding{Area: "port", About: fmt.Sprintf("%s:%d", n.FQDN, vos.PortSSH)}
	conn, err := path.Way.DialContext(ctx, "tcp", addr)
	if err != nil {
		at.Grade, at.What = Problem, route.Seen(vos.Why(err), path.Way.Far(addr), err)
		at.Next = msg.T("check the address and the network path (VPN, firewall, port 22)")
		return at
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(portLimit))
	line, err := bufio.NewReader(io.LimitReader(conn, 1024)).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "SSH-") {
		at.Grade, at.What, at.Next = Problem, msg.T("no SSH server answers"), msg.T("check that this is the node, and its SSH port")
		return at
	}
	at.Grade, at.What = OK, msg.Verbatim(cert.Printable(strings.TrimSpace(line)))
	return at
}

func port(ctx context.Context, path *reach.Path, a solution.Address) Finding {
	at := Finding{Area: "port", About: fmt.Sprintf("%s:%d", a.Node.FQDN, a.Port.Number)}
	served, err := path.Probe(ctx, a.Node, a.Port.Number)
	switch {
	case err == nil:
		at.Grade, at.What = OK, msg.T("%s, certificate valid until %s", served.Version, served.Leaf.NotAfter.UTC().Format("2006-01-02"))
	case a.Port.Optional:
		at.Grade, at.What = OK, msg.T("no answer; not every node has this port")
	default:
		at.Grade, at.What = Warning, msg.Of(err)
		at.Next = msg.T("check the firewall between this machine and the node: a port that is not reached cannot be verified")
	}
	return at
}
