package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// textView is a page of text below its title.
type textView struct {
	page
	text  widget.Page
	name  string // English
	lines func(f *env, w int) []string
}

func (s *textView) title(*env) string    { return s.name }
func (s *textView) scroll() *widget.Page { return &s.text }

func (s *textView) actions(m *Model) []action {
	return []action{on("esc enter", "back", "Goes back.", m.back)}
}

func (s *textView) body(f *env, w, h int) string {
	head := []string{f.Bold.Render(f.Say(s.name)), ""}
	return strings.Join(append(head, s.text.View(f.Theme, s.lines(f, w), w, h-2)...), "\n")
}
