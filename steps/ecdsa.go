package steps

import (
	"context"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/ecdsa"
	"github.com/uccx-tui/uccx-tui/steps/first"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

func commandsECDSACSR(*plan.Plan, vos.Node) []string {
	return []string{vos.DialogueCSR(change.UnitECDSA).Line}
}

func commandsECDSAInstall(p *plan.Plan, n vos.Node) []string { return wordsOwn(p, n, change.UnitECDSA) }

// rowECDSA asks what becomes of the second identity of 11.5, with the outcomes before the choice (EC-4).
func rowECDSA() plan.Step {
	return plan.Step{
		ID: plan.StepECDSA, Role: plan.RoleDecide, Title: "Choose how to handle tomcat-ECDSA",
		On: func(s change.Scope, n vos.Node) bool { return s.HasECDSA(n) && n.TakesTrust() && !s.OnlyECDSA() },
		Why: "This release has a second certificate with an elliptic curve (EC) key, tomcat-ECDSA. Some clients get it " +
			"instead of tomcat.",
		Undo:  "Nothing is changed.",
		Rules: []string{"EC-1", "EC-2", "EC-3", "EC-4", "EC-6"},
		Ask:   []plan.Question{ecdsa.Question()}, Fit: ecdsa.Fit,
	}
}

// rowECDSASelf asks the same where no CA signs (EC-6, EC-7).
func rowECDSASelf() plan.Step {
	row := rowECDSA()
	row.Ask, row.Fit, row.Look = nil, nil, ecdsa.LookSelf
	row.Since = 3
	row.On = func(s change.Scope, n vos.Node) bool {
		return s.HasECDSA(n) && n.TakesTrust() && ecdsa.HasCOP(n.Product)
	}
	row.Rules = append(row.Rules, "EC-7")
	return row
}

// rowECDSAChosen asks the one or the other, by who signs: a first deployment decides that on the way.
func rowECDSAChosen() plan.Step {
	byCA, bySelf := rowECDSA(), rowECDSASelf()
	row := byCA
	row.Ask, row.Fit, row.Rules = nil, nil, bySelf.Rules
	row.On = func(s change.Scope, n vos.Node) bool {
		return first.BySelf(s) && bySelf.On(s, n) || first.ByCA(s) && byCA.On(s, n)
	}
	row.Look = func(ctx context.Context, j *plan.Job) (bool, error) {
		if first.BySelf(j.Plan.Scope()) {
			return ecdsa.LookSelf(ctx, j)
		}
		return ecdsa.Look(ctx, j)
	}
	return row
}

func signsECDSA(s change.Scope, n vos.Node) bool { return s.SignsECDSA(n) }

func rowECDSACSR() plan.Step {
	return plan.Step{
		ID: plan.StepECDSACSR, Role: plan.RoleRequest, Title: "Generate a CSR for tomcat-ECDSA", Unit: change.UnitECDSA, On: signsECDSA, Risk: plan.Changes, Look: lookCSR, Act: actCSR, Guard: pins.Guard, Usual: 10 * time.Second,
		Why:    "tomcat-ECDSA has its own key and its own CSR. Use the name tomcat-ECDSA in every step.",
		Effect: "None. The current certificate stays in use.",
		Undo:   requestUndo,
		Rules:  []string{"EC-2"}, Commands: commandsECDSACSR,
	}
}

func rowECDSAInstall() plan.Step {
	return plan.Step{
		ID: plan.StepECDSAOwn, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Install the tomcat-ECDSA certificate", Unit: change.UnitECDSA, On: signsECDSA, Risk: plan.Changes, Look: lookInstall, Act: actInstall, Guard: pins.Guard, Usual: 8 * time.Second,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why: "Upload it as tomcat-ECDSA, not as tomcat. If the same root issued both CAs, it is already in the " +
			"trust store.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"EC-2"}, Commands: commandsECDSAInstall,
	}
}

func rowCOP() plan.Step {
	return plan.Step{
		ID: plan.StepCOP, Role: plan.RoleCOP, Title: "Install the COP file for tomcat-ECDSA", Unit: change.UnitECDSA,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		On: func(s change.Scope, n vos.Node) bool {
			return s.HasECDSA(n) && s.ECDSAOf(n) == change.ECDSACOP && ecdsa.HasCOP(n.Product)
		},
		Why: "UCCX and SocialMiner each have a COP file that stops the node from presenting tomcat-ECDSA. It " +
			"takes effect at the restart.",
		Undo:  "Install Cisco's rollback COP file for the product.",
		Rules: []string{"EC-3", "EC-6"},
		Ask:   []plan.Question{ecdsa.Installed()}, Fit: ecdsa.FitCOP,
	}
}

// rowCOPSelf is the same where nothing else may make a restart necessary.
func rowCOPSelf() plan.Step {
	row := rowCOP()
	row.Since = 3
	return row
}
