package ui

import (
	"strings"

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

func (s *detailView) lines(f *env, w int) []string {
	var lines []string
	for _, p := range s.about.Parts {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(append(lines, f.Bold.Render(f.Fit(p.Title, w))), f.Facts(p.Lines, w)...)
	}
	return lines
}

// textView is a page of text below its title.
type textView struct {
	page
	text   widget.Page
	name   string // English
	titled bool   // the text begins with a title of its own
	lines  func(f *env, w int) []string
}

func (s *textView) title(*env) string    { return s.name }
func (s *textView) scroll() *widget.Page { return &s.text }

func (s *textView) actions(m *Model) []action {
	return []action{on("esc enter", "back", "Goes back.", m.back)}
}

func (s *textView) body(f *env, w, h int) string {
	if s.titled {
		return strings.Join(s.text.View(f.Theme, s.lines(f, w), w, h), "\n")
	}
	head := []string{f.Bold.Render(f.Say(s.name)), ""}
	return strings.Join(append(head, s.text.View(f.Theme, s.lines(f, w), w, h-2)...), "\n")
}
