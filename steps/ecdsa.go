package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

func wordsSecondCSR(*plan.Plan, vos.Node) []string {
	return []string{vos.DialogueCSR(plan.UnitSecond).Line}
}

func wordsSecondInstall(p *plan.Plan, n vos.Node) []string { return wordsOwn(p, n, plan.UnitSecond) }

// rowSecond asks what becomes of the second identity of 11.5, with the outcomes before the choice (EC-4).
func rowSecond() plan.Step {
	return plan.Step{
		ID: plan.StepSecond, Role: plan.RoleDecide, Title: "Decide about tomcat-ECDSA",
		On:    func(s plan.Scope, n vos.Node) bool { return s.HasSecond(n) && n.TakesTrust() },
		Why:   "Release 11.5 also has an elliptic curve certificate, which some clients are shown instead of tomcat.",
		Undo:  "Nothing is changed.",
		Rules: []string{"EC-1", "EC-2", "EC-3", "EC-4", "EC-6"},
		Ask: []plan.Question{{ID: plan.AskSecond, Kind: plan.Choice, Rule: "EC-4", Text: "What becomes of tomcat-ECDSA here?", Lines: outcomes(),
			Means: "Only an EC CA makes all of it work. Without one, the COP keeps the certificate from being shown.",
			Options: []plan.Option{{Value: plan.LeaveSecond, Label: "Leave it self-signed: agents may have to accept it"},
				{Value: plan.SignSecond, Label: "Have it signed by an EC CA: all works"},
				{Value: plan.CopSecond, Label: "Install the COP that stops it being presented"}}}},
	}
}

// outcomes is what clients meet, by who signed tomcat and tomcat-ECDSA (EC-4).
func outcomes() []string {
	return []string{
		"tomcat self, ECDSA self: one more to accept in Live Data and chat",
		"tomcat RSA CA, ECDSA EC CA: all works",
		"tomcat RSA CA, ECDSA self: accepting fails in Live Data, works in chat",
		"tomcat RSA CA, ECDSA RSA CA: Live Data works, chat does not (CSCvb58580)",
	}
}

func signsSecond(s plan.Scope, n vos.Node) bool {
	return s.HasSecond(n) && s.SecondOf(n) == plan.SignSecond
}

func rowSecondCSR() plan.Step {
	return plan.Step{
		ID: plan.StepSecondCSR, Role: plan.RoleRequest, Title: "Generate a CSR for tomcat-ECDSA", Unit: plan.UnitSecond, On: signsSecond, Risk: plan.Changes, Look: lookCSR, Act: actCSR, Usual: 10 * time.Second,
		Why:    "It has a key and a request of its own, with the name tomcat-ECDSA in every step.",
		Effect: "None: the certificate in use stays as it is.",
		Undo:   requestUndo,
		Rules:  []string{"EC-2"}, Commands: wordsSecondCSR,
	}
}

func rowSecondInstall() plan.Step {
	return plan.Step{
		ID: plan.StepSecondOwn, Role: plan.RoleInstall, Retry: plan.NewCSR | plan.OtherFiles, Title: "Install tomcat-ECDSA", Unit: plan.UnitSecond, On: signsSecond, Risk: plan.Changes, Look: lookInstall, Act: actInstall, Usual: 8 * time.Second,
		Owes:   plan.Owing{Restart: plan.StepRestart, For: plan.ForIdentity},
		Why:    "It goes up under the name tomcat-ECDSA, never tomcat. Its root is known already where the same CA signed both.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"EC-2"}, Commands: wordsSecondInstall,
	}
}

func rowCOP() plan.Step {
	return plan.Step{
		ID: plan.StepCOP, Role: plan.RoleCOP, Title: "Install the COP against tomcat-ECDSA",
		On:    func(s plan.Scope, n vos.Node) bool { return s.HasSecond(n) && s.SecondOf(n) == plan.CopSecond },
		Why:   "UCCX and SocialMiner have a COP each that stops the certificate being presented. It works after the restart.",
		Undo:  "Cisco has a rollback COP for each.",
		Rules: []string{"EC-3", "EC-6"},
		Ask: []plan.Question{{ID: plan.AskCOP, Kind: plan.Choice, Needs: plan.Yes, Rule: "EC-6", Text: "Is the COP installed on this node?",
			Means:   "Software Upgrades > Install/Upgrade, before the restart. The program cannot see it before then: after it, the addresses show it.",
			Options: []plan.Option{{Value: plan.No, Label: "Not yet"}, {Value: plan.Yes, Label: "Yes, it is installed"}}}},
	}
}
