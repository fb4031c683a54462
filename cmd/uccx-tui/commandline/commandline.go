// Package commandline gives the commands what all of them share: groups, examples, completions, suggestions for typing errors, help
// topics, and --version.
package commandline

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// group is a heading of the list of commands.
type group struct {
	id, title string
	names     []string
}

func groups() []group {
	return []group{
		{"learn", "Try it first:", []string{"lab", "rehearse"}},
		{"change", "Replace certificates:", []string{"new", "discover", "plan", "run", "resume", "sessions"}},
		{"look", "Inspect and explain (nothing is changed):", []string{"check", "probe", "advise", "facts", "doctor"}},
		{"evidence", "Reports and hand-over:", []string{"report", "verify", "kit", "export", "import"}},
	}
}

// Finish completes the commands of a program. version is what --version prints.
func Finish(root *cobra.Command, version string) {
	start := root.RunE
	root.RunE = func(c *cobra.Command, args []string) error {
		if AsksVersion(c) {
			_, err := fmt.Fprintln(c.OutOrStdout(), version)
			return err
		}
		return start(c, args)
	}
	for _, g := range groups() {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, c := range root.Commands() {
			for _, name := range g.names {
				if c.Name() == name {
					c.GroupID = g.id
				}
			}
		}
	}
	texts := examples()
	walk(root, func(c *cobra.Command) {
		c.Example = texts[strings.TrimPrefix(c.CommandPath(), root.Name()+" ")]
		if c == root {
			c.Example = texts[""]
		}
		complete(c)
	})
	root.AddCommand(topics.Commands()...)
	root.SetHelpCommand(helpCommand(root))
}

// AsksVersion reports whether a command has --version. It is a flag of ours: a template of cobra's links text/template, with which the
// linker keeps every method of every type.
func AsksVersion(c *cobra.Command) bool {
	asks, err := c.Flags().GetBool("version")
	return err == nil && asks && !c.HasParent()
}

// shells makes a shell that is not known, and an argument that is too much, an error of the command completion.
func shells(completion *cobra.Command) {
	var names []string
	for _, sub := range completion.Commands() {
		names = append(names, sub.Name())
		sub.Args = func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return exitcode.With(exitcode.Usage, msg.Errorf("%s takes no argument\nNothing was done. See: %s --help", c.CommandPath(), c.CommandPath()))
		}
	}
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(c *cobra.Command, _ []string) error {
		return exitcode.With(exitcode.Usage, msg.Errorf("completion needs one of these shells: %s\nNothing was done. See: %s --help", strings.Join(names, ", "), c.CommandPath()))
	}
}

func walk(c *cobra.Command, f func(*cobra.Command)) {
	f(c)
	for _, sub := range c.Commands() {
		walk(sub, f)
	}
}

// helpCommand is cobra's, but that an unknown topic is an error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND | TOPIC]", Short: "Show the help of a command, or a document", RunE: func(_ *cobra.Command, args []string) error {
		c, rest, err := root.Find(args)
		if err != nil || c == nil || len(rest) > 0 {
			return exitcode.With(exitcode.Usage, msg.Errorf("%q is neither a command nor a help topic%s\nNothing was done. See: %s --help", strings.Join(args, " "), Suggestion(root, strings.Join(args, " ")), root.Name()))
		}
		c.InitDefaultHelpFlag()
		return c.Help()
	}, ValidArgsFunction: func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		var all []string
		for _, c := range root.Commands() {
			if !c.Hidden && strings.HasPrefix(c.Name(), begun) {
				all = append(all, cobra.CompletionWithDesc(c.Name(), c.Short))
			}
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}}
}

// maxDistance is how many letters a word may differ from what it is taken for.
const maxDistance = 2

// SuggestFlag is what a flag that is not known was likely meant to be, to be put behind the error; nothing where nothing is near.
func SuggestFlag(c *cobra.Command, err error) msg.Text {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return msg.Text{}
	}
	best, near := "", maxDistance+1
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if d := distance(unknown.GetSpecifiedName(), f.Name); d < near {
			best, near = f.Name, d
		}
	})
	if best == "" {
		return msg.Text{}
	}
	return msg.T(". Did you mean %s?", "--"+best)
}

// Suggestion is what a mistyped command or topic was likely meant to be, to be put behind an error; nothing where nothing is near.
func Suggestion(c *cobra.Command, word string) msg.Text {
	best, near := "", maxDistance+1
	for _, sub := range c.Commands() {
		if d := distance(word, sub.Name()); d < near && !sub.Hidden {
			best, near = sub.Name(), d
		}
	}
	if best == "" {
		return msg.Text{}
	}
	return msg.T(". Did you mean %s?", best)
}

// distance is how many letters must be changed, put in, left out or swapped with the next to make one word of the other.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
