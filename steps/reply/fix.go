package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// correction is one point that the CA is asked to put right.
type correction struct {
	code, file, node string   // file and node may be empty
	problem, please  msg.Text // sentences
}

// FixLetter is the text that goes back to the CA: what is wrong with its files, what is asked for, and the requests that it is about; ""
// where nothing is wrong that the CA can put right. UTF-8, "\n" line ends.
func FixLetter(p *plan.Plan, v cert.Verdict, by msg.Localizer) string {
	if AsksChain(p) != "" {
		return "" // no CA was asked for anything
	}
	var all []correction
	for _, f := range v.Findings {
		if fault := f.Severity == cert.Fault; fault || f.Severity == cert.Warning {
			if c, ok := corrected(f.Code, f.What, f.Cure, fault && !ours(f.Code)); ok {
				c.file, c.node = f.File, f.Node
				all = append(all, c)
			}
		}
	}
	if !slices.ContainsFunc(v.Findings, func(f cert.Finding) bool { return f.Severity == cert.Fault && !ours(f.Code) }) {
		return "" // warnings are a decision of their own
	}
	return both(by, func(by msg.Localizer) string { return backLetter(p, all, rightNodes(p, v), by) })
}

// both is a letter in English, and behind it in the language of a Localizer, where that is another one: who reads it may know
// either.
func both(by msg.Localizer, write func(msg.Localizer) string) string {
	english := write(nil)
	if by == nil {
		return english
	}
	other := write(by)
	if other == english {
		return english
	}
	return english + "\n" + strings.Repeat("-", 60) + "\n\n" + other
}

// rightNodes are the nodes whose certificates need no correction.
func rightNodes(p *plan.Plan, v cert.Verdict) []string {
	var names []string
	for _, r := range Requests(p) {
		_, whole := v.Chains[r.ID()]
		wrong := slices.ContainsFunc(v.Findings, func(f cert.Finding) bool { return strings.EqualFold(f.Node, r.Node) && f.Severity != cert.Note })
		if whole && !wrong && !slices.Contains(names, r.Node) {
			names = append(names, r.Node)
		}
	}
	return names
}

// BackLetter is the text that goes back to the CA with a reply that the nodes would take, and that a person did not accept
// for its warnings.
func BackLetter(p *plan.Plan, by msg.Localizer) string { return BackLetterFor(p, Warnings(p), by) }

// BackLetterFor is BackLetter for these warnings.
func BackLetterFor(p *plan.Plan, found []plan.Finding, by msg.Localizer) string {
	var all []correction
	requests := Requests(p)
	for _, f := range found {
		c, _ := corrected(f.Code, f.What, f.Next, true)
		for _, r := range requests {
			if strings.HasPrefix(f.What.String(), r.Node+": ") {
				c.node, c.problem = r.Node, without(r.Node, f.What)
			}
		}
		all = append(all, c)
	}
	return both(by, func(by msg.Localizer) string { return backLetter(p, all, nil, by) })
}

// backLetter is the letter about these points.
func backLetter(p *plan.Plan, all []correction, right []string, by msg.Localizer) string {
	files := concerned(requestFiles(p), all)
	b := msg.Page{By: by}
	head(&b, p, msg.N("Correction needed: certificates for our contact center", "%d corrections needed: certificates for our contact center", len(all)),
		msg.T("thank you for your files. Please correct the following points and send the certificates again."), files)
	b.Say("CORRECTIONS\n\n")
	for i, c := range all {
		b.Say("%d. %s\n   Problem: %s\n   Please:  %s\n\n", i+1, c.subject(), cert.Printable(sentence(msg.In(by, c.problem))), cert.Printable(sentence(msg.In(by, c.please))))
	}
	if len(right) > 0 {
		b.Say("CORRECT, NO CHANGE NEEDED\n\n")
		for _, name := range right {
			b.Say("- %s\n", cert.Printable(name))
		}
		b.WriteString("\n")
	}
	if len(files) > 0 {
		b.Say("The requests are attached again. They have not changed: please do not ask for new ones.\n\n")
		wanted(&b, p, files)
	} else {
		sendBack(&b)
	}
	foot(&b)
	return b.String()
}

// subject is the file and the server that a point is about, or the chain.
func (c correction) subject() msg.Text {
	switch {
	case c.file != "" && c.node != "":
		return msg.T("%s (%s)", cert.Printable(c.file), cert.Printable(c.node))
	case c.file+c.node != "":
		return msg.Verbatim(cert.Printable(c.file + c.node))
	}
	return msg.T("Chain")
}

// concerned are the requests that are to be signed again: all of them where it is not known which.
func concerned(files []plan.OutFile, all []correction) []plan.OutFile {
	var some []plan.OutFile
	for _, f := range files {
		if slices.ContainsFunc(all, func(c correction) bool {
			return !ofChain(c.code) && (c.node == "" || strings.EqualFold(c.node, f.Node))
		}) {
			some = append(some, f)
		}
	}
	return some
}

// corrected says what is asked of the CA about a finding. ok is false where the CA has nothing to put right; always: what the table does
// not know is asked about in the words of the finding.
func corrected(code string, what, cure msg.Text, always bool) (correction, bool) {
	c := correction{code: code, problem: what}
	if own, ok := problems()[code]; ok {
		c.problem = own
	}
	please, ok := pleas()[code]
	if c.please = please; !ok {
		c.please = cure
	}
	return c, ok || always
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	text = strings.TrimRight(string(unicode.ToUpper(first))+text[n:], ". ")
	if strings.HasSuffix(text, "。") {
		return text
	}
	return text + "."
}

// without is a sentence about a node that does not name it in front.
func without(node string, what msg.Text) msg.Text {
	if len(what.Args) == 2 && what.Format == "%s: %s" && what.Args[0] == node {
		if inner, ok := what.Args[1].(msg.Text); ok {
			return inner
		}
	}
	return msg.English(strings.TrimPrefix(what.String(), node+": "))
}
