// Package pages is what is said about a thing, as data: a question, a restart, a certificate, a trust, an advice, a manual
// task, a scenario, a session. The screens and line mode print the same pages, so that each thing is worded once. All texts
// are in the language of the reader, and printable.
package pages

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
)

// Page is what is said about a thing: facts with labels, part by part.
type Page struct {
	Title string
	Parts []Part
}

// Part is one certificate, restart or trust of a page.
type Part struct {
	Title string
	Lines []Line
}

// Line is a fact and its label; without a label it is a sentence.
type Line struct{ Label, Text string }

// Env is what pages are about: a language, and the session that is open, if one is.
type Env struct {
	lang.Localizer
	Plan *plan.Plan
	Work *app.Work
	Now  time.Time
}

// line is a fact whose label is English.
func (e Env) line(label, text string) Line { return Line{e.Say(label), text} }

// described are the facts about a certificate or a request.
func (e Env) described(lines []describe.Line) []Line {
	all := make([]Line, len(lines))
	for i, l := range lines {
		all[i] = e.line(l.Label, e.T(l.Text))
	}
	return all
}

// same reports whether two parts say the same.
func same(a, b Part) bool { return a.Title == b.Title && slices.Equal(a.Lines, b.Lines) }

// rules are the rules and the source of something.
func (e Env) rules(ids []string, source string) Line {
	return e.line("Rules", strings.TrimSpace(strings.Join(ids, " ")+"  "+source))
}

// args are the arguments of a sentence, printable.
func args(all []string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = cert.Printable(s)
	}
	return out
}
