package steps

// signed is Path A of domain.md: certificates signed by a CA, on all nodes or some of them.
func signed() []Step {
	return rows(
		rowLogin(),
		rowSurvey(),
		rowPreflight(),
		rowSecond(),
		rowCSR(),
		rowSharedCSR(),
		rowSecondCSR(),
		rowOutbox(),
		rowHandOver(),
		rowReply(),
		rowRoot(),
		rowIntermediate(),
		rowReplicate(),
		rowsNear(stepRestart),
		rowInstall(),
		rowByPage(),
		rowShared(),
		rowSecondInstall(),
		rowCOP(),
		rowRestart(),
		rowProve(),
		rowNearTold(),
		rowFunction(),
		rowReport(),
	)
}

// domain is Path A after a node's domain or host name was changed, or set for the first time: all certificates are
// regenerated before a CSR is made (PRE-3). They need not be served before that.
func domain() []Step {
	return rows(
		rowLogin(),
		rowSurvey(),
		rowPreflight(),
		rowRegenerate(stepRestart),
		rowSecond(),
		rowCSR(),
		rowSharedCSR(),
		rowSecondCSR(),
		rowOutbox(),
		rowHandOver(),
		rowReply(),
		rowRoot(),
		rowIntermediate(),
		rowReplicate(),
		rowsNear(stepRestart),
		rowInstall(),
		rowByPage(),
		rowShared(),
		rowSecondInstall(),
		rowCOP(),
		rowRestart(),
		rowProve(),
		rowNearTold(),
		rowFunction(),
		rowReport(),
	)
}
