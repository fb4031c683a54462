package steps

// selfSigned exchanges the certificates that the nodes have: each relation needs the peer's certificate in its trust
// store (SELF-1, SELF-2). Nothing is restarted where nothing was missing.
func selfSigned() []Step {
	return rows(
		rowLogin(),
		rowSurvey(),
		rowPreflight(),
		rowExchange(stepRestart),
		rowExchanged(stepRestart),
		rowsNear(stepRestart),
		rowRestart(),
		rowProve(),
		rowNearTold(),
		rowFunction(),
		rowReport(),
	)
}

// regenerate makes new self-signed certificates, and gives them to every peer before the one restart that both need
// (SELF-3). A restart between the two would cost a second outage.
func regenerate() []Step {
	return rows(
		rowLogin(),
		rowSurvey(),
		rowPreflight(),
		rowRegenerate(stepRestart),
		rowExchange(stepRestart),
		rowExchanged(stepRestart),
		rowsNear(stepRestart),
		rowRestart(),
		rowProve(),
		rowNearTold(),
		rowFunction(),
		rowReport(),
	)
}

// expired is the shortest safe way back to service: new self-signed certificates first, known to every peer; then, without
// haste, those that a CA signs.
func expired() []Step {
	return rows(
		rowLogin(),
		rowSurvey(),
		rowPreflight(),
		rowRegenerate(stepBack),
		rowExchange(stepBack),
		rowExchanged(stepBack),
		rowsNear(stepBack),
		rowBack(),
		rowBackProve(),
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
