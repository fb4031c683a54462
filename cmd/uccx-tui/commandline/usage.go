package commandline

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/ui/lang"
)

// help prints what a command is for, and its usage.
func help(c *cobra.Command, _ []string) {
	if about := strings.TrimRight(cmp.Or(c.Long, c.Short), " \n"); about != "" {
		_, _ = io.WriteString(c.OutOrStdout(), print.Reflowed(c.OutOrStdout(), about)+"\n\n")
	}
	if c.Runnable() || c.HasSubCommands() {
		_, _ = io.WriteString(print.People(c.OutOrStdout()), c.UsageString())
	}
}

// usage prints the help of a command, in the form that cobra has and in the language of the program.
func usage(say lang.Localizer) func(*cobra.Command) error {
	return func(c *cobra.Command) error {
		var b strings.Builder
		b.WriteString(say.Say("Usage:"))
		if c.Runnable() {
			fmt.Fprintf(&b, "\n  %s", strings.ReplaceAll(c.UseLine(), "[flags]", "["+say.Say("flags")+"]"))
		}
		if c.HasAvailableSubCommands() {
			fmt.Fprintf(&b, "\n  %s", say.Say("%s [command]", c.CommandPath()))
		}
		if c.HasExample() {
			fmt.Fprintf(&b, "\n\n%s\n%s", say.Say("Examples:"), c.Example)
		}
		if c.HasAvailableSubCommands() {
			commands(&b, say, c)
		}
		if c.HasAvailableLocalFlags() {
			fmt.Fprintf(&b, "\n\n%s\n%s", say.Say("Flags:"), strings.TrimRight(c.LocalFlags().FlagUsages(), " \n"))
		}
		if c.HasAvailableInheritedFlags() {
			fmt.Fprintf(&b, "\n\n%s\n%s", say.Say("Global Flags:"), strings.TrimRight(c.InheritedFlags().FlagUsages(), " \n"))
		}
		if c.HasHelpSubCommands() {
			fmt.Fprintf(&b, "\n\n%s", say.Say("Additional help topics:"))
			rows(&b, c, func(sub *cobra.Command) bool { return sub.IsAdditionalHelpTopicCommand() }, func(sub *cobra.Command) string {
				return fmt.Sprintf("%-*s", sub.CommandPathPadding(), sub.CommandPath())
			})
		}
		if c.HasAvailableSubCommands() {
			fmt.Fprintf(&b, "\n\n%s", say.Say("Use \"%s [command] --help\" for more information about a command.", c.CommandPath()))
		}
		_, err := io.WriteString(c.OutOrStderr(), b.String()+"\n")
		return err
	}
}

// commands lists the commands below one, by their groups.
func commands(b *strings.Builder, say lang.Localizer, c *cobra.Command) {
	list := func(title string, in func(*cobra.Command) bool) {
		fmt.Fprintf(b, "\n\n%s", title)
		rows(b, c, func(sub *cobra.Command) bool { return in(sub) && (sub.IsAvailableCommand() || sub.Name() == "help") },
			func(sub *cobra.Command) string { return fmt.Sprintf("%-*s", sub.NamePadding(), sub.Name()) })
	}
	if len(c.Groups()) == 0 {
		list(say.Say("Available Commands:"), func(*cobra.Command) bool { return true })
		return
	}
	for _, g := range c.Groups() {
		list(g.Title, func(sub *cobra.Command) bool { return sub.GroupID == g.ID })
	}
	if !c.AllChildCommandsHaveGroup() {
		list(say.Say("Additional Commands:"), func(sub *cobra.Command) bool { return sub.GroupID == "" })
	}
}

func rows(b *strings.Builder, c *cobra.Command, in func(*cobra.Command) bool, name func(*cobra.Command) string) {
	for _, sub := range c.Commands() {
		if in(sub) {
			fmt.Fprintf(b, "\n  %s %s", name(sub), sub.Short)
		}
	}
}
