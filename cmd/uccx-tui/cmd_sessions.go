package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func sessionsCommand(a *wiring.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "sessions",
		Short: "List the sessions on this machine, newest first; archive, delete and rename manage them",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			listed, err := a.Sessions()
			if err != nil {
				return err
			}
			if asJSON {
				return print.Sessions(c.OutOrStdout(), listed)
			}
			if len(listed) == 0 {
				fmt.Fprintln(c.OutOrStdout(), a.Say.Say("No sessions. Start one with: uccx-tui lab"))
			}
			for _, l := range listed {
				fmt.Fprintln(c.OutOrStdout(), print.Session(a.Say, l))
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object: {\"format\": 1, \"sessions\": [...]}")
	c.AddCommand(archiveCommand(), deleteCommand(a), renameCommand())
	return c
}

func oneSession(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(c, msg.Errorf("%s needs one session name. List sessions with: uccx-tui sessions", c.CommandPath()))
	}
	return nil
}

func archiveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "archive NAME",
		Short: "Move a session, and the nodes of a lab, into the folder archive; nothing is deleted",
		Args:  oneSession,
		RunE: func(c *cobra.Command, args []string) error {
			to, err := wiring.Archive(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n", cert.Printable(to))
			return err
		},
	}
}

func deleteCommand(a *wiring.App) *cobra.Command {
	var confirm string
	c := &cobra.Command{
		Use:   "delete NAME",
		Short: "Delete a session with its journal, CSRs, certificates and reports; you must type its name",
		Long: "Deletes a session with all its files, and the simulated nodes of a lab. This cannot be undone; use archive " +
			"to keep the session.\nWhile you wait for the CA, the CSRs and the record of what was done on the nodes are " +
			"only there. Type the session's name, or give\nit with --confirm.",
		Args: oneSession,
		RunE: func(c *cobra.Command, args []string) error {
			name, err := wiring.Shelved(args[0])
			if err != nil {
				return err
			}
			if err := typed(a, c, name, confirm); err != nil {
				return err
			}
			err = wiring.Delete(args[0])
			if err == nil {
				_, err = fmt.Fprintln(c.OutOrStdout(), a.Say.Say("Deleted."))
			}
			return err
		},
	}
	c.Flags().StringVar(&confirm, "confirm", "", "NAME: the session's name, instead of typing it")
	return c
}

// typed has the name of a session typed, because what follows cannot be taken back.
func typed(a *wiring.App, c *cobra.Command, name, given string) error {
	if !c.Flags().Changed("confirm") {
		fmt.Fprint(a.Out, a.Say.Say("Session %s and all its files will be deleted. Type its name to confirm:", cert.Printable(name))+" ")
		line, err := bufio.NewReader(io.LimitReader(a.In, 1000)).ReadString('\n')
		if given = strings.TrimSpace(line); err != nil {
			fmt.Fprintln(a.Out)
		}
	}
	if given == name {
		return nil
	}
	return exitcode.With(exitcode.Confirm, msg.Errorf("The name was not typed. Nothing was deleted. To continue without a prompt: --confirm %s", name))
}

func renameCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rename NAME NEW",
		Short: "Give a session another name on this machine; its journal and reports keep the name of the change",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage(c, errors.New("rename needs the session's name and its new one. List sessions with: uccx-tui sessions"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			to, err := wiring.Rename(args[0], args[1])
			if err == nil {
				_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n", cert.Printable(to))
			}
			return err
		},
	}
}
