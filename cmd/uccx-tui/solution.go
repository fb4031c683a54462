package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
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
		return solution.File{}, &exit{exitUsage, err}
	}
	f, err := openFile(path)
	if err != nil {
		return solution.File{}, &exit{exitUsage, fmt.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err)}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, solution.MaxFile+1))
	if err != nil {
		return solution.File{}, fmt.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err)
	}
	file, err := solution.Parse(path, data, pathIDs())
	if err != nil {
		return solution.File{}, &exit{exitUsage, err}
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
	return plan.Change{Name: f.Name, Path: f.Path, Unit: f.Unit, Solution: f.Solution, Replace: f.Replace, MultiServer: f.MultiServer, Program: programVersion(), Plan: plan.Version}
}

func fileOf(c plan.Change) solution.File {
	return solution.File{Name: c.Name, Path: c.Path, Unit: c.Unit, Solution: c.Solution, Replace: c.Replace, MultiServer: c.MultiServer}
}

func (d *door) newCommand() *cobra.Command {
	var file string
	var hosts []string
	x := &discovery{d: d}
	c := &cobra.Command{
		Use:   "new (--solution FILE | --discover HOST,...)",
		Short: "Start a new change from a solution file or from discovered nodes",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if (file == "") == (len(hosts) == 0) {
				return usage(c, errors.New("new needs --solution or --discover. For a form, run: uccx-tui"))
			}
			if len(hosts) > 0 {
				if file, err = x.discover(hosts); err != nil {
					return err
				}
			}
			f, err := loadSolution(file)
			if err != nil {
				return err
			}
			d.known.add(f)
			w, err := d.begin(changeOf(f))
			if err != nil {
				return err
			}
			return d.interactive(w)
		},
	}
	solutionFlag(c, &file)
	c.Flags().StringSliceVar(&hosts, "discover", nil, "HOST,...: one node per cluster; the others are found as with discover")
	x.flags(c)
	return c
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

func (d *door) planCommand() *cobra.Command {
	var file string
	var asJSON bool
	c := &cobra.Command{
		Use:   "plan (--solution FILE | SESSION)",
		Short: "Print the plan: steps, nodes, order and hash. Nothing is changed",
		Args:  atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			if (file == "") == (len(args) == 0) {
				return usage(c, errors.New("plan needs --solution FILE or a session name"))
			}
			p, err := planOf(file, args)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(print.JSON{To: c.OutOrStdout()}).Encode(plannedOf(p))
			}
			_, err = io.WriteString(c.OutOrStdout(), planText(p))
			return err
		},
	}
	solutionFlag(c, &file)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

func planOf(file string, args []string) (*plan.Plan, error) {
	if file != "" {
		f, err := loadSolution(file)
		if err != nil {
			return nil, err
		}
		return steps.Preview(changeOf(f))
	}
	_, p, err := sessionPlan(args[0])
	return p, err
}

// planned is a plan as JSON.
type planned struct {
	Name  string       `json:"name"`
	Path  string       `json:"path"`
	Unit  string       `json:"unit"`
	Hash  string       `json:"hash"`
	Nodes []vos.Node   `json:"nodes"`
	Rows  []plannedRow `json:"rows"`
}

type plannedRow struct {
	Number  int      `json:"number"`
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Risk    string   `json:"risk"`
	Nodes   []string `json:"nodes,omitempty"`
	Seconds float64  `json:"usual_seconds,omitempty"` // on one node
	Effect  string   `json:"effect,omitempty"`
	Undo    string   `json:"undo"`
	Rules   []string `json:"rules,omitempty"`
}

func plannedOf(p *plan.Plan) planned {
	c := p.Change()
	all := planned{Name: c.Name, Path: c.Path, Unit: c.Unit, Hash: p.Hash(), Nodes: c.Solution.Nodes()}
	for _, row := range p.Rows() {
		one := plannedRow{Number: row.Number, ID: row.Step.ID, Title: row.Step.Title, Risk: row.Step.Risk.String(),
			Seconds: row.Step.Usual.Seconds(), Effect: row.Step.Effect, Undo: row.Step.Undo, Rules: row.Step.Rules}
		for _, t := range row.Tasks {
			if t.Task.Node != "" {
				one.Nodes = append(one.Nodes, t.Task.Node)
			}
		}
		all.Rows = append(all.Rows, one)
	}
	return all
}

// planText is a plan for people: a line a row.
func planText(p *plan.Plan) string {
	var b strings.Builder
	c := p.Change()
	fmt.Fprintf(&b, "%s: %s, task %s\n\n", cert.Printable(c.Name), c.Unit, c.Path)
	for _, n := range p.Nodes() {
		fmt.Fprintf(&b, "  %-34s %-10s %-10s %s\n", n.FQDN, n.Product, n.Role, n.Dial(vos.PortSSH))
	}
	b.WriteString("\n")
	for _, row := range p.Rows() {
		var where []string
		for _, t := range row.Tasks {
			if host, _, _ := strings.Cut(t.Task.Node, "."); host != "" {
				where = append(where, host)
			}
		}
		line := fmt.Sprintf("  %2d  %-10s  %-31s  %s", row.Number, row.Step.Risk, row.Step.Title, strings.Join(where, ", "))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	fmt.Fprintf(&b, "\nplan %s\n", p.Hash())
	return b.String()
}
