package input

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// SolutionFlag is --solution, which several commands take.
func SolutionFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "solution", "", "solution file: a path, or a name in the solutions folder (uccx-tui help solutions)")
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
	file := strings.TrimSuffix(name, ".toml") + ".toml"
	for _, path := range []string{filepath.Join(dir, session.Portable(file)), filepath.Join(dir, file)} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", msg.Errorf("%s: no such file here or in %s. Nothing was done.", cert.Printable(name), dir)
}

// Solution reads a solution file; what is wrong in it is an error of usage.
func Solution(name string) (solution.File, error) {
	path, err := solutionPath(name)
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, err)
	}
	f, err := OpenFile(path)
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, msg.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, solution.MaxFile+1))
	if err != nil {
		return solution.File{}, msg.Errorf("%s: cannot read the solution file: %w. Nothing was done.", cert.Printable(path), err)
	}
	file, err := solution.Parse(path, data, PathIDs())
	if err != nil {
		return solution.File{}, exitcode.With(exitcode.Usage, err)
	}
	if why := impossible(file); !why.IsZero() {
		return solution.File{}, exitcode.With(exitcode.Usage, msg.Errorf("%s: %s. Nothing was done.", cert.Printable(path), why))
	}
	return file, nil
}

// PathIDs returns the ids of all paths, which solution files may name.
func PathIDs() []string {
	var all []string
	for _, p := range steps.Paths() {
		all = append(all, p.ID)
	}
	return all
}

// ChangeOf is what a session on the nodes of a file is about.
func ChangeOf(f solution.File) change.Change {
	return change.Change{Name: f.Name, Path: f.Path, Unit: f.Unit, Solution: f.Solution, Replace: f.Replace, MultiServer: f.MultiServer, Plan: plan.Version}
}

// FileOf returns a change as a solution file, with the host keys that were accepted before it.
func FileOf(c change.Change) solution.File {
	f := solution.File{Name: c.Name, Path: c.Path, Unit: c.Unit, Solution: c.Solution, Replace: c.Replace, MultiServer: c.MultiServer}
	f.Keys, f.Legacy = map[string][]string{}, map[string]bool{}
	for fqdn, known := range c.Known {
		if known.HostKey != nil {
			f.Keys[fqdn] = []string{known.HostKey.Fingerprint}
		}
		if known.Legacy {
			f.Legacy[fqdn] = true
		}
	}
	return f
}

// signing reports whether a CA signs certificates on a path.
func signing(path string) bool {
	return !slices.Contains([]string{change.PathSelfSigned, change.PathRegenerate, change.PathThirdParty, change.PathCleanup}, path)
}

// impossible says what a solution file asks for that no node of it can do; a zero text: nothing.
func impossible(f solution.File) msg.Text {
	calls := slices.ContainsFunc(f.Solution.Nodes(), func(n vos.Node) bool { return n.Product.Traits().Scripts })
	second := f.Unit == change.UnitECDSA
	switch {
	case f.Unit != "tomcat" && !second:
		return msg.T("unit = %q: only tomcat and %s can be replaced", f.Unit, change.UnitECDSA)
	case second && !slices.Contains([]string{change.PathSigned, change.PathExpired, change.PathRegenerate}, f.Path):
		return msg.T("unit = %q does not fit path = %q: use signed, expired or regenerate", f.Unit, f.Path)
	case second && f.MultiServer:
		return msg.T("multi_server = true does not fit unit = %q: release 11.5 has no multi-server certificates", f.Unit)
	case f.MultiServer && !signing(f.Path):
		return msg.T("multi_server = true does not fit path = %q: no CA signs a certificate there", f.Path)
	case f.Path == change.PathThirdParty && !calls:
		return msg.T("path = %q needs a UCCX node: only scripts of UCCX call servers", f.Path)
	case f.Path == change.PathThirdParty && len(f.Solution.Targets) == 0:
		return msg.T("path = %q needs a [[target]]: the server that scripts call", f.Path)
	}
	return msg.Text{}
}
