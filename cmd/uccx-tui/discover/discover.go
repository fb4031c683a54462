package discover

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// Discovery is the command line of discover, and what it has found.
type Discovery struct {
	accounts.Flags
	name    string      // of the change
	product string      // of nodes whose services do not tell
	keys    []string    // HOST=FINGERPRINT
	legacy  []string    // hosts on which SSH algorithms that are insecure today are allowed
	route   route.Route // to the nodes
	way     *reach.Path

	D       *wiring.App
	named   map[string]string     // host -> user, "" for all
	secrets map[string]vos.Secret // the same
	file    solution.File
	notes   []string // releases, for people
}

// AddFlags adds the flags to a command.
func (x *Discovery) AddFlags(c *cobra.Command) {
	x.Flags.Add(c)
	c.Flags().StringVar(&x.name, "name", "", "name of the change (default: domain of the first node)")
	c.Flags().StringVar(&x.product, "product", "", x.D.Say.Say("product, if it cannot be detected: %s", vos.ProductList()))
	c.Flags().StringArrayVar(&x.keys, "host-key", nil, "HOST=FINGERPRINT: SSH host key that you compared with the node's console")
	accounts.RouteFlags(c, &x.route)
	c.Flags().StringSliceVar(&x.legacy, "legacy", nil, "HOST,...: allow SSH algorithms that are insecure today, for nodes that have no others")
}

// Text is the solution file.
func (x *Discovery) Text() string {
	return "# " + strings.Join(x.notes, "\n# ") + "\n" + string(solution.Format(x.file))
}

// Run asks one host after the other, and keeps what they said as a solution file.
func (x *Discovery) Run(hosts []string) (path string, err error) {
	ctx, cancel := x.D.Context()
	defer cancel()
	nodes := make([]vos.Node, len(hosts))
	for i, host := range hosts {
		if nodes[i], err = input.HostNode(host); err != nil {
			return "", err
		}
	}
	if err := x.given(hosts); err != nil {
		return "", err
	}
	defer func() {
		for _, secret := range x.secrets {
			secret.Wipe()
		}
	}()
	if x.way, x.file.JumpKeys, err = accounts.Path(ctx, x.D, x.route, x.keys); err != nil {
		return "", err
	}
	defer x.way.Close()
	x.file.Solution.Route = x.route
	for i, host := range hosts {
		if err := x.ask(ctx, nodes[i], host); err != nil {
			return "", err
		}
	}
	x.setPeersApart()
	if x.file.Name = x.name; x.name == "" {
		_, x.file.Name, _ = strings.Cut(x.file.Solution.Nodes()[0].FQDN, ".")
	}
	x.file.Solution.Name = x.file.Name
	text := []byte(x.Text())
	if _, err := solution.Parse("what was discovered", text, input.PathIDs()); err != nil { // before anything is written
		return "", err
	}
	return session.SaveSolution(x.file.Name, text)
}

// ask logs in to one node and takes its cluster into the file.
func (x *Discovery) ask(ctx context.Context, at vos.Node, given string) error {
	login, err := x.login(given)
	if err != nil {
		return err
	}
	var key vos.HostKey
	access := vos.Access{Login: login, CheckKey: func(k vos.HostKey) error {
		key = k
		return x.accept(at, given, k)
	}}
	dialer := ssh.New(ssh.Options{Way: x.way.Way})
	driver, err := dialer.Dial(ctx, at, access)
	var old *vos.LegacyError
	if errors.As(err, &old) {
		if err := x.allow(given, old); err != nil {
			return err
		}
		access.Legacy = true
		driver, err = dialer.Dial(ctx, at, access)
	}
	if err != nil {
		var refused *exitcode.Failure
		if errors.As(err, &refused) {
			return refused
		}
		return err
	}
	defer driver.Close()
	found, err := solution.Ask(ctx, driver)
	if err != nil {
		return err
	}
	product, err := x.productOf(given, found.Product)
	if err != nil {
		return err
	}
	fqdn := found.FQDN()
	x.notes = append(x.notes, cert.Printable(fmt.Sprintf("%s: %s %s", fqdn, product, found.About.Version)))
	if err := x.take(fqdn, key, login.User, found.Nodes(product, at)); err != nil {
		return err
	}
	if access.Legacy {
		x.file.Legacy[fqdn] = true
	}
	return nil
}

// productOf is what the services tell, else what the flag says.
func (x *Discovery) productOf(host string, p vos.Product) (vos.Product, error) {
	if p != "" {
		return p, nil
	}
	p, ok := vos.ParseProduct(x.product)
	if !ok {
		return "", exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("%s: product not detected", cert.Printable(host)), msg.T("--product %s", vos.ProductList())))
	}
	return p, nil
}

// take adds a cluster. Of the node that was dialled, the place and the accepted host key are kept too.
func (x *Discovery) take(fqdn string, key vos.HostKey, user string, nodes []vos.Node) error {
	if x.file.Keys == nil {
		x.file.Keys, x.file.Users, x.file.Legacy = map[string][]string{}, map[string]string{}, map[string]bool{}
	}
	for _, n := range nodes {
		if _, there := x.file.Solution.Node(n.FQDN); !there {
			if err := x.file.Solution.Join(n); err != nil {
				return msg.Errorf("%s: %w. Nothing was written.", fqdn, err)
			}
		}
	}
	at := slices.IndexFunc(nodes, func(asked vos.Node) bool { return asked.FQDN == fqdn && asked.Address != "" })
	for _, c := range x.file.Solution.Clusters { // it may be known from another node of its cluster
		for i, n := range c.Nodes {
			if at >= 0 && n.FQDN == fqdn {
				c.Nodes[i].Address, c.Nodes[i].Ports = nodes[at].Address, nodes[at].Ports
			}
		}
	}
	x.file.Keys[fqdn] = []string{key.Fingerprint}
	switch {
	case x.file.User == "":
		x.file.User = user
	case x.file.User != user:
		x.file.Users[fqdn] = user
	}
	return nil
}

// setPeersApart sets Unified CM apart, where there is anything else: it is trusted, not changed.
func (x *Discovery) setPeersApart() {
	s := &x.file.Solution
	stays := func(c vos.Cluster) bool { return c.Nodes[0].Product.Traits().Peer }
	if !slices.ContainsFunc(s.Clusters, func(c vos.Cluster) bool { return !stays(c) }) {
		return
	}
	for _, c := range s.Clusters {
		if stays(c) {
			s.Peers = append(s.Peers, c.Nodes...)
		}
	}
	s.Clusters = slices.DeleteFunc(s.Clusters, stays)
}

// login is the account for a host: of the flags, else asked for once, for all.
func (x *Discovery) login(host string) (vos.Login, error) {
	for _, name := range []string{host, ""} {
		user := x.named[name]
		if user == "" {
			user = x.named[""]
		}
		if secret, ok := x.secrets[name]; ok && user != "" {
			return vos.Login{User: user, Password: secret}, nil
		}
	}
	if login, ok := accounts.PromptLogin(x.D, x.D.Say.Say("all of them"), x.named[""]); ok {
		x.named[""], x.secrets[""] = login.User, login.Password
		return login, nil
	}
	return vos.Login{}, exitcode.With(exitcode.Login, exitcode.Needs(msg.T("%s: no user and password", cert.Printable(host)), msg.T("--user and --password-file (uccx-tui help unattended)")))
}

// given reads the accounts of the flags; each password is read once.
func (x *Discovery) given(hosts []string) (err error) {
	nodes := make([]vos.Node, len(hosts))
	for i, host := range hosts {
		nodes[i].FQDN = host
	}
	x.named = map[string]string{}
	for _, text := range x.Users {
		host, user, err := accounts.SplitUser(text, nodes)
		if err != nil {
			return err
		}
		x.named[host] = user
	}
	x.secrets, err = x.Passwords(x.D, nodes)
	return err
}
