package main_test

import "slices"

// mutantsOfBounds: how long a list, a file, a paste and a wait may be where nothing else says it.
func mutantsOfBounds() []mutant {
	const words, fields, bundle, parse, scenario, paste = "vos/words.go", "vos/cli/fields.go", "session/bundle.go", "vos/cert/read/parse.go", "vos/sim/scenario_file.go", "ui/widget/paste.go"
	return slices.Concat(
		by("vos/cli", "TestListsHaveAnEnd",
			mutant{file: words, old: "MaxEntries    = 5_000 ", new: "MaxEntries    = 5_000_000 "},
			mutant{file: words, old: "MaxField      = 512 ", new: "MaxField      = 512_000 "},
			mutant{file: fields, old: "all[:min(len(all), vos.MaxEntries)]", new: "all[:min(len(all), vos.MaxEntries*1000)]"},
			mutant{file: fields, old: " && len(kept) < vos.MaxEntries", new: ""},
			mutant{file: fields, old: "a.DNS, a.Disks = few(a.DNS), few(a.Disks)", new: ""}),
		by("vos/ssh", "TestPatience",
			mutant{file: "vos/ssh/dial.go", old: "set(&o.Handshake, 30*time.Second)", new: "set(&o.Handshake, 30*time.Hour)"},
			mutant{file: "vos/ssh/dial.go", old: "set(&o.LoginLimit, 120*time.Second)", new: "set(&o.LoginLimit, 120*time.Hour)"},
			mutant{file: "vos/ssh/dial.go", old: "set(&o.CommandLimit, 60*time.Second)", new: "set(&o.CommandLimit, 60*time.Hour)"}),
		by("vos/jump", "TestPatience",
			mutant{file: "vos/jump/jump.go", old: "30 * time.Second, 60 * time.Second", new: "30 * time.Hour, 60 * time.Second"}),
		by("vos/rest", "TestPatience",
			mutant{file: "vos/rest/dial.go", old: "TLSHandshakeTimeout:    d.opts.Connect,", new: "TLSHandshakeTimeout:    0,"},
			mutant{file: "vos/rest/dial.go", old: "{&o.Connect, 15 * time.Second}", new: "{&o.Connect, 15 * time.Hour}"}),
		by("vos/cert/read", "TestFilesHaveAnEnd",
			mutant{file: parse, old: "const MaxFile = 1 << 20", new: "const MaxFile = 1 << 23"},
			mutant{file: parse, old: "case limit(data) < len(data) && limit(data) == MaxFile:", new: "case false:"},
			mutant{file: "vos/cert/read/pack.go", old: "MaxArchive  = 16 << 20", new: "MaxArchive  = 16 << 24"}),
		by("vos/manual", "TestFilesHaveAnEnd", mutant{file: "vos/manual/read.go", old: "case len(data) > read.MaxFile:", new: "case false:"}),
		by("session", "TestBundleHasAnEnd",
			mutant{file: bundle, old: "MaxBundle   = 256 << 20", new: "MaxBundle   = 256 << 24"},
			mutant{file: bundle, old: "bounded(r, MaxBundle)", new: "bounded(r, MaxBundle<<4)"},
			mutant{file: bundle, old: "err == nil && at.Size() > most", new: "err == nil && false && at.Size() > most"},
			mutant{file: bundle, old: "io.LimitReader(r, most+1)", new: "r"}),
		by("session", "TestExportHasAnEnd", mutant{file: bundle, old: "total += info.Size(); total > MaxBundle/2", new: "total += info.Size(); total > MaxBundle"}),
		by("vos/sim", "TestScenarioHasAnEnd",
			mutant{file: scenario, old: "const MaxScenario = 256 << 10", new: "const MaxScenario = 256 << 14"},
			mutant{file: scenario, old: "if len(data) > MaxScenario {", new: "if false {"}),
		by("steps/lab", "TestScenariosHaveAnEnd", mutant{file: "steps/lab/scenario.go", old: "io.LimitReader(f, sim.MaxScenario+1)", new: "f"}),
		by("ui/widget", "TestPasteHasAnEnd",
			mutant{file: paste, old: "const MaxPaste = 4 << 20", new: "const MaxPaste = 4 << 24"},
			mutant{file: paste, old: "if p.text.Len()+len(text) <= MaxPaste {", new: "if true {"}),
		by("ui/line", "TestEndlessLine", mutant{file: "ui/line/endless.go", old: "if e.run > widget.MaxPaste {", new: "if e.run > widget.MaxPaste<<10 {"}),
		by("ui/lang", "TestTranslationFileHasAnEnd", mutant{file: "ui/lang/choose.go", old: "!at.Mode().IsRegular() || at.Size() > maxFile", new: "!at.Mode().IsRegular()"},
			mutant{file: "ui/lang/choose.go", old: "!at.Mode().IsRegular() || at.Size() > maxFile", new: "at.Size() > maxFile"}),
		by("vos/cert", "TestMesh|TestCircle|TestNamesakes",
			mutant{file: "vos/cert/gap.go", old: "len(l.links) < maxProofs", new: "len(l.links) < 0"}),
		by("vos/cert", "TestAuthorityID", mutant{file: "vos/cert/checks_chain.go", old: "case !rfc5280.KeyFits(below, ca):", new: "case false:"},
			mutant{file: "vos/cert/checks_chain.go", old: "case !rfc5280.SerialFits(below, ca):", new: "case false:"}),
	)
}
