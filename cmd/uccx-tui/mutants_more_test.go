package main_test

import "slices"

// mutantsOfFiles: modes, folders of others, special files, and what verify finds.
func mutantsOfFiles() []mutant {
	const disk, foreign, owned, regular, inside, verify, scan, log = "session/disk.go", "session/foreign_unix.go", "session/foreign.go", "vos/regular/regular.go", "session/inside.go", "session/verify.go", "session/scan.go", "session/log.go"
	return slices.Concat(
		by("session", "TestModes",
			mutant{file: regular, old: "flag|noFollow, 0o600", new: "flag|noFollow, 0o644"},
			mutant{file: disk, old: "os.Mkdir(path, 0o700)", new: "os.Mkdir(path, 0o755)", survives: "`Create` sets the mode of a session folder once more"},
			mutant{file: disk, old: "os.MkdirAll(path, 0o700)", new: "os.MkdirAll(path, 0o755)"}),
		by("session", "TestOwned",
			mutant{file: foreign, old: "at.Mode().Perm()&0o022 != 0", new: "at.Mode().Perm()&0o002 != 0"},
			mutant{file: foreign, old: "at.Mode().Perm()&0o022 != 0", new: "at.Mode().Perm()&0o020 != 0"},
			mutant{file: foreign, old: "at.Mode().Perm()&0o002 != 0 && at.Mode()&fs.ModeSticky == 0", new: "false"},
			mutant{file: foreign, old: " && at.Mode()&fs.ModeSticky == 0", new: ""},
			mutant{file: owned, old: "case at.Mode()&os.ModeSymlink != 0:", new: "case false:"}),
		by("session", "TestSpecialFiles",
			mutant{file: regular, old: "if err == nil && !at.Mode().IsRegular() {", new: "if at != nil && false {"}),
		by("session", "TestNotThroughLinks", mutant{file: inside, old: "if err == nil && !info.IsDir() {", new: "if info != nil && false {"}),
		by("session", "TestAnyByteOfAnyFile|TestVerifyNames|TestSince",
			mutant{file: verify, old: "case sumOf(data) != sum:", new: "case sumOf(data) == \"\":"},
			mutant{file: verify, old: "torn := len(data) - whole; torn > 0", new: "torn := len(data) - whole; torn < 0"},
			mutant{file: verify, old: "sum != m.sum", new: "sum != sum"},
			mutant{file: verify, old: "if lines < last.lines {", new: "if lines+1 < last.lines {"},
			mutant{file: verify, old: `e.Sum == sum && (number == "" || number == strconv.Itoa(e.Seq))`, new: "e.Sum == sum"},
			mutant{file: log, old: "!ok || logSumOf(last, text) != sum", new: "!ok || logSumOf(last, text) == \"\""}),
		by("session", "TestVerifyLinks", mutant{file: verify, old: "case !d.Type().IsRegular():", new: "case false:"}),
		by("session", "TestLines|TestDamageAtEveryByte",
			mutant{file: scan, old: "if !fits(body, sum) {", new: "if false {"},
			mutant{file: scan, old: "case e.Seq != seq:", new: "case false:", survives: "the chain of checksums, which is compared next, finds it too"}),
		by("session", "TestRewrittenLine", mutant{file: scan, old: "case e.Prev != prev:", new: "case prev != prev:"}),
	)
}

// mutantsOfBundles: what is refused in a file that another person sent.
func mutantsOfBundles() []mutant {
	const bundle, validate = "session/bundle.go", "steps/validate/session.go"
	return slices.Concat(
		by("session", "TestBundle|TestBundleDamaged|TestBundleHostile",
			mutant{file: bundle, old: "if !bytes.Equal(again, data) {", new: "if len(again) == 0 {"},
			mutant{file: bundle, old: ` || strings.HasPrefix(part, ".")`, new: ""},
			mutant{file: bundle, old: "case h.Typeflag != tar.TypeReg:", new: "case false:"},
			mutant{file: bundle, old: "!ok || sumOf(content) != sum", new: "!ok || sumOf(content) == sum && false"},
			mutant{file: bundle, old: "case folded[strings.ToLower(h.Name)]:", new: "case folded[h.Name]:"},
			mutant{file: bundle, old: `strings.HasSuffix(name, ".log") && !below(`, new: `name == "" && !below(`},
			mutant{file: bundle, old: "if m.Format > bundleFormat {", new: "if false {"}),
		by("steps/validate", "TestEntries",
			mutant{file: validate, old: "err = vos.CheckPlace(l.Address, l.Ports)", new: "_ = l"},
			mutant{file: validate, old: "err = checkPin(a.Key)", new: "_ = a"},
			mutant{file: validate, old: "if p.Port < 1 || p.Port > 65535 {", new: "if p.Port < 1 {"},
			mutant{file: validate, old: "if err := vos.CheckFQDN(p.FQDN); err != nil {", new: "if err := vos.CheckFQDN(p.FQDN); false {"},
			mutant{file: validate, old: "err == nil && i.Lab != \"\" && !folderForm.MatchString(i.Lab)", new: "false"}),
	)
}

// mutantsOfLogins: refusals that are counted, one try for a typing error, decisions about algorithms, and names.
func mutantsOfLogins() []mutant {
	const link, account = "steps/engine/link.go", "steps/engine/account.go"
	return slices.Concat(
		by("steps", "TestWrongPassword|TestLockoutCountedOn",
			mutant{file: link, old: "r.plan.Refusals(n.FQDN) >= plan.MaxRefusals", new: "false"},
			mutant{file: "steps/plan/ids.go", old: "const MaxRefusals = 2", new: "const MaxRefusals = 3"}),
		by("steps/plan", "TestDecisionsCountForTheNode",
			mutant{file: "steps/plan/plan.go", old: "min(n.refusals, MaxRefusals-1)", new: "0"},
			mutant{file: "steps/plan/plan.go", old: "case a.Question == AskChangedKey && a.Key != nil && SameName(a.Value, n.node):", new: "case a.Question == AskChangedKey && a.Key != nil:"},
			mutant{file: "steps/plan/plan.go", old: "case a.Question == AskHostKey && a.Value == Yes && a.Key != nil:", new: "case a.Question == AskHostKey && a.Key != nil:"}),
		by("steps", "TestTypingErrorCostsOneTry", mutant{file: account, old: `t.account.refused != "" && !t.account.took[t.node]`, new: "false"}),
		by("steps/engine", "TestCareful", mutant{file: account, old: "len(a.took) > 1", new: "len(a.took) > 0"}),
		by("steps", "TestUserThatNoNodeTook", mutant{file: account, old: "if !taken {", new: "if false {"}),
		by("steps", "TestLegacyIsAskedOnce", mutant{file: link, old: "allows == nil || !allows(e.to)", new: "allows != nil && false"}),
		by("steps", "TestLoginMeetsARestart", mutant{file: link, old: "r.plan.Refusals(job.Node.FQDN) == 0 && ", new: ""}),
		by("steps", "TestHostKeys", mutant{file: link, old: "case *pin != k:", new: "case pin.Type != k.Type:"}),
		by("steps", "TestCertificateOfTheAPI", mutant{file: "steps/engine/pin.go", old: "case pin != nil && *pin == k,", new: "case pin != nil,"}),
		by("steps", "TestSwappedInTheMiddle", mutant{file: "steps/engine/pin.go", old: "held != nil {", new: "held != nil && false {"},
			mutant{file: "vos/fallback.go", old: " || unconfirmed(err) {", new: " {"}),
	)
}

// mutantsOfHandover: what a session from other hands says is a proposal.
func mutantsOfHandover() []mutant {
	const proposal, plan, link = "steps/engine/proposal.go", "steps/plan/proposal.go", "steps/engine/link.go"
	return slices.Concat(
		by("steps/engine", "TestHandedOverIsProposed|TestGivenFingerprints",
			mutant{file: proposal, old: "case o.Key != nil && *o.Key != k:", new: "case false:"},
			mutant{file: proposal, old: "if o.Cert != nil && *o.Cert != k {", new: "if false {"},
			mutant{file: proposal, old: "slices.Contains(r.world.Known(n), fingerprint)", new: "slices.ContainsFunc(r.world.Known(n), func(string) bool { return true })"},
			mutant{file: link, old: "case pin == nil && handed:", new: "case false && handed:"},
			mutant{file: plan, old: "n.offered, n.pin = cmp.Or(n.pin, n.offered), nil", new: "n.offered = cmp.Or(n.pin, n.offered)"},
			mutant{file: plan, old: "n.offeredCert, n.cert = cmp.Or(n.cert, n.offeredCert), nil", new: "n.offeredCert = cmp.Or(n.cert, n.offeredCert)"}),
		by("steps", "TestHandedLegacy", mutant{file: plan, old: "n.handed, n.legacy = true, false", new: "n.handed = true"}),
		by("steps", "TestHandedDecisions",
			mutant{file: plan, old: "q == AskFindings || ", new: ""},
			mutant{file: plan, old: "q == AskWarnings || ", new: ""},
			mutant{file: plan, old: " || strings.HasPrefix(q, AskDelete)", new: " || false && strings.HasPrefix(q, AskDelete)"},
			mutant{file: plan, old: "if ahead && t.takeBack()", new: "if (ahead || true) && t.takeBack()"},
			mutant{file: proposal, old: "if a, there := view.Offered[q.ID]; there {", new: "if a, there := view.Offered[q.ID]; there && false {"}),
		by("steps", "TestHandedRestart", mutant{file: plan, old: "t.answers = nil", new: "_ = t"}),
		by("steps", "TestForeign|TestHandedAuthorities", mutant{file: plan, old: "p.reply != nil && p.replyAt > p.handed", new: "p.reply != nil"},
			mutant{file: plan, old: "return slices.Contains(ours, one) || p.agreed[one]", new: "return true"}),
	)
}

// mutantsOfChanges: typed confirmations, no CSR twice, no restart twice, nothing on a node that others changed.
func mutantsOfChanges() []mutant {
	const csr, task, decide = "steps/csr.go", "steps/engine/task.go", "steps/engine/decide.go"
	return slices.Concat(
		by("steps/plan", "TestNameTyped", mutant{file: "steps/plan/plan.go", old: `typed != "" && (strings.EqualFold(typed, n.FQDN) ||`, new: `typed != "" && (strings.HasPrefix(n.FQDN, typed) ||`}),
		by("steps", "TestPendingCSR", mutant{file: csr, old: "return false, askPending(j)", new: "return false, nil"}),
		by("steps", "TestShownLate", mutant{file: csr, old: "return false, askUnseen(j)", new: "return false, nil"}),
		by("steps", "TestCertificateChangedSince", mutant{file: task, old: "return cmp.Or(a.row.Guard(ctx, a.job), err)", new: "return err"},
			mutant{file: "steps/regenerate.go", old: "return true, pins.Guard(ctx, j) // others made it", new: "return true, nil // others made it"}),
		by("steps", "TestRestartWithoutEffect",
			mutant{file: decide, old: "return sent && (", new: "return false && sent && ("},
			mutant{file: task, old: "if job.Unsure() { // the command had no effect", new: "if false { // the command had no effect"},
			mutant{file: "steps/watch/watch.go", old: "case w.up && now.After(w.patience()):", new: "case false:"}),
		by("steps", "TestRegeneratedBeforeRestart", mutant{file: "steps/restart.go", old: "if err := restart.GuardHeld(ctx, j); err != nil {", new: "if false {\n\t\tvar err error"}),
		by("steps", "TestRestartThatNothingTells",
			mutant{file: "steps/watch/watch.go", old: "w.blind = rests && (", new: "w.blind = false && rests && ("}),
		by("cmd/uccx-tui/unattended", "TestRestartIsNotRepeated",
			mutant{file: "cmd/uccx-tui/unattended/answers.go", old: "view.Trouble.AsBefore && !a.again[t.Node]", new: "false"},
			mutant{file: "cmd/uccx-tui/unattended/answers.go", old: " && !a.again[t.Node]", new: ""},
			mutant{file: "cmd/uccx-tui/unattended/answers.go", old: "a.confirmed[t] || ", new: ""}),
		by("steps", "TestStoreChangedSince", mutant{file: "steps/pins/pins.go", old: "if len(added)+len(gone) == 0 {", new: "if true {"}),
		by("steps/engine", "TestOnlyAnAnswer",
			mutant{file: "steps/engine/runner.go", old: "if !plan.SameName(value, n) {", new: "if false {"},
			mutant{file: "steps/engine/runner.go", old: "if !q.Question.Allows(value) {", new: "if false {"}),
		by("session", "TestNotWrittenTwice", mutant{file: "session/takeover.go", old: "if s.taken != nil {", new: "if false {"}),
		by("session", "TestEveryOperationFails", mutant{file: "session/journal.go", old: "j.size += int64(len(lines))", new: "j.size += int64(len(lines)) - 1"}),
		by("steps/engine", "TestTakenOverIsNotRepeated", mutant{file: "steps/engine/append.go", old: " && !errors.As(err, &taken)", new: " && (true || !errors.As(err, &taken))"}),
		by("steps/engine", "TestOneEntryRefusesNoOther", mutant{file: "steps/engine/append.go", old: "if err != nil && len(group) > 1", new: "if false && len(group) > 1"}),
		by("steps/engine", "TestPanicIsOfItsEntry", mutant{file: "steps/engine/append.go", old: "err = crash(r.memory, e.Node, x)", new: "_ = x"}),
	)
}

// mutantsOfPasswords: where a password may come from, and which one goes to a jump host.
func mutantsOfPasswords() []mutant {
	const accounts, logins = "cmd/uccx-tui/accounts/accounts.go", "cmd/uccx-tui/wiring/logins.go"
	return slices.Concat(
		by("cmd/uccx-tui/e2e", "TestPasswordPlaces",
			mutant{file: accounts, old: "info.Mode().Perm()&0o077 != 0", new: "info.Mode().Perm()&0o007 != 0"},
			mutant{file: accounts, old: "len(line) == 0 || len(line) > maxPassword", new: "len(line) == 0"},
			mutant{file: accounts, old: "err != nil || n == 1 || n == 2", new: "err != nil"}),
		by("cmd/uccx-tui/e2e", "TestSecretBytes",
			mutant{file: "ui/raw/raw.go", old: "_, _ = term.MakeRaw(tty.Fd())", new: "_ = term.IsTerminal(tty.Fd())"}),
		by("cmd/uccx-tui/e2e", "TestDescriptorThatIsNotGiven",
			mutant{file: accounts, old: "if !supervisor.Given(int(n)) {", new: "if false {"}),
		by("cmd/uccx-tui/wiring", "TestLogins|TestLoginOfAJumpHost",
			mutant{file: logins, old: "one, ok := l.all[host]", new: "one, ok := l.all[\"\"]\n\t_ = host"},
			mutant{file: logins, old: ` && fqdn != l.jump && `, new: " && "},
			mutant{file: logins, old: `if fqdn != l.jump || fqdn == "" {`, new: "if true {"},
			mutant{file: logins, old: "one.Password.Wipe()", new: "_ = one"},
			mutant{file: logins, old: "return one, !one.Password.Empty()", new: "return one, true"}),
	)
}
