package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/commandline"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// run is the program without its process: it returns the exit code.
func run(args []string, in *os.File, out, errout *os.File, parent supervisor.Child) int {
	signals := supervisor.Watch(parent)
	defer signals.Stop()
	to := &print.Output{To: out, Lost: signals.Lose}
	a := &wiring.App{In: in, Out: to, Screen: out, Errout: errout, Signals: signals, Parent: parent, Known: input.NewKnown(), Version: built().String(), Say: lang.Chosen(args, os.Getenv)}
	err := execute(a, args, in, to, errout)
	if a.Lost != nil {
		say(errout, a.Say, a.Lost())
	}
	lost := to.Err()
	if errno.Is(lost, syscall.EPIPE) {
		return exitcode.Pipe
	}
	if lost != nil {
		err = msg.Errorf("cannot write the output: %w", lost)
	} else if code := signals.Code(); code != 0 {
		return code
	}
	say(errout, a.Say, err)
	return exitcode.Of(err)
}

// execute does what the arguments ask for. Without any the screens open, and no command is made: they start sooner and in less memory.
func execute(a *wiring.App, args []string, in *os.File, to *print.Output, errout *os.File) error {
	if len(args) == 0 {
		if err := ownState(); err != nil {
			return err
		}
		return a.Interactive(nil)
	}
	root := root(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(&print.Text{To: to})
	root.SetErr(errout)
	commandline.Localize(root, a.Say)
	return root.Execute()
}

// say prints an error for a person, in the language of the program, that of a node with what it means and what to do next; an outcome has
// said itself already.
func say(w io.Writer, in lang.Localizer, err error) {
	var e *exitcode.Failure
	if err == nil || errors.As(err, &e) && e.Err == nil {
		return
	}
	text := in.Error(err)
	var node *vos.Error
	if errors.As(err, &node) {
		for _, more := range []string{in.T(node.Means), in.T(node.Next)} {
			if !strings.Contains(text, more) {
				text += "\n" + more
			}
		}
	}
	print.Problem(w, text)
}

func root(a *wiring.App) *cobra.Command {
	root := &cobra.Command{
		Use:   "uccx-tui",
		Short: "Replace TLS certificates on Cisco UCCX and related products",
		Long: "uccx-tui guides you through replacing certificates on UCCX, CCP and other Cisco VOS nodes.\nIt runs " +
			"or shows each step, verifies the result on the network, and resumes after an interruption.",
		Args:          noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(*cobra.Command, []string) error { return a.Interactive(nil) },
	}
	root.PersistentFlags().BoolVar(&a.AsIs, "trust-state-folder", false, "use the state folder even if other users own it or can write to it")
	debug := ""
	root.PersistentFlags().StringVar(&debug, "debug", "", "FILE: append connections, handshakes, algorithms and their times to it, without secrets (mode 0600)")
	tag := commandline.Language(root.PersistentFlags())
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) (err error) {
		if err := lang.Check(*tag); err != nil {
			return usage(c, err)
		}
		if debug != "" {
			if a.Debug, a.Lost, err = input.DebugLog(debug); err != nil {
				return err
			}
			a.Debug.Info("uccx-tui", "version", a.Version, "command", c.CommandPath())
		}
		return owned(a, c)
	}
	root.PersistentFlags().BoolVar(&a.Plain, "plain", false, "line mode: one prompt per line, no screens (default for TERM=dumb or without a terminal)")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usage(c, err) })
	root.AddCommand(labCommand(a), newCommand(a), discoverCommand(a), planCommand(a), rehearseCommand(a), runCommand(a),
		exportCommand(a), importCommand(a),
		resumeCommand(a), sessionsCommand(a), reportCommand(a), verifyCommand(a),
		checkCommand(a), factsCommand(a), probeCommand(a), adviseCommand(a), kitCommand(a), doctorCommand(a), versionCommand())
	root.AddCommand(packagingCommands(root)...)
	commandline.Finish(root, a.Version)
	return root
}

// owned refuses a state folder that others own or may write to. Commands that look at no session do without it.
func owned(a *wiring.App, c *cobra.Command) error {
	if a.AsIs || commandline.AsksVersion(c) || slices.Contains([]string{"check", "probe", "advise", "doctor", "version", "help", "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}, c.Name()) || c.HasParent() && c.Parent().Name() == "completion" {
		return nil
	}
	return ownState()
}

// ownState refuses a state folder that others own or may write to.
func ownState() error {
	home, err := session.DefaultHome()
	if err != nil {
		return nil // the command says so, where it needs one
	}
	return home.Owned()
}

// usage is the error of a command line that was not understood.
func usage(c *cobra.Command, err error) error {
	return exitcode.With(exitcode.Usage, msg.Errorf("%w%s\nNothing was done. See: %s --help", commandline.FlagError(err), commandline.SuggestFlag(c, err), c.CommandPath()))
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(c, msg.Errorf("unknown command or argument %q for %s%s", args[0], c.CommandPath(), commandline.Suggestion(c, args[0])))
	}
	return nil
}

func atLeastOne(takes error) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage(c, takes)
		}
		return nil
	}
}

func atMostOneScenario(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(c, msg.Errorf("%s accepts one scenario, got %d", c.CommandPath(), len(args)))
	}
	return nil
}

func atMostOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(c, msg.Errorf("%s accepts one session name, got %d", c.CommandPath(), len(args)))
	}
	return nil
}
