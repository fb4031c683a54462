package engine

import "github.com/uccx-tui/uccx-tui/steps/plan"

// answersOf is what an answer means for each task: one for the task of the question, or one each.
func answersOf(a plan.Asked, value string) []taskAnswer {
	own := plan.Answer{Question: a.Question.ID, Value: value, Key: a.Question.Key, Reply: a.Question.Takes(value)}
	all := []taskAnswer{{a.Task, own}}
	if a.Question.Kind == plan.Phrase {
		all[0].Answer.Value = plan.Yes
	}
	for _, t := range a.Also {
		switch k, key := a.Keys[t]; {
		case !key: // of a question that one answer settles for all
			all = append(all, taskAnswer{t, own})
		case a.Question.Kind == plan.Phrase:
			all = append(all, taskAnswer{t, plan.Answer{Question: a.Question.ID, Value: plan.Yes, Key: &k}})
		}
	}
	return all
}

// taskAnswer is an answer to the question of a task.
type taskAnswer struct {
	Task   plan.Task
	Answer plan.Answer
}
