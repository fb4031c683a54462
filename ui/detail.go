package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// detailView is a page of them.
type detailView struct {
	page
	text  widget.Page
	about pages.Page
}

func (s *detailView) title(*env) string    { return s.about.Title }
func (s *detailView) scroll() *widget.Page { return &s.text }

func (s *detailView) actions(m *Model) []action {
	return []action{on("esc enter", "back", "Goes back.", m.back)}
}

func (s *detailView) body(f *env, w, h int) string {
	head := []string{f.Bold.Render(f.Fit(s.about.Title, w)), ""}
	return strings.Join(append(head, s.text.View(f.Theme, s.lines(f, w), w, h-2)...), "\n")
}

// labelWidth is the column of labels.
const labelWidth = 11

func (s *detailView) lines(f *env, w int) []string {
	var lines []string
	for _, p := range s.about.Parts {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(append(lines, f.Accent.Render(f.Fit(p.Title, w))), f.facts(p.Lines, w)...)
	}
	return lines
}

// facts are lines of a page: labels stand in a column.
func (f *env) facts(all []pages.Line, w int) []string {
	var lines []string
	for _, l := range all {
		if l.Label == "" {
			lines = append(lines, layout.Wrap(l.Text, w)...)
			continue
		}
		lines = append(lines, f.Labelled(l.Label, l.Text, labelWidth, w)...)
	}
	return lines
}
