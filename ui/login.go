package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// loginView asks for the OS Administration account: one for all nodes, or one for a node that refused it. The password
// is never shown, stored or written.
type loginView struct {
	node     string // "": all nodes
	field    int    // 0 user, 1 password
	user     []rune
	password []rune
}

// newLogin begins with the user that was typed last: a tired person mistypes the password, not the name.
func newLogin(f *face, node string) *loginView {
	s := &loginView{node: node, user: []rune(f.user)}
	if f.user != "" {
		s.field = 1
	}
	return s
}

// refusal is why the login of the node is asked for again, or nothing.
func (s *loginView) refusal(f *face, w int) []string {
	if f.plan == nil || s.node == "" {
		return nil
	}
	for _, row := range f.plan.Rows() {
		for _, t := range row.Tasks {
			if t.Task.Node == s.node && t.State == plan.Failed && t.Trouble != nil && t.Trouble.Class == "login" {
				return append(f.trouble(*t.Trouble, w), "")
			}
		}
	}
	return nil
}

func (s *loginView) keys(*face) []binding {
	return []binding{{"enter", "log in", "Accepts the field. After the password, the login starts.", ""}, {"tab", "next field", "Moves to the other field.", ""},
		{"ctrl+u", "empty", "Clears the field.", ""}, {"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back. Nothing is sent.", ""}}
}

func (s *loginView) current() *[]rune {
	if s.field == 0 {
		return &s.user
	}
	return &s.password
}

func (s *loginView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	at := s.current()
	if p, ok := msg.(tea.PasteMsg); ok {
		*at = append(*at, []rune(strings.TrimRight(p.Content, "\r\n"))...)
		return nil, nil
	}
	switch k := key(msg); k {
	case "tab", "shift+tab", "up", "down":
		s.field = 1 - s.field
	case "enter":
		if s.field == 0 && len(s.user) > 0 {
			s.field = 1
			return nil, nil
		}
		if len(s.user) == 0 || len(s.password) == 0 {
			f.tell(true, "User and password are required")
			return nil, nil
		}
		w := login{s.node, string(s.user), string(s.password)}
		clear(s.password)
		s.password = nil
		return w, nil
	case "backspace":
		if n := len(*at); n > 0 {
			*at = (*at)[:n-1]
		}
	case "ctrl+u":
		clear(*at)
		*at = nil
	default:
		if p, ok := msg.(tea.KeyPressMsg); ok && p.Text != "" && len(*at) < 256 {
			*at = append(*at, []rune(p.Text)...)
		}
	}
	return nil, nil
}

func (s *loginView) view(f *face, w, _ int) string {
	whom := f.Say("all nodes")
	if s.node != "" {
		whom = cert.Printable(s.node)
	}
	lines := append([]string{f.Bold.Render(f.Say("Log in: %s", whom)), ""}, s.refusal(f, w)...)
	lines = append(lines, layout.Wrap(f.Say("The OS Administration account. It is kept only in memory, until you quit. Three failed logins in a "+
		"row may lock the account."), w)...)
	lines = append(lines, "")
	for i, label := range []string{f.Say("User"), f.Say("Password")} {
		text, mark, caret := cert.Printable(string(s.user)), "  ", ""
		if i == 1 {
			text = strings.Repeat("*", len(s.password))
		}
		if i == s.field {
			mark, caret = f.Accent.Render(f.Next)+" ", "_"
		}
		lines = append(lines, mark+f.Pad(label, 10)+f.Fit(text, w-14)+caret)
	}
	return strings.Join(lines, "\n")
}
