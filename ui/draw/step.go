package draw

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// rowLabels is how many cells the labels of the texts of a row take.
func rowLabels(f *View) int {
	return layout.LabelWidth(10, f.Say("Why"), f.Say("Effect"), f.Say("Way back"), f.Say("Rules"), f.Say("Order"))
}

// Texts are why, effect and way back of a row.
func (f *View) Texts(row plan.Row, w int) []string {
	labels := rowLabels(f)
	lines := f.Labelled(f.Say("Why"), f.Say(row.Step.Why), labels, w)
	if row.Step.Effect != "" {
		lines = append(lines, f.Labelled(f.Say("Effect"), f.Say(row.Step.Effect), rowLabels(f), w)...)
	}
	lines = append(lines, f.Labelled(f.Say("Way back"), f.Say(row.Step.Undo), rowLabels(f), w)...)
	if len(row.Step.Rules) > 0 {
		lines = append(lines, f.Labelled(f.Say("Rules"), strings.Join(row.Step.Rules, " "), labels, w)...)
	}
	return lines
}

// Brief is what a row does to the node, and the way back: what must be seen where there is little room.
func (f *View) Brief(row plan.Row, w int) []string {
	var lines []string
	if row.Step.Effect != "" {
		lines = f.Labelled(f.Say("Effect"), f.Say(row.Step.Effect), rowLabels(f), w)
	}
	return append(lines, f.Labelled(f.Say("Way back"), f.Say(row.Step.Undo), rowLabels(f), w)...)
}

// Checklist is the order of the uploads, ticked off: root, intermediates, then each node its own (SIG-4 to SIG-7).
func (f *View) Checklist(row plan.Row, w int) []string {
	if !row.Step.Retry.May(plan.OtherFiles) {
		return nil
	}
	var lines []string
	uploads, labels := certs.Uploads(f.Plan), 13
	for _, u := range uploads {
		labels = layout.LabelWidth(labels, f.Say(u.What))
	}
	for _, u := range uploads {
		sign := "[ ]"
		switch {
		case u.Done:
			sign = f.Green.Render("[x]")
		case u.Next:
			sign = f.Accent.Render("[" + f.Due + "]")
		}
		name := f.Say("one per node")
		if u.CA != nil {
			name = cert.Name(u.CA)
		}
		lines = append(lines, sign+" "+f.Pad(f.Say(u.What), labels)+f.Pad(name, max(w-labels-4-14, 10))+" "+f.Dim.Render(u.Store))
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"", f.Dim.Render(f.Say("Upload order"))}, lines...)
}

// Commands are the words that are typed; a certificate is shortened to its ends.
func (f *View) Commands(row plan.Row, w int) []string {
	lines := []string{f.Dim.Render(f.Say("Commands:")), ""}
	var before []string
	for _, t := range row.Tasks {
		n, _ := f.Plan.Node(t.Task.Node)
		all := row.Step.Commands(f.Plan, n)
		if before != nil && slices.Equal(all, before) {
			lines = append(lines, layout.Wrap(f.Say("%s: the same", cert.Printable(n.FQDN)), w)...)
			continue
		}
		before = all
		lines = append(lines, f.Bold.Render(cert.Printable(n.FQDN)))
		for _, word := range all {
			for _, p := range f.Pages().Shortened(word, f.Dots) {
				if !pages.IsNote(p) {
					lines = append(lines, "  "+f.Fit(cert.Printable(p), w-2))
					continue
				}
				for _, l := range layout.Wrap(cert.Printable(p), w-2) {
					lines = append(lines, "  "+l)
				}
			}
		}
	}
	return lines
}

// Order names the nodes of a row one after the other; what is done is ticked off.
func (f *View) Order(row plan.Row) string {
	var names []string
	for _, t := range row.Tasks {
		name := cert.Printable(layout.Short(t.Task.Node))
		if t.State == plan.Done {
			name += " " + f.Done
		}
		names = append(names, name)
	}
	return f.Pages().Then(names)
}

// Step is a row in w cells and h lines: why, effect and way back above, how each node gets on below; or the commands. How the nodes get
// on is seen in every window, and so are effect and way back of what cannot be undone.
func Step(f *View, row plan.Row, commands bool, text *widget.Page, w, h int) string {
	head := f.Say(row.Step.Title)
	right := f.Say("step %d of %d", row.Number, len(f.Plan.Rows()))
	lines := []string{f.Bold.Render(f.Pad(head, w-layout.Width(right)-1)) + " " + f.Dim.Render(right), ""}
	if commands {
		return strings.Join(append(lines, text.View(f.Theme, f.Commands(row, w), w, h-len(lines))...), "\n")
	}
	tasks := f.TaskLines(row, w)
	row = f.Pages().NextLoss(row)
	texts := [][]string{append(f.Texts(row, w), f.Checklist(row, w)...), f.Texts(row, w), f.Brief(row, w)}
	for i, above := range texts {
		least := min(len(tasks), 3)
		if i == len(texts)-1 || len(lines)+len(above)+1+len(tasks) <= h || i == len(texts)-2 && pages.Final(row.Step) && len(lines)+len(above)+1+least <= h {
			lines = append(lines, above...)
			break
		}
	}
	if len(tasks) > 0 && len(lines) > 2 {
		lines = append(lines, "")
	}
	if _, ok := troubleFirst(f, row, tasks, w, h-len(lines)); ok { // what to do next must be seen: it needs the empty lines, too
		lines = append(lines[:1:1], f.Brief(row, w)...)
		if first, ok := troubleFirst(f, row, tasks, w, h-len(lines)); ok {
			tasks = first
		}
	}
	return strings.Join(append(lines, text.ViewLazy(f.Theme, tasks, func(seen []string) []string { return f.Drawn(seen, row, w) }, w, max(h-len(lines), 1))...), "\n")
}
