package first

import (
	"context"
	"path"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/functional"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// roleKit is the role of the row that writes files for the administrators of client PCs.
const roleKit plan.Role = "kit"

// Clients are the rows about the PCs of agents, supervisors and reporting users (FIRST-7): the kit, and whether it was rolled out.
func Clients() []plan.Step {
	return append([]plan.Step{{
		ID: "client-kit", Role: roleKit, Title: "Write the client kit", Look: lookKit,
		Why:    "The administrators of the PCs need the certificates to trust, the Group Policy and Firefox steps, and the addresses.",
		Effect: "None.",
		Undo:   "Delete the folder of the kit in the session folder.",
		Rules:  []string{"FIRST-7", "SELF-4"},
	}}, append(When(ByCA, []plan.Step{clients("clients", msg.T("Do these addresses open without a warning on the PCs of agents and supervisors?"),
		msg.T("Internal CA: first put its root on every PC, with the Group Policy or the Firefox policy of the client kit. The root of a public CA is there already."))}),
		When(BySelf, []plan.Step{clients("clients-self", msg.T("Is every certificate on the PCs, or accepted once at each of these addresses?"),
			msg.T("Use the client kit: Trusted Root Certification Authorities by Group Policy, the Firefox policy, or one exception per address and browser."))})...)...)
}

// clients is the row that asks about the PCs; its id is that of the question.
func clients(id string, text, means msg.Text) plan.Step {
	return plan.Step{
		ID: id, Role: plan.RoleAsk, Title: "Prepare the client PCs",
		Why: "Agents who see a warning cannot log in, or learn to accept warnings. Only the PCs show whether they trust " +
			"the certificates.",
		Undo:  "Nothing is changed.",
		Rules: []string{"FIRST-7", "SELF-4", "PRE-2"},
		Ask:   []plan.Question{rollout(id, text, means, nil)},
		Questions: func(s change.Scope) []plan.Question {
			return []plan.Question{rollout(id, text, means, urls(s.Solution.Nodes()))}
		},
	}
}

func rollout(id string, text, means msg.Text, lines []msg.Text) plan.Question {
	return plan.Question{ID: id, Kind: plan.Choice, Rule: "FIRST-7", Text: text, Means: means, Lines: lines,
		Options: functional.Answers()}
}

// urls are the addresses that people open, with who opens them, as the release table has them (CLI-1 to CLI-8).
func urls(nodes []vos.Node) []msg.Text {
	var all []msg.Text
	seen := map[string]bool{}
	for _, n := range nodes {
		f, _ := vos.Lookup(n.Product, n.Release)
		for _, port := range f.Ports {
			if port.Rare() {
				continue
			}
			for _, url := range port.URLs(n.FQDN) {
				if line := msg.T("%s (%s)", url, port.Who); !seen[line.String()] {
					seen[line.String()], all = true, append(all, line)
				}
			}
		}
	}
	return all
}

// agentURLs is how many of these addresses agents open: the others are for administrators.
func agentURLs(nodes []vos.Node) (n int) {
	for _, one := range nodes {
		f, _ := vos.Lookup(one.Product, one.Release)
		for _, port := range f.Ports {
			for _, url := range port.URLs(one.FQDN) {
				if !port.Rare() && kit.ByAgents(port.Who, url) {
					n++
				}
			}
		}
	}
	return n
}

// lookKit writes the kit into the folder of the session: it is done once all its files are there.
func lookKit(_ context.Context, j *plan.Job) (bool, error) {
	k := kit.Of(j.Plan, j.World.Now(), j.World.Words)
	for _, f := range k.Files {
		name := path.Join(k.Folder, f.Name)
		at, err := j.Keep(name, f.Data)
		if err != nil {
			return false, &vos.Error{Class: vos.ErrRefused, What: msg.T("The client kit could not be written"), Err: err,
				Means: msg.T("Nothing was changed on any node."), Next: msg.T("Free disk space or restore write permission, then press Enter.")}
		}
		j.Seen.Files = append(j.Seen.Files, at)
	}
	return true, nil
}
