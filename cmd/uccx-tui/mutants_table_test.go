package main_test

import "slices"

// by gives mutants the package and the tests that must notice them.
func by(room, tests string, all ...mutant) []mutant {
	for i := range all {
		all[i].room, all[i].tests = room, tests
	}
	return all
}

// mutants are the checks that are taken away, part by part.
func mutants() []mutant {
	return slices.Concat(mutantsOfSSH(), mutantsOfREST(), mutantsOfSSHLogin(), mutantsOfWords(), mutantsOfFiles(), mutantsOfBundles(),
		mutantsOfLogins(), mutantsOfHandover(), mutantsOfChanges(), mutantsOfPasswords(), mutantsOfBounds())
}

// mutantsOfSSH: bounds of what a node prints, known_hosts.
func mutantsOfSSH() []mutant {
	const bounds, login, answer, dialogue, known = "vos/ssh/bounds.go", "vos/ssh/login.go", "vos/ssh/answer.go", "vos/ssh/type.go", "vos/ssh/knownhosts.go"
	return slices.Concat(
		by("vos/ssh", "TestEndlessWelcome|TestEndlessAnswer|TestEndlessBetween",
			mutant{file: bounds, old: "s.size > maxAnswer || len(s.lines) > maxLines", new: "len(s.lines) > maxLines"},
			mutant{file: bounds, old: "s.size > maxAnswer || len(s.lines) > maxLines", new: "s.size > maxAnswer"}),
		by("vos/ssh", "TestEndlessWelcome", mutant{file: login, old: "if s.full() {", new: "if false {"}),
		by("vos/ssh", "TestEndlessAnswer", mutant{file: dialogue, old: "if a.screen.full() {", new: "if false {"}),
		by("vos/ssh", "TestEndlessBetween", mutant{file: dialogue, old: "if between.full() {", new: "if false {", survives: "the bound of the next answer ends the same node"}),
		by("vos/ssh", "TestPagerWithoutEnd", mutant{file: dialogue, old: "a.pages > maxPages", new: "false"}),
		by("vos/ssh", "TestKnownHosts",
			mutant{file: known, old: "case fingerprint == k.Fingerprint:", new: "case known.Key.Type() == k.Type:"},
			mutant{file: known, old: "!info.Mode().IsRegular() || ", new: ""},
			mutant{file: known, old: " || info.Size() > maxKnownHosts", new: ""}),
		by("vos/ssh", "TestQuestionAskedAgain|TestRestart", mutant{file: answer, old: "ok && a.declined", new: "ok && false"}),
		by("vos/ssh", "TestPasswordInAnAnswer", mutant{file: "vos/words.go", old: "a.Transcript(typed, a.Words(n, text, MaxTranscript))", new: "a.Transcript(typed, Shorten(text, MaxTranscript))"}),
	)
}

// mutantsOfREST: bounds of bodies, the certificate of the API, no password before it, nothing sent again; and handshakes.
func mutantsOfREST() []mutant {
	const dial, request = "vos/rest/dial.go", "vos/rest/request.go"
	return slices.Concat(
		by("vos/rest", "TestBodies",
			mutant{file: request, old: "io.LimitReader(answer.Body, maxBody)", new: "answer.Body"},
			mutant{file: dial, old: "MaxResponseHeaderBytes: 64 << 10", new: "MaxResponseHeaderBytes: 64 << 20"}),
		by("vos/rest", "TestHostileServers",
			mutant{file: request, old: "if account && !c.let {", new: "if false {"},
			mutant{file: dial, old: "unanswered || ctx.Err() != nil", new: "unanswered && false || ctx.Err() != nil"},
			mutant{file: dial, old: "DisableCompression:     true,", new: "DisableCompression:     false,", survives: "the bound of a body counts what was unpacked"}),
		by("steps/renewal", "TestJumpHostIsKnown", mutant{file: "steps/renewal/renewal.go", old: "pin != nil {", new: "pin == nil {"}),
		by("vos/rest", "TestRedirect", mutant{file: dial, old: "return http.ErrUseLastResponse", new: "return nil"}),
		by("vos/rest", "TestChangedCertificate", mutant{file: dial, old: "c.known != nil && c.known.Equal(shown)", new: "c.known != nil"}),
		by("vos/rest", "TestCertificate",
			mutant{file: dial, old: `c.unknown = errors.New("The certificate was not confirmed")`, new: "c.unknown = nil"},
			mutant{file: dial, old: ", VerifyConnection: c.verify", new: ""}),
		by("vos/rest", "TestNoAPI", mutant{file: dial, old: `"/snapshot/server", nil, false)`, new: `"/snapshot/server", nil, true)`}),
		by("vos/rest", "TestEcho", mutant{file: request, old: "c.words(said(r))", new: "said(r)"}),
		by("vos/rest", "TestLostAnswer", mutant{file: request, old: "c.lost(method, path, sent.Load(), err)", new: "c.lost(method, path, false, err)"}),
		by("vos/handshake", "TestTape|TestLongHandshake", mutant{file: "vos/handshake/handshake.go", old: "p[:min(n, room)]", new: "p[:n]"},
			mutant{file: "vos/handshake/handshake.go", old: "room := maxTape - len(c.tape.sent)", new: "room := n"}),
	)
}

// mutantsOfSSHLogin: the one login to nodes and jump hosts. Each is played against the tests of both.
func mutantsOfSSHLogin() []mutant {
	const login, failure, algorithms, bounded, attempt, jump = "vos/sshlogin/sshlogin.go", "vos/sshlogin/failure.go", "vos/sshlogin/algorithms.go", "vos/sshlogin/bounded.go", "vos/ssh/attempt.go", "vos/jump/jump.go"
	return slices.Concat(
		by("vos/ssh", "TestHostileLogins|TestSilentHandshake", mutant{file: login, old: "at.deadline(l.Handshake)", new: "at.deadline(0)"}),
		by("vos/ssh", "TestHostileLogins",
			mutant{file: login, old: "at.deadline(at.Limit)", new: "at.deadline(0)"}),
		by("vos/ssh", "TestEndlessLogin",
			mutant{file: bounded, old: "if came > maxLogin {", new: "if false {"},
			mutant{file: bounded, old: "const maxLogin = 1 << 20", new: "const maxLogin = 1 << 30"}),
		by("vos/jump", "TestDial", mutant{file: login, old: "line.free()", new: "_ = line"}),
		by("vos/ssh", "TestQuestionsOfALogin",
			mutant{file: login, old: "len(questions) > at.Questions || ", new: ""},
			mutant{file: login, old: " || slices.Contains(echos, true)", new: " || false && slices.Contains(echos, true)"},
			mutant{file: attempt, old: "const maxQuestions = 2", new: "const maxQuestions = 3"}),
		by("vos/ssh", "TestWrongPasswordCostsOneTry", mutant{file: login, old: "if at.given {", new: "if false {"}),
		by("vos/ssh", "TestHostKeyIsAskedBeforeAnySecret",
			mutant{file: login, old: `err := errors.New("The host key was not confirmed")`, new: "var err error"},
			mutant{file: login, old: "at.key, at.keyErr = key, err\n\treturn err", new: "at.key, at.keyErr = key, err\n\treturn nil"}),
		by("vos/ssh", "TestOffersOfAHandshake|TestOldAlgorithms",
			mutant{file: algorithms, old: "if legacy {\n\t\ti :=", new: "if true {\n\t\ti :="},
			mutant{file: algorithms, old: "if legacy {\n\t\tall", new: "if true {\n\t\tall"},
			mutant{file: algorithms, old: `return strings.Contains(name, "-cert-v01@")`, new: `return strings.Contains(name, "-cert-v99@")`},
			mutant{file: attempt, old: "at.access.Legacy || !sshlogin.Insecure(err)", new: "!sshlogin.Insecure(err)", survives: "where old algorithms are allowed all are offered, so a node that has one shares it"}),
		by("vos/ssh", "TestWordsOfADisconnect", mutant{file: failure, old: "`^ssh: (handshake failed: ssh: )?disconnect", new: "`ssh: (handshake failed: ssh: )?disconnect", survives: "the words of the library stand first in every error that quotes a node"}),
		by("vos/jump", "TestEnter|TestAskedTwice|TestHostileLogins",
			mutant{file: jump, old: "Questions: 1", new: "Questions: 2"},
			mutant{file: jump, old: "Handshake: h.patience.handshake", new: "Handshake: 0"},
			mutant{file: jump, old: "case sshlogin.KeyRefused, sshlogin.Cancelled:", new: "case sshlogin.Cancelled:"}),
		by("vos/jump", "TestOffersOfAHandshake", mutant{file: jump, old: "Pinned: a.Pinned,", new: "Pinned: a.Pinned, Legacy: true,"}),
		by("vos/jump", "TestLost", mutant{file: jump, old: "if k != key {", new: "if false {"}),
		by("vos/jump", "TestSilentJumpHost", mutant{file: jump, old: "if waiting {", new: "if waiting && false {"}),
		by("vos/jump", "TestDial", mutant{file: jump, old: "s[:min(len(s), 200)]", new: "s"}),
	)
}

// mutantsOfWords: passwords in words that came from elsewhere, characters that give orders, reports that are given away.
func mutantsOfWords() []mutant {
	const words, escapes, printable, shown = "vos/redact/redact.go", "vos/redact/escapes.go", "vos/cert/printable.go", "steps/report/redact.go"
	return slices.Concat(
		by("vos", "TestRedact|TestRedactKeeps",
			mutant{file: words, old: "const shortSecret = 6", new: "const shortSecret = 0"},
			mutant{file: words, old: "!inWord(utf8.DecodeLastRuneInString(l.text[:from])) && ", new: ""},
			mutant{file: words, old: `strings.ReplaceAll(word, " ", "+"); query != word`, new: `strings.ReplaceAll(word, " ", "+"); false`},
			mutant{file: words, old: "for skip := range 3 {", new: "for skip := range 1 {"},
			mutant{file: words, old: "base64.RawStdEncoding, base64.RawURLEncoding}", new: "base64.RawStdEncoding}"},
			mutant{file: words, old: ", known.hold(f[0], f[1])", new: ", known == nil && false"},
			mutant{file: escapes, old: "depth < 2", new: "depth < 1"},
			mutant{file: escapes, old: "{'&', readEntity}, ", new: ""},
			mutant{file: escapes, old: "{'%', readPercent}, ", new: ""},
			mutant{file: escapes, old: `, {'\\', readBackslash}`, new: ""}),
		by("vos/cert", "TestPrintableUnseen",
			mutant{file: printable, old: "m.letter && m.marks <= maxMarks", new: "m.letter"},
			mutant{file: printable, old: "return r < ' '", new: "return false"},
			mutant{file: printable, old: " || r == 0x2800", new: ""},
			mutant{file: printable, old: ", unicode.Variation_Selector", new: ""},
			mutant{file: printable, old: "return !unicode.IsPrint(r) || ", new: "return "},
			mutant{file: printable, old: "return r > '~' && odd(r)", new: "return false"}),
		by("steps/report", "TestRedacted|TestRedactedWords|TestPseudonyms",
			mutant{file: shown, old: `w.add(account, "[account]")`, new: "_ = account"},
			mutant{file: shown, old: "isSecret && !w.pseudonyms,", new: "isSecret,"},
			mutant{file: shown, old: `w.Person(who, fmt.Sprintf("person %d", i+1))`, new: "_, _ = who, fmt.Sprint(i)"}),
	)
}
