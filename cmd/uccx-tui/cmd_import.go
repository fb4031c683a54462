package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/validate"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Import an exported session",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(c, errors.New("import needs one file created by export"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			name, err := imported(args[0], d.version)
			if err != nil {
				var refused *session.Refused
				if errors.As(err, &refused) {
					return exitcode.With(exitcode.Damaged, fmt.Errorf("%s: %w", cert.Printable(args[0]), err))
				}
				return err
			}
			listed, err := d.named(name)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), print.Session(listed))
			if err := proposals(c.OutOrStdout(), name); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "Continue with: uccx-tui resume %s\n", name)
			return nil
		},
	}
}

// imported reads a file and makes a session of it.
func imported(path, version string) (string, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", err
	}
	f, err := openFile(path)
	if errors.Is(err, errSpecialFile) {
		return "", exitcode.With(exitcode.Usage, fmt.Errorf("%s cannot be imported: %w. Nothing was imported. Save the export to a file first.", cert.Printable(path), errSpecialFile))
	}
	if err != nil {
		return "", fmt.Errorf("%s: cannot be read: nothing was written: %w", cert.Printable(path), err)
	}
	defer f.Close()
	b, err := session.ReadBundle(f)
	if err != nil {
		return "", err
	}
	p, err := steps.Fold(b.Entries)
	if err == nil {
		err = validate.Session(b.Entries, p.Change())
	}
	if err != nil {
		return "", &session.Refused{Why: err.Error()}
	}
	folder := ""
	switch change := p.Change(); {
	case change.Lab == nil:
	case !b.Has(labPrefix):
		return "", &session.Refused{Why: "this is a lab session, but the file does not include its simulated nodes"}
	default:
		if folder, err = lab.FreeFolder(home, change.Lab.Folder); err != nil {
			return "", err
		}
	}
	if err := b.Add(plan.KindImported, plan.Imported{Program: version, Lab: folder}); err != nil {
		return "", err
	}
	if folder != "" {
		if err := b.Extract(labPrefix, home.LabDir(folder)); err != nil {
			return "", errors.Join(err, os.RemoveAll(home.LabDir(folder)))
		}
	}
	name, err := home.Unpack(b, labPrefix)
	if err != nil && folder != "" {
		err = errors.Join(err, os.RemoveAll(home.LabDir(folder)))
	}
	return name, err
}

// proposals prints what an imported session says of its nodes, and was not accepted here yet.
func proposals(out io.Writer, name string) error {
	_, p, err := sessionPlan(name)
	if err != nil {
		return err
	}
	all := plan.Proposals(p)
	if len(all) == 0 {
		return nil
	}
	fmt.Fprintln(out, "\nWhoever made the file chose the addresses and keys of these nodes. Compare them before you enter a password. You are asked about\neach once; for uccx-tui run, give --host-key and --cert.")
	for _, o := range all {
		fmt.Fprintf(out, "  %s  reached at %s\n", o.FQDN, o.Address)
		if o.Key != nil {
			fmt.Fprintf(out, "    SSH host key %s %s\n", o.Key.Type, o.Key.Fingerprint)
		}
		if o.Cert != nil {
			fmt.Fprintf(out, "    certificate of the API, SHA-256 %s\n", o.Cert.Fingerprint)
		}
	}
	fmt.Fprintln(out)
	return nil
}

// named returns one session of the list.
func (d *door) named(name string) (app.Listed, error) {
	all, err := d.sessions()
	for _, l := range all {
		if l.Name == name {
			return l, nil
		}
	}
	return app.Listed{}, err
}
