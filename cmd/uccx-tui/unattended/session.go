package unattended

import (
	"errors"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// take opens the session of a name; or the one that was begun on the nodes of a file, or begins it.
func take(a *wiring.App, u *Options, file solution.File, name string) (w *app.Work, err error) {
	var c change.Change
	if name == "" {
		c = input.ChangeOf(file)
		home, err := session.DefaultHome()
		if err != nil {
			return nil, err
		}
		free, err := home.Beginning()
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, free()) }()
		hash, err := hashOf(c, plan.Version)
		if err != nil {
			return nil, err
		}
		if err := u.expected(c, hash); err != nil {
			return nil, err
		}
		if name, err = begun(home, c, hash, u.Again); err != nil {
			return nil, err
		}
		if err := u.planned(hash); name == "" && err != nil {
			return nil, err
		}
	}
	if name == "" {
		return a.BeginOn(file)
	}
	if u.Plan != "" {
		p, err := input.Plan("", []string{name})
		if err != nil {
			return nil, err
		}
		if err := u.planned(p.Hash()); err != nil {
			return nil, err
		}
	}
	return a.Open(name)
}

// planned refuses a plan that is not the one whose hash was given.
func (u *Options) planned(hash string) error {
	if given := strings.ToLower(u.Plan); given != "" && given != hash {
		return exitcode.With(exitcode.Plan, msg.Errorf("The plan hash is %s, not %s. Nothing was done. See the current plan with: uccx-tui plan", hash, cert.Printable(given)))
	}
	return nil
}

// expected refuses a change whose plan has not the hash that was given, nor had it in a former program.
func (u *Options) expected(c change.Change, hash string) error {
	refused := u.planned(hash)
	for version := plan.Version - 1; refused != nil && version >= 0; version-- {
		former, err := hashOf(c, version)
		if err != nil || former == strings.ToLower(u.Plan) {
			return err
		}
	}
	return refused
}

// hashOf returns the hash of the plan of a change, as the program made it at a version of plans.
func hashOf(c change.Change, version int) (string, error) {
	c.Plan = version
	p, err := steps.Preview(c)
	if err != nil {
		return "", err
	}
	return p.Hash(), nil
}

// begun returns the newest session on these nodes: "" where there is none, or where a finished one is to be followed by a
// new one. An unfinished session of that name with another plan is refused: two would make two CSRs. hash is that of the plan that
// this program makes; a session of a former one is compared with the plan that it made.
func begun(home session.Home, c change.Change, hash string, again bool) (string, error) {
	infos, err := home.List()
	if err != nil {
		return "", err
	}
	for _, info := range infos {
		entries, err := home.Read(info.Name)
		if err != nil {
			continue // it is shown by uccx-tui sessions; it cannot be known what it is about
		}
		p, err := steps.Fold(entries)
		if err != nil || p.Change().Name != c.Name || p.Change().Lab != nil {
			continue
		}
		same := hash
		if made := p.Change().Plan; made != plan.Version {
			if same, err = hashOf(c, made); err != nil {
				return "", err
			}
		}
		finished := p.Next().Finished
		switch {
		case same == p.Hash() && !(finished && again):
			return info.Name, nil
		case !finished:
			return "", exitcode.With(exitcode.Plan, msg.Errorf("Session %s is not finished and has a different plan (%s). Nothing was done. Continue it with: "+
				"uccx-tui run %s, or change the name in the file.",
				info.Name, p.Hash(), info.Name))

		}
	}
	return "", nil
}
