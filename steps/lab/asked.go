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
			fault := c.CA().Fault()
			if why, ok := reason(func(r sim.Reason) bool { return r.ID == fault }); ok {
				_, err := c.CA().SendBack(why)
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

// reasons are why a reply goes back to the CA, as a person chooses them.
func reasons() []sim.Reason {
	return []sim.Reason{
		{ID: "usage", Text: msg.T("Client authentication is missing from the Extended Key Usage").String()},
		{ID: "format", Text: msg.T("The files are in a format that nodes do not read").String()},
		{ID: "chain", Text: msg.T("A CA certificate between the certificates and the root is missing").String()},
		{ID: "name", Text: msg.T("The names differ from those in the CSRs").String()},
		{ID: "root", Text: msg.T("The root is missing, or is not the root of these certificates").String()},
		{ID: "key", Text: msg.T("The key is not the one in the CSR").String()},
		{ID: "dates", Text: msg.T("The certificates are not valid today").String()},
		{ID: "weak", Text: msg.T("The signature uses SHA-1").String()},
	}
}

// reason is the one of reasons that is.
func reason(is func(sim.Reason) bool) (sim.Reason, bool) {
	all := reasons()
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return sim.Reason{}, false
}

func reasonTexts() []string {
	all := reasons()
	texts := make([]string, len(all))
	for i, r := range all {
		texts[i] = r.Text
	}
	return texts
}

// do does one of Outside, with a reason where it needs one, and returns what the others say to it.
func do(c *Cluster, title, chosen string) (said string, err error) {
	switch title {
	case sendBack:
		why, ok := reason(func(r sim.Reason) bool { return r.Text == chosen })
		if !ok {
			return "", errors.New("Choose a reason. Nothing was sent back.")
		}
		return c.CA().SendBack(why)
	case report:
		return msg.T("Reported. The first report counts for the grade.").String(), sim.Diagnose(c.Dir(), chosen, time.Now())
	}
	return "", c.Choose(title)
}

// Conclude reports what was found, where that is asked and was not done: the last thing that a careful technician does.
func (a *Technician) Conclude() error {
	l := a.Services.Lesson
	if l == nil || l.Conclude == nil || a.Careless {
		return nil
	}
	return l.Conclude()
}
