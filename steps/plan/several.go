package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// All is the answer that accepts every key that a question shows. It is confirmed by typing (AcceptAll), and stands in no
// journal: there each node has an answer of its own.
const All = "all"

// Phrase is how a question is answered that wants some words typed exactly: Question.Phrase.
const Phrase AskKind = "phrase"

// with adds the other tasks of the row that ask the same: about old algorithms, where one answer counts for all, and about
// first host keys and certificates, which are shown together and accepted one by one or all.
func (a *Asked) with(row Row) *Asked {
	all := *a
	if a.Question.Kind != Choice && a.Question.ID != AskRoute || !slices.Contains([]string{AskLegacy, AskRoute, AskHostKey, AskCert, AskHandedCA}, a.Question.ID) {
		return &all
	}
	others := []Asked{}
	for _, t := range row.Tasks {
		if t.Task != a.Task && t.Asked != nil && t.Asked.Question.ID == a.Question.ID && t.Asked.Question.Kind == a.Question.Kind && t.Asked.Question.Held == a.Question.Held && t.State != Done {
			others = append(others, *t.Asked)
			all.Also = append(all.Also, t.Task)
		}
	}
	switch {
	case len(others) == 0 || a.Question.ID == AskHandedCA || a.Question.ID == AskRoute:
	case a.Question.ID == AskLegacy:
		for _, o := range others {
			all.Question.Lines = append(all.Question.Lines, msg.T(strings.Join(slices.Repeat([]string{"%s"}, len(o.Question.Text.Args)), ": "), o.Question.Text.Args...))
		}
	default:
		all.together(append([]Asked{*a}, others...))
	}
	return &all
}

// together shows several first keys in one question: each with its node, its fingerprint, and what is known of it elsewhere.
func (a *Asked) together(every []Asked) {
	a.Question.Lines, a.Keys = nil, map[Task]vos.HostKey{}
	a.Question.Text = msg.T("First connection to %d nodes. Compare each SSH host key. Yes accepts the first, of %s", len(every), a.Task.Node)
	if a.Question.ID == AskCert {
		a.Question.Text = msg.T("First connection to the certificate API of %d nodes. Compare each certificate. Yes accepts the first, of %s", len(every), a.Task.Node)
	}
	for _, one := range every {
		a.Keys[one.Task] = *one.Question.Key
		a.Question.Lines = append(a.Question.Lines, msg.T("%s", strings.TrimSpace(shortOf(one, every)+"  "+one.Question.Key.Type+" "+one.Question.Key.Fingerprint)))
		if len(one.Question.Text.Args) > 3 { // the address comes from a session that was handed over
			a.Question.Lines = append(a.Question.Lines, msg.T("  %s", one.Question.Text))
		}
		for _, line := range one.Question.Lines {
			a.Question.Lines = append(a.Question.Lines, msg.T("  %s", line))
		}
	}
	a.Question.Options = append(append([]Option{}, a.Question.Options...), Option{All, msg.T("All %d: I compared each fingerprint", len(every))})
}

// shortOf is the first label of a node's name where no other node that is asked about has it: its fingerprint then fits into a line.
func shortOf(one Asked, every []Asked) string {
	short, _, _ := strings.Cut(strings.ToLower(one.Task.Node), ".")
	if slices.ContainsFunc(every, func(o Asked) bool {
		return o.Task != one.Task && strings.HasPrefix(strings.ToLower(o.Task.Node), short+".")
	}) {
		return one.Task.Node
	}
	return short
}

// AcceptAll is the question that confirms the answer All: the words of its Phrase are typed.
func (a Asked) AcceptAll() Asked {
	a.Question.Kind, a.Question.Options, a.Question.Phrase = Phrase, nil, fmt.Sprintf("accept %d", len(a.Keys))
	a.Question.Text = msg.T("Accept these %d keys? Type: %s", len(a.Keys), a.Question.Phrase)
	return a
}
