package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

func commandsECDSACSR(*plan.Plan, vos.Node) []string {
	return []string{vos.DialogueCSR(plan.UnitECDSA).Line}
}

func commandsECDSAInstall(p *plan.Plan, n vos.Node) []string { return wordsOwn(p, n, plan.UnitECDSA) }

// rowECDSA asks what becomes of the second identity of 11.5, with the outcomes before the choice (EC-4).
func rowECDSA() plan.Step {
	return plan.Step{
		ID: plan.StepECDSA, Role: plan.RoleDecide, Title: "Choose how to handle tomcat-ECDSA",
		On: func(s plan.Scope, n vos.Node) bool { return s.HasECDSA(n) && n.TakesTrust() },
		Why: "Release 11.5 has a second certificate with an elliptic curve (EC) key, tomcat-ECDSA. Some clients " +
			"are shown it instead of tomcat.",
		Undo:  "Nothing is changed.",
		Rules: []string{"EC-1", "EC-2", "EC-3", "EC-4", "EC-6"},
		Ask: []plan.Question{{ID: plan.AskECDSA, Kind: plan.Choice, Rule: "EC-4", Text: "How should tomcat-ECDSA be handled?", Lines: outcomes(),
			Means: "Everything works only if an EC CA signs it. Without an EC CA, the COP file stops the node from " +
				"presenting it.",
			Options: []plan.Option{{Value: plan.ECDSALeave, Label: "Leave it self-signed: agents must accept it in the browser, and Live Data fails if tomcat is " +
				"CA-signed"},
				{Value: plan.ECDSASign, Label: "Have an EC CA sign it: everything works"},
				{Value: plan.ECDSACOP, Label: "Install the COP file: the node no longer presents it"}}}},
	}
}

// outcomes is what clients meet, by who signed tomcat and tomcat-ECDSA (EC-4).
func outcomes() []string {
	return []string{
		"tomcat self-signed, ECDSA self-signed: one more certificate to accept in Live Data and chat",
		"tomcat by an RSA CA, ECDSA by an EC CA: everything works",
		"tomcat by an RSA CA, ECDSA self-signed: Live Data fails even after accepting it, chat works",
		"tomcat and ECDSA by an RSA CA: Live Data works, chat fails (CSCvb58580)",
	}
}

func signsECDSA(s plan.Scope, n vos.Node) bool {
	return s.HasECDSA(n) && s.ECDSAOf(n) == plan.ECDSASign
}

func rowECDSACSR() plan.Step {
	return plan.Step{
		ID: plan.StepECDSACSR, Role: plan.RoleRequest, Title: "Generate a CSR for tomcat-ECDSA", Unit: plan.UnitECDSA, On: signsECDSA, Risk: plan.Changes, Look: lookCSR, Act: actCSR, Usual: 10 * time.Second,
		Why:    "tomcat-ECDSA has its own key and its own CSR. Use the name tomcat-ECDSA in every step.",
		Effect: "None. The current certificate stays in use.",
		Undo:   requestUndo,
		Rules:  []string{"EC-2"}, Commands: commandsECDSACSR,
	}
}

func rowECDSAInstall() plan.Step {
	return plan.Step{
		ID: plan.StepECDSAOwn, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Install the tomcat-ECDSA certificate", Unit: plan.UnitECDSA, On: signsECDSA, Risk: plan.Changes, Look: lookInstall, Act: actInstall, Usual: 8 * time.Second,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why: "Upload it as tomcat-ECDSA, not as tomcat. If the same CA signed both, its root is already in the " +
			"trust store.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"EC-2"}, Commands: commandsECDSAInstall,
	}
}

func rowCOP() plan.Step {
	return plan.Step{
		ID: plan.StepCOP, Role: plan.RoleCOP, Title: "Install the COP file for tomcat-ECDSA",
		On: func(s plan.Scope, n vos.Node) bool { return s.HasECDSA(n) && s.ECDSAOf(n) == plan.ECDSACOP },
		Why: "UCCX and SocialMiner each have a COP file that stops the node from presenting tomcat-ECDSA. It " +
			"takes effect at the restart.",
		Undo:  "Install Cisco's rollback COP file for the product.",
		Rules: []string{"EC-3", "EC-6"},
		Ask: []plan.Question{{ID: plan.AskCOP, Kind: plan.Choice, Needs: plan.Yes, Rule: "EC-6", Text: "Is the COP file installed on this node?",
			Means: "Install it in OS Administration, Software Upgrades > Install/Upgrade, before the restart. It can be " +
				"verified only after the restart, on the ports.",
			Options: []plan.Option{{Value: plan.No, Label: "Not yet"}, {Value: plan.Yes, Label: "Yes, it is installed"}}}},
	}
}
