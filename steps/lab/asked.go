package lab

import (
	"errors"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// What can be done in every scenario that has a CA or a question, beside what its file says.
const (
	sendBack = "Send the CA's reply back"
	report   = practice.ReportTitle
)

// ask adds what needs a reason: the reply that goes back to the CA, and what a person reports.
func ask(l *practice.Lesson, c *Cluster, s sim.Scenario) {
	if s.Rubric.MaxCSRs != 0 {
		l.Outside = append(l.Outside, practice.Outside{Title: sendBack, Ask: msg.T("Why does it go back?").String(), Reasons: reasonTexts()})
		l.Correct = func() error {
			if id := c.CA().Fault(); id != "" {
				_, err := c.CA().SendBack(id)
				return err
			}
			return nil
		}
	}
	if d := s.Diagnosis; d.Ask != "" {
		l.Question = d.Ask
		l.Outside = append(l.Outside, practice.Outside{Title: report, Ask: d.Ask, Reasons: d.Answers()})
		l.Conclude = func() error {
			if l.Reported() {
				return nil
			}
			return sim.Diagnose(c.Dir(), d.Right, time.Now())
		}
	}
	l.Reported = func() bool {
		r, err := sim.ReadRecord(c.Dir())
		return err == nil && len(r.Diagnosed) > 0
	}
	l.Do = func(title, reason string) (string, error) { return do(c, title, reason) }
}

func reasonTexts() []string {
	all := sim.Reasons()
	texts := make([]string, len(all))
	for i, r := range all {
		texts[i] = r.Text
	}
	return texts
}

// do does one of Outside, with a reason where it needs one, and returns what the others say to it.
func do(c *Cluster, title, reason string) (said string, err error) {
	switch title {
	case sendBack:
		i := slices.IndexFunc(sim.Reasons(), func(r sim.Reason) bool { return r.Text == reason })
		if i < 0 {
			return "", errors.New("Choose a reason. Nothing was sent back.")
		}
		return c.CA().SendBack(sim.Reasons()[i].ID)
	case report:
		return msg.T("Reported. The first report counts for the grade.").String(), sim.Diagnose(c.Dir(), reason, time.Now())
	}
	return "Done: " + title, c.Choose(title)
}

// Conclude reports what was found, where that is asked and was not done: the last thing that a careful technician does.
func (a *Technician) Conclude() error {
	l := a.Services.Lesson
	if l == nil || l.Conclude == nil || a.Careless {
		return nil
	}
	return l.Conclude()
}
