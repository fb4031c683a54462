package steps

// thirdParty lets UCCX scripts call a server over HTTPS: the keystore holds no public roots, so that the server's whole
// chain is needed, and the engine reads it when it starts (REL-3).
func thirdParty() []Step {
	return []Step{
		rowLogin().of(scriptsRun, Owing{}),
		rowSurvey().of(scriptsRun, Owing{}),
		rowPreflight().of(scriptsRun, Owing{}),
		rowFetch(),
		rowChain(),
		rowRoot().of(scriptsRun, Owing{stepEngine, ForEngine}),
		rowIntermediate().of(scriptsRun, Owing{stepEngine, ForEngine}),
		rowReplicate().of(scriptsRun, Owing{stepEngine, ForEngine}),
		rowEngine(),
		rowScript(),
		rowReport(),
	}
}
