// Package accounts who logs in: the flags of accounts, and the passwords, which come from files, descriptors or a prompt, never from an argument.
package accounts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxPassword is the longest password that is read, in bytes.
const maxPassword = 1024

// Flags are the flags that say who logs in. A password never stands in an argument or in the environment, where
// others could read it.
type Flags struct {
	Users, files, fds []string // each [NODE=]VALUE
}

// Add adds the flags to a command.
func (g *Flags) Add(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&g.Users, "user", nil, "[NODE=]USER: OS Administration account for all nodes or one node")
	f.StringArrayVar(&g.files, "password-file", nil, "[NODE=]FILE: file whose first line is the password; readable only by you (mode 0600)")
	f.StringArrayVar(&g.fds, "password-fd", nil, "[NODE=]N: file descriptor to read the password from, for example 3")
}

// Split takes [NODE=]VALUE apart, and finds the node by its full or short name; "" is all nodes.
func Split(text string, nodes []vos.Node) (fqdn, value string, err error) {
	name, value, ok := strings.Cut(text, "=")
	if !ok || strings.ContainsAny(name, `/\`) { // a path may hold the sign
		return "", text, nil
	}
	n, err := NodeNamed(name, nodes)
	return n.FQDN, value, err
}

// SplitUser takes [NODE=]USER apart. Nothing of it is quoted in an error: it may be a password in the wrong place.
func SplitUser(text string, nodes []vos.Node) (fqdn, user string, err error) {
	if fqdn, user, err = Split(text, nodes); err != nil {
		return "", "", exitcode.With(exitcode.Usage, errors.New("--user: the name before the equals sign is not a node of this change. Nothing was done."))
	}
	if !app.MayBeUser(user) {
		return "", "", exitcode.With(exitcode.Usage, errors.New("--user: this is not a valid OS Administration user. Nothing was done. Use letters, digits, dot, underscore "+
			"and hyphen only."))
	}
	return fqdn, user, nil
}

// NodeNamed finds a node by its full or short name, in any case of letters.
func NodeNamed(name string, nodes []vos.Node) (vos.Node, error) {
	for _, n := range nodes {
		if plan.SameName(name, n) {
			return n, nil
		}
	}
	return vos.Node{}, exitcode.With(exitcode.Usage, msg.Errorf("%s is not a node of this change. Nothing was done.", cert.Printable(name)))
}

// Logins gives the accounts to an open session, and returns how to ask for one that is missing. named is the account that a solution
// file names for a node, "" for all nodes.
func (g *Flags) Logins(a *wiring.App, w *app.Work, named func(fqdn string) string) (ask func(node string) bool, err error) {
	nodes, way, hosts := w.Runner.Plan().Nodes(), w.Runner.Plan().Change().Solution.Route, WithJump(w.Runner.Plan())
	users := map[string]string{"": named("")}
	for _, n := range nodes {
		if own := named(n.FQDN); own != named("") { // that of all nodes may be another by --user
			users[n.FQDN] = own
		}
	}
	for _, text := range g.Users {
		fqdn, user, err := SplitUser(text, hosts)
		if err != nil {
			return nil, err
		}
		users[fqdn] = user
	}
	user := func(fqdn string) string {
		if users[fqdn] != "" {
			return users[fqdn]
		}
		if way.Jump != "" && fqdn == way.Host() {
			return way.User()
		}
		return users[""]
	}
	passwords, err := g.Passwords(a, hosts)
	if err != nil {
		return nil, err
	}
	if secret, ok := passwords[way.Host()]; ok && way.Jump != "" {
		w.SetLogin(way.Host(), vos.Login{User: user(way.Host()), Password: secret})
	}
	for _, fqdn := range append([]string{""}, fqdns(nodes)...) { // "" first: it is for all that have none of their own
		secret, ok := passwords[fqdn]
		if !ok {
			if common, all := passwords[""]; all && fqdn != "" && users[fqdn] != "" && users[fqdn] != users[""] {
				secret, ok = common, true
			}
		}
		if ok && user(fqdn) != "" {
			w.SetLogin(fqdn, vos.Login{User: user(fqdn), Password: secret})
		} else if ok && fqdn != "" {
			return nil, exitcode.With(exitcode.Usage, msg.Errorf("%s: there is a password but no user. Nothing was done. Add --user.", fqdn))
		}
	}
	return func(node string) bool { return askLogin(a, w, node, user(node)) }, nil
}

func fqdns(nodes []vos.Node) []string {
	all := make([]string, 0, len(nodes))
	for _, n := range nodes {
		all = append(all, n.FQDN)
	}
	return all
}

// Passwords reads all that were given, per node; "" is for all.
func (g *Flags) Passwords(a *wiring.App, nodes []vos.Node) (map[string]vos.Secret, error) {
	all := map[string]vos.Secret{}
	read := func(flag string, texts []string, from func(string) (vos.Secret, error)) error {
		for _, text := range texts {
			fqdn, value, err := Split(text, nodes)
			if err != nil { // it is not quoted: it may be a password that holds an equals sign
				return exitcode.With(exitcode.Usage, msg.Errorf("%s: the name before the equals sign is not a node of this change. Nothing was done.", flag))
			}
			if all[fqdn], err = from(value); err != nil {
				return exitcode.With(exitcode.Login, err)
			}
		}
		return nil
	}
	err := errors.Join(read("--password-file", g.files, passwordFile), read("--password-fd", g.fds, func(text string) (vos.Secret, error) { return passwordFD(a, text) }))
	return all, err
}

// passwordFile reads a file that only its owner may read.
func passwordFile(path string) (vos.Secret, error) {
	f, err := input.OpenFile(path)
	if errors.Is(err, fs.ErrNotExist) { // it is not quoted: it may be the password itself
		return vos.Secret{}, errors.New("cannot read the password file: there is no such file. Nothing was done. --password-file takes the path of a file whose first line is the password")
	}
	if err != nil {
		return vos.Secret{}, msg.Errorf("cannot read the password file: %w. Nothing was done.", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return vos.Secret{}, msg.Errorf("cannot read the password file: %w. Nothing was done.", err)
	case !info.Mode().IsRegular():
		return vos.Secret{}, msg.Errorf("%s is not a regular file. Nothing was done. For a pipe use --password-fd.", cert.Printable(path))
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return vos.Secret{}, msg.Errorf("%s is readable by others (mode %04o). Nothing was done. Run chmod 600, and change the password if "+
			"others have read it.", cert.Printable(path), info.Mode().Perm())
	}
	return firstLine(f, cert.Printable(path))
}

// passwordFD reads a file descriptor that the caller has opened.
func passwordFD(a *wiring.App, text string) (vos.Secret, error) {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 1 || n == 2 {
		return vos.Secret{}, errors.New("--password-fd takes the number of a file descriptor, never the password itself. Nothing was done. Example: 3, with 3< <(pass show uccx)")
	}
	f := a.In
	if n != 0 {
		if !supervisor.Given(int(n)) {
			return vos.Secret{}, msg.Errorf("File descriptor %d is not open. Nothing was done. Example: --password-fd 3 3< <(pass show uccx)", n)
		}
		f = os.NewFile(uintptr(n), "file descriptor "+text)
		defer f.Close()
	}
	return firstLine(f, "file descriptor "+text)
}

// firstLine reads a password, and overwrites what it was read into.
func firstLine(from io.Reader, name string) (vos.Secret, error) {
	data, err := io.ReadAll(io.LimitReader(from, maxPassword+2))
	defer clear(data)
	if err != nil {
		return vos.Secret{}, msg.Errorf("%s: cannot read the password: %w. Nothing was done.", name, err)
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 || len(line) > maxPassword {
		return vos.Secret{}, msg.Errorf("%s: the first line is not a password. Nothing was done.", name)
	}
	return vos.NewSecret(string(line)), nil
}

// askLogin prompts for what is missing.
func askLogin(a *wiring.App, w *app.Work, node, user string) bool {
	whom := node
	if node == "" {
		whom = a.Say.Say("all nodes")
	}
	login, ok := PromptLogin(a, whom, user)
	if ok {
		w.SetLogin(node, login)
	}
	return ok
}

// PromptLogin asks for a password, and for the user where that is empty, where a person sits at a terminal. The words go to
// the terminal itself: the output may be a file.
func PromptLogin(a *wiring.App, whom, user string) (login vos.Login, ok bool) {
	if !term.IsTerminal(a.In.Fd()) {
		return login, false
	}
	if user == "" {
		fmt.Fprint(a.Errout, a.Say.Say("OS Administration user for %s:", cert.Printable(whom))+" ")
		if _, err := fmt.Fscanln(a.In, &user); err != nil || user == "" {
			return login, false
		}
		if !app.MayBeUser(user) {
			fmt.Fprintln(a.Errout, a.Say.Say(app.NoUser))
			return login, false
		}
	}
	data, err := line.Secret(a.In, a.Errout, a.Say.Say("Password of %s for %s:", cert.Printable(user), cert.Printable(whom)))
	defer clear(data)
	if err != nil || len(data) == 0 {
		return login, false
	}
	return vos.Login{User: user, Password: vos.NewSecret(string(data))}, true
}
