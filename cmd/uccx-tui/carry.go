package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/validate"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// labPrefix is where the disks of a lab lie in the file of a lab session.
const labPrefix = "lab"

func (d *door) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export NAME [FILE]",
		Short: "Export a session to one file (journal, CSRs, certificates, transcripts, host keys; no passwords)",
		Long: "Exports a session to one file (default: NAME.uccx.tar) for uccx-tui import on another machine; - writes it to the standard\n" +
			"output, where that is no terminal. The session here is then marked as handed over and continues only with\n" +
			"resume --take-over. The export of a lab session includes the simulated nodes.",
		Example: "  uccx-tui export HQ-renewal\n  uccx-tui export HQ-renewal - | ssh jump2 'cat > hq.tar && uccx-tui import hq.tar'",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage(c, errors.New("export needs a session name and accepts a file. List sessions with: uccx-tui sessions"))
			}
			if len(args) == 2 && args[1] == "-" && term.IsTerminal(d.screen.Fd()) {
				return usage(c, errors.New("the standard output is a terminal: name a file, or redirect it (> FILE)"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return exported(d, args) },
	}
}

// exported writes the file, after the journal says that the session was handed over.
func exported(d *door, args []string) error {
	home, err := session.DefaultHome()
	if err != nil {
		return err
	}
	s, err := home.Open(args[0])
	if err != nil {
		return err
	}
	defer s.Close()
	plan, err := steps.Fold(s.Entries())
	if err != nil {
		return err
	}
	to := s.Name() + ".uccx.tar"
	if len(args) == 2 {
		to = args[1]
	}
	if to == "-" {
		return streamed(d, s, plan, home)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w. Nothing was exported. Existing files are never overwritten.", cert.Printable(to), err)
	}
	if err := packed(s, plan, home, f); err != nil {
		return errors.Join(err, f.Close(), os.Remove(to))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("%s: cannot be written; export it again: %w", cert.Printable(to), err)
	}
	fmt.Fprintf(d.out, "%s\n%s", cert.Printable(to), handedOver(s.Name()))
	return nil
}

// streamed writes the file to the standard output: it holds nothing else.
func streamed(d *door, s *session.Session, p *plan.Plan, home session.Home) error {
	if err := packed(s, p, home, d.out); err != nil {
		return fmt.Errorf("the standard output did not take the whole file: %w. Do not use what arrived, and export the session again.", err)
	}
	fmt.Fprintf(d.errout, "uccx-tui: %s", handedOver(s.Name()))
	return nil
}

func handedOver(name string) string {
	return "Handed over. On the other machine, run: uccx-tui import. To continue here instead: uccx-tui resume " + name + " --take-over\n"
}

func packed(s *session.Session, p *plan.Plan, home session.Home, f io.Writer) error {
	if _, _, away := p.HandedOver(); !away {
		if _, err := s.Append(plan.KindExported, "", "", plan.Resumed{Program: programVersion()}); err != nil {
			return err
		}
	}
	also := map[string]string{}
	if lab := p.Change().Lab; lab != nil {
		also[labPrefix] = home.LabDir(lab.Folder)
	}
	data, err := s.Pack(programVersion(), also)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

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
			name, err := imported(args[0])
			if err != nil {
				var refused *session.Refused
				if errors.As(err, &refused) {
					return &exit{exitDamaged, fmt.Errorf("%s: %w", cert.Printable(args[0]), err)}
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
func imported(path string) (string, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", err
	}
	f, err := openFile(path)
	if errors.Is(err, errSpecialFile) {
		return "", &exit{exitUsage, fmt.Errorf("%s cannot be imported: %w. Nothing was imported. Save the export to a file first.", cert.Printable(path), errSpecialFile)}
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
	lab := ""
	switch change := p.Change(); {
	case change.Lab == nil:
	case !b.Has(labPrefix):
		return "", &session.Refused{Why: "this is a lab session, but the file does not include its simulated nodes"}
	default:
		if lab, err = freeLab(home, change.Lab.Folder); err != nil {
			return "", err
		}
	}
	if err := b.Add(plan.KindImported, plan.Imported{Program: programVersion(), Lab: lab}); err != nil {
		return "", err
	}
	if lab != "" {
		if err := b.Extract(labPrefix, home.LabDir(lab)); err != nil {
			return "", errors.Join(err, os.RemoveAll(home.LabDir(lab)))
		}
	}
	name, err := home.Unpack(b, labPrefix)
	if err != nil && lab != "" {
		err = errors.Join(err, os.RemoveAll(home.LabDir(lab)))
	}
	return name, err
}

// proposals prints what a session from other hands says of its nodes: nobody here has accepted it yet.
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

// freeLab returns the name of a lab folder that is not there yet.
func freeLab(home session.Home, folder string) (string, error) {
	for i := 1; ; i++ {
		name := folder
		if i > 1 {
			name += "-" + strconv.Itoa(i)
		}
		if _, err := os.Lstat(home.LabDir(name)); errors.Is(err, os.ErrNotExist) {
			return name, nil
		} else if err != nil {
			return "", err
		}
	}
}

// copyLab gives a lab that somebody may still serve a folder of its own, and returns its name: each file of a lab is whole at
// any moment.
func copyLab(home session.Home, folder string) (string, error) {
	name, err := freeLab(home, folder)
	if err != nil {
		return "", err
	}
	from, to := home.LabDir(folder), home.LabDir(name)
	err = filepath.WalkDir(from, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case e.IsDir():
			return os.MkdirAll(at, 0o700)
		case e.Name() == "lock" || !e.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) { // a file on its way, which has its name by now
			return nil
		}
		if err == nil {
			err = os.WriteFile(at, data, 0o600)
		}
		return err
	})
	if err != nil {
		return "", errors.Join(fmt.Errorf("cannot copy the simulated nodes: %w. Nothing was imported.", err), os.RemoveAll(to))
	}
	return name, nil
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

// elsewhere refuses a session that was handed over: two people who both go on would make two CSRs.
func elsewhere(name string, p *plan.Plan) error {
	who, when, away := p.HandedOver()
	if !away {
		return nil
	}
	return &exit{exitHeld, fmt.Errorf("Session %s was handed over by %s at %s. Nothing was changed. Import their export to get it back, "+
		"or, if no one continues it, use --take-over.",
		name, cert.Printable(who), when.Local().Format(time.DateTime))}
}

// taken opens a session that another program holds, on purpose.
func taken(home session.Home, name string, err error) (*session.Session, *session.Holder, error) {
	var held *session.Held
	if !errors.As(err, &held) {
		return nil, nil, err
	}
	s, err := home.TakeOver(name, held.Holder)
	return s, &held.Holder, err
}

func (d *door) takeOverFlag(c *cobra.Command) {
	c.Flags().BoolVar(&d.force, "take-over", false, "take over a session that another program has open, or that was handed over")
}
