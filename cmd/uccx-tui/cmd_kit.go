package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func kitCommand(a *wiring.App) *cobra.Command {
	return &cobra.Command{
		Use:   "kit NAME [DIR]",
		Short: "Write the client kit: roots, Group Policy, Firefox policy, browser warnings, note to agents",
		Long: "Writes the files that PC administrators need. DIR is created if it does not exist and must be " +
			"empty. Default: the session folder.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage(c, errors.New("kit needs a session name and accepts a folder"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			home, plan, err := input.Session(args[0])
			if err != nil {
				return err
			}
			k := kit.Of(plan, time.Now(), a.Say)
			dir := filepath.Join(home.SessionDir(args[0]), k.Folder)
			if len(args) == 2 {
				dir = args[1]
				if there, err := os.ReadDir(dir); err == nil && len(there) > 0 {
					return exitcode.With(exitcode.Refused, msg.Errorf("%s is not empty. Nothing was written. Choose another folder.", cert.Printable(dir)))
				}
			}
			for _, f := range k.Files {
				if err := writeKit(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data); err != nil {
					return err
				}
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), a.Say.T(msg.N("1 file in %[2]s", "%[1]d files in %[2]s", len(k.Files), len(k.Files), cert.Printable(dir))))
			return err
		},
	}
}

func writeKit(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}
