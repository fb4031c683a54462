package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// solutionFlag is --solution, which several commands take.
func solutionFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "solution", "", "solution file: a path, or a name in the solutions folder (docs/solutions.md)")
}

// solutionPath finds a file: what is there under that path, else NAME.toml in the solutions folder.
func solutionPath(name string) (string, error) {
	if _, err := os.Stat(name); err == nil || strings.ContainsAny(name, `/\`) {
		return name, nil
	}
	dir, err := session.SolutionsDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, strings.TrimSuffix(name, ".toml")+".toml")
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s: no such file here or in %s. Nothing was done.", cert.Printable(name), dir)
	}
	return path, nil
}

// loadSolution reads a solution file; what is wrong in it is an error of usage.
func loadSolution(name string) (solution.File, error) {
	path, err := solutionPath(name)
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, err)
	}
	f, err := openFile(path)
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, fmt.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, solution.MaxFile+1))
	if err != nil {
		return solution.File{}, fmt.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err)
	}
	file, err := solution.Parse(path, data, pathIDs())
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, err)
	}
	return file, nil
}

func pathIDs() []string {
	var all []string
	for _, p := range steps.Paths() {
		all = append(all, p.ID)
	}
	return all
}

// changeOf is what a session on the nodes of a file is about.
func changeOf(f solution.File) plan.Change {
	return plan.Change{Name: f.Name, Path: f.Path, Unit: f.Unit, Solution: f.Solution, Replace: f.Replace, MultiServer: f.MultiServer, Plan: plan.Version}
}

func fileOf(c plan.Change) solution.File {
	return solution.File{Name: c.Name, Path: c.Path, Unit: c.Unit, Solution: c.Solution, Replace: c.Replace, MultiServer: c.MultiServer}
}

// knownKeys are what a person compared and decided before the run: in a solution file, or by a flag.
type knownKeys struct {
	prints map[string][]string // FQDN -> fingerprints of SSH host keys and of certificates of the API
	legacy map[string]bool     // FQDN -> SSH algorithms that are insecure today are allowed
}

func newKnown() knownKeys { return knownKeys{map[string][]string{}, map[string]bool{}} }

func (k knownKeys) add(f solution.File) {
	for _, all := range []map[string][]string{f.Keys, f.Certs} {
		for fqdn, prints := range all {
			k.prints[fqdn] = append(k.prints[fqdn], prints...)
		}
	}
	maps.Copy(k.legacy, f.Legacy)
}

// knownHosts says what ~/.ssh/known_hosts tells about a host key.
func knownHosts(n vos.Node, k vos.HostKey) string { return ssh.KnownHosts("", n, k) }

func (k knownKeys) of(n vos.Node) []string { return k.prints[n.FQDN] }
func (k knownKeys) allows(n vos.Node) bool { return k.legacy[n.FQDN] }

// fromForm begins a new session on what was typed, and keeps it as a solution file.
func (d *door) fromForm(c plan.Change) (*app.Work, error) {
	path, err := session.SaveSolution(c.Name, solution.Format(fileOf(c)))
	if err != nil {
		return nil, err
	}
	w, err := d.begin(c)
	if err == nil {
		w.Kept = path
	}
	return w, err
}
