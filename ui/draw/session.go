package draw

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Outside is what stands above the list of what can be done outside of this program, or of what can be said with one of it.
func Outside(f *View, about pages.Part, busy bool, w int) []string {
	lines := append(append([]string{f.Bold.Render(about.Title), ""}, layout.Wrap(about.Lines[0].Text, w)...), "")
	if busy {
		lines = append(lines, f.Say("In progress")+f.Dots)
	}
	return lines
}

// Lesson is what the scenario of the session is about, and the hints that were given.
func Lesson(f *View, w int) []string {
	lesson := f.Work.Lesson()
	l := f.Pages().Lesson(lesson)
	lines := []string{f.Bold.Render(f.Fit(l.Title, w))}
	for i, one := range l.Lines {
		if i < 3 {
			lines = append(lines, "")
		}
		lines = append(lines, factsIn(f, []pages.Line{one}, labelsOf(l.Lines), w)...)
	}
	if len(lesson.Hints) == 0 {
		lines = append(append(lines, ""), layout.Wrap(f.Dim.Render(f.Say("No hints used. Press h for the first of three. The grade names how many were used.")), w)...)
	}
	lines = append(lines, "")
	text := f.Say("How you get there is graded too: checks, restarts, CSRs, refused uploads, agent downtime. Actions outside uccx-tui (OS Administration, console, phone) are under o.")
	for _, one := range layout.Wrap(text, w) {
		lines = append(lines, f.Dim.Render(one))
	}
	return lines
}

// Requests is what there is to say besides the files.
func (f *View) Requests(w int) []string {
	var lines []string
	for _, x := range f.Pages().Requests() {
		style := f.Red
		switch x.Severity {
		case plan.Note:
			style = f.Dim
		case plan.Warning:
			style = f.Yellow
		}
		for _, l := range layout.Hanging(x.What, 4, w) {
			lines = append(lines, style.Render(l))
		}
		lines = append(lines, layout.Hanging("    "+f.Arrow+" "+x.Next, 4, w)...)
	}
	lines = append(lines, layout.Wrap(f.Say("Send all files to the CA. The letter says what the CA must keep. Signing may take days. You can quit meanwhile and resume later."), w)...)
	if f.Work.Lab != nil {
		lines = append(lines, "")
		for _, l := range layout.Wrap(f.Say("LAB: the lab's CA signs the CSRs as soon as you confirm that you sent them."), w) {
			lines = append(lines, f.Bold.Render(l))
		}
	}
	return lines
}

// Rehearsal is the last rehearsal, or what one is; since: one is being played since then.
func (f *View) Rehearsal(since time.Time, w int) (head, lines []string) {
	head = []string{f.Bold.Render(f.Say("Rehearsal")), ""}
	switch r := f.Plan.Rehearsed(); {
	case !since.IsZero():
		lines = layout.Wrap(f.Say("Rehearsing since %s. This takes some seconds, or about a minute for many nodes. No real node is touched.", since.Format("15:04:05")), w)
	case r == nil && len(rehearsal.Unread(f.Plan)) > 0:
		lines = layout.Wrap(f.Say("A rehearsal plays the plan on simulated copies of the nodes. Read the nodes first: steps 1 and 2 of the plan. They change nothing."), w)
	case r == nil:
		lines = layout.Wrap(f.Say("Press Enter to rehearse the plan on simulated copies of the nodes. You see how long it takes, what will be asked, and what would fail. No real node is touched."), w)
	default:
		head[0] = f.Bold.Render(f.RehearsedLine(*r))
		for _, l := range pages.RehearsalLines(f.Localizer, f.Plan, *r) {
			if what, next, ok := strings.Cut(l, "-> "); ok && strings.TrimSpace(what) == "" {
				l = what + f.Arrow + " " + next
			}
			lines = append(lines, layout.Hanging(l, 2, w)...)
		}
	}
	return head, lines
}

// TakeOver is a session that another program has open, with the line that takes its name.
func (f *View) TakeOver(one app.Listed, name string, w, h int) string {
	held := one.Held
	holder := f.Say("%s on %s, PID %d", cert.Printable(held.Owner), cert.Printable(held.Host), held.PID)
	if one.Stopped {
		holder += ": " + f.Yellow.Render(f.Say("suspended"))
	}
	at := func(t time.Time) string {
		return f.Say("%s, %s ago", msg.Time(t.Local(), msg.Minute), msg.Elapsed(f.Now.Sub(t)))
	}
	labels := layout.LabelWidth(12, f.Say("Opened by"), f.Say("Since"), f.Say("Last entry"), f.Say("Step"), f.Say("Recommended"), f.Say("Take over"))
	head := append([]string{f.Bold.Render(f.Say("%s is open in another program", cert.Printable(one.Name))), ""}, f.Labelled(f.Say("Opened by"), holder, labels, w)...)
	facts := append(f.Labelled(f.Say("Since"), at(held.Since), labels, w), f.Labelled(f.Say("Last entry"), at(one.Wrote), labels, w)...)
	facts = append(append(facts, f.Labelled(f.Say("Step"), f.Pages().Where(one), labels, w)...), "")
	better := f.Labelled(f.Say("Recommended"), f.Say("End the other program first: %s, or fg and Ctrl+C if it is suspended. Then resume the session from the list.", held.EndCommand()), labels, w)
	means := append(f.Labelled(f.Say("Take over"), f.Say(pages.TakeOverMeans), labels, w), "")
	line := append(layout.Wrap(f.Say("To take over the session, type its name: %s", cert.Printable(one.Name)), w), name)
	for _, between := range [][][]string{{facts, better, means}, {facts, means}, {means}} { // where it is typed is seen in every window
		all := append(append(slices.Clone(head), slices.Concat(between...)...), line...)
		if len(all) <= h {
			return strings.Join(all, "\n")
		}
	}
	return strings.Join(append(head, line...), "\n")
}

// Refusal is why the login of the node is asked for again, or nothing.
func (f *View) Refusal(node string, w int) []string {
	if f.Plan == nil || node == "" {
		return nil
	}
	for _, row := range f.Plan.Rows() {
		for _, t := range row.Tasks {
			if t.Task.Node == node && t.State == plan.Failed && t.Trouble != nil && t.Trouble.Class == "login" {
				return append(f.Trouble(*t.Trouble, w), "")
			}
		}
	}
	return nil
}

// Session is a session in the list of all of them, with names in a column.
func Session(f *View, l app.Listed, column int) string {
	text := f.Say("cannot be read")
	if l.Err == nil {
		text = f.Pages().Where(l)
	}
	if l.Held != nil {
		text = f.Say("in use") + "; " + text
	}
	return f.Pad(cert.Printable(l.Name), column) + "  " + f.Dim.Render(text)
}

// Sessions is the list of all sessions, with all that there is to say about the selected one below it: lines of the list are cut
// where the window is narrow.
func Sessions(f *View, list *widget.List, rows widget.Rows, all []app.Listed, w, h int) string {
	if len(all) == 0 {
		return "\n" + f.Say("There are no changes, or they are still being read.")
	}
	lines := []string{f.Bold.Render(f.Say("Changes on this machine")), ""}
	about := aboutSession(f, all[max(list.Clamp(len(all)), 0)], w)
	lines = append(lines, list.View(f.Theme, rows, w, max(h-len(lines)-len(about)-1, 3))...)
	return strings.Join(append(append(lines, ""), about...), "\n")
}

// aboutSession is what there is to say about one session.
func aboutSession(f *View, l app.Listed, w int) []string {
	lines := layout.Wrap(cert.Printable(l.Name), w)
	if l.Err != nil {
		return append(lines, layout.Wrap(f.Say("cannot be read")+": "+cert.Printable(f.Error(l.Err)), w)...)
	}
	lines = append(lines, layout.Wrap(f.Pages().Where(l), w)...)
	if l.Held != nil {
		lines = append(lines, layout.Wrap(f.Pages().Held(l), w)...)
	}
	if !l.Opened.IsZero() {
		lines = append(lines, f.Dim.Render(f.Fit(f.Say("started on %s", l.Opened.Local().Format("2006-01-02 15:04 MST")), w)))
	}
	return lines
}
