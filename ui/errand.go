package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// maxGiven is how much may be pasted, in bytes: the log of a whole evening has less.
const maxGiven = 4 << 20

// errandView shows one dialogue that a person does on a node, and takes what the node said, or the path of a file.
type errandView struct {
	id    int
	given pasting
	lines int
	sure  bool // Enter was pressed once on nothing
	sent  bool // it was given, and is being read
}

func newErrand(f *face, id int) *errandView {
	s := &errandView{id: id}
	s.given.begin("", f.now)
	return s
}

type (
	// showErrand is the wish to see what a person has to do now.
	showErrand struct{}
	// handIn gives what the node said to an errand.
	handIn struct {
		id    int
		given string
	}
	// notDone says that the errand was not done, or cannot be.
	notDone struct{ errand engine.ManualTask }
	// stopRow ends the row that waits for a person.
	stopRow struct{}
)

// errand returns the one that is shown.
func (s *errandView) errand(f *face) (engine.ManualTask, bool) {
	for _, e := range f.errands {
		if e.ID == s.id {
			return e, true
		}
	}
	return engine.ManualTask{}, false
}

func (s *errandView) keys(f *face) []binding {
	no := binding{"ctrl+n", "no output", "The node prints nothing, or you cannot see the output.", ""}
	if e, ok := s.errand(f); ok && e.Dialogue.Changes {
		no = binding{"ctrl+n", "not done", "You did not do this. The node is unchanged.", ""}
	}
	return []binding{{"enter", "submit", "Submits the pasted or typed output.", ""},
		{"tab", "plain view", "Shows the commands without a frame, so that you can select them with the mouse.", ""},
		{"ctrl+y", "copy", "Copies the commands to the clipboard of your own machine (OSC 52; not supported by every terminal).", ""},
		no, {"ctrl+u", "empty", "Discards the pasted text.", ""},
		{"ctrl+x", "stop", "Stops this step. Checks will be asked again. A change that you may have made is marked unknown and " +
			"checked first.", ""},
		{"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back. The manual task stays open.", ""}}
}

func (s *errandView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	e, ok := s.errand(f)
	if !ok || s.sent {
		return nil, nil
	}
	if p, ok := msg.(tea.PasteMsg); ok {
		s.add(p.Content)
		return nil, nil
	}
	switch k := key(msg); k {
	case "tab":
		return bare{typedWords(e)}, nil
	case "ctrl+y":
		return copied{typedWords(e)}, nil
	case "ctrl+n":
		return notDone{e}, nil
	case "ctrl+x":
		return stopRow{}, nil
	case "ctrl+u":
		s.given.begin("", f.now)
		s.lines = 0
	case "backspace":
		s.given.rub()
	case "":
	default:
		if s.given.key(f.now, msg, k) {
			return s.give(f, e), nil
		}
		s.count()
	}
	return nil, nil
}

func (s *errandView) add(text string) {
	if s.given.text.Len()+len(text) <= maxGiven {
		s.given.text.WriteString(text)
	}
	s.count()
}

func (s *errandView) count() {
	s.lines = strings.Count(strings.TrimRight(s.given.text.String(), "\n"), "\n") + 1
}

func (s *errandView) give(f *face, e engine.ManualTask) wish {
	text := s.given.text.String()
	switch empty := strings.TrimSpace(text) == ""; {
	case empty && e.Dialogue.Changes && !s.sure:
		s.sure = true
		f.tell(true, "Press Enter again: done, but no output. The node is then checked. ctrl+n: not done.")
		return nil
	case empty && !e.Dialogue.Changes && e.Wrong == "":
		f.tell(false, "Paste the node's output, or type the path of a file")
		return nil
	}
	s.given.begin("", f.now)
	s.lines, s.sent = 0, true
	return handIn{e.ID, text}
}

// typedWords is what a person types or pastes on the node.
func typedWords(e engine.ManualTask) string {
	text := cert.Printable(e.Dialogue.Line) + "\n"
	if len(e.Dialogue.Paste) > 0 {
		text += strings.TrimSpace(string(e.Dialogue.Paste)) + "\n\n"
	}
	return text
}

func (s *errandView) view(f *face, w, h int) string {
	e, ok := s.errand(f)
	if !ok {
		return ""
	}
	row, _ := f.plan.Row(f.running)
	right := ""
	if len(f.errands) > 1 {
		right = f.Say("%d nodes wait for you", len(f.errands))
	}
	head := f.Say(row.Step.Title) + " " + f.Arrow + " " + cert.Printable(e.Node)
	lines := []string{f.Bold.Render(f.Pad(head, w-layout.Width(right)-1)) + " " + f.Dim.Render(right), ""}
	if e.Dialogue.Leaves {
		lines = append(lines, f.Red.Render(f.Say("SERVICES STOP on this node")), "")
	}
	lines = append(lines, f.Say("Type this on the node (admin:)"))
	for _, l := range f.dialogueLines(e) {
		for _, part := range layout.Wrap(l, w-2) { // a path that is cut cannot be copied
			lines = append(lines, "  "+part)
		}
	}
	below := s.answerLines(f, e, row.Step.Role == plan.RoleSurvey, w)
	for _, clicks := range [][]string{f.clickLines(e, true, w), f.clickLines(e, false, w), nil} { // where it is given is seen in every window
		if len(lines)+len(clicks)+len(below) <= h {
			return strings.Join(append(append(lines, clicks...), below...), "\n")
		}
	}
	return strings.Join(append(lines[:max(min(len(lines), h-len(below)), 0)], below...), "\n")
}

// answerLines is what was given so far, and why it was not taken.
func (s *errandView) answerLines(f *face, e engine.ManualTask, several bool, w int) []string {
	lines := append([]string{""}, layout.Wrap(f.Say("Paste the output here, or type the path of a file that contains it."), w)...)
	if several {
		lines = append(lines, f.Dim.Render(f.Fit(f.Say("You can paste the output of several commands at once, with the prompts. c on the step lists all "+
			"commands."), w)))
	}
	lines = append(lines, "")
	if e.Wrong != "" && s.given.text.Len() == 0 {
		for _, l := range layout.Wrap(f.Say("not accepted: %s", cert.Printable(e.Wrong)), w) {
			lines = append(lines, f.Red.Render(l))
		}
	}
	return append(lines, f.Accent.Render(f.Next)+" "+s.summary(f, w-2))
}

// clickLines are the same errand in OS Administration: its clicks, or only where it is.
func (f *face) clickLines(e engine.ManualTask, all bool, w int) []string {
	if len(e.Clicks) == 0 {
		return nil
	}
	n, _ := f.plan.Node(e.Node)
	url := n.AdminAddress()
	lines := []string{"", f.Say("or in OS Administration") + "  " + lipgloss.NewStyle().Hyperlink(url).Render(cert.Printable(url))}
	for _, c := range e.Clicks {
		if all {
			lines = append(lines, "  "+f.Fit(f.Say(c.Text, layout.Printables(asAny(c.Args))...), w-2))
		}
	}
	return lines
}

// dialogueLines are the words of one dialogue, as they are typed one after the other.
func (f *face) dialogueLines(e engine.ManualTask) []string {
	lines := []string{f.Accent.Render(cert.Printable(e.Dialogue.Line))}
	if len(e.Dialogue.Paste) > 0 {
		lines = append(lines, f.Say("paste the certificate %s, then an empty line", nameOf(string(e.Dialogue.Paste))))
	}
	if e.File != "" {
		lines = append(lines, f.Dim.Render(f.Say("file: %s", cert.Printable(e.File))))
	}
	if reply := replyOf(e.Dialogue); reply != "" {
		lines = append(lines, f.Say("if asked, answer: %s", reply))
	}
	if e.Dialogue.Leaves {
		lines = append(lines, f.Say("if it reports an upgrade or a version switch: no"))
	}
	return lines
}

// replyOf is what a person answers when the node asks whether to go on; "" where it asks nothing.
func replyOf(d vos.Dialogue) string {
	reply := ""
	for _, a := range d.Answers {
		if reply != "yes" {
			reply = a.Reply
		}
	}
	return reply
}

// summary is what was given so far, in one line: a paste is too long to be shown, and is never shown raw.
func (s *errandView) summary(f *face, w int) string {
	if s.sent {
		return f.Say("received; reading it")
	}
	text := strings.TrimRight(s.given.text.String(), "\n")
	if s.lines <= 1 {
		return f.Fit(cert.Printable(text[max(0, len(text)-4*w):]), w-1) + "_"
	}
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	final := text[strings.LastIndexByte(text, '\n')+1:]
	head := f.Say("%d lines: ", s.lines)
	each := (w - layout.Width(head) - 3) / 2
	return head + f.Fit(cert.Printable(first[:min(len(first), 500)]), each) + " " + f.Dots + " " + f.Fit(cert.Printable(final[:min(len(final), 500)]), each)
}

func asAny(all []string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = s
	}
	return out
}

// nameOf is the name of a PEM certificate, printable.
func nameOf(text string) string {
	if c := cert.FromPEM(text); c != nil {
		return cert.Name(c)
	}
	return "?"
}
