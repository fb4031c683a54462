package wiring

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// ReportForms are the forms of a report.
func ReportForms() []string { return []string{"md", "html", "json", "ics"} }

// report is what the faces ask for.
func (a *App) report(name, format string) ([]byte, error) {
	_, plan, err := input.Session(name)
	if err != nil {
		return nil, err
	}
	return ReportIn(report.Of(plan).Said(a.Say), format), nil
}

// ReportIn returns a report in one of the forms that ReportForms names; Markdown where it is none of them.
func ReportIn(r report.Report, format string) []byte {
	switch format {
	case "html":
		return r.HTML()
	case "json":
		return r.JSON()
	case "ics":
		return r.Calendar()
	}
	return r.Markdown()
}

// watchEvery is how often a session is looked at for a new entry.
const watchEvery = time.Second

// Watch writes the report of a session into a file, and again whenever its journal has grown, until the program is ended.
func Watch(a *App, name, file string, draw func(*plan.Plan) []byte) error {
	if err := input.Writable(file); err != nil {
		return exitcode.With(exitcode.Usage, msg.Errorf("--watch: cannot write the file: %w. Nothing was done. Choose another file.", err))
	}
	ctx, cancel := a.Context()
	defer cancel()
	ticks := time.NewTicker(watchEvery)
	defer ticks.Stop()
	entries := 0
	for p := (*plan.Plan)(nil); ; {
		var home session.Home
		var err error
		if home, p, err = input.SessionSince(name, p); err != nil {
			return err
		}
		if n, _, _ := p.Entries(); n != entries {
			entries = n
			if err := replaced(file, draw(p)); err != nil {
				return msg.Errorf("%s cannot be written: %w. Choose another file.", cert.Printable(file), err)
			}
			print.Problem(a.Errout, a.Say.T(msg.N("%[1]s: 1 entry of %[3]s", "%[1]s: %[2]d entries of %[3]s", n, cert.Printable(file), n, filepath.Base(home.SessionDir(name)))))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

// replaced puts a file in the place of the one that is there, completely or not at all: it may be read meanwhile.
func replaced(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".uccx-tui-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if at, there := os.Stat(file); there == nil && err == nil {
		err = f.Chmod(at.Mode().Perm()) // for its present readers
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = regular.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
