package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// discovery is the command line of discover, and what it has found.
type discovery struct {
	accounts
	name    string   // of the change
	product string   // of nodes whose services do not tell
	keys    []string // HOST=FINGERPRINT
	legacy  []string // hosts on which SSH algorithms that are insecure today are allowed

	d       *door
	named   map[string]string     // host -> user, "" for all
	secrets map[string]vos.Secret // the same
	file    solution.File
	notes   []string // releases, for people
}

func (x *discovery) flags(c *cobra.Command) {
	x.accounts.flags(c)
	c.Flags().StringVar(&x.name, "name", "", "name of the change (default: domain of the first node)")
	c.Flags().StringVar(&x.product, "product", "", fmt.Sprintf("product, if it cannot be detected: %s", vos.ProductList()))
	c.Flags().StringArrayVar(&x.keys, "host-key", nil, "HOST=FINGERPRINT: SSH host key that you compared with the node's console")
	c.Flags().StringSliceVar(&x.legacy, "legacy", nil, "HOST,...: allow SSH algorithms that are insecure today, for nodes that have no others")
}

func (d *door) discoverCommand() *cobra.Command {
	x := &discovery{d: d}
	c := &cobra.Command{
		Use: "discover HOST...",
		Short: "Find the nodes of a cluster and write a solution file. HOST is NAME or ADDRESS, optionally with " +
			":SSH-PORT",
		Long: "Logs in to one node per cluster, reads its product and cluster (show network cluster), and writes a " +
			"solution file with all nodes.\nNothing is changed. Host keys not given with --host-key must be " +
			"confirmed (docs/solutions.md).",
		Args: atLeastOne("discover needs one node of each cluster: a name or an address"),
		RunE: func(c *cobra.Command, args []string) error {
			path, err := x.discover(args)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\nWritten to %s\nStart a change with: uccx-tui new --solution %s\n", strings.TrimSpace(x.text()), path,
				strings.TrimSuffix(filepath.Base(path), ".toml"))
			return err
		},
	}
	x.flags(c)
	return c
}

// text is the solution file.
func (x *discovery) text() string {
	return "# " + strings.Join(x.notes, "\n# ") + "\n" + string(solution.Format(x.file))
}

// discover asks one host after the other, and keeps what they said as a solution file.
func (x *discovery) discover(hosts []string) (path string, err error) {
	ctx, cancel := x.d.context()
	defer cancel()
	if err := x.given(hosts); err != nil {
		return "", err
	}
	defer func() {
		for _, secret := range x.secrets {
			secret.Wipe()
		}
	}()
	for _, host := range hosts {
		node, err := hostNode(host)
		if err != nil {
			return "", err
		}
		if err := x.ask(ctx, node, host); err != nil {
			return "", err
		}
	}
	x.neighbours()
	if x.file.Name = x.name; x.name == "" {
		_, x.file.Name, _ = strings.Cut(x.file.Solution.Nodes()[0].FQDN, ".")
	}
	x.file.Solution.Name = x.file.Name
	text := []byte(x.text())
	if _, err := solution.Parse("what was discovered", text, pathIDs()); err != nil { // before anything is written
		return "", err
	}
	return session.SaveSolution(x.file.Name, text)
}

// hostNode is what is dialled, before its name is known.
func hostNode(text string) (vos.Node, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		host, port = text, ""
	}
	n := vos.Node{FQDN: strings.ToLower(host), Address: host}
	if port == "" {
		return n, nil
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return n, exitcode.With(exitcode.Usage, fmt.Errorf("%s is not valid. Use HOST or HOST:SSH-PORT. Nothing was done.", cert.Printable(text)))
	}
	n.Ports = map[int]string{vos.PortSSH: net.JoinHostPort(host, port)}
	return n, nil
}

// ask logs in to one node and takes its cluster into the file.
func (x *discovery) ask(ctx context.Context, at vos.Node, given string) error {
	login, err := x.login(given)
	if err != nil {
		return err
	}
	var key vos.HostKey
	access := vos.Access{Login: login, CheckKey: func(k vos.HostKey) error {
		key = k
		return x.accept(at, given, k)
	}}
	dialer := ssh.New(ssh.Options{})
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
	about, err := driver.About(ctx)
	if err != nil {
		return err
	}
	services, err := driver.Services(ctx)
	if err != nil && !errors.Is(err, vos.ErrRefused) {
		return err
	}
	members, err := driver.Members(ctx)
	if err != nil && !errors.Is(err, vos.ErrRefused) {
		return err
	}
	product, err := x.productOf(given, services)
	if err != nil {
		return err
	}
	x.notes = append(x.notes, cert.Printable(fmt.Sprintf("%s: %s %s", strings.ToLower(about.FQDN()), product, about.Version)))
	fqdn := strings.ToLower(about.FQDN())
	if err := x.take(at, fqdn, key, login.User, solution.Discovered(about, product, members)); err != nil {
		return err
	}
	if access.Legacy {
		x.file.Legacy[fqdn] = true
	}
	return nil
}

// productOf is what the services tell, else what the flag says.
func (x *discovery) productOf(host string, services []vos.Service) (vos.Product, error) {
	if p, ok := vos.ProductOf(services); ok {
		return p, nil
	}
	p, ok := vos.ParseProduct(x.product)
	if !ok {
		return "", exitcode.With(exitcode.Confirm, exitcode.Needs(fmt.Sprintf("%s: product not detected", cert.Printable(host)), "--product "+vos.ProductList()))
	}
	return p, nil
}

// take adds a cluster. Of the node that was dialled, the place and the accepted host key are kept too.
func (x *discovery) take(at vos.Node, fqdn string, key vos.HostKey, user string, nodes []vos.Node) error {
	if x.file.Keys == nil {
		x.file.Keys, x.file.Users, x.file.Legacy = map[string][]string{}, map[string]string{}, map[string]bool{}
	}
	for _, n := range nodes {
		if _, there := x.file.Solution.Node(n.FQDN); !there {
			if err := x.file.Solution.Join(n); err != nil {
				return fmt.Errorf("%s: %w. Nothing was written.", fqdn, err)
			}
		}
	}
	for _, c := range x.file.Solution.Clusters {
		for i := range c.Nodes {
			if c.Nodes[i].FQDN == fqdn && (len(at.Ports) > 0 || !strings.EqualFold(at.Address, fqdn)) {
				c.Nodes[i].Address, c.Nodes[i].Ports = at.Address, at.Ports
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

// neighbours sets Unified CM apart, where there is anything else: it is trusted, not changed.
func (x *discovery) neighbours() {
	s := &x.file.Solution
	stays := func(c vos.Cluster) bool { return c.Nodes[0].Product.Traits().Neighbour }
	if !slices.ContainsFunc(s.Clusters, func(c vos.Cluster) bool { return !stays(c) }) {
		return
	}
	for _, c := range s.Clusters {
		if stays(c) {
			s.Neighbours = append(s.Neighbours, c.Nodes...)
		}
	}
	s.Clusters = slices.DeleteFunc(s.Clusters, stays)
}

// login is the account for a host: of the flags, else asked for once, for all.
func (x *discovery) login(host string) (vos.Login, error) {
	for _, name := range []string{host, ""} {
		user := x.named[name]
		if user == "" {
			user = x.named[""]
		}
		if secret, ok := x.secrets[name]; ok && user != "" {
			return vos.Login{User: user, Password: secret}, nil
		}
	}
	if login, ok := x.d.promptLogin("all of them", x.named[""]); ok {
		x.named[""], x.secrets[""] = login.User, login.Password
		return login, nil
	}
	return vos.Login{}, exitcode.With(exitcode.Login, exitcode.Needs(fmt.Sprintf("%s: no user and password", cert.Printable(host)), "--user and --password-file (docs/unattended.md)"))
}

// given reads the accounts of the flags; each password is read once.
func (x *discovery) given(hosts []string) (err error) {
	nodes := make([]vos.Node, len(hosts))
	for i, host := range hosts {
		nodes[i].FQDN = host
	}
	x.named = map[string]string{}
	for _, text := range x.users {
		host, user, err := split(text, nodes)
		if err != nil {
			return err
		}
		x.named[host] = user
	}
	x.secrets, err = x.passwords(x.d, nodes)
	return err
}

// accept takes a host key that a flag names; any other is shown to the person, who must say yes.
func (x *discovery) accept(at vos.Node, host string, k vos.HostKey) error {
	for _, text := range x.keys {
		if name, print, ok := strings.Cut(text, "=SHA256:"); ok && name == host && "SHA256:"+print == k.Fingerprint {
			return nil
		}
	}
	shown := fmt.Sprintf("%s shows the SSH host key (%s) %s", cert.Printable(host), cert.Printable(k.Type), cert.Printable(k.Fingerprint))
	says := knownHosts(at, k)
	if says != "" {
		says = "\n" + cert.Printable(says)
	}
	if !term.IsTerminal(x.d.in.Fd()) {
		return exitcode.With(exitcode.Confirm, exitcode.Needs(shown+says, fmt.Sprintf("compare it with the node's console, then add --host-key %s=%s", cert.Printable(host), k.Fingerprint)))
	}
	if !x.yes(strings.Replace(shown, ") ", ")\n  ", 1) + says + "\nCompare it with what the node's console shows. Is it the same?") {
		return exitcode.With(exitcode.Confirm, fmt.Errorf("%s: host key not accepted. No password was sent and nothing was written.", cert.Printable(host)))
	}
	return nil
}

// allow lets a node be spoken to with what is insecure today, where a flag or the person says so.
func (x *discovery) allow(host string, old *vos.LegacyError) error {
	if slices.Contains(x.legacy, host) {
		return nil
	}
	shown := fmt.Sprintf("%s offers only insecure SSH algorithms: %s", cert.Printable(host), cert.Printable(old.Offered))
	if !term.IsTerminal(x.d.in.Fd()) {
		return exitcode.With(exitcode.Confirm, exitcode.Needs(shown, "if you accept the risk, add --legacy "+cert.Printable(host)))
	}
	if !x.yes(shown + "\nAn attacker on the network path could read the password. Allow them for this node?") {
		return exitcode.With(exitcode.Confirm, fmt.Errorf("%s: the old algorithms were not allowed. No password was sent and nothing was written.", cert.Printable(host)))
	}
	return nil
}

// yes asks a person at the terminal.
func (x *discovery) yes(question string) bool {
	fmt.Fprintf(x.d.errout, "%s Type yes: ", question)
	answer, err := bufio.NewReader(io.LimitReader(x.d.in, 100)).ReadString('\n')
	return err == nil && strings.TrimSpace(strings.ToLower(answer)) == "yes"
}
