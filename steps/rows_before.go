package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Every is On for rows that are on all nodes.
func Every(Scope, vos.Node) bool { return true }

// of keeps a row to fewer nodes, where no CA was asked, and says which restart it makes necessary there.
func (s Step) of(on func(Scope, vos.Node) bool, owes Owing) Step {
	wide := s.On
	s.On = func(sc Scope, n vos.Node) bool { return wide(sc, n) && on(sc, n) }
	s.Owes, s.Retry = owes, 0 // a path that asks no CA has no other files and no CSR
	return s
}

func rowLogin() Step {
	return Step{
		ID: stepLogin, Role: RoleLogin, Title: "Log in to every node", On: Every, Look: lookLogin, Usual: 10 * time.Second,
		Why:   "Every later step needs the OS Administration account on each node, and the right host key.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-1"},
	}
}

func rowSurvey() Step {
	return Step{
		ID: stepSurvey, Role: RoleSurvey, Title: "Read every node", On: Every, Look: lookSurvey, Usual: 15 * time.Second,
		Why:   "What each node holds and serves now is kept, so that before and after can be held side by side.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "CLI-1", "CLI-8"}, Words: wordsSurvey,
	}
}

func rowPreflight() Step {
	return Step{
		ID: stepPreflight, Role: RolePreflight, Title: "Check before starting", On: Every, Look: lookPreflight,
		Why:   "What would stop the change in the middle is better known before it begins.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "PRE-3", "PRE-4", "PRE-7"},
	}
}

func rowRegenerate(restart string) Step {
	return Step{
		ID: stepRegenerate, Role: RoleRegenerate, Title: "Regenerate the certificate", On: replaced, Risk: Changes, Look: lookRegenerate, Act: actRegenerate, Usual: 10 * time.Second,
		Owes:   Owing{restart, ForIdentity},
		Why:    "The node makes a new key and a self-signed certificate, with the host name and the domain that it has now.",
		Effect: "None until the restart: agents keep working.",
		Undo:   "The former certificate cannot be put back: its key is gone. A certificate of a CA needs a new CSR.",
		Rules:  []string{"SELF-3", "PRE-3"}, Words: wordsRegenerate,
	}
}

func replaced(s Scope, n vos.Node) bool { return s.Replaces(n) }
