package steps

import "github.com/uccx-tui/uccx-tui/steps/plan"

// thirdParty lets UCCX scripts call a server over HTTPS: the keystore holds no public roots, so that the server's whole
// chain is needed, and the engine reads it when it starts (REL-3).
func thirdParty() []plan.Step {
	return []plan.Step{
		rowOn(rowLogin(), scriptsRun, plan.Owing{}),
		rowOn(rowSurvey(), scriptsRun, plan.Owing{}),
		rowOn(rowPreflight(), scriptsRun, plan.Owing{}),
		rowFetch(),
		rowChain(),
		rowOn(rowRoot(), scriptsRun, plan.Owing{Restart: plan.StepEngine, For: plan.ForEngine}),
		rowOn(rowIntermediate(), scriptsRun, plan.Owing{Restart: plan.StepEngine, For: plan.ForEngine}),
		rowOn(rowReplicate(), scriptsRun, plan.Owing{Restart: plan.StepEngine, For: plan.ForEngine}),
		rowEngine(),
		rowScript(),
		rowReport(),
	}
}
