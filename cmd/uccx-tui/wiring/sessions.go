package wiring

import (
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

// Sessions returns all sessions of this machine, newest first.
func (a *App) Sessions() ([]app.Listed, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	infos, err := home.List()
	if err != nil {
		return nil, err
	}
	all := make([]app.Listed, 0, len(infos))
	for _, info := range infos {
		all = append(all, listing(home, info))
	}
	return all, nil
}

func listing(home session.Home, info session.Info) app.Listed {
	l := app.Listed{Name: info.Name, Held: info.Held, Err: info.Err, Wrote: info.Modified}
	if l.Held != nil {
		l.Stopped = l.Held.Stopped()
	}
	if l.Err != nil {
		return l
	}
	entries, err := home.Read(info.Name)
	if err != nil {
		l.Err = err
		return l
	}
	p, err := steps.Fold(entries)
	if err != nil {
		l.Err = err
		return l
	}
	l.Lab, l.Where, l.Opened = p.Change().Lab != nil, standing.WhereIs(p), entries[0].Time
	return l
}

// learn reads how long rows took in the sessions of this machine. What cannot be read teaches nothing.
func (a *App) learn() timing.Durations {
	all := timing.Durations{}
	home, err := session.DefaultHome()
	if err != nil {
		return all
	}
	infos, err := home.List()
	if err != nil {
		return all
	}
	for _, info := range infos {
		if entries, err := home.Read(info.Name); err == nil {
			all.Learn(entries)
		}
	}
	return all
}
