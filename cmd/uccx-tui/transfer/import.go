package transfer

import (
	"errors"
	"fmt"
	"io"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/validate"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Import reads a file and makes a session of it.
func Import(path, version string) (string, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return "", err
	}
	f, err := input.OpenFile(path)
	if errors.Is(err, input.ErrSpecialFile) {
		return "", exitcode.With(exitcode.Usage, msg.Errorf("%s cannot be imported: %w. Nothing was imported. Save the export to a file first.", cert.Printable(path), input.ErrSpecialFile))
	}
	if err != nil {
		return "", msg.Errorf("%s cannot be read: %w. Nothing was imported.", cert.Printable(path), err)
	}
	defer f.Close()
	b, err := session.ReadBundle(f, labPrefix)
	if err != nil {
		return "", err
	}
	p, err := steps.Fold(b.Entries)
	if err == nil {
		err = validate.Session(b.Entries, p.Change())
	}
	if err != nil {
		return "", &session.BadBundle{Why: msg.Of(err)}
	}
	free, err := home.Beginning() // the same file twice at once would make two sessions of one
	if err != nil {
		return "", err
	}
	name, err := unpacked(home, b, p, version)
	return name, errors.Join(err, free())
}

// unpacked writes a session that was checked, and the nodes of its lab.
func unpacked(home session.Home, b *session.Bundle, p *plan.Plan, version string) (name string, err error) {
	folder := ""
	switch change := p.Change(); {
	case change.Lab == nil:
	case !b.Has(labPrefix):
		return "", &session.BadBundle{Why: msg.T("this is a lab session, but the file does not include its simulated nodes")}
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
			return "", errors.Join(err, regular.RemoveAll(home.LabDir(folder)))
		}
	}
	name, err = home.Unpack(b, labPrefix)
	if err != nil && folder != "" {
		err = errors.Join(err, regular.RemoveAll(home.LabDir(folder)))
	}
	return name, err
}

// Proposals prints what an imported session says of its nodes, and was not accepted here yet.
func Proposals(out io.Writer, say lang.Localizer, name string) error {
	_, p, err := input.Session(name)
	if err != nil {
		return err
	}
	all := plan.Proposals(p)
	if way := p.Change().Solution.Route; !way.Direct() {
		fmt.Fprintf(out, "\n%s\n", say.Say("The session reaches all nodes through %s. The author of the file chose that. You are asked before it is used.", way))
		if _, _, key := plan.Route(p); key != nil {
			fmt.Fprintf(out, "    %s\n", say.Say("SSH host key %s %s", key.Type, key.Fingerprint))
		}
	}
	if len(all) == 0 {
		return nil
	}
	fmt.Fprintf(out, "\n%s\n", say.Say("The author of the file chose the addresses and keys of these nodes. Compare them before you enter a password. You are asked about\neach once; for uccx-tui run, give --host-key and --cert."))
	for _, o := range all {
		fmt.Fprintf(out, "  %s\n", say.Say("%s  reached at %s", o.FQDN, o.Address))
		if o.Key != nil {
			fmt.Fprintf(out, "    %s\n", say.Say("SSH host key %s %s", o.Key.Type, o.Key.Fingerprint))
		}
		if o.Cert != nil {
			fmt.Fprintf(out, "    %s\n", say.Say("certificate of the API, SHA-256 %s", o.Cert.Fingerprint))
		}
	}
	fmt.Fprintln(out)
	return nil
}
