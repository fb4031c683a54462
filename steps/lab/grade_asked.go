package lab

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// askedMarks are the lines about what a person said: to the CA, in the report, and about agents.
func askedMarks(r sim.Record) []mark {
	var all []mark
	if n := len(r.Returned); n > 0 {
		wrong := 0
		for _, one := range r.Returned {
			if !one.Right {
				wrong++
			}
		}
		all = append(all, mark{what: msg.T("replies sent back to the CA for the right reason").String(), ok: wrong == 0, seen: fmt.Sprintf("%d of %d", n-wrong, n)})
	}
	if d := r.Scenario.Diagnosis; d.Ask != "" {
		m := mark{what: msg.T("reported what was found").String(), seen: msg.T("nothing was reported; the question is: %s", d.Ask).String()}
		if len(r.Diagnosed) > 0 {
			m.ok, m.seen = r.Diagnosed[0] == d.Right, r.Diagnosed[0]
		}
		all = append(all, m)
	}
	if len(r.Told) > 0 {
		var untrue []string
		for _, t := range r.Untrue() {
			untrue = append(untrue, strings.TrimSuffix(fmt.Sprintf("%s on %s: answered %s, agents see %s", t.Question, t.Node, t.Answer, t.Seen), " on -"))
		}
		all = append(all, mark{what: msg.T("answers about agents are what agents see").String(), ok: len(untrue) == 0, seen: strings.Join(untrue, "; ")})
	}
	return all
}

// playedMark says who gave the answers: a person, the technician of the lab (--auto), or the flags of a run.
func playedMark(p *plan.Plan) mark {
	auto, all := 0, p.Decisions()
	for _, d := range all {
		if !d.Why.IsZero() && !ofLogin(d) {
			auto++
		}
	}
	if auto == 0 {
		return mark{what: "answers", seen: "all given by a person", note: true}
	}
	return mark{what: "answers", seen: fmt.Sprintf("%s %d of %d (--auto)", byProgram, auto, len(all)), note: true}
}

// ofLogin reports whether a decision is about a login and was taken before the change began: by the solution, or by the lab. The technician
// of the lab counts all the same.
func ofLogin(d plan.Decision) bool {
	return slices.Contains([]string{plan.AskHostKey, plan.AskCert, plan.AskLegacy, plan.AskRoute}, d.ID) && d.Why.String() != ByTechnician
}

// byProgram begins what the line about answers says of a session that a person did not play.
const byProgram = "uccx-tui gave"

// hintMark says how many hints were given. They cost nothing, and the result names them.
func hintMark(r sim.Record) mark {
	if r.HintsLost() {
		return mark{what: "hints", seen: msg.T("not known: the log of hints was removed or changed").String(), note: true}
	}
	return mark{what: "hints", seen: fmt.Sprintf("%d of %d", r.Hints, len(r.Scenario.Hints)), note: true}
}

// lostMark names the logs of the lab that were removed or changed; none where all are whole.
func lostMark(r sim.Record) []mark {
	if len(r.Lost) == 0 {
		return nil
	}
	return []mark{{what: msg.T("lab records").String(), seen: msg.T("removed or changed since the lab began: %s", strings.Join(r.Lost, ", ")).String(), note: true}}
}

// resultWord is the result, with what a trainer must know beside it.
func resultWord(passed bool, r sim.Record, all []mark) string {
	word := "passed"
	if !passed {
		word = "failed"
	}
	switch {
	case r.HintsLost():
		word += msg.T(", hints not known").String()
	case r.Hints > 0:
		word += msg.N(", with 1 hint", ", with %d hints", r.Hints).String()
	}
	if slices.ContainsFunc(all, func(m mark) bool { return strings.HasPrefix(m.seen, byProgram) }) {
		word += ", played by uccx-tui"
	}
	return word
}
