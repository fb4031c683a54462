package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/ui/app"
)

const gradeText = "# A colleague was quick\n\nGoal: Every node presents a certificate from the corporate CA.\n\n- ok    no " +
	"unnecessary restarts (3, at most 3)\n- FAIL  one CSR per node (4, at most 3)\n- ok    hints (1 of " +
	"3)\n\nResult: not passed\n"

func someLesson() *practice.Lesson {
	return &practice.Lesson{Title: "A colleague was quick", Story: "While the CA signed a person worked on uccx1\x1b[31m.", Goal: "Every node presents a certificate from the corporate CA.",
		Outside: []practice.Outside{{Title: "Generate a new CSR for uccx1 in OS Administration", Mistake: true}, {Title: "Restart uccx1 now, at its console", Mistake: true}},
		Hint:    func() (string, bool, error) { return "the second", true, nil },
		Do:      func(string, string) (string, error) { return "", nil },
		Grade:   func() (string, bool, error) { return gradeText, false, nil }}
}

// answeredTo presses keys one after the other, and gives the model what its commands answer.
func answeredTo(t *testing.T, m *Model, keys ...string) {
	t.Helper()
	for _, k := range keys {
		if _, cmd := m.Update(keyOf(k)); cmd != nil {
			if answer := cmd(); answer != nil {
				m.Update(answer)
			}
		}
	}
}

// A lesson's keys work on the plan and on its own screen: hints come one by one, what is done outside is done, the grade is shown.
func TestLessonKeys(t *testing.T) {
	m := model(t, opened3(), 80, 24)
	l := someLesson()
	more, done := 2, ""
	l.Hint = func() (string, bool, error) { more--; return "look there", more >= 0, nil }
	l.Do = func(title, _ string) (string, error) { done = title; return "Done: " + title, nil }
	m.Work.Lab = &practice.Services{Lesson: l}
	answeredTo(t, m, "h", "h")
	if len(l.Hints) != 2 || !strings.Contains(shown(m), "look there") {
		t.Errorf("hints %v\n%s", l.Hints, shown(m))
	}
	if answeredTo(t, m, "h"); len(l.Hints) != 2 || !strings.Contains(shown(m), "No more hints") {
		t.Errorf("a third of two: %v\n%s", l.Hints, shown(m))
	}
	if answeredTo(t, m, "o", "j", "enter"); done != l.Outside[1].Title || !strings.Contains(shown(m), "Done: "+done) {
		t.Errorf("did %q\n%s", done, shown(m))
	}
	if answeredTo(t, m, "enter", "m"); !strings.Contains(shown(m), "FAIL  one CSR per node") {
		t.Errorf("no grade\n%s", shown(m))
	}
	l.Do = func(string, string) (string, error) { return "", errors.New("uccx1 cannot be reached") }
	if answeredTo(t, m, "enter", "o", "enter"); !strings.Contains(shown(m), "uccx1 cannot be reached") {
		t.Errorf("an error that is not told\n%s", shown(m))
	}
}

// What needs a reason asks for it, and says what others answer; both lists are left then.
func TestReasonOutside(t *testing.T) {
	m := model(t, opened3(), 80, 24)
	l, said := someLesson(), ""
	l.Question = "What is the cause?"
	l.Outside = append(l.Outside, practice.Outside{Title: "Report what you found", Ask: l.Question, Reasons: []string{"The clock", "The root\x1b[31m"}})
	l.Do = func(title, reason string) (string, error) {
		said = title + ": " + reason
		return "They thank you.", nil
	}
	m.Work.Lab = &practice.Services{Lesson: l}
	if answeredTo(t, m, "l"); !strings.Contains(shown(m), "What is the cause?") {
		t.Errorf("the question is not shown\n%s", shown(m))
	}
	if answeredTo(t, m, "o", "j", "j", "enter"); said != "" || !strings.Contains(shown(m), `The root\x1b[31m`) {
		t.Errorf("said %q\n%s", said, shown(m))
	}
	if answeredTo(t, m, "j", "enter"); said != "Report what you found: The root\x1b[31m" || !strings.Contains(shown(m), "They thank you.") || strings.Contains(shown(m), "The clock") {
		t.Errorf("said %q\n%s", said, shown(m))
	}
}

// Outside of a lesson its keys do nothing.
func TestNoLesson(t *testing.T) {
	m := model(t, opened3(), 80, 24)
	before := shown(m)
	if answeredTo(t, m, "h", "o", "m", "l"); shown(m) != before || len(m.stack) != 2 {
		t.Errorf("a key of a lesson did something:\n%s", shown(m))
	}
}

// TestScenarioBeforeItStarts: the list of scenarios shows the story and the goal of one without starting it.
func TestScenarioBeforeItStarts(t *testing.T) {
	m := model(t, nil, 80, 24)
	m.app.Lesson = func(string) (*app.Work, error) { t.Error("it was started"); return nil, errNotTaken }
	m.stack = append(m.stack, &lessons{loadedLessons: loadedLessons{all: []practice.Info{{Name: "a", Title: "First"}, {Name: "b", Title: "Second\x1b[2J", Story: "The CA adds www.", Goal: "Every port is verified."}}}})
	pressed(m, "down", "d")
	text := shown(m)
	for _, says := range []string{"Second", "The CA adds www.", "Goal", "Every port is verified.", "esc back"} {
		if !strings.Contains(ansi.Strip(text), says) {
			t.Errorf("it does not say %q:\n%s", says, text)
		}
	}
	if strings.Contains(text, "\x1b[2J") {
		t.Error("words of a scenario reach the terminal as they are")
	}
	pressed(m, "esc")
	if got := ansi.Strip(shown(m)); !strings.Contains(got, "Lab scenarios") {
		t.Errorf("there is no way back:\n%s", got)
	}
}

// At the end of a plan a lesson asks for what it wants reported, once, and shows the grade behind it.
func TestLessonAsksForItsReport(t *testing.T) {
	j := installed()
	for _, row := range mustPlan(t, j).Rows() {
		for _, task := range row.Tasks {
			if task.State == plan.Done {
				continue
			}
			for _, q := range row.Step.Ask {
				j.add(plan.KindAnswered, task.Task.Step, task.Task.Node, plan.Answer{Question: q.ID, Value: plan.Yes})
			}
			j.add(plan.KindDone, task.Task.Step, task.Task.Node, plan.Seen{})
		}
	}
	m := model(t, j, 80, 24)
	if !m.Plan.Next().Finished {
		t.Fatal("the plan is not finished")
	}
	l, said := someLesson(), ""
	l.Question = "What is the cause?"
	l.Outside = append(l.Outside, practice.Outside{Title: practice.ReportTitle, Ask: l.Question, Reasons: []string{"The clock", "The root"}})
	l.Reported = func() bool { return said != "" }
	l.Do = func(_, reason string) (string, error) { said = reason; return "Reported.", nil }
	m.Work.Lab = &practice.Services{Lesson: l}
	end := func() { run(m, m.next()) }
	if end(); !strings.Contains(shown(m), "What is the cause?") || strings.Contains(shown(m), "FAIL") {
		t.Fatalf("the question is not asked\n%s", shown(m))
	}
	if answeredTo(t, m, "down", "enter"); said != "The root" || !strings.Contains(shown(m), "FAIL  one CSR per node") || !strings.Contains(shown(m), "Reported.") {
		t.Fatalf("reported %q, and no grade\n%s", said, shown(m))
	}
	m.toPlan()
	if end(); !strings.Contains(shown(m), "FAIL  one CSR per node") {
		t.Errorf("no grade\n%s", shown(m))
	}
}

// run gives a model what a command and those in it answer.
func run(m *Model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch answer := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range answer {
			run(m, one)
		}
	default:
		m.Update(answer)
	}
}
