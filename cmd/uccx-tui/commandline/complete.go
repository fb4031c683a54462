package commandline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// completer offers what may stand at a place of the command line. It reads files of this machine, and nothing else.
type completer = func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective)

// complete gives a command its completions: of its arguments by its path, of its flags by their names.
func complete(c *cobra.Command) {
	offered := map[string]completer{
		"lab": first(scenarios), "lab hint": first(labSessions), "lab grade": first(labSessions), "lab reset": first(labSessions), "lab learn": thenFiles(sessions),
		"rehearse": first(sessions), "plan": first(sessions), "run": first(sessions), "resume": first(sessions), "report": first(sessions), "verify": first(sessions),
		"kit": thenFiles(sessions), "export": thenFiles(sessions), "doctor": first(solutions),
		"sessions archive": first(sessions), "sessions delete": first(sessions), "sessions rename": first(sessions),
		"new": nothing, "discover": nothing, "probe": nothing, "facts": nothing, "version": nothing, "sessions": nothing, "advise": nothing,
	}
	if f := offered[strings.TrimPrefix(c.CommandPath(), "uccx-tui ")]; f != nil && c.ValidArgsFunction == nil {
		c.ValidArgsFunction = f
	}
	for name, f := range map[string]completer{
		"solution": solutions, "product": fixed(products()...), "format": fixed(wiring.ReportForms()...), "unit": fixed("tomcat", "tomcat-ECDSA"),
		"session": sessions, "restart": nodes, "restart-again": nodes, "new-csr": nodes,
		"user": nothing, "name": nothing, "answer": nothing, "host-key": nothing, "cert": nothing, "trust": nothing, "until": nothing, "plan": nothing, "jump": nothing, "proxy": nothing,
	} {
		if c.Flags().Lookup(name) != nil {
			_ = c.RegisterFlagCompletionFunc(name, f) // an error: it has one already
		}
	}
}

func nothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// fixed offers words.
func fixed(words ...string) completer {
	return func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		return begins(words, begun), cobra.ShellCompDirectiveNoFileComp
	}
}

func begins(words []string, begun string) []string {
	var all []string
	for _, w := range words {
		if strings.HasPrefix(strings.ToLower(w), strings.ToLower(begun)) {
			all = append(all, w)
		}
	}
	return all
}

// first offers for the first argument alone.
func first(f completer) completer {
	return func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return f(c, args, begun)
	}
}

// thenFiles offers for the first argument, and files for those behind it.
func thenFiles(f completer) completer {
	return func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return f(c, args, begun)
	}
}

func sessions(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	return sessionNames(begun, func(string) bool { return true }), cobra.ShellCompDirectiveNoFileComp
}

func labSessions(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	return sessionNames(begun, func(name string) bool {
		_, p, err := input.Session(name)
		return err == nil && p.Change().Lab != nil
	}), cobra.ShellCompDirectiveNoFileComp
}

// sessionNames are the sessions whose names begin so; wanted reads those alone.
func sessionNames(begun string, wanted func(string) bool) []string {
	home, err := session.DefaultHome()
	if err != nil {
		return nil
	}
	infos, err := home.List()
	if err != nil {
		return nil
	}
	var all []string
	for _, info := range infos {
		if name := info.Name; cert.Printable(name) == name {
			all = append(all, name)
		}
	}
	return slices.DeleteFunc(begins(all, begun), func(name string) bool { return !wanted(name) })
}

func scenarios(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	lessons, err := lab.Lessons()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var all []string
	for _, l := range lessons {
		if strings.HasPrefix(l.Name, begun) {
			all = append(all, cobra.CompletionWithDesc(l.Name, l.Title))
		}
	}
	return all, cobra.ShellCompDirectiveDefault // a file of one's own, too
}

func solutions(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	dir, err := session.SolutionsDir()
	if err != nil || strings.ContainsAny(begun, `/\`) {
		return nil, cobra.ShellCompDirectiveDefault
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var all []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(filepath.Base(e.Name()), ".toml"); ok && cert.Printable(name) == name {
			all = append(all, name)
		}
	}
	return begins(all, begun), cobra.ShellCompDirectiveDefault
}

func products() []string {
	var all []string
	for _, p := range vos.Products() {
		all = append(all, string(p))
	}
	return all
}

// nodes are those of the session or solution that stands in the command line.
func nodes(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	p, err := input.Plan(c.Flag("solution").Value.String(), append(args, ""))
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	listed, last := "", begun
	if i := strings.LastIndex(begun, ","); i >= 0 {
		listed, last = begun[:i+1], begun[i+1:]
	}
	var all []string
	for _, n := range p.Nodes() {
		if strings.HasPrefix(n.Short(), last) {
			all = append(all, listed+n.Short())
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
