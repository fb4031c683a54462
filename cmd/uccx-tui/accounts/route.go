package accounts

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// WithJump are the nodes of a plan, and its jump host, for flags that name either.
func WithJump(p *plan.Plan) []vos.Node {
	if host := p.Change().Solution.Route.Host(); host != "" {
		return append(slices.Clone(p.Nodes()), vos.Node{FQDN: host})
	}
	return p.Nodes()
}

// RouteFlags are --proxy and --jump, of commands that take nodes without a solution file.
func RouteFlags(c *cobra.Command, to *route.Route) {
	c.Flags().StringVar(&to.Proxy, "proxy", "", "socks5://HOST:PORT: reach the nodes through this proxy (default: ALL_PROXY)")
	c.Flags().StringVar(&to.Jump, "jump", "", "USER@HOST[:PORT]: reach the nodes through this SSH server")
}

// Path opens the way to nodes for a command that has no session, and returns the host key of the jump host that was accepted.
// keys are those that were compared before: fingerprints, or HOST=FINGERPRINT.
func Path(ctx context.Context, a *wiring.App, r route.Route, keys []string) (path *reach.Path, accepted []string, err error) {
	if err := r.Check(); err != nil {
		return nil, nil, exitcode.With(exitcode.Usage, msg.Errorf("%w. Nothing was done.", err))
	}
	var mu sync.Mutex
	var typed vos.Login
	of := func(string) (vos.Login, bool) {
		mu.Lock()
		defer mu.Unlock()
		return typed, !typed.Password.Empty()
	}
	path, err = reach.New(r, os.Getenv, reach.Accounts{Of: of, Forget: func(string) {
		mu.Lock()
		defer mu.Unlock()
		typed = vos.Login{}
	}}, a.Debug)
	if err != nil || r.Jump == "" {
		return path, nil, err
	}
	if host := path.Needs(); host != "" {
		if err := path.Knock(ctx); err != nil { // no one types a password for a host that is not reached
			return nil, nil, err
		}
		login, ok := PromptLogin(a, host, r.User())
		if !ok {
			return nil, nil, exitcode.With(exitcode.Login, exitcode.Needs(msg.T("the jump host %s needs a password or a key", host), msg.T("add a key that it accepts to the agent (ssh-add), or run this in a terminal")))
		}
		mu.Lock()
		typed = login
		mu.Unlock()
	}
	err = path.Enter(ctx, vos.Access{CheckKey: func(k vos.HostKey) error {
		accepted = []string{k.Fingerprint}
		return acceptJump(a, r, keys, k)
	}})
	return path, accepted, err
}

// acceptJump takes a host key of the jump host that was compared before; any other is shown to the person, who must say yes.
func acceptJump(a *wiring.App, r route.Route, keys []string, k vos.HostKey) error {
	if slices.Contains(keys, k.Fingerprint) || slices.Contains(keys, r.Host()+"="+k.Fingerprint) {
		return nil
	}
	shown := msg.T("%s presents the SSH host key (%s) %s", cert.Printable(r.Far().String()), cert.Printable(k.Type), cert.Printable(k.Fingerprint))
	if !term.IsTerminal(a.In.Fd()) {
		return exitcode.With(exitcode.Confirm, exitcode.Needs(shown, msg.T("compare it with what its administrator gives you, then add it as jump_keys to the solution file, or --host-key %s=%s", cert.Printable(r.Host()), k.Fingerprint)))
	}
	if !Yes(a, msg.T("%s\nCompare it with what its administrator gives you. Is it the same?", shown)) {
		return exitcode.With(exitcode.Confirm, msg.Errorf("%s: host key not accepted. No password was sent.", cert.Printable(r.Host())))
	}
	return nil
}

// Yes asks a person at the terminal.
func Yes(a *wiring.App, question msg.Text) bool {
	fmt.Fprint(a.Errout, a.Say.Say("%s Type yes:", question)+" ")
	answer, err := bufio.NewReader(io.LimitReader(a.In, 100)).ReadString('\n')
	return err == nil && strings.TrimSpace(strings.ToLower(answer)) == "yes"
}
