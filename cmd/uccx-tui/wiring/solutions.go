package wiring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/renewal"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// keptSolution is the name of the solution file in a session's folder: the accounts, and the host keys that a person compared.
const keptSolution = "solution.toml"

// saved are the solution files of this person.
func (a *App) saved() ([]app.Saved, error) {
	dir, err := session.SolutionsDir()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	if err != nil {
		return nil, err
	}
	all := make([]app.Saved, len(files))
	for i, path := range files {
		f, err := input.Solution(path)
		all[i] = app.Saved{Name: strings.TrimSuffix(filepath.Base(path), ".toml"), Change: input.ChangeOf(f), Err: err}
	}
	return all, nil
}

// fromForm begins a new session on what was typed, and keeps it as a solution file. What the file says of accounts and host keys
// with which the form began counts for the nodes that are still dialled in the same way.
func (a *App) fromForm(c change.Change, from string) (*app.Work, error) {
	f := input.FileOf(c)
	if from != "" {
		was, err := input.Solution(from)
		if err != nil {
			return nil, err
		}
		keep(&f, was)
	}
	path, err := session.SaveSolution(c.Name, solution.Format(f))
	if err != nil {
		return nil, err
	}
	w, err := a.begin(c, f)
	if err == nil {
		w.Kept = path
	}
	return w, err
}

// keep gives a file the accounts and what was compared from another one, for the nodes that are in both and are dialled in the
// same way.
func keep(f *solution.File, was solution.File) {
	f.User = was.User
	for _, n := range f.Solution.Nodes() {
		before, ok := was.Solution.Node(n.FQDN)
		if !ok {
			continue
		}
		if user := was.Users[n.FQDN]; user != "" {
			put(&f.Users, n.FQDN, user)
		}
		if before.Dial(vos.PortSSH) != n.Dial(vos.PortSSH) || before.Dial(vos.PortAdmin) != n.Dial(vos.PortAdmin) {
			continue
		}
		if keys := was.Keys[n.FQDN]; len(keys) > 0 && len(f.Keys[n.FQDN]) == 0 {
			put(&f.Keys, n.FQDN, keys)
		}
		if certs := was.Certs[n.FQDN]; len(certs) > 0 {
			put(&f.Certs, n.FQDN, certs)
		}
		if was.Legacy[n.FQDN] {
			put(&f.Legacy, n.FQDN, true)
		}
	}
	if f.Solution.Route == was.Solution.Route {
		f.JumpKeys = was.JumpKeys
	}
}

// put puts a value into a map that may not be there yet.
func put[T any](to *map[string]T, key string, value T) {
	if *to == nil {
		*to = map[string]T{}
	}
	(*to)[key] = value
}

// BeginOn opens a new session on the nodes of a solution file. Its accounts, and the host keys that a person compared, count as long
// as the session is continued here.
func (a *App) BeginOn(f solution.File) (*app.Work, error) {
	return a.begin(input.ChangeOf(f), f)
}

// remembers reports whether the first entry of a journal names a solution file.
func remembers(entries []session.Entry) bool {
	return len(entries) > 0 && entries[0].Kept[keptSolution] != ""
}

// remembered is the solution file of a session: as the first entry of its journal names it, and as long as no other person or machine
// had the session.
func remembered(dir string, entries []session.Entry, p *plan.Plan) (solution.File, bool) {
	if !remembers(entries) || p.Takeovers() > 0 {
		return solution.File{}, false
	}
	data, err := regular.Read(filepath.Join(dir, keptSolution), solution.MaxFile)
	sum := sha256.Sum256(data)
	if err != nil || hex.EncodeToString(sum[:]) != entries[0].Kept[keptSolution] {
		return solution.File{}, false
	}
	f, err := solution.Parse(keptSolution, data, input.PathIDs())
	return f, err == nil
}

// revise puts an open session away and begins it again under its name, with what was changed in the form. Nothing was changed on a
// node yet: nothing is lost. Host keys that were accepted stay for the nodes that are still dialled in the same way.
func (a *App) revise(w *app.Work, c change.Change) (*app.Work, error) {
	p := w.Runner.Plan()
	if why := renewal.Settled(p); why != "" {
		return nil, msg.Errorf("The plan can no longer be changed: %s. Nothing was done.", why)
	}
	f := input.FileOf(c)
	if was, ok := remembered(w.Dir, w.Entries, p); ok {
		keep(&f, was)
	}
	accepted := renewal.Of(p)
	c.Former, c.Plan = p.Change().Former, plan.Version
	for fqdn, known := range accepted.Known {
		was, _ := accepted.Solution.Node(fqdn)
		if is, ok := c.Solution.Node(fqdn); ok && is.Dial(vos.PortSSH) == was.Dial(vos.PortSSH) {
			put(&c.Known, fqdn, known)
		}
	}
	name := w.Name
	if err := w.Close(); err != nil {
		return nil, err
	}
	_, err := Archive(name)
	if err == nil {
		w, err = a.begin(c, f)
	}
	if err != nil {
		again, _ := a.Open(name)
		return again, err
	}
	return w, nil
}

// discover asks a node which nodes its cluster has. Nothing is changed on it.
func (a *App) discover(ctx context.Context, q app.Query) (app.Found, error) {
	at, err := input.HostNode(q.Host)
	if err != nil {
		return app.Found{}, err
	}
	path, err := reach.New(route.Route{}, os.Getenv, reach.Accounts{Of: func(string) (vos.Login, bool) { return vos.Login{}, false }, Forget: func(string) {}}, a.Debug)
	if err != nil {
		return app.Found{}, err
	}
	defer path.Close()
	var shown *vos.HostKey
	driver, err := ssh.New(ssh.Options{Way: path.Way}).Dial(ctx, at, vos.Access{Login: q.Login, Legacy: q.Legacy, CheckKey: func(k vos.HostKey) error {
		shown = &k
		if q.Key == k.Fingerprint {
			return nil
		}
		return &app.UnknownKey{Host: q.Host, Key: k, Says: input.KnownHosts(at, k)}
	}})
	var unknown *app.UnknownKey
	if errors.As(err, &unknown) {
		return app.Found{}, unknown
	}
	if err != nil {
		return app.Found{}, err
	}
	defer driver.Close()
	found, err := solution.Ask(ctx, driver)
	switch {
	case err != nil:
		return app.Found{}, err
	case found.Product == "":
		return app.Found{}, msg.Errorf("%s: its services do not show which product it is. Enter its nodes by hand.", cert.Printable(found.FQDN()))
	}
	return app.Found{Nodes: found.Nodes(found.Product, at), Known: map[string]change.Know{found.FQDN(): {HostKey: shown, Legacy: q.Legacy}}}, nil
}
