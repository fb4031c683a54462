package lab

import (
	"slices"

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
		all = append(all, mark{what: msg.T("replies sent back to the CA for the right reason"), ok: wrong == 0, seen: msg.T("%d of %d", n-wrong, n)})
	}
	if d := r.Scenario.Diagnosis; d.Ask != "" {
		m := mark{what: msg.T("reported what was found"), seen: msg.T("nothing was reported; the question is: %s", msg.English(d.Ask)), later: len(r.Diagnosed) == 0}
		if len(r.Diagnosed) > 0 {
			m.ok, m.seen = r.Diagnosed[0] == d.Right, msg.English(r.Diagnosed[0])
		}
		all = append(all, m)
	}
	if len(r.Told) > 0 {
		var untrue []msg.Text
		for _, t := range r.Untrue() {
			untrue = append(untrue, msg.T("%s on %s: answered %s, agents see %s", t.Question, t.Node, t.Answer, t.Seen))
		}
		all = append(all, mark{what: msg.T("answers about agents are what agents see"), ok: len(untrue) == 0, seen: msg.Joined(untrue, "; ")})
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
		return mark{what: msg.T("answers"), seen: msg.T("all given by a person"), note: true}
	}
	return mark{what: msg.T("answers"), seen: msg.T("uccx-tui gave %d of %d (--auto)", auto, len(all)), note: true, auto: true}
}

// ofLogin reports whether a decision is about a login and was taken before the change began: by the solution, or by the lab. The technician
// of the lab counts all the same.
func ofLogin(d plan.Decision) bool {
	return slices.Contains([]string{plan.AskHostKey, plan.AskCert, plan.AskLegacy, plan.AskRoute}, d.ID) && d.Why.String() != ByTechnician
}

// hintMark says how many hints were given. They cost nothing, and the result names them.
func hintMark(r sim.Record) mark {
	if r.HintsLost() {
		return mark{what: msg.T("hints"), seen: msg.T("not known: the log of hints was removed or changed"), note: true}
	}
	return mark{what: msg.T("hints"), seen: msg.T("%d of %d", r.Hints, len(r.Scenario.Hints)), note: true}
}

// lostMark names the logs of the lab that were removed or changed; none where all are whole.
func lostMark(r sim.Record) []mark {
	if len(r.Lost) == 0 {
		return nil
	}
	return []mark{{what: msg.T("lab records"), seen: msg.T("removed or changed since the lab began: %s", msg.List(r.Lost)), note: true}}
}

// resultOf is the result, with what a trainer must know beside it.
func resultOf(r sim.Record, all []mark) (word msg.Text, passed bool) {
	word, passed = msg.T("passed"), true
	for _, m := range all {
		switch {
		case m.note || m.ok:
			continue
		case !m.open:
			word = msg.T("not passed")
		case passed:
			word = msg.T("not finished")
		}
		passed = false
	}
	switch {
	case r.HintsLost():
		word = msg.T("%s, hints not known", word)
	case r.Hints > 0:
		word = msg.N("%[2]s, with 1 hint", "%[2]s, with %[1]d hints", r.Hints, r.Hints, word)
	}
	if slices.ContainsFunc(all, func(m mark) bool { return m.auto }) {
		word = msg.T("%s, played by uccx-tui", word)
	}
	return word, passed
}
