// Package transfer hands a session over to another machine as one file, and takes one in.
package transfer

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// labPrefix is where the disks of a lab lie in the file of a lab session.
const labPrefix = "lab"

// Export writes the file, after the journal says that the session was handed over.
func Export(a *wiring.App, args []string) error {
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
		return streamed(a, s, plan, home)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return msg.Errorf("%s cannot be written: %w. Nothing was exported. Existing files are never overwritten.", cert.Printable(to), err)
	}
	if err := packed(s, plan, home, a.Version, f); err != nil {
		return errors.Join(err, f.Close(), os.Remove(to))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return msg.Errorf("%s cannot be written: %w. Do not use this file. Export the session again.", cert.Printable(to), err)
	}
	fmt.Fprintf(a.Out, "%s\n%s\n", cert.Printable(to), a.Say.T(handedOver(s.Name())))
	return nil
}

// streamed writes the file to the standard output: it holds nothing else.
func streamed(a *wiring.App, s *session.Session, p *plan.Plan, home session.Home) error {
	if err := packed(s, p, home, a.Version, a.Out); err != nil {
		return msg.Errorf("writing to standard output failed: %w. The file is incomplete: do not use it. Export the session again.", err)
	}
	print.Problem(a.Errout, a.Say.T(handedOver(s.Name())))
	return nil
}

func handedOver(name string) msg.Text {
	return msg.T("Handed over. On the other machine, run: uccx-tui import. To continue here instead: uccx-tui resume %s --take-over", name)
}

func packed(s *session.Session, p *plan.Plan, home session.Home, version string, f io.Writer) error {
	if _, _, away := p.HandedOver(); !away {
		if _, err := s.Append(plan.KindExported, "", "", plan.Resumed{Program: version}); err != nil {
			return err
		}
	}
	also := map[string]string{}
	if lab := p.Change().Lab; lab != nil {
		also[labPrefix] = home.LabDir(lab.Folder)
	}
	data, err := s.Pack(version, also)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}
