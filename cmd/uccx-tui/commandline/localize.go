package commandline

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Localize puts the help of all commands into a language, with what cobra itself says. Its outputs must be set: the command that
// prints completion scripts keeps the one that it finds.
func Localize(root *cobra.Command, say lang.Localizer) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			shells(c)
			completion(c, say)
		}
	}
	root.SetUsageFunc(usage(say))
	root.SetHelpFunc(help)
	walk(root, func(c *cobra.Command) {
		c.Short, c.Long, c.Example = say.Say(c.Short), say.Say(c.Long), say.Say(c.Example)
		for _, g := range c.Groups() {
			g.Title = say.Say(g.Title)
		}
		c.Flags().BoolP("help", "h", false, say.Say("help for %s", c.DisplayName()))
		if c == root {
			c.Flags().BoolP("version", "v", false, say.Say("version for %s", c.DisplayName()))
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if c.HasParent() && c.Parent().PersistentFlags().Lookup(f.Name) == f {
				return // once
			}
			f.Usage = say.Say(f.Usage)
			if say.Tag() != "" {
				defaults(say, f)
			}
		})
	})
}

// completion gives the commands of cobra that print completion scripts words of this program.
func completion(c *cobra.Command, say lang.Localizer) {
	c.Short, c.Long = say.Say("Print the shell completion script"), say.Say("Prints a shell completion script for commands, flags and session names.")
	for _, sh := range c.Commands() {
		sh.Short = say.Say("Print the completion script of %s", sh.Name())
		sh.Long = say.Say("Prints the completion script of %s. These commands load it, in this shell and in every new one:", sh.Name()) + "\n\n" + indented(sh.Long)
		if f := sh.Flags().Lookup("no-descriptions"); f != nil {
			f.Usage = say.Say("without descriptions")
		}
	}
}

// indented is the lines of a text that are indented: the commands in what cobra says of a shell.
func indented(text string) string {
	var commands []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "\t") {
			commands = append(commands, "  "+strings.TrimSpace(line))
		}
	}
	return strings.Join(commands, "\n")
}

// defaults says the value that a flag has without being given: pflag says it in English.
func defaults(say lang.Localizer, f *pflag.Flag) {
	switch f.DefValue {
	case "", "false", "0", "0s", "[]":
		return
	}
	f.Usage = say.Say("%s (default %s)", f.Usage, f.DefValue)
	f.DefValue = map[string]string{"string": "", "int": "0", "int64": "0", "duration": "0s", "bool": "false"}[f.Value.Type()]
}

// FlagError is what pflag says of a flag, as a sentence.
func FlagError(err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	var form *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		if unknown.GetSpecifiedShortnames() != "" { // what follows the letter may be a password: -pSECRET
			return msg.Errorf("unknown shorthand flag: %q", unknown.GetSpecifiedName())
		}
		return msg.Errorf("unknown flag: --%s", unknown.GetSpecifiedName())
	case errors.As(err, &empty):
		return msg.Errorf("flag needs an argument: --%s", empty.GetSpecifiedName())
	case errors.As(err, &bad):
		return msg.Errorf("invalid argument %q for \"--%s\": %w", bad.GetValue(), bad.GetFlag().Name, errors.Unwrap(bad))
	case errors.As(err, &form):
		return msg.Errorf("bad flag syntax: %s", form.GetSpecifiedFlag())
	}
	return err
}

// Language adds the flag that chooses the language; it was read before the commands were made (lang.Chosen).
func Language(flags *pflag.FlagSet) *string {
	return flags.String(lang.Flag, "", "TAG: language of the program (uccx-tui help languages)")
}
